//! Labelled rows x areas -> observations and the join report.
//!
//! A label finds its area in steps, each exact: by the crosswalk, by code, by name, by folded name. What only resembles an
//! area is never taken; it becomes a candidate in the report, for a person to decide and to hand back as a crosswalk.

mod candidates;
mod correction;
mod crosswalk;
mod found;
mod matching;
mod merge;
pub mod report;
mod roles;
mod spoilt;
mod text;

#[cfg(test)]
mod tests;

pub use crosswalk::Crosswalk;
pub use matching::{MatchedBy, knows};
pub use merge::{Joined, join};
pub use report::{JoinReport, Unmatched, WhyUnmatched};

/// An area as the join needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownArea {
    /// Its code.
    pub code: choro_model::AreaCode,
    /// Its names in all languages, and any other names it is known by.
    pub names: Vec<String>,
    /// Whether the boundary set has a polygon for it.
    pub has_polygon: bool,
}
