//! How breaks are found, with all that it takes: nothing in it contradicts anything else.

use super::{error::ClassifyError, manual::ManualBreaks, method::Method};

/// How breaks are found.
#[derive(Debug, Clone, PartialEq)]
pub enum BreakRule {
    /// Out of the values.
    Found(Finder),
    /// As the client gives them.
    Manual(ManualBreaks),
}

/// A way to find breaks out of the values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finder {
    /// See [`Method::Quantile`].
    Quantile,
    /// See [`Method::Equal`].
    Equal,
    /// See [`Method::Ckmeans`].
    Ckmeans,
}

impl BreakRule {
    /// The rule of a method, and of breaks where a client gives them.
    ///
    /// # Errors
    /// Breaks are given to a method that finds its own, or method manual has none.
    pub fn new(method: Method, breaks: Option<ManualBreaks>) -> Result<Self, ClassifyError> {
        match (method, breaks) {
            (Method::Manual, None) => Err(ClassifyError::BreaksMissing),
            (Method::Manual, Some(breaks)) => Ok(Self::Manual(breaks)),
            (method, Some(_)) => Err(ClassifyError::BreaksNotWanted(method.as_str())),
            (Method::Quantile, None) => Ok(Self::Found(Finder::Quantile)),
            (Method::Equal, None) => Ok(Self::Found(Finder::Equal)),
            (Method::Ckmeans, None) => Ok(Self::Found(Finder::Ckmeans)),
        }
    }

    /// The name of the rule.
    #[must_use]
    pub const fn method(&self) -> Method {
        match self {
            Self::Found(Finder::Quantile) => Method::Quantile,
            Self::Found(Finder::Equal) => Method::Equal,
            Self::Found(Finder::Ckmeans) => Method::Ckmeans,
            Self::Manual(_) => Method::Manual,
        }
    }
}

impl Default for BreakRule {
    fn default() -> Self {
        Self::Found(Finder::Quantile)
    }
}
