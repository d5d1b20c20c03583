//! Why there is no answer.

use choro_bundle::{BundleError, encode::error::EncodeError};
use choro_figures::classify::ClassifyError;
use std::time::Duration;

/// How many valid names an error lists at most.
pub(crate) const LISTED: usize = 40;

/// Why there is no answer.
#[derive(Debug, Clone, thiserror::Error)]
pub enum ServeError {
    /// A name in the path or a parameter that the release does not have.
    #[error("{name} {got:?} is not known: there is {valid}")]
    Unknown {
        /// The name of the path segment or parameter, e.g. `set`.
        name: &'static str,
        /// The value as received, cut to 80 characters.
        got: String,
        /// The valid names, separated by commas.
        valid: String,
    },
    /// A parameter that does not fit.
    #[error("{what}")]
    Parameter {
        /// The parameter.
        name: String,
        /// What is wrong and what would be valid.
        what: String,
    },
    /// A parameter that is none, nor a dimension of the indicator.
    #[error("{what}")]
    NoDimension {
        /// The parameter.
        name: String,
        /// Which dimensions there are.
        what: String,
    },
    /// The release does not have what is asked for.
    #[error("{0}")]
    NotFound(String),
    /// The client accepts none of the codings that the answer exists in.
    #[error("no content coding is left: expected that Accept-Encoding allows br, zstd, gzip or identity")]
    NotAcceptable,
    /// The release is not kept, or no longer.
    #[error("release {0} is not kept here (any more): leave release out to get the current one")]
    Gone(String),
    /// What the answer is made of cannot be read at the moment. The text is for the log.
    #[error("{0}")]
    Unavailable(String),
    /// The client has too many costly answers made at once.
    #[error("you ask for more than your share at once: ask again in a moment, with fewer requests side by side")]
    Crowded {
        /// When to ask again.
        retry_after: Duration,
    },
    /// Too many answers wait to be made for all clients together.
    #[error("too many answers wait to be made: ask again in a moment")]
    Busy {
        /// When to ask again.
        retry_after: Duration,
    },
    /// A fault of ours. The text is for the log, never for the client.
    #[error("{0}")]
    Internal(String),
}

impl ServeError {
    /// The error for a name that is not among `valid`.
    pub(crate) fn unknown<'a>(name: &'static str, got: &str, valid: impl Iterator<Item = &'a str>) -> Self {
        Self::Unknown { name, got: got.chars().take(80).collect(), valid: list(valid) }
    }

    /// A parameter that does not fit.
    pub(crate) fn parameter(name: &str, what: impl std::fmt::Display) -> Self {
        Self::Parameter { name: name.to_owned(), what: format!("{what}") }
    }
}

/// The first [`LISTED`] names, separated by commas, and how many more there are.
pub(crate) fn list<'a>(mut names: impl Iterator<Item = &'a str>) -> String {
    let mut text = names.by_ref().take(LISTED).collect::<Vec<_>>().join(", ");
    if text.is_empty() {
        text.push_str("none");
    }
    match names.count() {
        0 => text,
        more => format!("{text} and {more} more"),
    }
}

impl From<BundleError> for ServeError {
    fn from(error: BundleError) -> Self {
        if error.is_passing() { Self::Unavailable(error.to_string()) } else { Self::Internal(error.to_string()) }
    }
}

/// What the classification refuses, as an error about the parameter that can be mended.
impl From<ClassifyError> for ServeError {
    fn from(error: ClassifyError) -> Self {
        let parameter = match error {
            ClassifyError::NotFinite { .. } => return Self::Internal(error.to_string()),
            ClassifyError::ClassCount(_) | ClassifyError::ClassCountText => "classes",
            ClassifyError::UnknownMethod { .. } => "method",
            ClassifyError::UnknownScope { .. } => "scope",
            ClassifyError::UnknownPalette { .. } | ClassifyError::PaletteKind { .. } => "palette",
            _ => "breaks",
        };
        Self::parameter(parameter, error)
    }
}

impl From<EncodeError> for ServeError {
    fn from(error: EncodeError) -> Self {
        Self::Internal(error.to_string())
    }
}

impl From<tokio::task::JoinError> for ServeError {
    fn from(error: tokio::task::JoinError) -> Self {
        Self::Internal(error.to_string())
    }
}
