//! A row of headings that the mapping takes for data, as one of units: `Region, 2014`, then `, persons`.

use super::{layout::Layout, marks::Marks, reject::UnplacedReject};
use crate::statistics::file::table::{CellContent, CellTable};

/// First rows of data that may be headings.
const FIRST: usize = 3;

/// The reject of a cell or row, with another remedy where the row looks like one more row of headings: it is among the first, and holds
/// words alone where the figures are.
pub fn explained(reject: UnplacedReject, table: &CellTable, row: usize, layout: &Layout, marks: &Marks) -> UnplacedReject {
    let mut values = layout.values.iter().map(|column| table.get(row, *column));
    if row >= layout.first_row + FIRST || !layout.has_value(table, row) || !values.all(|value| is_words(value, marks)) {
        return reject;
    }
    let (own, next) = (row + 1, row + 2);
    let remedy =
        format!("row {own} holds no figures; if it is a heading, as one of units, write first_row = {next} in the mapping");
    UnplacedReject { remedy, ..reject }
}

/// Whether a cell is empty, or holds words and neither a number nor a mark.
fn is_words(value: CellContent<'_>, marks: &Marks) -> bool {
    let text = value.to_string();
    text.trim().is_empty() || (marks.is_foreign(value) && text.chars().filter(|c| c.is_alphabetic()).count() > 1)
}
