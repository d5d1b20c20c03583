//! Any statistics file as rows and columns of empty, text or number, with bounds on everything that the file claims.

use super::{delimited, sniff, workbook};
use serde::Deserialize;
use std::{fmt, path::Path};

/// Largest file, bytes (512 MiB).
pub const MAX_FILE_BYTES: u64 = 512 << 20;
/// Most cells of a table, empty ones within a row's width included.
pub const MAX_CELLS: usize = 20_000_000;
/// Longest cell, bytes (32 KiB: Excel's own limit is 32,767 characters).
pub const MAX_CELL_BYTES: usize = 32 << 10;
/// Most rows: sixteen times those of an XLSX sheet, since a text file may have more than a sheet.
pub const MAX_ROWS: usize = 1 << 24;

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

/// Rows of unequal width. Rows and columns count from 0 here and from 1 in every message.
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
    text: String,
    cells: Vec<Raw>,
    ends: Vec<usize>,
}

/// Texts lie in one buffer, so that twenty million cells are 16 bytes each and no allocation of their own.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Raw {
    Empty,
    Number(f64),
    Text { start: u32, length: u32 },
}

impl Table {
    /// A table without rows.
    pub(super) fn new(file: &str) -> Self {
        Self { file: file.to_owned(), ..Self::default() }
    }

    /// The same file without rows.
    pub(super) fn without_cells(&self) -> Self {
        let (text, cells, ends) = Default::default();
        let (file, sheet, notes) = (self.file.clone(), self.sheet.clone(), self.notes.clone());
        Self { file, sheet, delimiter: self.delimiter, notes, text, cells, ends }
    }

    /// Number of rows.
    #[must_use]
    pub fn height(&self) -> usize {
        self.ends.len()
    }

    /// Number of cells, empty ones within a row's width included.
    pub(super) fn cells(&self) -> usize {
        self.cells.len()
    }

    /// Number of cells of a row.
    pub(super) fn row_width(&self, row: usize) -> usize {
        self.row_range(row).len()
    }

    /// Width of the widest row.
    #[must_use]
    pub fn width(&self) -> usize {
        (0..self.height()).map(|row| self.row_range(row).len()).max().unwrap_or(0)
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

    fn row_range(&self, row: usize) -> std::ops::Range<usize> {
        let Some(end) = self.ends.get(row) else { return 0..0 };
        let start = row.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
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

    pub(super) fn push(&mut self, value: Value<'_>) -> Result<(), TableError> {
        let raw = match value {
            Value::Empty | Value::Text("") => Raw::Empty,
            Value::Number(number) => Raw::Number(number),
            Value::Text(text) => self.keep(text)?,
        };
        if self.cells.len() >= MAX_CELLS {
            return Err(self.limit("the table", format!("{MAX_CELLS} cells")));
        }
        self.cells.push(raw);
        Ok(())
    }

    fn keep(&mut self, text: &str) -> Result<Raw, TableError> {
        let place = || format!("a cell of row {}", self.height() + 1);
        if text.len() > MAX_CELL_BYTES {
            return Err(self.limit(&place(), format!("{MAX_CELL_BYTES} bytes a cell")));
        }
        let too_much = |_| self.limit(&place(), "4 GiB of text".to_owned());
        let start = u32::try_from(self.text.len()).map_err(too_much)?;
        let length = u32::try_from(text.len()).map_err(too_much)?;
        self.text.push_str(text);
        Ok(Raw::Text { start, length })
    }

    pub(super) fn end_row(&mut self) -> Result<(), TableError> {
        if self.ends.len() >= MAX_ROWS {
            return Err(self.limit("the table", format!("{MAX_ROWS} rows")));
        }
        self.ends.push(self.cells.len());
        Ok(())
    }

    fn limit(&self, place: &str, limit: String) -> TableError {
        TableError::Limit { file: self.file.clone(), place: place.to_owned(), limit }
    }
}

/// Reads a file into a table: XLS and XLSX by content, anything else as delimited text. A file whose content belies its name
/// is refused, since whoever wrote it did not write what they meant.
pub fn read(path: &Path, options: &TableOptions) -> Result<Table, TableError> {
    let (file, bytes) = load(path)?;
    parse(&file, bytes, options)
}

/// Several sheets of a workbook, in its order: by number, by name, or by pattern with `*` and `?`.
pub fn read_sheets(path: &Path, sheets: &[SheetRef]) -> Result<Vec<Table>, TableError> {
    let (file, bytes) = load(path)?;
    match sniff::content(&file, &bytes)? {
        sniff::Content::Text => {
            let what = "it is a text file, which has no sheets".to_owned();
            Err(TableError::Sheet { file, what, remedy: "leave sheets out of the mapping".to_owned() })
        }
        kind => workbook::parse_sheets(&file, bytes, kind, sheets),
    }
}

/// The file's name, as it stands in messages, and its content.
fn load(path: &Path) -> Result<(String, Vec<u8>), TableError> {
    let file = path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned());
    let failed = |e: std::io::Error| TableError::File { file: path.display().to_string(), reason: e.to_string() };
    let size = std::fs::metadata(path).map_err(failed)?.len();
    if size > MAX_FILE_BYTES {
        let place = format!("its size of {size} bytes");
        return Err(TableError::Limit { file, place, limit: format!("{MAX_FILE_BYTES} bytes") });
    }
    Ok((file, std::fs::read(path).map_err(failed)?))
}

/// The same from bytes; `file` is the name whose ending is compared with the content.
pub fn parse(file: &str, bytes: Vec<u8>, options: &TableOptions) -> Result<Table, TableError> {
    match sniff::content(file, &bytes)? {
        sniff::Content::Text => delimited::parse(file, &bytes, options),
        kind => workbook::parse(file, bytes, kind, options),
    }
}
