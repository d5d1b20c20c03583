//! Labelled cells x areas -> observations and the join report.
//!
//! A label finds its area by exact steps: by the crosswalk, by code, by name, by folded name. What only resembles an area is never
//! taken. It becomes a candidate in the report, and a person decides about it and hands it back in a crosswalk.
//!
//! `labels` finds the area of a label, `roles` says what the cells of each label are for, `cross_checks` compares that with other
//! columns of the file, `own_cells` finds the cells that an area has of its own, `observations` goes over all cells, and `joined`
//! counts what comes of it for the `report`.

mod cross_checks;
mod joined;
mod known_area;
mod labels;
mod observations;
mod own_cells;
mod report;
mod roles;
mod thousandfold;

#[cfg(test)]
mod tests;

pub use joined::{Joined, join};
pub use known_area::KnownArea;
pub use labels::{
    candidates::{Candidate, WhyCandidate},
    crosswalk::Crosswalk,
    matching::{MatchedBy, knows},
};
pub use report::{
    AreaGap, Conflict, ConflictingCell, GroupRow, JoinReport, JointRow, MatchedLabel, PartRow, PeriodCount, Unmatched,
    Verdict, WhyNoValue, WhyUnmatched,
};
pub use thousandfold::{StoredFigures, ThousandfoldFindings, thousandfold};
