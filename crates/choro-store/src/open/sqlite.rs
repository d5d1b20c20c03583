//! Opening an SQLite file.

use super::schema::{self, Dialect};
use crate::{
    db::sqlite_errors::{self, BUSY_SECONDS},
    error::StoreError,
};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
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

/// Opens the database at `path`, or makes it where `create` is set, and brings its schema up to date.
pub(crate) async fn open(path: &Path, create: bool) -> Result<SqlitePool, StoreError> {
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

pub(crate) fn options(path: &Path) -> SqliteConnectOptions {
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
pub(crate) async fn probe(path: &Path) -> Result<bool, StoreError> {
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

/// An error while opening `path`, where some codes mean something about the file as a whole.
pub(crate) fn opening(path: &Path, error: sqlx::Error) -> StoreError {
    let other = |what| not_a_workspace(path, what);
    match sqlite_errors::result_code(&error) {
        Some(sqlite_errors::SQLITE_NOTADB) => other("this file is not a database"),
        Some(sqlite_errors::SQLITE_CANTOPEN | sqlite_errors::SQLITE_IOERR) => other(UNOPENED),
        Some(sqlite_errors::SQLITE_CORRUPT) => other("this database is damaged or cut off"),
        _ => error.into(),
    }
}

fn not_a_workspace(path: &Path, what: &str) -> StoreError {
    StoreError::NotAWorkspace { place: path.display().to_string(), what: what.to_owned() }
}
