//! Values in thousands or millions -> values in ones.

use super::reject::UnplacedReject;
use choro_model::Cell;

/// A value times a power of ten. The decimal point moves in the shortest text of the number, so that 1.1 thousand are 1100 and
/// not 1100.0000000000002.
pub fn scaled(cell: Cell, power: i32) -> Result<Cell, UnplacedReject> {
    let Some(number) = cell.number().filter(|_| power != 0) else { return Ok(cell) };
    let moved = format!("{number:e}");
    let moved = moved.split_once('e').and_then(|(digits, exponent)| {
        format!("{digits}e{}", exponent.parse::<i32>().ok()?.checked_add(power)?).parse().ok()
    });
    moved.and_then(Cell::value).ok_or_else(|| {
        UnplacedReject::new("value", &number.to_string(), "value.not_finite", "correct the cell or its power of ten")
    })
}
