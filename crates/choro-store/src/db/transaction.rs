//! The connections: to SQLite or to PostgreSQL, and a transaction on either.
//!
//! Everything runs in a transaction: a reader sees one state, a writer all or nothing. The rest of the crate knows only [`Db`].

use crate::error::StoreError;
use sqlx::{PgPool, Postgres, Sqlite, SqlitePool, Transaction};
use std::{future::Future, time::Duration};

/// The connections of a workspace's database.
#[derive(Debug, Clone)]
pub(crate) enum Pool {
    Sqlite(SqlitePool),
    /// With the time for one statement: beyond it the server counts as gone.
    Postgres(PgPool, Duration),
}

/// A transaction. Dropped without [`Db::commit`], it undoes everything.
pub(crate) enum Db {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>, Duration),
}

/// Writers of PostgreSQL hold this advisory lock of their database: ids are given by the program, so there is one at a time.
/// `CHOR` in ASCII.
const WRITER: i64 = 0x4348_4f52;

impl Pool {
    /// A transaction that reads one state of the database.
    pub(crate) async fn begin_read(&self) -> Result<Db, StoreError> {
        match self {
            Self::Sqlite(pool) => Ok(Db::Sqlite(pool.begin().await?)),
            Self::Postgres(pool, limit) => {
                let begin = pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
                Ok(Db::Postgres(within(*limit, begin).await?, *limit))
            }
        }
    }

    /// A transaction that holds the right to write from its first statement: one that asks for it halfway could not wait for
    /// another writer, since its own reads would be out of date by then.
    pub(crate) async fn begin_write(&self) -> Result<Db, StoreError> {
        match self {
            Self::Sqlite(pool) => Ok(Db::Sqlite(pool.begin_with("BEGIN IMMEDIATE").await?)),
            Self::Postgres(pool, limit) => {
                let mut tx = within(*limit, pool.begin()).await?;
                let lock = sqlx::query("SELECT pg_advisory_xact_lock($1)").bind(WRITER);
                within(*limit, lock.execute(&mut *tx)).await?;
                Ok(Db::Postgres(tx, *limit))
            }
        }
    }

    /// Waits for the connections to end, but not for a server that does not answer.
    pub(crate) async fn close(&self) {
        match self {
            Self::Sqlite(pool) => pool.close().await,
            Self::Postgres(pool, _) => {
                let _gone = tokio::time::timeout(Duration::from_secs(2), pool.close()).await;
            }
        }
    }
}

impl Db {
    /// Makes everything lasting. When a server does not confirm that, nobody knows whether it did: an error of its own.
    pub(crate) async fn commit(self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(tx) => Ok(tx.commit().await?),
            Self::Postgres(tx, limit) => within(limit, tx.commit()).await.map_err(|error| match error {
                StoreError::Unreachable { what, .. } => StoreError::Unconfirmed { what },
                StoreError::Slow { .. } => StoreError::Unconfirmed { what: error.to_string() },
                other => other,
            }),
        }
    }
}

/// The outcome of work that a server does, or [`StoreError::Slow`].
pub(crate) async fn within<T>(limit: Duration, work: impl Future<Output = sqlx::Result<T>>) -> Result<T, StoreError> {
    match tokio::time::timeout(limit, work).await {
        Ok(done) => Ok(done?),
        Err(_) => Err(StoreError::Slow { seconds: limit.as_secs() }),
    }
}
