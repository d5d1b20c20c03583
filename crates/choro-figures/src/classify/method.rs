//! The names of what a client may choose: how breaks are found, and out of which values.

use super::error::{ClassifyError, cut};
use serde::Serialize;
use std::str::FromStr;
use utoipa::ToSchema;

/// The name of a way to find breaks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Method {
    /// As many values in each class as ties allow.
    #[default]
    Quantile,
    /// Classes of equal width.
    Equal,
    /// Least squared deviation within the classes: optimal one-dimensional k-means (Wang and Song 2011).
    Ckmeans,
    /// Breaks that the caller gives.
    Manual,
}

impl Method {
    /// All of them; the first is the usual one.
    pub const ALL: [Self; 4] = [Self::Quantile, Self::Equal, Self::Ckmeans, Self::Manual];

    /// The method as it stands in URLs and legends.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Quantile => "quantile",
            Self::Equal => "equal",
            Self::Ckmeans => "ckmeans",
            Self::Manual => "manual",
        }
    }
}

impl FromStr for Method {
    type Err = ClassifyError;

    fn from_str(text: &str) -> Result<Self, ClassifyError> {
        Self::ALL
            .into_iter()
            .find(|method| method.as_str() == text)
            .ok_or_else(|| ClassifyError::UnknownMethod { got: cut(text) })
    }
}

/// Which values the breaks come from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// Those of all periods, so that maps of different periods can be compared.
    #[default]
    All,
    /// Those of the period shown.
    Period,
}

impl Scope {
    /// Both; the first is the usual one.
    pub const ALL: [Self; 2] = [Self::All, Self::Period];

    /// The scope as it stands in URLs and legends.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Period => "period",
        }
    }
}

impl FromStr for Scope {
    type Err = ClassifyError;

    fn from_str(text: &str) -> Result<Self, ClassifyError> {
        let found = Self::ALL.into_iter().find(|scope| scope.as_str() == text);
        found.ok_or_else(|| ClassifyError::UnknownScope { got: cut(text) })
    }
}
