//! The rows of a file in order, of which one part at a time is in memory.

use super::table::Table;
use crate::statistics::reading::sheets::FileError;

/// Rows that can be gone through any number of times.
pub trait Rows {
    /// The first rows, among them all headings, with the file's name and notes.
    fn head(&self) -> &Table;

    /// Number of rows.
    fn height(&self) -> usize;

    /// Width of the widest row.
    fn width(&self) -> usize;

    /// Hands over all rows in order, a part at a time, each under its own number.
    fn each_part(&self, take: &mut dyn FnMut(&Table) -> Result<(), FileError>) -> Result<(), FileError>;
}

impl Rows for Table {
    fn head(&self) -> &Table {
        self
    }

    fn height(&self) -> usize {
        Self::height(self)
    }

    fn width(&self) -> usize {
        Self::width(self)
    }

    fn each_part(&self, take: &mut dyn FnMut(&Table) -> Result<(), FileError>) -> Result<(), FileError> {
        take(self)
    }
}
