//! What a status or a footnote says about a cell: nothing, a flag to keep, or why there is no value.

use super::reject::UnplacedReject;
use choro_model::{Cell, ObsStatus, State};

/// What a status or a footnote says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum StatusMeaning {
    Normal,
    Flag(ObsStatus),
    State(State),
}

impl StatusMeaning {
    /// Reads a meaning as a mapping writes it.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        match (text, ObsStatus::parse(text), State::parse(text)) {
            ("", _, _) => Ok(Self::Normal),
            (_, Some(flag), _) => Ok(Self::Flag(flag)),
            (_, _, Some(state)) => Ok(Self::State(state)),
            _ => Err(format!("{text:?} is not valid: expected B, E, P, missing, secrecy, invalid or nothing")),
        }
    }

    /// Applies it to a cell. A status that says why there is no value replaces the state of an empty cell, and contradicts a number.
    /// `text` is what said so.
    pub(crate) fn apply(self, cell: Cell, text: &str) -> Result<(Cell, Option<ObsStatus>), UnplacedReject> {
        match (self, cell) {
            (Self::Normal, cell) => Ok((cell, None)),
            (Self::Flag(flag), cell) => Ok((cell, Some(flag))),
            (Self::State(state), Cell::State(_)) => Ok((Cell::State(state), None)),
            (Self::State(_), Cell::Value(_)) => {
                let remedy = "the status says that there is no value, but there is one: correct either";
                Err(UnplacedReject::new("status", text, "status.contradicts_value", remedy))
            }
        }
    }
}
