//! The steps of the schema: one text for both databases, where both can read it.

use crate::error::StoreError;
use sqlx::SqlSafeStr as _;
use sqlx::migrate::{MigrateError, Migration, MigrationType, Migrator};

/// Which databases a step is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    Sqlite,
    Postgres,
}

use Dialect::{Postgres, Sqlite};

/// Version, description, databases and text of every step, oldest first.
const STEPS: [(i64, &str, &[Dialect], &str); 4] = [
    (
        20_261_122_000_000,
        "workspace",
        &[Sqlite, Postgres],
        include_str!("../../../../migrations/20261122000000_workspace.sql"),
    ),
    (
        20_261_124_000_000,
        "correspondences",
        &[Sqlite, Postgres],
        include_str!("../../../../migrations/20261124000000_correspondences.sql"),
    ),
    (
        20_261_124_010_000,
        "observation_keys",
        &[Postgres],
        include_str!("../../../../migrations/20261124010000_observation_keys.postgres.sql"),
    ),
    (20_261_130_000_000, "history", &[Sqlite, Postgres], include_str!("../../../../migrations/20261130000000_history.sql")),
];

/// The versions of a database's steps, oldest first.
pub(crate) fn versions(of: Dialect) -> Vec<i64> {
    STEPS.into_iter().filter(|(_, _, dialects, _)| dialects.contains(&of)).map(|(version, ..)| version).collect()
}

/// The steps of a database. Built by hand: sqlx's `migrate!` needs its macros, and with them every driver a second time for the
/// build host.
pub(crate) fn migrator(of: Dialect) -> Migrator {
    let own = STEPS.into_iter().filter(|(_, _, dialects, _)| dialects.contains(&of));
    let step = |(version, name, _, sql): (i64, &'static str, _, &'static str)| {
        Migration::new(version, name.into(), MigrationType::Simple, sql.into_sql_str(), false)
    };
    Migrator::with_migrations(own.map(step).collect())
}

/// Why the schema of the database at `place` was not brought up to date; `failed` judges what the database itself said.
pub(crate) fn migrating(place: &str, error: MigrateError, failed: impl FnOnce(sqlx::Error) -> StoreError) -> StoreError {
    let place = place.to_owned();
    match error {
        MigrateError::VersionMissing(step) | MigrateError::VersionTooNew(step, _) => StoreError::Newer { place, step },
        MigrateError::VersionMismatch(step) | MigrateError::Dirty(step) => StoreError::Changed { place, step },
        MigrateError::Execute(e) | MigrateError::ExecuteMigration(e, _) => failed(e),
        other => StoreError::Database(sqlx::Error::Migrate(Box::new(other))),
    }
}
