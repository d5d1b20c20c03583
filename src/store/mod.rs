//! The workspace's database: boundary sets, indicators, observations and the list of releases. All SQL is here.
//!
//! Each `put_…` is one transaction: when it returns an error, nothing has changed. Statements keep to what SQLite and
//! PostgreSQL read alike; `open` alone knows which of them it is.

mod boundaries;
mod error;
mod geometry;
mod indicators;
mod keys;
mod observations;
mod open;
mod releases;
mod series;

pub use boundaries::{AreaInfo, BoundarySetInfo, PutOutcome};
pub use error::StoreError;
pub use observations::{ImportRecord, ImportSummary};
pub use releases::ReleaseRecord;
pub use series::SeriesInfo;

use sqlx::{Sqlite, SqlitePool, Transaction};
use std::path::Path;

/// A workspace's database. Cheap to clone; clones share the connections.
#[derive(Debug, Clone)]
pub struct Store {
    pool: SqlitePool,
}

impl Store {
    /// Opens the database at `path` and brings its schema up to date. With `create`, makes it where there is none.
    pub async fn open(path: &Path, create: bool) -> Result<Self, StoreError> {
        Ok(Self { pool: open::open(path, create).await? })
    }

    /// Waits for the connections to end, so that the file can be copied or removed.
    pub async fn close(self) {
        self.pool.close().await;
    }

    /// A transaction that holds the right to write from its first statement: one that asks for it halfway could not wait for
    /// another writer, since its own reads would be out of date by then. Dropped without `commit`, it undoes everything.
    async fn begin_write(&self) -> Result<Transaction<'static, Sqlite>, StoreError> {
        Ok(self.pool.begin_with("BEGIN IMMEDIATE").await?)
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
