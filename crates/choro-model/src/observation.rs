//! Observations: one value of one selection for one area, or the reason why there is none.

use super::{
    id::{AreaCode, Code, IndicatorId},
    period::Period,
};
use serde::{Deserialize, Serialize};
use std::fmt;
use utoipa::ToSchema;

/// Why there is no value.
// Each has seven letters, since in a tile it takes the place of a double (`choro-bundle::encode::splice`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// Not collected, not reported, not yet known.
    Missing,
    /// Withheld for confidentiality.
    Secrecy,
    /// Cannot occur: no such cell exists.
    Invalid,
}

impl State {
    /// All states in the order of a legend.
    pub const ALL: [Self; 3] = [Self::Missing, Self::Secrecy, Self::Invalid];

    /// The state as it stands in tiles, GeoJSON, JSON and CSV: always seven letters.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Secrecy => "secrecy",
            Self::Invalid => "invalid",
        }
    }

    /// The letters of [`Self::as_str`] as bytes.
    #[must_use]
    pub const fn letters(self) -> &'static [u8; 7] {
        match self {
            Self::Missing => b"missing",
            Self::Secrecy => b"secrecy",
            Self::Invalid => b"invalid",
        }
    }

    /// The state of a name, the inverse of [`Self::as_str`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A value or its state. A true zero is a value; a value is always finite.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Cell {
    /// A finite number.
    Value(f64),
    /// No number, and why.
    State(State),
}

impl Cell {
    /// A number as a cell: `None` for NaN and the infinities; minus zero becomes zero.
    #[must_use]
    pub fn value(number: f64) -> Option<Self> {
        number.is_finite().then_some(Self::Value(number + 0.0))
    }

    /// The number, if there is one.
    #[must_use]
    pub fn number(self) -> Option<f64> {
        match self {
            Self::Value(number) => Some(number),
            Self::State(_) => None,
        }
    }
}

/// SDMX CL_OBS_STATUS, the codes that are kept beside a value or a state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
pub enum ObsStatus {
    /// Break in the time series.
    B,
    /// Estimated.
    E,
    /// Provisional.
    P,
}

impl ObsStatus {
    /// The code letter.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::B => "B",
            Self::E => "E",
            Self::P => "P",
        }
    }

    /// The status of a letter, the inverse of [`Self::as_str`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::B, Self::E, Self::P].into_iter().find(|status| status.as_str() == text)
    }
}

/// Why a value is not to be relied on, where its indicator says how large its base must be (`reliable_from`). What SDMX flags as `U`,
/// kept apart from [`ObsStatus`], since a value may be provisional and of a small base.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Reliability {
    /// Its base is smaller than the indicator asks for.
    SmallBase,
    /// Its base is missing, withheld, or not broken down as far.
    UnknownBase,
}

impl Reliability {
    /// Both.
    pub const ALL: [Self; 2] = [Self::SmallBase, Self::UnknownBase];

    /// Its name in files and answers.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SmallBase => "small_base",
            Self::UnknownBase => "unknown_base",
        }
    }

    /// The reliability of a name, the inverse of [`Self::as_str`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reliability| reliability.as_str() == text)
    }
}

/// A value or its state, and the flag beside it: what an observation says, without where and when.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Figure {
    /// How much, or why not.
    pub cell: Cell,
    /// The flag, if any.
    pub status: Option<ObsStatus>,
}

impl Figure {
    /// Nothing is known.
    pub const MISSING: Self = Self { cell: Cell::State(State::Missing), status: None };
}

/// One observation.
#[derive(Debug, Clone, PartialEq)]
pub struct Observation {
    /// What is measured.
    pub indicator: IndicatorId,
    /// When.
    pub period: Period,
    /// One code for each dimension of the indicator, in the order of its definition.
    pub codes: Vec<Code>,
    /// Where.
    pub area: AreaCode,
    /// How much, or why not.
    pub cell: Cell,
    /// The observation's flag, if any.
    pub status: Option<ObsStatus>,
}

impl Observation {
    /// What it says.
    #[must_use]
    pub fn figure(&self) -> Figure {
        Figure { cell: self.cell, status: self.status }
    }
}

/// Where a cell stands in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct FileRow {
    /// The sheet, from 0; 0 too where there is one sheet or none.
    pub sheet: u16,
    /// The row, from 1.
    pub row: u32,
}

/// An observation and where it was read.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadObservation {
    /// The observation.
    pub observation: Observation,
    /// Where it stands in its file; `None`: it is from no file.
    pub at: Option<FileRow>,
}

impl From<Observation> for ReadObservation {
    fn from(observation: Observation) -> Self {
        Self { observation, at: None }
    }
}
