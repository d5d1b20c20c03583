//! Values in thousands or millions -> values in ones.

use super::reject::UnplacedReject;
use crate::statistics::shifted::shifted;
use choro_model::Cell;

/// A value times a power of ten.
pub fn scaled(cell: Cell, power: i32) -> Result<Cell, UnplacedReject> {
    let Some(number) = cell.number().filter(|_| power != 0) else { return Ok(cell) };
    shifted(number, power).and_then(Cell::value).ok_or_else(|| {
        UnplacedReject::new("value", &number.to_string(), "value.not_finite", "correct the cell or its power of ten")
    })
}
