//! What a report means for its import.

use super::join_report::JoinReport;
use crate::statistics::DoubtKind;

/// What a report means for its import. Of several reasons that refuse it, the first one here counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// No row found an area: the set or the column is a wrong one, and there is nothing to store.
    NothingMatched,
    /// These grave doubts are not accepted.
    Doubtful(Vec<DoubtKind>),
    /// Rows were rejected, found no area or contradict each other.
    Unclean,
    /// Everything may be stored.
    Good,
}

impl JoinReport {
    /// What the report means where these doubts are accepted, and rows with problems are left out or not.
    #[must_use]
    pub fn verdict(&self, accepted: &[DoubtKind], skip_rejects: bool) -> Verdict {
        let open = self.open_doubts(accepted);
        if self.matches_nothing() {
            Verdict::NothingMatched
        } else if !open.is_empty() {
            Verdict::Doubtful(open)
        } else if self.is_clean() || skip_rejects {
            Verdict::Good
        } else {
            Verdict::Unclean
        }
    }
}
