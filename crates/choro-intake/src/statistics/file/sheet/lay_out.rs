//! Cells with their places -> rows of a table.

use super::super::{
    error::TableError,
    table::{CellContent, CellTable, StoredCell},
};

/// One cell with its row and column, before rows are laid out. So a sheet whose two cells stand in opposite corners costs two cells,
/// and not the rectangle between them.
pub type PlacedCell = (u32, u32, StoredCell);

/// Puts cells into rows. Rows and columns without any are filled as empty, within the table's limits.
pub fn lay_out(table: &mut CellTable, mut cells: Vec<PlacedCell>) -> Result<(), TableError> {
    cells.sort_by_key(|(row, column, _)| (*row, *column));
    cells.dedup_by_key(|(row, column, _)| (*row, *column));
    let (mut row, mut column) = (0, 0);
    for (cell_row, cell_column, stored) in &cells {
        while row < *cell_row {
            table.end_row()?;
            (row, column) = (row + 1, 0);
        }
        while column < *cell_column {
            table.push(CellContent::Empty)?;
            column += 1;
        }
        table.push_kept(*stored)?;
        column += 1;
    }
    table.end_row()
}
