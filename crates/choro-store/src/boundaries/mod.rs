//! Boundary sets, and the correspondences between their vintages.

pub(crate) mod area_numbers;
mod areas;
mod correspondences;
mod geometry;
mod sets;

pub use areas::AreaInfo;
pub(crate) use sets::must_find;
pub use sets::{BoundarySetInfo, PutOutcome};
