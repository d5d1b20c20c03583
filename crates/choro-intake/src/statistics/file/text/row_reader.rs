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

/// The rows of a text, in order.
pub struct DelimitedReader<R> {
    text: Decoding<R>,
    pub encoding: &'static Encoding,
    pub delimiter: u8,
    /// What was decoded and has not become rows.
    rest: String,
    /// Whether there may be more to decode.
    more: bool,
    /// Bytes that are decoded at once.
    block: usize,
    ending: Ending,
    /// The doubts about the end, once it was read.
    pub doubts: Vec<Doubt>,
}

impl<R: Read> DelimitedReader<R> {
    /// Begins at the first byte of the source.
    pub fn new(file: &str, source: R, encoding: &'static Encoding, delimiter: u8) -> Self {
        let text = Decoding::new(file, source, encoding);
        let (ending, doubts) = Default::default();
        Self { text, encoding, delimiter, rest: String::new(), more: true, block: BLOCK, ending, doubts }
    }

    /// Finds encoding and delimiter. Gives also the table that the rows go to, with notes of what was found.
    pub fn open(file: &str, source: R, scan: &Scan, options: &TableOptions) -> Result<(Self, CellTable), TableError> {
        let (encoding, note) = encoding::choose(file, scan, options.encoding.as_deref())?;
        let mut reader = Self::new(file, source, encoding, b',');
        reader.more = reader.text.read(&mut reader.rest, BLOCK)?;
        let mut table = CellTable::new(file);
        table.notes.extend(note);
        reader.delimiter = match options.delimiter {
            Some(sign) => delimiter::declared(file, sign)?,
            None => {
                let found = delimiter::of_sdmx(&reader.rest).unwrap_or_else(|| delimiter::guess(&reader.rest));
                table.notes.push(format!("delimiter {:?} (found, not declared)", char::from(found)));
                found
            }
        };
        table.delimiter = Some(char::from(reader.delimiter));
        Ok((reader, table))
    }

    /// Appends the rows of one block to a table. Says whether there may be more.
    pub fn read(&mut self, table: &mut CellTable) -> Result<bool, TableError> {
        if self.more {
            // A row that fills the whole block is read on in blocks of twice the size.
            let bytes = self.block.max(self.rest.len());
            // What is longer than a block is a single row, and the csv reader takes eight bytes for each cell of it.
            let is_one_row = self.rest.len() > BLOCK + BLOCK / 2;
            let delimiters = || self.rest.bytes().filter(|byte| *byte == self.delimiter).count();
            let columns = if is_one_row { delimiters() } else { 0 };
            if columns > MAX_COLUMNS {
                return Err(table.limit(&format!("row {}", table.rows().end + 1), format!("{MAX_COLUMNS} columns")));
            }
            self.more = self.text.read(&mut self.rest, bytes)?;
        }
        let before = table.rows().end;
        let taken = fill(table, &self.rest, self.delimiter, !self.more)?;
        self.ending.add(table, before..table.rows().end);
        if !self.more {
            self.doubts = self.ending.doubts(&self.rest, self.delimiter);
        }
        self.rest.drain(..taken);
        if self.rest.len() > MAX_ROW_BYTES {
            return Err(table.limit(&format!("row {}", table.rows().end + 1), format!("{MAX_ROW_BYTES} bytes a row")));
        }
        Ok(self.more)
    }
}

/// Appends the rows of a text, and returns how many bytes of it they are. What stands behind the last line end is a row only if
/// no text follows (`is_last`).
fn fill(table: &mut CellTable, text: &str, delimiter: u8, is_last: bool) -> Result<usize, TableError> {
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    loop {
        let start = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX);
        let more = reader.read_record(&mut record).map_err(|e| TableError::Damaged {
            file: table.file.clone(),
            place: format!("row {}", table.rows().end + 1),
            reason: e.to_string(),
        })?;
        let end = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX);
        if !is_last && (!more || end >= text.len()) {
            record.iter().try_for_each(|cell| table.check_length(cell, table.rows().end))?;
            return Ok(text.len() - unended(text, start).len());
        }
        if !more {
            return Ok(text.len());
        }
        for _ in 0..blank_lines(text, start) {
            table.end_row()?;
        }
        for cell in &record {
            table.push(CellContent::Text(cell))?;
        }
        table.end_row()?;
    }
}

/// The text from `start`, where a record ended, without the second half of its line end.
fn unended(text: &str, start: usize) -> &str {
    let rest = text.get(start..).unwrap_or_default();
    let ended_in_return = start.checked_sub(1).and_then(|at| text.as_bytes().get(at)) == Some(&b'\r');
    if ended_in_return { rest.strip_prefix('\n').unwrap_or(rest) } else { rest }
}

/// Blank lines at `start`, where a record ended: the reader skips them, a spreadsheet counts them.
fn blank_lines(text: &str, start: usize) -> usize {
    let mut rest = unended(text, start);
    let mut blank = 0;
    while let Some(next) = ["\r\n", "\n", "\r"].iter().find_map(|end| rest.strip_prefix(end)) {
        rest = next;
        blank += 1;
    }
    blank
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn rows_are_the_same_whatever_part_of_the_file_is_read_at_once(
            pieces in prop::collection::vec(prop::sample::select(vec!["a", "Ё", ";", "\"", "\"\"", "\n", "\r\n", "\r", "1,5"]), 0..40),
            block in 1_usize..9,
        ) {
            let text = format!("x;y\n{}", pieces.concat());
            let (mut whole, mut part) = (CellTable::new("t.csv"), CellTable::new("t.csv"));
            prop_assert_eq!(fill(&mut whole, &text, b';', true).unwrap(), text.len());
            let mut reader = DelimitedReader::new("t.csv", text.as_bytes(), encoding_rs::UTF_8, b';');
            reader.block = block;
            let mut rows = 0;
            loop {
                let more = reader.read(&mut part).unwrap();
                for row in part.rows() {
                    prop_assert_eq!(row, rows);
                    prop_assert_eq!(part.row_width(row), whole.row_width(row), "row {} of {:?}", row, text);
                    for column in 0..whole.row_width(row) {
                        prop_assert_eq!(part.get(row, column), whole.get(row, column), "row {} of {:?}", row, text);
                    }
                    rows += 1;
                }
                if !more {
                    break;
                }
                part.advance();
            }
            prop_assert_eq!(rows, whole.height(), "{:?}", text);
        }
    }
}
