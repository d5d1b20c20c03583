//! Columns on the way to be published.

use super::gap::Gap;
use choro_model::{Cell, Figure, State};

/// What an area has in a column, and why restating gave it nothing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DraftRow {
    /// The value or its state, and the flag.
    pub figure: Figure,
    /// Why restating gave no value; `None` also where the sources themselves have none.
    pub gap: Option<Gap>,
}

impl DraftRow {
    /// A row of which nothing is known, not even why.
    const MISSING: Self = Self { figure: Figure::MISSING, gap: None };
}

/// A row for every area of a vintage, not yet decided upon.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DraftColumn {
    rows: Vec<DraftRow>,
}

impl DraftColumn {
    /// Figures as they are stored; there are no gaps.
    #[must_use]
    pub fn stored(figures: impl IntoIterator<Item = Figure>) -> Self {
        figures.into_iter().map(|figure| DraftRow { figure, gap: None }).collect()
    }

    /// No values at all, for `areas` areas.
    #[must_use]
    pub fn missing(areas: usize) -> Self {
        Self { rows: vec![DraftRow::MISSING; areas] }
    }

    /// Puts a figure into a row. A row that is not there stays so.
    pub fn put(&mut self, row: usize, figure: Figure) {
        if let Some(place) = self.rows.get_mut(row) {
            place.figure = figure;
        }
    }

    /// All rows in the order of the areas.
    #[must_use]
    pub fn rows(&self) -> &[DraftRow] {
        &self.rows
    }

    /// The figures in the order of the areas.
    pub fn figures(&self) -> impl ExactSizeIterator<Item = Figure> {
        self.rows.iter().map(|row| row.figure)
    }

    /// Whether restating gave a value or the state of its sources for a single area.
    #[must_use]
    pub fn tells(&self) -> bool {
        self.rows.iter().any(|row| row.gap.is_none())
    }

    /// Whether a cell is withheld.
    #[must_use]
    pub fn withholds(&self) -> bool {
        self.figures().any(|figure| figure.cell == Cell::State(State::Secrecy))
    }

    /// A row; beyond the end nothing is known.
    pub(super) fn row(&self, row: usize) -> DraftRow {
        self.rows.get(row).copied().unwrap_or(DraftRow::MISSING)
    }

    pub(super) fn cell(&self, row: usize) -> Cell {
        self.row(row).figure.cell
    }
}

impl FromIterator<DraftRow> for DraftColumn {
    fn from_iter<I: IntoIterator<Item = DraftRow>>(rows: I) -> Self {
        Self { rows: rows.into_iter().collect() }
    }
}
