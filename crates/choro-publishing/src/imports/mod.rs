//! Takes files of others into the store.

mod boundaries;
mod correspondences;
mod earlier;
mod file_hash;
mod known_areas;
mod observations;
mod stored_figures;

pub use boundaries::{BoundaryImport, BoundaryOutcome};
pub use correspondences::{CorrespondenceImport, CorrespondenceOutcome};
pub use observations::{ObservationImport, ObservationOutcome};
