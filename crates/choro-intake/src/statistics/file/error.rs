//! Why a file is no table of cells.

/// Why a file is no table.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TableError {
    /// The file cannot be read.
    #[error("{file}: cannot be read: {reason}")]
    File {
        /// The file.
        file: String,
        /// The system's reason.
        reason: String,
    },
    /// The content is not what a statistics file may be, or not what its name says.
    #[error("{file}: {found}; {remedy}")]
    Content {
        /// The file.
        file: String,
        /// What the content is.
        found: String,
        /// How to mend it.
        remedy: String,
    },
    /// The file is damaged.
    #[error("{file}: {place}: {reason}; fetch or save the file again")]
    Damaged {
        /// The file.
        file: String,
        /// Where in it.
        place: String,
        /// What the reader met.
        reason: String,
    },
    /// A sheet is absent or empty.
    #[error("{file}: {what}; {remedy}")]
    Sheet {
        /// The file.
        file: String,
        /// Which sheet, and what is wrong.
        what: String,
        /// The sheets that can be taken.
        remedy: String,
    },
    /// An option names nothing that exists.
    #[error("{file}: {option} {got:?} is not known; expected {expected}")]
    Option {
        /// The file.
        file: String,
        /// `encoding` or `delimiter`.
        option: &'static str,
        /// As received.
        got: String,
        /// What would be valid.
        expected: &'static str,
    },
    /// It has more of something than is taken.
    #[error("{file}: {place} exceeds the limit of {limit}; split the file")]
    Limit {
        /// The file.
        file: String,
        /// Where.
        place: String,
        /// The limit with its unit.
        limit: String,
    },
}

impl TableError {
    /// A workbook that nobody can read without its password.
    pub(super) fn with_password(file: &str) -> Self {
        Self::Content {
            file: file.to_owned(),
            found: "is protected by a password".to_owned(),
            remedy: "open it in a spreadsheet program and save it without a password".to_owned(),
        }
    }
}
