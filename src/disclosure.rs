//! Disclosure: decides which values may be published. The only maker of [`PublishedColumn`], the only thing that a bundle
//! accepts, so that a value that was not decided upon has no way out.
//!
//! Until disclosure control is built the rule is one: a table that counts persons and holds cells of 1 to 4 is refused,
//! unless the provider has declared it public.

use crate::model::{Cell, Indicator, ObsStatus, Selection};

/// The smallest count of persons that may be published without the provider's word.
const SMALLEST_COUNT: f64 = 5.0;
/// How many cells a refusal names.
const NAMED: usize = 10;

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

/// Why a column may not be published.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error(
    "indicator {indicator} counts persons and {period}{codes} holds {count} cells of 1 to 4 ({named}): withhold them in the source (state secrecy) or, where the provider has published the table itself, set declared_public = true in indicators.toml"
)]
pub struct Refusal {
    /// The indicator.
    pub indicator: String,
    /// The period.
    pub period: String,
    /// The further codes, each after a space.
    pub codes: String,
    /// How many cells.
    pub count: usize,
    /// The first of them as `area = value`.
    pub named: String,
}

/// Takes a column as it is, if it may be published. `area(i)` names the area of row `i` for the refusal.
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
    let named: Vec<_> = small.iter().take(NAMED).map(|(row, value)| format!("{} = {value}", area(*row))).collect();
    Err(Refusal {
        indicator: selection.indicator.to_string(),
        period: selection.period.to_string(),
        codes: selection.codes.iter().fold(String::new(), |text, code| text + " " + code.as_str()),
        count: small.len(),
        named: named.join(", ") + if small.len() > NAMED { ", ..." } else { "" },
    })
}

fn small_counts(cells: &[Cell]) -> impl Iterator<Item = (usize, f64)> {
    let numbers = cells.iter().enumerate().filter_map(|(row, cell)| Some((row, cell.number()?)));
    numbers.filter(|(_, value)| value.abs() > 0.0 && value.abs() < SMALLEST_COUNT)
}
