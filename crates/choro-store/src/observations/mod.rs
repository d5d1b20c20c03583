//! Observations as they are now: imported, read, and on which borders they are. What they were before is kept for `history`.

mod borders;
mod copy;
pub(crate) mod figure;
pub(crate) mod file_place;
mod import;
mod numbered;
mod read;
pub(crate) mod record;
mod series;
mod superseded;
mod upsert;

pub use borders::PeriodVintages;
pub use import::{ImportSummary, ObservationWriter};
pub use read::Snapshot;
pub use record::{ImportId, ImportRecord};
pub use series::SeriesInfo;
