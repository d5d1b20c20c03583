//! What can be wrong with a correspondence.

use crate::crosswalk::CrosswalkError;
use std::fmt;

/// How many faults a message lists.
const LISTED: usize = 20;

/// One thing that is wrong with a table.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Fault {
    /// The row, 1 is the header; 0: the table as a whole.
    pub row: usize,
    /// The column.
    pub field: &'static str,
    /// What is wrong: what was got and expected.
    pub reason: String,
    /// How to mend it.
    pub remedy: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { row, field, reason, remedy } = self;
        match row {
            0 => write!(f, "{field}: {reason}; {remedy}"),
            row => write!(f, "row {row}, {field}: {reason}; {remedy}"),
        }
    }
}

/// Why a table is no correspondence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CorrespondenceError {
    /// The file is not a table, or lacks a column.
    #[error(transparent)]
    Table(#[from] CrosswalkError),
    /// A column that means nothing here.
    #[error(
        "{place}: column {column:?} is not known{hint}; expected from, to and, where they are known, weight, back, kind"
    )]
    Column {
        /// The file.
        place: String,
        /// The column.
        column: String,
        /// The nearest known one, if any.
        hint: String,
    },
    /// Rows that are wrong, or areas that stand in none.
    #[error(transparent)]
    Faults(#[from] Faults),
}

/// All that is wrong with a table; nothing of it was taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {} faults, nothing was stored:\n{}", list.len(), listed(list))]
pub struct Faults {
    /// The file.
    pub place: String,
    /// Each of them.
    pub list: Vec<Fault>,
}

fn listed(faults: &[Fault]) -> String {
    let mut lines: Vec<String> = faults.iter().take(LISTED).map(ToString::to_string).collect();
    if faults.len() > LISTED {
        lines.push(format!("and {} more", faults.len() - LISTED));
    }
    lines.join("\n")
}
