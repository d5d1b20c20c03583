//! Values on the way to be published.

use choro_model::{Cell, ObsStatus, State};
use std::fmt;

/// Why an area has no restated value although every value there is was at hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Gap {
    /// The area has no predecessor, or no part below it.
    NoSource,
    /// Parts of areas are needed and their weights are not known.
    NoWeights,
    /// Several areas are needed, and the indicator cannot be summed or averaged over areas.
    NotAdditive,
    /// A part of an area is needed, and a rate of a part is not known from the whole.
    NotDivisible,
}

impl fmt::Display for Gap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoSource => "nothing corresponds to the area",
            Self::NoWeights => "the correspondence gives no weights for the parts of the areas",
            Self::NotAdditive => {
                "several areas became one, and the indicator is neither additive nor weighted by one that is"
            }
            Self::NotDivisible => "the area takes part of another, and the figure of a part is not known from the whole",
        })
    }
}

/// A cell and a flag for every area of a vintage, and why an area has none.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Draft {
    /// A cell for every area.
    pub cells: Vec<Cell>,
    /// A flag for every area.
    pub statuses: Vec<Option<ObsStatus>>,
    /// For every area, why restating gave no value; `None` also where the sources themselves have none.
    pub gaps: Vec<Option<Gap>>,
}

impl Draft {
    /// Values as they are stored; there are no gaps.
    #[must_use]
    pub fn stored(cells: Vec<Cell>, statuses: Vec<Option<ObsStatus>>) -> Self {
        let gaps = vec![None; cells.len()];
        Self { cells, statuses, gaps }
    }

    /// No values at all, for `areas` areas.
    #[must_use]
    pub fn missing(areas: usize) -> Self {
        Self::stored(vec![Cell::State(State::Missing); areas], vec![None; areas])
    }

    /// Whether restating gave a value or the state of its sources for a single area.
    #[must_use]
    pub fn tells(&self) -> bool {
        self.gaps.iter().any(Option::is_none)
    }

    pub(super) fn push(&mut self, cell: Cell, status: Option<ObsStatus>, gap: Option<Gap>) {
        self.cells.push(cell);
        self.statuses.push(status);
        self.gaps.push(gap);
    }

    /// The cell of a row; beyond the end nothing is known.
    pub(super) fn cell(&self, row: usize) -> Cell {
        self.cells.get(row).copied().unwrap_or(Cell::State(State::Missing))
    }

    pub(super) fn status(&self, row: usize) -> Option<ObsStatus> {
        self.statuses.get(row).copied().flatten()
    }

    pub(super) fn gap(&self, row: usize) -> Option<Gap> {
        self.gaps.get(row).copied().flatten()
    }
}
