//! The rows of a file in order. Only a part of them is in memory at any time.

use super::{error::TableError, table::CellTable};
use std::ops::ControlFlow;

/// Rows that can be gone through any number of times.
pub trait Rows {
    /// The first rows, among them all headings, with the file's name and notes.
    fn head(&self) -> &CellTable;

    /// Number of rows.
    fn height(&self) -> usize;

    /// Width of the widest row.
    fn width(&self) -> usize;

    /// Hands over all rows in order, a part at a time, each under its own number, until `take` breaks.
    ///
    /// # Errors
    ///
    /// Where the file cannot be read again.
    fn each_part(&self, take: &mut dyn FnMut(&CellTable) -> ControlFlow<()>) -> Result<(), TableError>;
}

/// Hands over all rows in order, like [`Rows::each_part`], until `take` fails. Its error is returned.
pub fn try_each_part<E: From<TableError>>(
    rows: &dyn Rows,
    mut take: impl FnMut(&CellTable) -> Result<(), E>,
) -> Result<(), E> {
    let mut failed = None;
    rows.each_part(&mut |part| match take(part) {
        Ok(()) => ControlFlow::Continue(()),
        Err(error) => {
            failed = Some(error);
            ControlFlow::Break(())
        }
    })?;
    failed.map_or(Ok(()), Err)
}

impl Rows for CellTable {
    fn head(&self) -> &CellTable {
        self
    }

    fn height(&self) -> usize {
        Self::height(self)
    }

    fn width(&self) -> usize {
        Self::width(self)
    }

    fn each_part(&self, take: &mut dyn FnMut(&CellTable) -> ControlFlow<()>) -> Result<(), TableError> {
        // This is the only part, so it does not matter whether `take` wants more.
        let _ = take(self);
        Ok(())
    }
}
