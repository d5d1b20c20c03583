//! Breaks of parts that the figures made of them do not show.
//!
//! A figure made of several has one status, the one that warns most: estimated before provisional before break. So the sum of these two is
//! provisional, and hides that its series breaks:
//!
//! ```text
//! 2014   A 12 B   C 7 P   ->   A + C 19 P
//! ```

use choro_bundle::{AreaTable, Column, Origin};
use choro_model::ObsStatus;
use std::collections::HashSet;

/// A column with the areas of its rows.
#[derive(Clone, Copy)]
pub(super) struct ColumnOfAreas<'a> {
    pub column: &'a Column,
    pub areas: &'a AreaTable,
}

/// The rows of a column with another status than a break that were made of a figure with one, as far as can be told.
///
/// Of a sum the parts are known by their parents. What was restated is made of the area of the same code alone where it has the same figure
/// with the same status; of what else it was made a release does not say, so it is taken for hiding every break.
pub(super) fn hidden_breaks(made: ColumnOfAreas<'_>, parts: ColumnOfAreas<'_>, origin: &Origin) -> Vec<usize> {
    let breaks = || (0..parts.column.rows()).filter(|row| parts.column.status(*row) == Some(ObsStatus::B));
    if breaks().next().is_none() {
        return Vec::new();
    }
    let above: HashSet<&str> =
        breaks().filter_map(|row| parts.areas.rows().get(row)?.parent.as_ref().map(|code| code.as_str())).collect();
    let hides = |row: &usize| {
        let Some(area) = made.areas.rows().get(*row) else { return false };
        match origin {
            Origin::Aggregated { .. } => above.contains(area.code.as_str()),
            Origin::Restated { .. } => !is_taken_over(made.column, *row, parts, area.code.as_str()),
        }
    };
    let has_another = |row: &usize| made.column.status(*row).is_some_and(|status| status != ObsStatus::B);
    (0..made.column.rows()).filter(has_another).filter(hides).collect()
}

/// Whether a figure is that of the area of this code.
fn is_taken_over(column: &Column, row: usize, parts: ColumnOfAreas<'_>, code: &str) -> bool {
    let same = parts.areas.index(code);
    same.is_some_and(|at| parts.column.cell(at) == column.cell(row) && parts.column.status(at) == column.status(row))
}
