//! Rejects: what an importer could not take, with place, reason and remedy.

use serde::Serialize;
use std::collections::BTreeMap;

/// Most rejects that are kept. All are counted.
const MAX_LISTED: usize = 100_000;

/// One cell or row that was not taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reject {
    /// Row from 1, as a spreadsheet shows it.
    pub row: u32,
    /// Column as its letters and, where there is one, its heading: `C "2014"`.
    pub column: String,
    /// What it was read as: `area`, `indicator`, `period`, `value`, `status` or a dimension id.
    pub field: String,
    /// The text as in the file, cut to 80 characters.
    pub got: String,
    /// Stable reason, e.g. `value.not_a_number`.
    pub code: &'static str,
    /// How to mend it.
    pub remedy: String,
}

/// All rejects of a file. The first hundred thousand are listed, and every one is counted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Rejects {
    /// In the order of the file.
    pub list: Vec<Reject>,
    /// How many there are of each reason.
    pub by_code: BTreeMap<&'static str, u64>,
}

impl Rejects {
    /// Counts a reject, and keeps it while there is room.
    pub(crate) fn push(&mut self, reject: Reject) {
        *self.by_code.entry(reject.code).or_default() += 1;
        if self.list.len() < MAX_LISTED {
            self.list.push(reject);
        }
    }

    /// Adds those of another table, each changed by `place`.
    pub(crate) fn append(&mut self, others: Self, place: impl FnMut(Reject) -> Reject) {
        for (code, count) in others.by_code {
            *self.by_code.entry(code).or_default() += count;
        }
        let room = MAX_LISTED.saturating_sub(self.list.len());
        self.list.extend(others.list.into_iter().take(room).map(place));
    }

    /// How many there are, listed or not.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.by_code.values().sum()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.by_code.is_empty()
    }
}

/// What is wrong with a text, before its place is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct UnplacedReject {
    pub field: String,
    pub got: String,
    pub code: &'static str,
    pub remedy: String,
}

impl UnplacedReject {
    pub(crate) fn new(field: &str, got: &str, code: &'static str, remedy: impl Into<String>) -> Self {
        Self { field: field.to_owned(), got: got.chars().take(80).collect(), code, remedy: remedy.into() }
    }

    pub(crate) fn at(self, row: usize, column: String) -> Reject {
        let row = u32::try_from(row + 1).unwrap_or(u32::MAX);
        Reject { row, column, field: self.field, got: self.got, code: self.code, remedy: self.remedy }
    }
}
