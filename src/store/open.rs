//! Opening a workspace's database: the only place that knows that it is SQLite.

use super::error::{BUSY_SECONDS, StoreError, opening};
use sqlx::migrate::{MigrateError, Migration, MigrationType, Migrator};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, SqlSafeStr};
use std::{path::Path, time::Duration};

/// `CHOR` in ASCII, in the file's header: tells a workspace from any other SQLite file
/// (<https://sqlite.org/pragma.html#pragma_application_id>).
const APPLICATION_ID: i64 = 0x4348_4f52;

/// Version, description and text of every step, oldest first.
const STEPS: [(i64, &str, &str); 1] =
    [(20_261_122_000_000, "workspace", include_str!("../../migrations/20261122000000_workspace.sql"))];

/// Opens the database at `path`, or makes it where `create` is set, and brings its schema up to date.
pub(super) async fn open(path: &Path, create: bool) -> Result<SqlitePool, StoreError> {
    if !probe(path).await? {
        if !create {
            return Err(StoreError::Absent { path: path.to_owned() });
        }
        mark(path).await.map_err(|e| opening(path, e))?;
    }
    let options = options(path).journal_mode(SqliteJournalMode::Wal).synchronous(SqliteSynchronous::Normal);
    let pool = SqlitePoolOptions::new().max_connections(4).connect_with(options).await.map_err(|e| opening(path, e))?;
    migrator().run(&pool).await.map_err(|e| migrating(path, e))?;
    Ok(pool)
}

fn options(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new().filename(path).foreign_keys(true).busy_timeout(Duration::from_secs(BUSY_SECONDS))
}

/// Whether a workspace's database lies at `path`. Looks without writing, since the file may belong to somebody else.
async fn probe(path: &Path) -> Result<bool, StoreError> {
    match std::fs::metadata(path) {
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(false),
        Ok(file) if file.is_file() && file.len() == 0 => return Ok(false),
        _ => {}
    }
    let mut connection = options(path).read_only(true).connect().await.map_err(|e| opening(path, e))?;
    let id = application_id(&mut connection).await.map_err(|e| opening(path, e))?;
    connection.close().await?;
    if id == APPLICATION_ID {
        return Ok(true);
    }
    Err(StoreError::NotAWorkspace { path: path.to_owned(), what: "this is an SQLite database, but not a Choro workspace" })
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

/// Built by hand: sqlx's `migrate!` needs its macros, and with them every driver a second time for the build host.
fn migrator() -> Migrator {
    let step = |(version, name, sql): (i64, &'static str, &'static str)| {
        Migration::new(version, name.into(), MigrationType::Simple, sql.into_sql_str(), false)
    };
    Migrator::with_migrations(STEPS.into_iter().map(step).collect())
}

fn migrating(path: &Path, error: MigrateError) -> StoreError {
    let path = path.to_owned();
    match error {
        MigrateError::VersionMissing(step) | MigrateError::VersionTooNew(step, _) => StoreError::Newer { path, step },
        MigrateError::VersionMismatch(step) | MigrateError::Dirty(step) => StoreError::Changed { path, step },
        MigrateError::Execute(e) | MigrateError::ExecuteMigration(e, _) => opening(&path, e),
        other => StoreError::Database(sqlx::Error::Migrate(Box::new(other))),
    }
}
