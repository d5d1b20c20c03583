//! Takes files of others into the store.

mod boundaries;
mod correspondences;
mod earlier;
mod file_hash;
mod known_areas;
mod observation_import;
mod observations;
mod opened;
mod stored_figures;

pub use boundaries::{BoundaryImport, BoundaryOutcome};
pub use correspondences::{CorrespondenceImport, CorrespondenceOutcome};
pub use observation_import::ObservationImport;
pub use observations::ObservationOutcome;
