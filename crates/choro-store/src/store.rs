//! A workspace's database, opened; what is done with it stands in the rooms.

use crate::{
    db::Pool,
    error::StoreError,
    open::{postgres, sqlite},
};
use choro_config::{Database, DatabasePlace};

/// A workspace's database. Cheap to clone; clones share the connections.
#[derive(Debug, Clone)]
pub struct Store {
    pub(crate) pool: Pool,
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
