//! SDMX-CSV in which every id is followed by its label (labels=both), without the labels.
//!
//! The heading `REF_AREA: Area` becomes `REF_AREA`, and the cell `N: North` becomes `N`.

use crate::statistics::file::{
    error::TableError,
    rows::Rows,
    table::{CellContent, CellTable},
};
use std::ops::ControlFlow;

/// The rows of a file without labels.
pub struct WithoutLabels<'a> {
    rows: &'a dyn Rows,
    head: CellTable,
}

impl<'a> WithoutLabels<'a> {
    /// Takes the labels off the first rows; those of the others are taken off when they are read.
    pub fn new(rows: &'a dyn Rows) -> Result<Self, TableError> {
        Ok(Self { rows, head: without_labels(rows.head())? })
    }
}

impl Rows for WithoutLabels<'_> {
    fn head(&self) -> &CellTable {
        &self.head
    }

    fn height(&self) -> usize {
        self.rows.height()
    }

    fn width(&self) -> usize {
        self.rows.width()
    }

    fn each_part(&self, take: &mut dyn FnMut(&CellTable) -> ControlFlow<()>) -> Result<(), TableError> {
        let mut failed = None;
        self.rows.each_part(&mut |part| match without_labels(part) {
            Ok(bare) => take(&bare),
            Err(error) => {
                failed = Some(error);
                ControlFlow::Break(())
            }
        })?;
        failed.map_or(Ok(()), Err)
    }
}

fn without_labels(table: &CellTable) -> Result<CellTable, TableError> {
    let mut bare = table.without_cells(table.rows().start);
    for row in table.rows() {
        for column in 0..table.row_width(row) {
            match table.get(row, column) {
                CellContent::Text(text) => {
                    bare.push(CellContent::Text(text.split_once(": ").map_or(text, |(id, _)| id)))?;
                }
                other => bare.push(other)?,
            }
        }
        bare.end_row()?;
    }
    Ok(bare)
}
