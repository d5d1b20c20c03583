//! The join report: what became of every row and every area, as data, as text, and as a CSV to correct.

mod areas;
mod conflict;
mod correction;
mod join_report;
mod labels;
mod period_counts;
mod text;
mod verdict;

pub use areas::{AreaGap, WhyNoValue};
pub use conflict::{Conflict, ConflictingCell};
pub use join_report::JoinReport;
pub use labels::{GroupRow, JointRow, MatchedLabel, PartRow, Unmatched, WhyUnmatched};
pub use period_counts::PeriodCount;
pub(super) use period_counts::PeriodCounts;
pub use verdict::Verdict;
