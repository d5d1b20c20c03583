//! The rows of a delimited text, read a block at a time.
//!
//! Row numbers are those that a spreadsheet would show: blank lines count, and a quoted cell with a line break is one row.

use super::{
    super::{
        encoding::{self, Decoding},
        error::TableError,
        options::TableOptions,
        scan::Scan,
        table::{CellContent, CellTable},
    },
    delimiter,
    ending::Ending,
    quoted_rows::{QuotedRows, lines},
    split::{NextRow, Quoting, RowSplitter},
};
use crate::statistics::doubt::Doubt;
use encoding_rs::Encoding;
use std::io::Read;

/// How much of a file is read at once, bytes (1 MiB).
const BLOCK: usize = 1 << 20;
/// Most columns: a spreadsheet has 16,384.
const MAX_COLUMNS: usize = 1_000_000;
/// Longest row, bytes (64 MiB).
const MAX_ROW_BYTES: usize = 64 << 20;

/// How a text is to be taken apart, found or declared.
#[derive(Debug, Clone, Copy)]
pub struct TextForm {
    /// The encoding of its bytes.
    pub encoding: &'static Encoding,
    /// What stands between cells.
    pub delimiter: u8,
    /// Which quotes hold a cell together.
    pub quoting: Quoting,
}

/// The rows of a text, in order.
pub struct DelimitedReader<R> {
    text: Decoding<R>,
    form: TextForm,
    splitter: RowSplitter,
    /// What was decoded and has not become rows.
    rest: String,
    has_begun: bool,
    /// Whether there may be more to decode.
    more: bool,
    /// Bytes that are decoded at once.
    block: usize,
    /// The number of the line at which the rest begins.
    line: usize,
    /// Blank lines that are rows if a row follows.
    blank_lines: usize,
    /// Whether what became rows so far ends with a line end.
    has_line_end: bool,
    /// The row in which a quote never closes.
    open_row: Option<usize>,
    quoted_rows: QuotedRows,
    ending: Ending,
    /// The doubts about quotes and about the end, once it was read.
    pub doubts: Vec<Doubt>,
}

impl<R: Read> DelimitedReader<R> {
    /// Begins at the first byte of the source.
    pub fn new(file: &str, source: R, form: TextForm) -> Self {
        let (rest, has_begun, blank_lines, open_row, quoted_rows, ending, doubts) = Default::default();
        Self {
            text: Decoding::new(file, source, form.encoding),
            form,
            splitter: RowSplitter::new(form.delimiter, form.quoting),
            rest,
            has_begun,
            more: true,
            block: BLOCK,
            line: 1,
            blank_lines,
            has_line_end: true,
            open_row,
            quoted_rows,
            ending,
            doubts,
        }
    }

    /// Finds encoding and delimiter. Gives also the table that the rows go to, with notes of what was found.
    pub fn open(file: &str, source: R, scan: &Scan, options: &TableOptions) -> Result<(Self, CellTable), TableError> {
        let (encoding, note) = encoding::choose(file, scan, options.encoding.as_deref())?;
        let mut reader = Self::new(file, source, TextForm { encoding, delimiter: b',', quoting: Quoting::Around });
        let mut table = CellTable::new(file);
        table.notes.extend(note);
        let named = reader.begin()?;
        reader.form.delimiter = match (options.delimiter, named) {
            (Some(sign), _) => delimiter::declared(file, sign)?,
            (None, Some(sign)) => {
                table.notes.push(format!("delimiter {:?} (named by the first line)", char::from(sign)));
                sign
            }
            (None, None) => {
                let found = delimiter::of_sdmx(&reader.rest).unwrap_or_else(|| delimiter::guess(&reader.rest));
                table.notes.push(format!("delimiter {:?} (found, not declared)", char::from(found)));
                found
            }
        };
        reader.form.quoting = match options.quotes {
            Some(false) => Quoting::Never,
            None if reader.form.delimiter == b'\t' => Quoting::WithinLine,
            Some(true) | None => Quoting::Around,
        };
        reader.splitter = RowSplitter::new(reader.form.delimiter, reader.form.quoting);
        table.delimiter = Some(char::from(reader.form.delimiter));
        Ok((reader, table))
    }

    /// How the text is taken apart.
    pub fn form(&self) -> TextForm {
        self.form
    }

    /// What is to be told, once all was read.
    pub fn notes(&self) -> Option<String> {
        let (count, line) = self.text.marks()?;
        let more = if count > 1 { format!(" and {} times more", count - 1) } else { String::new() };
        Some(format!(
            "a byte order mark stands in line {line}{more} and is left out: files may have been put together there"
        ))
    }

    /// Decodes the first block. A first line `sep=;` is none of the table; the sign that it names is returned.
    fn begin(&mut self) -> Result<Option<u8>, TableError> {
        self.has_begun = true;
        self.more = self.text.read(&mut self.rest, self.block)?;
        let Some((sign, length)) = delimiter::named(&self.rest) else { return Ok(None) };
        self.rest.drain(..length);
        self.line += 1;
        Ok(Some(sign))
    }

    /// Appends the rows of one block to a table. Says whether there may be more.
    pub fn read(&mut self, table: &mut CellTable) -> Result<bool, TableError> {
        if !self.has_begun {
            self.begin()?;
        }
        if self.more {
            // A row that fills the whole block is read on in blocks of twice the size.
            let bytes = self.block.max(self.rest.len());
            self.more = self.text.read(&mut self.rest, bytes)?;
        }
        let before = table.rows().end;
        let taken = self.fill(table)?;
        self.ending.add(table, before..table.rows().end);
        if !self.more {
            self.doubts = self.quoted_rows.doubts();
            self.doubts.extend(self.ending.doubts(self.has_line_end, self.open_row));
        }
        self.rest.drain(..taken);
        if self.rest.len() > MAX_ROW_BYTES {
            return Err(table.limit(&self.long_row(table), format!("{MAX_ROW_BYTES} bytes a row")));
        }
        Ok(self.more)
    }

    fn long_row(&self, table: &CellTable) -> String {
        let row = format!("row {} in line {}", table.rows().end + 1, self.line);
        if self.rest.contains(['\n', '\r']) { format!("{row}, where a quote opens that does not close,") } else { row }
    }

    /// Appends the rows of what was decoded, and returns how many bytes of it they are.
    fn fill(&mut self, table: &mut CellTable) -> Result<usize, TableError> {
        let mut taken = 0;
        loop {
            let text = self.rest.get(taken..).unwrap_or_default();
            let is_last = !self.more;
            if text.is_empty() {
                return Ok(taken);
            }
            let next = self.splitter.next(text, is_last);
            if self.splitter.width() > MAX_COLUMNS {
                return Err(table.limit(&format!("row {}", table.rows().end + 1), format!("{MAX_COLUMNS} columns")));
            }
            let (length, open) = match next {
                NextRow::Row(length) => (length, None),
                NextRow::Unclosed(quote) => (text.len(), Some(quote)),
                NextRow::Stray(quote) => return Err(stray(table, self.line_at(text, quote))),
                NextRow::Incomplete => {
                    let row = table.rows().end;
                    self.splitter.cells(text).try_for_each(|cell| table.check_length(&cell, row))?;
                    return Ok(taken);
                }
            };
            if let Some(quote) = open {
                self.check_unclosed(table, text, quote)?;
                self.open_row = Some(table.rows().end + self.blank_lines);
            }
            self.take(table, taken, length)?;
            taken += length;
        }
    }

    /// Puts the row that begins at a byte of the rest into the table.
    fn take(&mut self, table: &mut CellTable, start: usize, length: usize) -> Result<(), TableError> {
        let row = self.rest.get(start..start + length).unwrap_or_default();
        self.has_line_end = row.ends_with(['\n', '\r']);
        if row.bytes().all(|byte| matches!(byte, b'\n' | b'\r')) {
            self.blank_lines += 1;
            self.line += 1;
            return Ok(());
        }
        for _ in 0..std::mem::take(&mut self.blank_lines) {
            table.end_row()?;
        }
        let text = self.rest.get(start..).unwrap_or_default();
        let mut cells = 0;
        for cell in self.splitter.cells(text) {
            table.push(CellContent::Text(&cell))?;
            cells += 1;
        }
        table.end_row()?;
        let mut inner_lines = 0;
        for (column, at, inner) in self.splitter.over_line_ends(text) {
            let line = self.line + lines(text.get(..at).unwrap_or_default()).len() - 1;
            self.quoted_rows.cell(column, line, inner, self.form.delimiter);
            inner_lines += lines(inner).len() - 1;
        }
        self.quoted_rows.row(cells);
        self.line += 1 + inner_lines;
        Ok(())
    }

    /// Refuses a quote that never closes and would swallow the lines below it.
    fn check_unclosed(&self, table: &CellTable, text: &str, quote: usize) -> Result<(), TableError> {
        let swallowed = text.get(quote..).unwrap_or_default().trim_end_matches(['\n', '\r']);
        match lines(swallowed).len() - 1 {
            0 => Ok(()),
            more => Err(TableError::Content {
                file: table.file.clone(),
                found: format!(
                    "line {}: a quote opens here and never closes, so that {more} more lines would be part of one cell",
                    self.line_at(text, quote)
                ),
                remedy: QUOTE_REMEDY.to_owned(),
            }),
        }
    }

    /// The number of the line in which a byte of the rest stands.
    fn line_at(&self, text: &str, at: usize) -> usize {
        self.line + lines(text.get(..at).unwrap_or_default()).len() - 1
    }
}

const QUOTE_REMEDY: &str = "close it, or write it twice within quotes; if quotes are signs like any other in this file, say \
                            quotes = false in the mapping";

/// Why a quote that holds delimiters or line ends must close before a delimiter.
fn stray(table: &CellTable, line: usize) -> TableError {
    TableError::Content {
        file: table.file.clone(),
        found: format!(
            "line {line}: a quote opens here and closes within a cell, so that it is unclear which cells it holds"
        ),
        remedy: QUOTE_REMEDY.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const FORM: TextForm = TextForm { encoding: encoding_rs::UTF_8, delimiter: b';', quoting: Quoting::Around };

    /// All rows of a text, of which so many bytes are read at once; or why there are none.
    fn read(text: &str, block: usize) -> Result<(Vec<Vec<String>>, Vec<Doubt>), TableError> {
        let mut reader = DelimitedReader::new("t.csv", text.as_bytes(), FORM);
        reader.block = block;
        let (mut part, mut rows) = (CellTable::new("t.csv"), Vec::new());
        loop {
            let more = reader.read(&mut part)?;
            for row in part.rows() {
                assert_eq!(row, rows.len());
                rows.push((0..part.row_width(row)).map(|column| part.get(row, column).to_string()).collect());
            }
            if !more {
                return Ok((rows, reader.doubts));
            }
            part.advance();
        }
    }

    proptest! {
        #[test]
        fn rows_are_the_same_whatever_part_of_the_file_is_read_at_once(
            pieces in prop::collection::vec(prop::sample::select(vec!["a", "Ё", ";", "\"", "\"\"", "\n", "\r\n", "\r", "1,5"]), 0..40),
            block in 1_usize..9,
        ) {
            let text = format!("x;y\n{}", pieces.concat());
            prop_assert_eq!(read(&text, block), read(&text, BLOCK), "{:?}", text);
        }
    }

    #[test]
    fn a_quote_that_swallows_lines_is_an_error_that_names_its_line() {
        for (text, line) in [
            (
                "region;2014\n\nNorth;1\n\"Isles;95\nEast;2\nWest;3\n",
                "line 4: a quote opens here and never closes, so that 2 more lines",
            ),
            (
                "region;2014\n\"a\nb\";1\nIsles;\"so called\nEast;2\n",
                "line 4: a quote opens here and never closes, so that 1 more",
            ),
            ("region;2014\rNorth;1\r\"Isles;95\rEast;2", "line 3: a quote opens here and never closes, so that 1 more"),
            ("region;2014\n\"Isles;95\nEast;2\n\"West\";3\n", "line 2: a quote opens here and closes within a cell"),
        ] {
            let message = read(text, BLOCK).unwrap_err().to_string();
            assert!(message.contains(line) && message.contains("quotes = false"), "{message}");
        }
    }
}
