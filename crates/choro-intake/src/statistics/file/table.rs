//! Any statistics file as rows and columns of empty, text or number, with bounds on everything that the file claims.

use super::{
    delimited::{self, Delimited},
    rows::Rows,
    sniff::{self, Scan},
    workbook,
};
use crate::statistics::doubt::Doubt;
use serde::Deserialize;
use std::{
    fmt,
    fs::File,
    io::{Read as _, Seek as _},
    ops::Range,
    path::Path,
};

/// Largest file that is held as a whole, bytes (512 MiB): any workbook, and text whose rows must look ahead.
pub const MAX_FILE_BYTES: u64 = 512 << 20;
/// Largest text file that is read in parts, bytes (16 GiB).
pub const MAX_TEXT_BYTES: u64 = 16 << 30;
/// Most cells that are held at once, empty ones within a row's width included.
pub const MAX_CELLS: usize = 20_000_000;
/// Longest cell, bytes (32 KiB: Excel's own limit is 32,767 characters).
pub const MAX_CELL_BYTES: usize = 32 << 10;
/// Most rows: 128 times those of an XLSX sheet, since a text file may have more than a sheet.
pub const MAX_ROWS: usize = 1 << 27;

/// How to read a file; what is left out is found by content and told in [`Table::notes`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TableOptions {
    /// The sheet of a workbook; default the first.
    pub sheet: Option<SheetRef>,
    /// The encoding of a text file by its WHATWG label, e.g. `windows-1251`.
    pub encoding: Option<String>,
    /// The delimiter of a text file.
    pub delimiter: Option<char>,
}

/// A sheet by its number from 1, or by its name.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum SheetRef {
    /// From 1.
    Number(u32),
    /// As on its tab.
    Name(String),
}

/// Why a file is no table.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TableError {
    /// The system did not give the file.
    #[error("{file}: cannot be read: {reason}")]
    File {
        /// The file.
        file: String,
        /// The system's reason.
        reason: String,
    },
    /// The content is not what a statistics file may be, or not what its name says.
    #[error("{file}: {found}; {remedy}")]
    Content {
        /// The file.
        file: String,
        /// What the content is.
        found: String,
        /// How to mend it.
        remedy: String,
    },
    /// The file is damaged.
    #[error("{file}: {place}: {reason}; fetch or save the file again")]
    Damaged {
        /// The file.
        file: String,
        /// Where in it.
        place: String,
        /// What the reader met.
        reason: String,
    },
    /// A sheet is absent or empty.
    #[error("{file}: {what}; {remedy}")]
    Sheet {
        /// The file.
        file: String,
        /// Which sheet, and what is wrong.
        what: String,
        /// The sheets that can be taken.
        remedy: String,
    },
    /// An option names nothing that exists.
    #[error("{file}: {option} {got:?} is not known; expected {expected}")]
    Option {
        /// The file.
        file: String,
        /// `encoding` or `delimiter`.
        option: &'static str,
        /// As received.
        got: String,
        /// What would be valid.
        expected: &'static str,
    },
    /// More than we take.
    #[error("{file}: {place} exceeds the limit of {limit}; split the file")]
    Limit {
        /// The file.
        file: String,
        /// Where.
        place: String,
        /// The limit with its unit.
        limit: String,
    },
}

/// One cell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value<'a> {
    /// Nothing.
    Empty,
    /// A number as a spreadsheet stores it; text files have none.
    Number(f64),
    /// Text as in the file, blanks included. Dates are text in ISO 8601.
    Text(&'a str),
}

impl fmt::Display for Value<'_> {
    /// A whole number is written without a fraction: a spreadsheet's 2012 is `2012`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => Ok(()),
            Self::Number(number) => write!(f, "{number}"),
            Self::Text(text) => f.write_str(text),
        }
    }
}

/// Rows of unequal width: all of a file, or a part of them under their own numbers. Rows and columns count from 0 here and
/// from 1 in every message.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table {
    /// The file, as it stands in messages.
    pub file: String,
    /// The sheet's name; text files have none.
    pub sheet: Option<String>,
    /// The delimiter of a text file.
    pub delimiter: Option<char>,
    /// What was found rather than declared: sheet, encoding, delimiter.
    pub notes: Vec<String>,
    /// What is doubtful of how the file ends.
    pub doubts: Vec<Doubt>,
    /// The number of the first row.
    first: usize,
    text: String,
    cells: Vec<Raw>,
    ends: Vec<usize>,
}

/// A cell whose text lies in its table's buffer, so that twenty million cells are 16 bytes each and no allocation of their own.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Raw {
    /// Nothing.
    Empty,
    /// A number.
    Number(f64),
    /// A piece of the buffer.
    Text {
        /// Where it begins.
        start: u32,
        /// How many bytes it has.
        length: u32,
    },
}

impl Table {
    /// A table without rows.
    pub(crate) fn new(file: &str) -> Self {
        Self { file: file.to_owned(), ..Self::default() }
    }

    /// The same file without rows, to be filled from row `first` on.
    pub(crate) fn without_cells(&self, first: usize) -> Self {
        let (text, cells, ends) = Default::default();
        let (file, sheet, notes, doubts) = (self.file.clone(), self.sheet.clone(), self.notes.clone(), self.doubts.clone());
        Self { file, sheet, delimiter: self.delimiter, notes, doubts, first, text, cells, ends }
    }

    /// Drops the rows and goes on behind them, in the same memory.
    pub(crate) fn advance(&mut self) {
        self.first = self.rows().end;
        self.text.clear();
        self.cells.clear();
        self.ends.clear();
    }

    /// Number of rows.
    #[must_use]
    pub fn height(&self) -> usize {
        self.ends.len()
    }

    /// The numbers of the rows, which begin behind 0 in a later part of a file.
    pub(crate) fn rows(&self) -> Range<usize> {
        self.first..self.first + self.ends.len()
    }

    /// Number of cells, empty ones within a row's width included.
    pub(crate) fn cells(&self) -> usize {
        self.cells.len()
    }

    /// Number of cells of a row.
    pub(crate) fn row_width(&self, row: usize) -> usize {
        self.row_range(row).len()
    }

    /// Width of the widest row.
    #[must_use]
    pub fn width(&self) -> usize {
        self.rows().map(|row| self.row_range(row).len()).max().unwrap_or(0)
    }

    /// The cell at `row`, `column`; [`Value::Empty`] beyond the row's end.
    #[must_use]
    pub fn get(&self, row: usize, column: usize) -> Value<'_> {
        let range = self.row_range(row);
        if column < range.len() { self.value(range.start + column) } else { Value::Empty }
    }

    /// Whether a row holds nothing but empty cells and blanks.
    #[must_use]
    pub fn is_blank(&self, row: usize) -> bool {
        self.row_range(row).all(|index| match self.value(index) {
            Value::Empty => true,
            Value::Number(_) => false,
            Value::Text(text) => text.trim().is_empty(),
        })
    }

    fn row_range(&self, row: usize) -> Range<usize> {
        let Some((index, end)) = row.checked_sub(self.first).and_then(|i| Some((i, self.ends.get(i)?))) else { return 0..0 };
        let start = index.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        start..*end
    }

    fn value(&self, index: usize) -> Value<'_> {
        match self.cells.get(index) {
            Some(Raw::Number(number)) => Value::Number(*number),
            Some(Raw::Text { start, length }) => {
                let (start, length) = (*start as usize, *length as usize);
                self.text.get(start..start + length).map_or(Value::Empty, Value::Text)
            }
            Some(Raw::Empty) | None => Value::Empty,
        }
    }

    pub(crate) fn push(&mut self, value: Value<'_>) -> Result<(), TableError> {
        let raw = self.keep(value, self.rows().end)?;
        self.push_kept(raw)
    }

    /// A cell of the row with that number, to be pushed later and as often as it stands there.
    pub(crate) fn keep(&mut self, value: Value<'_>, row: usize) -> Result<Raw, TableError> {
        match value {
            Value::Empty | Value::Text("") => Ok(Raw::Empty),
            Value::Number(number) => Ok(Raw::Number(number)),
            Value::Text(text) => self.keep_text(text, row),
        }
    }

    /// Appends a cell that was kept.
    pub(crate) fn push_kept(&mut self, raw: Raw) -> Result<(), TableError> {
        if self.cells.len() >= MAX_CELLS {
            return Err(self.limit("the table", format!("{MAX_CELLS} cells")));
        }
        self.cells.push(raw);
        Ok(())
    }

    fn keep_text(&mut self, text: &str, row: usize) -> Result<Raw, TableError> {
        self.check_length(text, row)?;
        let too_much = |_| self.limit("the table", "4 GiB of text".to_owned());
        let start = u32::try_from(self.text.len()).map_err(too_much)?;
        let length = u32::try_from(text.len()).map_err(too_much)?;
        self.text.push_str(text);
        Ok(Raw::Text { start, length })
    }

    /// Refuses a text that is too long for a cell of the row with that number.
    pub(crate) fn check_length(&self, text: &str, row: usize) -> Result<(), TableError> {
        if text.len() <= MAX_CELL_BYTES {
            return Ok(());
        }
        Err(self.limit(&format!("a cell of row {}", row + 1), format!("{MAX_CELL_BYTES} bytes a cell")))
    }

    pub(crate) fn end_row(&mut self) -> Result<(), TableError> {
        if self.rows().end >= MAX_ROWS {
            return Err(self.limit("the table", format!("{MAX_ROWS} rows")));
        }
        self.ends.push(self.cells.len());
        Ok(())
    }

    pub(crate) fn limit(&self, place: &str, limit: String) -> TableError {
        TableError::Limit { file: self.file.clone(), place: place.to_owned(), limit }
    }
}

/// Reads a file into a table: XLS and XLSX by content, anything else as delimited text. A file whose content belies its name
/// is refused, since whoever wrote it did not write what they meant.
pub fn read(path: &Path, options: &TableOptions) -> Result<Table, TableError> {
    let source = Source::open(path)?;
    check_size(&source.name, source.size, MAX_FILE_BYTES)?;
    let kind = source.content()?;
    source.whole(kind, options)
}

/// Opens a file whose rows are read in order: a workbook as a whole, delimited text a part at a time. Its first `head` rows
/// stay in memory.
pub fn open(path: &Path, options: &TableOptions, head: usize) -> Result<Box<dyn Rows>, TableError> {
    let source = Source::open(path)?;
    match source.content()? {
        sniff::Content::Text => Ok(Box::new(Delimited::open(&source.name, source.file, &source.scan, options, head)?)),
        kind => Ok(Box::new(source.whole(kind, options)?)),
    }
}

/// Several sheets of a workbook, in its order: by number, by name, or by pattern with `*` and `?`.
pub fn read_sheets(path: &Path, sheets: &[SheetRef]) -> Result<Vec<Table>, TableError> {
    let source = Source::open(path)?;
    match source.content()? {
        sniff::Content::Text => {
            let (file, what) = (source.name, "it is a text file, which has no sheets".to_owned());
            Err(TableError::Sheet { file, what, remedy: "leave sheets out of the mapping".to_owned() })
        }
        kind => workbook::parse_sheets(&source.name.clone(), source.bytes()?, kind, sheets),
    }
}

/// The same as [`read`] from bytes; `file` is the name whose ending is compared with the content.
pub fn parse(file: &str, bytes: Vec<u8>, options: &TableOptions) -> Result<Table, TableError> {
    let scan = Scan::of_bytes(&bytes);
    match sniff::content(file, &scan)? {
        sniff::Content::Text => delimited::parse(file, bytes.as_slice(), &scan, options),
        kind => workbook::parse(file, bytes, kind, options),
    }
}

/// A file that was looked through once.
struct Source {
    /// As it stands in messages.
    name: String,
    file: File,
    size: u64,
    scan: Scan,
}

impl Source {
    fn open(path: &Path) -> Result<Self, TableError> {
        let name = path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned());
        let failed = |e: std::io::Error| TableError::File { file: path.display().to_string(), reason: e.to_string() };
        let mut file = File::open(path).map_err(failed)?;
        let size = file.metadata().map_err(failed)?.len();
        check_size(&name, size, MAX_TEXT_BYTES)?;
        let scan = Scan::of(&mut file).and_then(|scan| file.rewind().map(|()| scan)).map_err(failed)?;
        Ok(Self { name, file, size, scan })
    }

    fn content(&self) -> Result<sniff::Content, TableError> {
        sniff::content(&self.name, &self.scan)
    }

    fn bytes(mut self) -> Result<Vec<u8>, TableError> {
        check_size(&self.name, self.size, MAX_FILE_BYTES)?;
        let mut bytes = Vec::new();
        let read = self.file.read_to_end(&mut bytes);
        read.map_err(|e| TableError::File { file: self.name, reason: e.to_string() }).map(|_| bytes)
    }

    fn whole(self, kind: sniff::Content, options: &TableOptions) -> Result<Table, TableError> {
        match kind {
            sniff::Content::Text => delimited::parse(&self.name, self.file, &self.scan, options),
            kind => workbook::parse(&self.name.clone(), self.bytes()?, kind, options),
        }
    }
}

fn check_size(file: &str, size: u64, limit: u64) -> Result<(), TableError> {
    if size <= limit {
        return Ok(());
    }
    let place = format!("its size of {size} bytes");
    Err(TableError::Limit { file: file.to_owned(), place, limit: format!("{limit} bytes") })
}
