//! Why a file gives nothing.

use super::cells::SpoolError;
use crate::statistics::file::error::TableError;

/// Why a mapping does not fit a table.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IntakeError {
    /// A column is absent or named ambiguously.
    #[error("{file}: {key}: {what}; the columns are {columns}")]
    Column {
        /// The statistics file.
        file: String,
        /// The key of the mapping, e.g. `area.column`.
        key: String,
        /// What is wrong, with the nearest heading.
        what: String,
        /// The columns there are.
        columns: String,
    },
    /// Any other value of the mapping does not fit.
    #[error("{file}: {key}: {what}")]
    Mapping {
        /// The statistics file.
        file: String,
        /// The key of the mapping.
        key: String,
        /// What is wrong and how to mend it.
        what: String,
    },
}

impl IntakeError {
    /// Names the sheet behind the file, for a file of several sheets.
    pub fn on_sheet(mut self, sheet: &str) -> Self {
        let (Self::Column { file, .. } | Self::Mapping { file, .. }) = &mut self;
        file.push_str(&format!(": sheet {sheet:?}"));
        self
    }
}

/// Why a file gives nothing.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// It is no table.
    #[error(transparent)]
    Table(#[from] TableError),
    /// The mapping does not fit it.
    #[error(transparent)]
    Intake(#[from] IntakeError),
    /// There is no room for its cells.
    #[error(transparent)]
    Spool(#[from] SpoolError),
}
