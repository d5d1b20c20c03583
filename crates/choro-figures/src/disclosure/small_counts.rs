//! Counts of persons so small that they may tell of somebody.

use super::{
    refusal::Refusal,
    unprotected::{UnprotectedColumn, UnprotectedTable},
};

/// The smallest count of persons that may be published without the provider's word.
const SMALLEST_COUNT: f64 = 5.0;

/// Refuses a table that counts persons and holds cells of 1 to 4, unless the provider has declared it public. The refusal names the
/// first column that has some.
pub(super) fn check(table: &UnprotectedTable<'_>) -> Result<(), Refusal> {
    if !table.indicator.persons || table.indicator.declared_public {
        return Ok(());
    }
    for column in &table.columns {
        let named: Vec<_> = small(column).map(|(row, value)| format!("{} = {value}", table.area(row))).collect();
        if !named.is_empty() {
            return Err(Refusal::small(table, &column.codes, &named));
        }
    }
    Ok(())
}

fn small(column: &UnprotectedColumn) -> impl Iterator<Item = (usize, f64)> {
    let numbers = column.figures.iter().enumerate().filter_map(|(row, figure)| Some((row, figure.cell.number()?)));
    numbers.filter(|(_, value)| value.abs() > 0.0 && value.abs() < SMALLEST_COUNT)
}
