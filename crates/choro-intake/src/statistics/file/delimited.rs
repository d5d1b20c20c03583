//! CSV and TSV. Row numbers are those that a spreadsheet would show: blank lines count, a quoted cell with a line break is
//! one row.

use super::{
    encoding::{self, Decoding},
    ending::Ending,
    rows::Rows,
    sniff::Scan,
    table::{Table, TableError, TableOptions, Value},
};
use crate::statistics::{doubt::Doubt, reading::sheets::FileError};
use encoding_rs::Encoding;
use std::{
    fs::File,
    io::{Read, Seek as _},
};

/// The delimiters that are looked for, the likelier first.
const DELIMITERS: [char; 4] = [';', '\t', '|', ','];

/// How much of a file is read at once, bytes (1 MiB).
const BLOCK: usize = 1 << 20;
/// Most columns: a spreadsheet has 16,384.
const MAX_COLUMNS: usize = 1_000_000;
/// Longest row, bytes (64 MiB).
const MAX_ROW_BYTES: usize = 64 << 20;

/// All rows of a text.
pub(crate) fn parse(file: &str, source: impl Read, scan: &Scan, options: &TableOptions) -> Result<Table, TableError> {
    let (mut records, mut table) = Records::open(file, source, scan, options)?;
    while records.read(&mut table)? {}
    table.doubts = records.doubts;
    Ok(table)
}

/// A text file that was read through once: its first rows, and how many there are.
#[derive(Debug)]
pub struct Delimited {
    file: File,
    encoding: &'static Encoding,
    delimiter: u8,
    head: Table,
    height: usize,
    width: usize,
}

impl Delimited {
    /// Reads it through, so that a damaged file is refused before anything is made of it.
    pub(crate) fn open(
        file: &str,
        source: File,
        scan: &Scan,
        options: &TableOptions,
        head: usize,
    ) -> Result<Self, TableError> {
        let (mut records, mut table) = Records::open(file, &source, scan, options)?;
        let mut more = true;
        while more && table.height() < head {
            more = records.read(&mut table)?;
        }
        let mut width = table.width();
        let mut part = table.without_cells(table.height());
        while more {
            more = records.read(&mut part)?;
            width = width.max(part.width());
            part.advance();
        }
        let (encoding, delimiter) = (records.encoding, records.delimiter);
        table.doubts = records.doubts;
        Ok(Self { encoding, delimiter, head: table, height: part.rows().end, width, file: source })
    }
}

impl Rows for Delimited {
    fn head(&self) -> &Table {
        &self.head
    }

    fn height(&self) -> usize {
        self.height
    }

    fn width(&self) -> usize {
        self.width
    }

    fn each_part(&self, take: &mut dyn FnMut(&Table) -> Result<(), FileError>) -> Result<(), FileError> {
        let mut file = &self.file;
        file.rewind().map_err(|e| TableError::File { file: self.head.file.clone(), reason: e.to_string() })?;
        let mut records = Records::new(&self.head.file, file, self.encoding, self.delimiter);
        let mut part = self.head.without_cells(0);
        loop {
            let more = records.read(&mut part)?;
            take(&part)?;
            if !more {
                return Ok(());
            }
            part.advance();
        }
    }
}

/// The rows of a text, in order.
struct Records<R> {
    text: Decoding<R>,
    encoding: &'static Encoding,
    delimiter: u8,
    /// What was decoded and has not become rows.
    rest: String,
    /// Whether there may be more to decode.
    more: bool,
    /// Bytes that are decoded at once.
    block: usize,
    ending: Ending,
    /// What is doubtful of the end, when it was read.
    doubts: Vec<Doubt>,
}

impl<R: Read> Records<R> {
    fn new(file: &str, source: R, encoding: &'static Encoding, delimiter: u8) -> Self {
        let text = Decoding::new(file, source, encoding);
        let (ending, doubts) = Default::default();
        Self { text, encoding, delimiter, rest: String::new(), more: true, block: BLOCK, ending, doubts }
    }

    /// With the table that its rows go to.
    fn open(file: &str, source: R, scan: &Scan, options: &TableOptions) -> Result<(Self, Table), TableError> {
        let (encoding, note) = encoding::choose(file, scan, options.encoding.as_deref())?;
        let mut records = Self::new(file, source, encoding, b',');
        records.more = records.text.read(&mut records.rest, BLOCK)?;
        let mut table = Table::new(file);
        table.notes.extend(note);
        records.delimiter = match options.delimiter {
            Some(sign) => declared(file, sign)?,
            None => {
                let found = of_sdmx(&records.rest).unwrap_or_else(|| guess(&records.rest));
                table.notes.push(format!("delimiter {:?} (found, not declared)", char::from(found)));
                found
            }
        };
        table.delimiter = Some(char::from(records.delimiter));
        Ok((records, table))
    }

    /// Appends the rows of one block to a table; whether there may be more.
    fn read(&mut self, table: &mut Table) -> Result<bool, TableError> {
        if self.more {
            // Twice as much each time while one row fills it all.
            let bytes = self.block.max(self.rest.len());
            // What is longer than a block is one row, for which the reader would take eight bytes a cell.
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

/// Appends the rows of a text, and returns how many bytes of it they are. What stands behind the last line end is a row only
/// where the text is the `last`.
fn fill(table: &mut Table, text: &str, delimiter: u8, is_last: bool) -> Result<usize, TableError> {
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
            table.push(Value::Text(cell))?;
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

fn declared(file: &str, sign: char) -> Result<u8, TableError> {
    u8::try_from(sign).ok().filter(|b| b.is_ascii() && !matches!(b, b'"' | b'\r' | b'\n')).ok_or_else(|| {
        TableError::Option {
            file: file.to_owned(),
            option: "delimiter",
            got: sign.to_string(),
            expected: "one ASCII character such as ; , | or a tab",
        }
    })
}

/// The sign behind the first heading of SDMX-CSV, which may name another sign for parts of cells: `STRUCTURE[;],`.
fn of_sdmx(text: &str) -> Option<u8> {
    let rest = ["DATAFLOW", "STRUCTURE"].iter().find_map(|head| text.trim_start_matches('"').strip_prefix(head))?;
    let rest = rest.strip_prefix('[').and_then(|rest| rest.split_once(']')).map_or(rest, |(_, rest)| rest);
    let sign = rest.trim_start_matches('"').chars().next().filter(|sign| DELIMITERS.contains(sign))?;
    u8::try_from(sign).ok()
}

/// Of the delimiters, the one found outside quotes in the most of the first 50 lines equally often as in the line before;
/// of equals the earlier in [`DELIMITERS`], so that `1,5;2,5` is split at `;`.
fn guess(text: &str) -> u8 {
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).take(50).collect();
    let steadiness = |sign: char| {
        let counts: Vec<usize> = lines.iter().map(|line| outside_quotes(line, sign)).collect();
        let steady =
            counts.windows(2).filter(|pair| pair.iter().all(|n| *n > 0 && n == pair.iter().max().unwrap_or(n))).count();
        (steady, usize::from(counts.iter().any(|n| *n > 0)))
    };
    // max_by_key keeps the last of equals.
    let best = DELIMITERS.iter().rev().max_by_key(|sign| steadiness(**sign));
    best.and_then(|sign| u8::try_from(*sign).ok()).unwrap_or(b',')
}

fn outside_quotes(line: &str, sign: char) -> usize {
    let mut quoted = false;
    line.chars()
        .filter(|c| {
            quoted ^= *c == '"';
            !quoted && *c == sign
        })
        .count()
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
            let (mut whole, mut part) = (Table::new("t.csv"), Table::new("t.csv"));
            prop_assert_eq!(fill(&mut whole, &text, b';', true).unwrap(), text.len());
            let mut records = Records::new("t.csv", text.as_bytes(), encoding_rs::UTF_8, b';');
            records.block = block;
            let mut rows = 0;
            loop {
                let more = records.read(&mut part).unwrap();
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
