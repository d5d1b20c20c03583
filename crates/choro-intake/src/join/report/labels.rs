//! What became of each label: an area, nothing, a total, a part, or a row that areas share.

use crate::join::labels::{candidates::Candidate, matching::MatchedBy};
use serde::Serialize;

/// A label that found its area.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MatchedLabel {
    /// The label, blanks apart.
    pub label: String,
    /// Its first row.
    pub row: u32,
    /// The area.
    pub code: String,
    /// The step.
    pub by: MatchedBy,
}

/// A label that found no area.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Unmatched {
    /// The label, blanks apart.
    pub label: String,
    /// Its first row.
    pub row: u32,
    /// How many rows bear it.
    pub rows: u32,
    /// Why.
    #[serde(flatten)]
    pub why: WhyUnmatched,
    /// Areas that may have been meant, the likeliest first.
    pub candidates: Vec<Candidate>,
}

/// Why a label found no area.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum WhyUnmatched {
    /// No code or name is equal.
    Unknown,
    /// The crosswalk has the label with an empty code.
    BlankInCrosswalk,
    /// The crosswalk gives a code that the boundary set does not have.
    CodeNotInSet {
        /// That code.
        code: String,
    },
    /// Several areas have that name.
    Ambiguous,
    /// Its parts are different areas.
    PartsDiffer,
}

/// A total or a group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GroupRow {
    /// The label, blanks apart.
    pub label: String,
    /// Its first row.
    pub row: u32,
}

/// A row whose values an area takes, since its polygon excludes its parts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PartRow {
    /// The label, blanks apart.
    pub label: String,
    /// Its first row.
    pub row: u32,
    /// The label of the larger row.
    pub of: String,
    /// The area.
    pub code: String,
    /// Cells of the larger row that it replaces.
    pub replaced: u64,
    /// Of these, cells where it has no value, so that the area has none.
    pub missing: u64,
}

/// A row that several areas share.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct JointRow {
    /// The label, blanks apart.
    pub label: String,
    /// Its first row.
    pub row: u32,
    /// The areas, which are missing there.
    pub codes: Vec<String>,
    /// Numbers of the row that are on no map.
    pub values: u64,
}
