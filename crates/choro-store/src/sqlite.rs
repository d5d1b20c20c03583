//! Opening an SQLite file, and what its errors mean.

use super::{
    StoreError,
    schema::{self, Dialect},
};
use sqlx::error::DatabaseError as _;
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteConnection, SqliteError, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection};
use std::{
    fs::{File, Permissions},
    io::ErrorKind,
    os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _},
    path::Path,
    time::Duration,
};

/// `CHOR` in ASCII, in the file's header: tells a workspace from any other SQLite file
/// (<https://sqlite.org/pragma.html#pragma_application_id>).
const APPLICATION_ID: i64 = 0x4348_4f52;

/// How long a writer waits for another.
const BUSY_SECONDS: u64 = 10;

/// Opens the database at `path`, or makes it where `create` is set, and brings its schema up to date.
pub(super) async fn open(path: &Path, create: bool) -> Result<SqlitePool, StoreError> {
    if !probe(path).await? {
        if !create {
            return Err(StoreError::Absent { place: path.display().to_string() });
        }
        for_the_owner_alone(path)?;
        mark(path).await.map_err(|e| opening(path, e))?;
    }
    let options = options(path).journal_mode(SqliteJournalMode::Wal).synchronous(SqliteSynchronous::Normal);
    let pool = SqlitePoolOptions::new().max_connections(4).connect_with(options).await.map_err(|e| opening(path, e))?;
    let failed = |e| schema::migrating(&path.display().to_string(), e, |e| opening(path, e));
    schema::migrator(Dialect::Sqlite).run(&pool).await.map_err(failed)?;
    Ok(pool)
}

pub(super) fn options(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new().filename(path).foreign_keys(true).busy_timeout(Duration::from_secs(BUSY_SECONDS))
}

/// Makes the file before SQLite would, which asks for 0644 less the umask. What SQLite puts beside it (`-wal`, `-shm`) takes its mode.
fn for_the_owner_alone(path: &Path) -> Result<(), StoreError> {
    match File::options().write(true).create_new(true).mode(0o600).open(path) {
        Ok(file) => file.set_permissions(Permissions::from_mode(0o600)).map_err(|_| not_a_workspace(path, UNOPENED)),
        // An empty file, whose mode somebody has chosen.
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
        Err(_) => Err(not_a_workspace(path, UNOPENED)),
    }
}

const UNOPENED: &str = "this file cannot be opened: is it a folder, forbidden to read, or the disk full?";

/// Whether a workspace's database lies at `path`. Looks without writing, since the file may belong to somebody else.
pub(super) async fn probe(path: &Path) -> Result<bool, StoreError> {
    match std::fs::metadata(path) {
        Err(e) if e.kind() == ErrorKind::NotFound => return Ok(false),
        Ok(file) if file.is_file() && file.len() == 0 => return Ok(false),
        _ => {}
    }
    let mut connection = options(path).read_only(true).connect().await.map_err(|e| opening(path, e))?;
    let id = application_id(&mut connection).await.map_err(|e| opening(path, e))?;
    connection.close().await?;
    if id == APPLICATION_ID {
        return Ok(true);
    }
    Err(not_a_workspace(path, "this is an SQLite database, but not a Choro workspace"))
}

async fn application_id(connection: &mut SqliteConnection) -> sqlx::Result<i64> {
    sqlx::query_scalar("PRAGMA application_id").fetch_one(connection).await
}

async fn mark(path: &Path) -> sqlx::Result<()> {
    let mut connection = options(path).create_if_missing(true).connect().await?;
    let sql = AssertSqlSafe(format!("PRAGMA application_id = {APPLICATION_ID}"));
    sqlx::query(sql).execute(&mut connection).await?;
    connection.close().await
}

// Primary result codes, https://sqlite.org/rescode.html
const SQLITE_PERM: i32 = 3;
const SQLITE_BUSY: i32 = 5;
const SQLITE_LOCKED: i32 = 6;
const SQLITE_READONLY: i32 = 8;
const SQLITE_IOERR: i32 = 10;
const SQLITE_CORRUPT: i32 = 11;
const SQLITE_FULL: i32 = 13;
const SQLITE_CANTOPEN: i32 = 14;
const SQLITE_NOTADB: i32 = 26;

/// SQLite's primary result code: the low byte of the extended one.
fn result_code(error: &sqlx::Error) -> Option<i32> {
    let code: i32 = error.as_database_error()?.try_downcast_ref::<SqliteError>()?.code()?.parse().ok()?;
    Some(code & 0xff)
}

/// What an error of SQLite means while it works; `None` if it is none of SQLite's, or means nothing in particular.
pub(super) fn meaning(error: &sqlx::Error) -> Option<StoreError> {
    match result_code(error)? {
        SQLITE_BUSY | SQLITE_LOCKED => Some(StoreError::Locked { seconds: BUSY_SECONDS }),
        SQLITE_READONLY | SQLITE_PERM => Some(StoreError::ReadOnly),
        SQLITE_FULL => Some(StoreError::DiskFull),
        SQLITE_IOERR => Some(StoreError::Disk { what: error.as_database_error()?.message().to_owned() }),
        SQLITE_CORRUPT => Some(StoreError::Damaged { place: "a page".to_owned(), what: error.to_string() }),
        _ => None,
    }
}

/// An error while opening `path`, where some codes mean something about the file as a whole.
pub(super) fn opening(path: &Path, error: sqlx::Error) -> StoreError {
    let other = |what| not_a_workspace(path, what);
    match result_code(&error) {
        Some(SQLITE_NOTADB) => other("this file is not a database"),
        Some(SQLITE_CANTOPEN | SQLITE_IOERR) => other(UNOPENED),
        Some(SQLITE_CORRUPT) => other("this database is damaged or cut off"),
        _ => error.into(),
    }
}

fn not_a_workspace(path: &Path, what: &str) -> StoreError {
    StoreError::NotAWorkspace { place: path.display().to_string(), what: what.to_owned() }
}
