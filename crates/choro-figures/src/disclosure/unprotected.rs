//! Tables that are to be published, before it is decided whether they may be.

use choro_model::{AreaCode, Cell, Code, Figure, Indicator, Period, SetId, State, VintageId};
use std::sync::Arc;

/// A whole table that is to be published: an indicator at a period, for every area of a vintage.
#[derive(Debug, Clone)]
pub struct UnprotectedTable<'a> {
    /// The boundary set.
    pub set: &'a SetId,
    /// Its vintage.
    pub vintage: &'a VintageId,
    /// What is measured.
    pub indicator: &'a Indicator,
    /// When.
    pub period: Period,
    /// The codes of the areas.
    pub areas: Arc<[AreaCode]>,
    /// The columns, one for each combination of codes.
    pub columns: Vec<UnprotectedColumn>,
}

/// One column of a table that is to be published.
#[derive(Debug, Clone, PartialEq)]
pub struct UnprotectedColumn {
    /// One code for each dimension of the indicator.
    pub codes: Vec<Code>,
    /// A figure for every area.
    pub figures: Vec<Figure>,
}

impl UnprotectedTable<'_> {
    /// The code of a row, for messages.
    pub(super) fn area(&self, row: usize) -> &str {
        self.areas.get(row).map_or("", AreaCode::as_str)
    }
}

impl UnprotectedColumn {
    /// Whether a cell is withheld.
    pub(super) fn withholds(&self) -> bool {
        self.figures.iter().any(|figure| is_withheld(figure.cell))
    }

    /// The cell of a row, if there is such a row.
    pub(super) fn cell(&self, row: usize) -> Option<Cell> {
        self.figures.get(row).map(|figure| figure.cell)
    }
}

/// Whether a cell is kept back for confidentiality.
pub(super) fn is_withheld(cell: Cell) -> bool {
    cell == Cell::State(State::Secrecy)
}
