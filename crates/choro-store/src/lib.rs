//! The workspace's database: boundary sets, indicators, observations and releases, as they are and as they were (`history`). All SQL
//! is here.
//!
//! Each `put_…` is one transaction: when it returns an error, nothing has changed. Statements keep to what SQLite and
//! PostgreSQL read alike (`db::query`). What differs has files of its own: opening (`open`), transactions (`db::transaction`),
//! loading by COPY (`observations::copy`), announcing (`releases::announce`).

mod boundaries;
mod codes;
mod db;
mod error;
mod history;
mod indicators;
mod observations;
mod open;
mod releases;
mod store;

#[cfg(test)]
mod tests;

pub use boundaries::{AreaInfo, BoundarySetInfo, PutOutcome};
pub use error::StoreError;
pub use history::{
    ColumnContent, ContentHash, Known, MadeOf, Making, PackedTable, PublishedCell, PublishedEdition, Revision, SourceFile,
    TableContent, TableKey, TableRecord,
};
pub use observations::{ImportId, ImportRecord, ImportSummary, ObservationWriter, PeriodVintages, SeriesInfo, Snapshot};
pub use open::{Inspection, copy_file, inspect};
pub use releases::{ReleaseRecord, follow};
pub use store::Store;
