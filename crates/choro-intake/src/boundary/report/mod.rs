//! The report of an import of boundaries: what it took, mended, refused and found.

mod boundary_report;
mod defect;
mod rejected_area;
mod text;

pub use boundary_report::{BorderGap, BoundaryReport, CutText, Overlap, RemeasuredArea, UnitedArea, Unlocated};
pub use defect::{GeometryDefect, Repair};
pub use rejected_area::{Reason, RejectedArea};
