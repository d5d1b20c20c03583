//! The join report: what became of every row and every area.

use super::{
    areas::{AreaGap, WhyNoValue},
    conflict::Conflict,
    labels::{GroupRow, JointRow, MatchedLabel, PartRow, Unmatched},
    period_counts::PeriodCount,
};
use crate::{
    join::labels::matching::MatchedBy,
    statistics::{Doubt, DoubtKind, Intake, Rejects},
};
use serde::Serialize;

/// What became of every row and every area.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct JoinReport {
    /// The statistics file.
    pub file: String,
    /// Rows of data with a label.
    pub rows: u64,
    /// Rows that were rejected as a whole, as one without a label.
    pub rejected_rows: u64,
    /// Different labels.
    pub labels: u64,
    /// Observations joined.
    pub observations: u64,
    /// What was found rather than declared.
    pub notes: Vec<String>,
    /// What the import asks about before it stores.
    pub doubts: Vec<Doubt>,
    /// Labels that found their area, and by which step.
    pub matched: Vec<MatchedLabel>,
    /// Labels that found none.
    pub unmatched: Vec<Unmatched>,
    /// What may mend several unmatched labels at once.
    pub hints: Vec<String>,
    /// Unmatched labels that were not compared with all areas, since there were too many.
    pub not_compared: u64,
    /// Totals and groups, by the mapping.
    pub groups: Vec<GroupRow>,
    /// Rows whose values an area takes instead of the larger row's, by the mapping.
    pub parts: Vec<PartRow>,
    /// Rows that several areas share, by the mapping: their figures are nobody's alone.
    pub joints: Vec<JointRow>,
    /// Areas and selections whose cells contradict each other, named or not. An import with any is refused.
    pub contradictions: u64,
    /// The first ten thousand of them.
    pub conflicts: Vec<Conflict>,
    /// Cells that repeat another cell of the same area and selection; they count once.
    pub repeated: u64,
    /// Areas of the set without a value.
    pub areas_without_value: Vec<AreaGap>,
    /// Areas with observations but without a polygon: they are in tables, not on the map.
    pub areas_without_polygon: Vec<AreaGap>,
    /// Values and states by indicator and period.
    pub by_period: Vec<PeriodCount>,
    /// Cells that could not be read.
    pub rejects: Rejects,
}

impl JoinReport {
    pub(crate) fn of(intake: &Intake) -> Self {
        Self {
            file: intake.file.clone(),
            rows: intake.rows,
            rejected_rows: intake.rejected_rows,
            labels: intake.labels.len() as u64,
            notes: intake.notes.clone(),
            doubts: intake.doubts.clone(),
            ..Self::default()
        }
    }

    /// Labels matched by each step.
    #[must_use]
    pub fn matched_by(&self, by: MatchedBy) -> usize {
        self.matched.iter().filter(|matched| matched.by == by).count()
    }

    /// Whether every row found its place: nothing unmatched, contradicted or rejected.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.unmatched.is_empty() && self.contradictions == 0 && self.rejects.is_empty()
    }

    /// The kinds of grave doubts that are not among those accepted, each once.
    #[must_use]
    pub fn open_doubts(&self, accepted: &[DoubtKind]) -> Vec<DoubtKind> {
        let mut kinds: Vec<DoubtKind> = self.doubts.iter().filter(|doubt| doubt.grave).map(|doubt| doubt.kind).collect();
        kinds.retain(|kind| !accepted.contains(kind));
        kinds.sort_unstable();
        kinds.dedup();
        kinds
    }

    /// Whether no row of the file found an area: all labels that are to be areas are unmatched.
    #[must_use]
    pub fn matches_nothing(&self) -> bool {
        let is_shared = self.joints.iter().any(|joint| !joint.codes.is_empty());
        self.matched.is_empty() && self.parts.is_empty() && !is_shared && !self.unmatched.is_empty()
    }

    /// The codes of areas without a row.
    #[must_use]
    pub fn areas_without_row(&self) -> Vec<&str> {
        let rowless = self.areas_without_value.iter().filter(|area| area.gap == WhyNoValue::NoRow);
        rowless.map(|area| area.code.as_str()).collect()
    }
}
