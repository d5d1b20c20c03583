//! The workspace's database: boundary sets, indicators, observations and the list of releases. All SQL is here.
//!
//! Each `put_…` is one transaction: when it returns an error, nothing has changed. Statements keep to what SQLite and
//! PostgreSQL read alike (`query`). What differs has files of its own: opening (`sqlite`, `postgres`), transactions (`db`),
//! loading by COPY (`copy`), announcing (`announce`).

mod announce;
mod boundaries;
mod copy;
mod correspondences;
mod db;
mod error;
mod geometry;
mod import;
mod indicators;
mod inspect;
mod keys;
mod observations;
mod postgres;
mod query;
mod releases;
mod schema;
mod series;
mod sqlite;

pub use announce::follow;
pub use boundaries::{AreaInfo, BoundarySetInfo, PutOutcome};
pub use correspondences::PeriodVintages;
pub use error::StoreError;
pub use import::{ImportRecord, ImportSummary, ObservationWriter};
pub use inspect::{Inspection, copy_file, inspect};
pub use releases::ReleaseRecord;
pub use series::SeriesInfo;

use choro_config::{Database, DatabasePlace};
use db::{Db, Pool};
use query::{query, query_as, query_scalar};

/// A workspace's database. Cheap to clone; clones share the connections.
#[derive(Debug, Clone)]
pub struct Store {
    pool: Pool,
}

impl Store {
    /// Opens a database and brings its schema up to date. With `create`, makes the file, or fills the empty database of a
    /// server.
    pub async fn open(database: &Database, create: bool) -> Result<Self, StoreError> {
        let pool = match &database.place {
            DatabasePlace::File(path) => Pool::Sqlite(sqlite::open(path, create).await?),
            DatabasePlace::Postgres(url) => {
                Pool::Postgres(postgres::open(url, database.timeout, create).await?, database.timeout)
            }
        };
        Ok(Self { pool })
    }

    /// Waits for the connections to end, so that a file can be copied or removed.
    pub async fn close(self) {
        self.pool.close().await;
    }
}

/// Seconds since 1970, UTC; 0 when the clock stands before that.
fn now() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    since.ok().and_then(|d| i64::try_from(d.as_secs()).ok()).unwrap_or_default()
}

/// Stored text as the type it was written from.
fn read<T, E: std::fmt::Display>(place: impl FnOnce() -> String, parsed: Result<T, E>) -> Result<T, StoreError> {
    parsed.map_err(|e| StoreError::Damaged { place: place(), what: e.to_string() })
}

#[cfg(test)]
mod tests;
