//! The use cases that keep state: they make a workspace, take boundaries and observations into its store, publish releases, and look
//! after what was published.

mod backup;
mod check;
mod clock;
mod demo;
mod error;
mod imports;
mod init;
mod keys;
mod publish;
mod releases;
mod workbench;

pub use backup::{Backup, BackupError, Restored, backup, restore};
pub use check::{Finding, Level, check, check_bundle};
pub use demo::demo;
pub use error::WorkbenchError;
pub use imports::{
    BoundaryImport, BoundaryOutcome, CorrespondenceImport, CorrespondenceOutcome, ObservationImport, ObservationOutcome,
};
pub use init::{SETTINGS, init};
pub use keys::{make_key, rotate_key, signing_key};
pub use publish::{Large, Omitted, Orphans, PublishReport};
pub use releases::{Listed, Standing, Withdrawal, list_releases, rollback, withdraw};
pub use workbench::Workbench;
