//! The first rows of a table as comments of a mapping.

use crate::statistics::{comparison::comparison_key, file::table::CellTable};
use std::fmt::Write as _;

/// Rows and columns of the preview, and letters of a cell.
const PREVIEW: (usize, usize, usize) = (5, 8, 24);

/// The first rows of the file as comments, from the headings on; `>` marks the first row of data.
pub(crate) fn preview(table: &CellTable, first_row: usize) -> String {
    let (rows, columns, letters) = PREVIEW;
    let mut out = String::new();
    for row in first_row.saturating_sub(3)..table.height().min(first_row + rows) {
        let cells = (0..columns.min(table.width())).map(|column| comparison_key(&table.get(row, column).to_string()));
        let cells: Vec<String> = cells.map(|cell| cell.chars().take(letters).collect()).collect();
        let sign = if row == first_row { '>' } else { ' ' };
        let _ = writeln!(out, "# {sign}{:>4} | {}", row + 1, comment(&cells.join(" | ")));
    }
    out
}

/// A text that cannot end its comment.
pub(crate) fn comment(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
