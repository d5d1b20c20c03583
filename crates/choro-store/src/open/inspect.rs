//! Looking at a workspace's database without changing it, and copying it while others use it.

use super::{
    postgres,
    schema::{Dialect, versions},
    sqlite::{opening, options, probe},
};
use crate::{db::within, error::StoreError};
use choro_config::{Database, DatabasePlace};
use sqlx::{ConnectOptions as _, Connection as _, SqliteConnection};
use std::path::Path;

/// Problems of a damaged file that are told at most.
const TOLD: u32 = 10;

/// What a look at a database has found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inspection {
    /// Steps of this program's schema that are still to be made.
    pub missing_steps: usize,
    /// What SQLite finds wrong with the file; empty: nothing.
    pub problems: Vec<String>,
    /// The releases that were recorded, each with the SHA-256 of its manifest, oldest first.
    pub releases: Vec<(String, String)>,
}

/// Looks at a database: whether it is a workspace's, whether this program can read it, whether its pages hang
/// together.
pub async fn inspect(database: &Database) -> Result<Inspection, StoreError> {
    match &database.place {
        DatabasePlace::File(path) => file(path).await,
        DatabasePlace::Postgres(url) => {
            let (place, limit) = (url.to_string(), database.timeout);
            let mut connection = postgres::existing(url, limit).await?;
            let made = sqlx::query_scalar("SELECT version FROM _sqlx_migrations").fetch_all(&mut connection);
            let missing_steps = missing(&within(limit, made).await?, &place, Dialect::Postgres)?;
            let releases = match missing_steps {
                0 => within(limit, sqlx::query_as(RELEASES).fetch_all(&mut connection)).await?,
                _ => Vec::new(),
            };
            within(limit, connection.close()).await?;
            Ok(Inspection { missing_steps, problems: Vec::new(), releases })
        }
    }
}

const RELEASES: &str = "SELECT id, manifest_hash FROM release ORDER BY ordinal";

async fn file(path: &Path) -> Result<Inspection, StoreError> {
    let mut connection = existing(path, true).await?;
    let problems: Vec<String> =
        sqlx::query_scalar(sqlx::AssertSqlSafe(format!("PRAGMA quick_check({TOLD})"))).fetch_all(&mut connection).await?;
    let problems: Vec<String> = problems.into_iter().filter(|said| said != "ok").collect();
    let missing_steps = missing_steps(&mut connection, path).await?;
    let releases = match missing_steps {
        0 => sqlx::query_as(RELEASES).fetch_all(&mut connection).await?,
        _ => Vec::new(),
    };
    connection.close().await?;
    Ok(Inspection { missing_steps, problems, releases })
}

async fn missing_steps(db: &mut SqliteConnection, path: &Path) -> Result<usize, StoreError> {
    let table = "SELECT COUNT(*) FROM sqlite_master WHERE name = '_sqlx_migrations'";
    let tables: i64 = sqlx::query_scalar(table).fetch_one(&mut *db).await?;
    if tables == 0 {
        return Ok(versions(Dialect::Sqlite).len());
    }
    let made: Vec<i64> = sqlx::query_scalar("SELECT version FROM _sqlx_migrations").fetch_all(db).await?;
    missing(&made, &path.display().to_string(), Dialect::Sqlite)
}

/// How many steps are missing beside those made.
fn missing(made: &[i64], place: &str, of: Dialect) -> Result<usize, StoreError> {
    let known = versions(of);
    match made.iter().find(|step| !known.contains(step)) {
        Some(step) => Err(StoreError::Newer { place: place.to_owned(), step: *step }),
        None => Ok(known.len() - made.len()),
    }
}

/// Writes the database at `path` to the new file `to`, as it is at one moment; others may go on reading and writing
/// (<https://sqlite.org/lang_vacuum.html#vacuuminto>).
pub async fn copy_file(path: &Path, to: &Path) -> Result<(), StoreError> {
    let mut connection = existing(path, false).await?;
    let target = to.to_string_lossy().into_owned();
    sqlx::query("VACUUM INTO $1").bind(target).execute(&mut connection).await?;
    connection.close().await?;
    Ok(())
}

async fn existing(path: &Path, read_only: bool) -> Result<SqliteConnection, StoreError> {
    if !probe(path).await? {
        return Err(StoreError::Absent { place: path.display().to_string() });
    }
    options(path).read_only(read_only).connect().await.map_err(|error| opening(path, error))
}
