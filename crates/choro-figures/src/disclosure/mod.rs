//! Disclosure: decides which values may be published. The only maker of [`PublishedColumn`], the only thing that a bundle
//! accepts, so that a value that was not decided upon has no way out.
//!
//! Until disclosure control is built there are two rules. A table that counts persons and holds cells of 1 to 4 is refused, unless
//! the provider has declared it public. A withheld cell that one sum tells is refused, whoever has published the sum
//! ([`subtraction`]): that small cells are public does not say that the withheld ones are.

mod refusal;
mod subtraction;

#[cfg(test)]
mod tests;

pub use refusal::Refusal;
pub use subtraction::{Side, levels};

use choro_model::{Cell, Code, Indicator, ObsStatus, Period, Selection};

/// The smallest count of persons that may be published without the provider's word.
const SMALLEST_COUNT: f64 = 5.0;

/// One column that may be published: a cell and a flag for every area of a vintage, in the order of the area codes.
#[derive(Debug, Clone, PartialEq)]
pub struct PublishedColumn {
    selection: Selection,
    cells: Vec<Cell>,
    statuses: Vec<Option<ObsStatus>>,
}

impl PublishedColumn {
    /// Which column it is.
    #[must_use]
    pub fn selection(&self) -> &Selection {
        &self.selection
    }

    /// A cell for every area.
    #[must_use]
    pub fn cells(&self) -> &[Cell] {
        &self.cells
    }

    /// An observation flag for every area.
    #[must_use]
    pub fn statuses(&self) -> &[Option<ObsStatus>] {
        &self.statuses
    }
}

/// One column of a table that is to be published.
#[derive(Debug, Clone, Copy)]
pub struct Column<'a> {
    /// One code for each dimension of the indicator.
    pub codes: &'a [Code],
    /// A cell for every area.
    pub cells: &'a [Cell],
    /// A flag for every area.
    pub statuses: &'a [Option<ObsStatus>],
}

/// Takes all columns of an indicator and period as they are, if they may be published together. `area(i)` names the area of row
/// `i` for the refusal.
pub fn publish_table<'a>(
    indicator: &Indicator,
    period: Period,
    columns: &[Column<'_>],
    area: impl Fn(usize) -> &'a str + Copy,
) -> Result<Vec<PublishedColumn>, Refusal> {
    let told = subtraction::in_table(indicator, columns, area);
    if !told.is_empty() {
        return Err(Refusal::told(indicator, period, &told));
    }
    let one = |column: &Column<'_>| {
        let selection = Selection { indicator: indicator.id.clone(), period, codes: column.codes.to_vec() };
        publish(indicator, selection, column.cells.to_vec(), column.statuses.to_vec(), area)
    };
    columns.iter().map(one).collect()
}

/// The same of a column that is published alone.
pub fn publish<'a>(
    indicator: &Indicator,
    selection: Selection,
    cells: Vec<Cell>,
    statuses: Vec<Option<ObsStatus>>,
    area: impl Fn(usize) -> &'a str,
) -> Result<PublishedColumn, Refusal> {
    let open = !indicator.persons || indicator.declared_public;
    let small: Vec<(usize, f64)> = if open { Vec::new() } else { small_counts(&cells).collect() };
    if small.is_empty() {
        return Ok(PublishedColumn { selection, cells, statuses });
    }
    let named: Vec<_> = small.iter().map(|(row, value)| format!("{} = {value}", area(*row))).collect();
    Err(Refusal::small(&selection, &named))
}

fn small_counts(cells: &[Cell]) -> impl Iterator<Item = (usize, f64)> {
    let numbers = cells.iter().enumerate().filter_map(|(row, cell)| Some((row, cell.number()?)));
    numbers.filter(|(_, value)| value.abs() > 0.0 && value.abs() < SMALLEST_COUNT)
}
