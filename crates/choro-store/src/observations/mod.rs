//! Observations: imported, read, and on which borders they are.

mod borders;
mod copy;
mod figure;
mod import;
mod numbered;
mod read;
mod record;
mod series;
mod upsert;

pub use borders::PeriodVintages;
pub use import::{ImportSummary, ObservationWriter};
pub use record::ImportRecord;
pub use series::SeriesInfo;
