//! What a look at a workspace has found.

use serde::Serialize;

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// As it should be.
    Ok,
    /// Works, but not as well as it could, or not for long.
    Warning,
    /// Does not work.
    Error,
}

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// How bad it is.
    pub level: Level,
    /// What was looked at.
    pub about: String,
    /// What was found and, where it is not as it should be, how to mend it.
    pub what: String,
}

impl Finding {
    /// A finding.
    #[expect(clippy::needless_pass_by_value, reason = "most texts and errors are made in the call")]
    pub fn new(level: Level, about: &str, what: impl ToString) -> Self {
        Self { level, about: about.to_owned(), what: what.to_string() }
    }
}
