//! What an observation says, as columns.

use crate::error::StoreError;
use choro_model::{Cell, Figure, ObsStatus, State};

/// A figure as it is stored: a value or a state, and a status.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FigureColumns<'a> {
    pub value: Option<f64>,
    pub state: Option<&'a str>,
    pub status: Option<&'a str>,
}

impl FigureColumns<'static> {
    /// The columns of a figure.
    pub(crate) fn of(figure: Figure) -> Self {
        let state = if let Cell::State(state) = figure.cell { Some(state.as_str()) } else { None };
        Self { value: figure.cell.number(), state, status: figure.status.map(ObsStatus::as_str) }
    }
}

impl FigureColumns<'_> {
    /// The figure, or what is damaged at `place`.
    pub(crate) fn read(self, place: impl Fn() -> String) -> Result<Figure, StoreError> {
        let Self { value, state, status } = self;
        let damaged = |what: String| StoreError::Damaged { place: place(), what };
        let cell = match (value.and_then(Cell::value), state.and_then(State::parse)) {
            (Some(value), None) => value,
            (None, Some(state)) => Cell::State(state),
            _ => return Err(damaged(format!("expected a value or a state, got {value:?} and {state:?}"))),
        };
        let known = |text: &str| ObsStatus::parse(text).ok_or_else(|| damaged(format!("unknown status {text:?}")));
        Ok(Figure { cell, status: status.map(known).transpose()? })
    }
}
