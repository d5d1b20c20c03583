//! Finds the areas that a grid does not hold, and refuses a grid that leaves out too many.

use super::input::BoundaryInput;
use crate::format::{
    area_table::AreaRow,
    catalog::CatalogOutside,
    error::BundleError,
    outside::{GridTooSmall, Outside},
};
use choro_model::{GridId, grid::Grid};
use choro_tiles::skeleton::Held;

/// The areas that are not held, by how much of each is.
pub fn of(rows: &[AreaRow], held: impl Iterator<Item = Held>) -> Outside {
    let mut outside = Outside::default();
    for (row, held) in rows.iter().zip(held) {
        match held {
            Held::Whole => {}
            Held::Cut => outside.cut.push(row.code.clone()),
            Held::Not => outside.missing.push(row.code.clone()),
        }
    }
    outside
}

/// Refuses a grid that leaves out a larger share of the areas than it may.
pub fn check(outside: &Outside, input: BoundaryInput<'_>, grid: &Grid, rows: &[AreaRow]) -> Result<(), BundleError> {
    let of = rows.iter().filter(|row| row.has_polygon()).count();
    #[expect(clippy::cast_precision_loss, reason = "there are fewer areas than 2^52")]
    let share = outside.count() as f64 / of.max(1) as f64;
    if share <= input.most_outside {
        return Ok(());
    }
    let [first_missing, first_cut] = outside.first();
    Err(BundleError::Outside(Box::new(GridTooSmall {
        set: input.set.to_string(),
        vintage: input.vintage.to_string(),
        grid: grid.id().to_string(),
        missing: outside.missing.len(),
        cut: outside.cut.len(),
        of,
        first_missing,
        first_cut,
        most: input.most_outside,
    })))
}

/// The entry of the catalogue; none where all is held.
pub fn entry(grid: &GridId, outside: &Outside) -> Option<CatalogOutside> {
    let (missing, cut) = (outside.missing.len(), outside.cut.len());
    let [first_missing, first_cut] = outside.first();
    (outside.count() > 0).then(|| CatalogOutside { grid: grid.clone(), missing, first_missing, cut, first_cut })
}
