//! A table of cells: rows and columns of empty, text or number.

use super::{error::TableError, sheet::findings::SheetFindings};
use crate::statistics::doubt::Doubt;
use std::{fmt, ops::Range};

/// Most cells that are held at once, empty ones within a row's width included.
pub const MAX_CELLS: usize = 20_000_000;
/// Longest cell, bytes (32 KiB: Excel's own limit is 32,767 characters).
pub const MAX_CELL_BYTES: usize = 32 << 10;
/// Most rows: 128 times those of an XLSX sheet, since a text file may have more than a sheet.
pub const MAX_ROWS: usize = 1 << 27;

/// One cell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum CellContent<'a> {
    /// Nothing.
    Empty,
    /// A number as a spreadsheet stores it; text files have none.
    Number(f64),
    /// Text as in the file, blanks included. Dates are text in ISO 8601.
    Text(&'a str),
}

impl fmt::Display for CellContent<'_> {
    /// A whole number is written without a fraction: a spreadsheet's 2012 is `2012`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => Ok(()),
            Self::Number(number) => write!(f, "{number}"),
            Self::Text(text) => f.write_str(text),
        }
    }
}

/// Rows of unequal width: all rows of a file, or some of them under their own numbers. Rows and columns count from 0 here, and
/// from 1 in every message.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CellTable {
    /// The file, as it stands in messages.
    pub file: String,
    /// The sheet's name; text files have none.
    pub sheet: Option<String>,
    /// The delimiter of a text file.
    pub delimiter: Option<char>,
    /// What was found rather than declared: sheet, encoding, delimiter.
    pub notes: Vec<String>,
    /// The doubts about how the file is written and how it ends.
    pub doubts: Vec<Doubt>,
    /// Where a sheet shows something else than it stores.
    pub(crate) findings: SheetFindings,
    /// The number of the first row.
    first: usize,
    text: String,
    cells: Vec<StoredCell>,
    ends: Vec<usize>,
}

/// A cell as it is kept: its text lies in the table's buffer. So twenty million cells take 16 bytes each and no allocation of
/// their own.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum StoredCell {
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

impl CellTable {
    /// A table without rows.
    pub(crate) fn new(file: &str) -> Self {
        Self { file: file.to_owned(), ..Self::default() }
    }

    /// This file without rows, to be filled from row `first` on.
    pub(crate) fn without_cells(&self, first: usize) -> Self {
        let (text, cells, ends) = Default::default();
        let (file, sheet, notes, doubts) = (self.file.clone(), self.sheet.clone(), self.notes.clone(), self.doubts.clone());
        let findings = self.findings.clone();
        Self { file, sheet, delimiter: self.delimiter, notes, doubts, findings, first, text, cells, ends }
    }

    /// Drops the rows and goes on with the next one, in the same memory.
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

    /// The numbers of the rows. In a later part of a file they do not begin at 0.
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

    /// The cell at `row`, `column`; [`CellContent::Empty`] beyond the row's end.
    #[must_use]
    pub fn get(&self, row: usize, column: usize) -> CellContent<'_> {
        let range = self.row_range(row);
        if column < range.len() { self.value(range.start + column) } else { CellContent::Empty }
    }

    /// Whether a row holds nothing but empty cells and blanks.
    #[must_use]
    pub fn is_blank(&self, row: usize) -> bool {
        self.row_range(row).all(|index| match self.value(index) {
            CellContent::Empty => true,
            CellContent::Number(_) => false,
            CellContent::Text(text) => text.trim().is_empty(),
        })
    }

    fn row_range(&self, row: usize) -> Range<usize> {
        let Some((index, end)) = row.checked_sub(self.first).and_then(|i| Some((i, self.ends.get(i)?))) else { return 0..0 };
        let start = index.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        start..*end
    }

    fn value(&self, index: usize) -> CellContent<'_> {
        match self.cells.get(index) {
            Some(StoredCell::Number(number)) => CellContent::Number(*number),
            Some(StoredCell::Text { start, length }) => {
                let (start, length) = (*start as usize, *length as usize);
                self.text.get(start..start + length).map_or(CellContent::Empty, CellContent::Text)
            }
            Some(StoredCell::Empty) | None => CellContent::Empty,
        }
    }

    pub(crate) fn push(&mut self, value: CellContent<'_>) -> Result<(), TableError> {
        let raw = self.keep(value, self.rows().end)?;
        self.push_kept(raw)
    }

    /// Keeps the content of a cell of the row with that number, to be pushed later and as often as it is needed.
    pub(crate) fn keep(&mut self, value: CellContent<'_>, row: usize) -> Result<StoredCell, TableError> {
        match value {
            CellContent::Empty | CellContent::Text("") => Ok(StoredCell::Empty),
            CellContent::Number(number) => Ok(StoredCell::Number(number)),
            CellContent::Text(text) => self.keep_text(text, row),
        }
    }

    /// Appends a cell that was kept.
    pub(crate) fn push_kept(&mut self, raw: StoredCell) -> Result<(), TableError> {
        if self.cells.len() >= MAX_CELLS {
            return Err(self.limit("the table", format!("{MAX_CELLS} cells")));
        }
        self.cells.push(raw);
        Ok(())
    }

    fn keep_text(&mut self, text: &str, row: usize) -> Result<StoredCell, TableError> {
        self.check_length(text, row)?;
        let too_much = |_| self.limit("the table", "4 GiB of text".to_owned());
        let start = u32::try_from(self.text.len()).map_err(too_much)?;
        let length = u32::try_from(text.len()).map_err(too_much)?;
        self.text.push_str(text);
        Ok(StoredCell::Text { start, length })
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
