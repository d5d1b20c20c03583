//! What the errors of SQLite mean.

use crate::error::StoreError;
use sqlx::{error::DatabaseError as _, sqlite::SqliteError};

/// How long a writer waits for another.
pub(crate) const BUSY_SECONDS: u64 = 10;

// Primary result codes, https://sqlite.org/rescode.html
pub(crate) const SQLITE_PERM: i32 = 3;
pub(crate) const SQLITE_BUSY: i32 = 5;
pub(crate) const SQLITE_LOCKED: i32 = 6;
pub(crate) const SQLITE_READONLY: i32 = 8;
pub(crate) const SQLITE_IOERR: i32 = 10;
pub(crate) const SQLITE_CORRUPT: i32 = 11;
pub(crate) const SQLITE_FULL: i32 = 13;
pub(crate) const SQLITE_CANTOPEN: i32 = 14;
pub(crate) const SQLITE_NOTADB: i32 = 26;

/// SQLite's primary result code: the low byte of the extended one.
pub(crate) fn result_code(error: &sqlx::Error) -> Option<i32> {
    let code: i32 = error.as_database_error()?.try_downcast_ref::<SqliteError>()?.code()?.parse().ok()?;
    Some(code & 0xff)
}

/// What an error of SQLite means while it works; `None` if it is none of SQLite's, or means nothing in particular.
pub(crate) fn meaning(error: &sqlx::Error) -> Option<StoreError> {
    match result_code(error)? {
        SQLITE_BUSY | SQLITE_LOCKED => Some(StoreError::Locked { seconds: BUSY_SECONDS }),
        SQLITE_READONLY | SQLITE_PERM => Some(StoreError::ReadOnly),
        SQLITE_FULL => Some(StoreError::DiskFull),
        SQLITE_IOERR => Some(StoreError::Disk { what: error.as_database_error()?.message().to_owned() }),
        SQLITE_CORRUPT => Some(StoreError::Damaged { place: "a page".to_owned(), what: error.to_string() }),
        _ => None,
    }
}
