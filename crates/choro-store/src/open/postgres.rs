//! Opening a database of a PostgreSQL server.

use super::schema::{self, Dialect};
use crate::{db::within, error::StoreError};
use choro_config::PostgresUrl;
use sqlx::{
    AssertSqlSafe, ConnectOptions as _, Connection as _, Executor as _, PgConnection, PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use std::time::Duration;

/// Opens the database of `url`, or fills an empty one where `create` is set, and brings its schema up to date. `limit` is the
/// time for connecting and for each statement.
pub(crate) async fn open(url: &PostgresUrl, limit: Duration, create: bool) -> Result<PgPool, StoreError> {
    let place = url.to_string();
    // Not of the pool, which would try again and again where nobody listens.
    let options = connect_options(url)?;
    let mut connection = within(limit, options.connect()).await.map_err(|e| e.at(&place))?;
    match within(limit, contents(&mut connection)).await.map_err(|e| e.at(&place))? {
        Contents::Workspace => {}
        Contents::Empty if create => {}
        Contents::Empty => return Err(StoreError::Absent { place }),
        Contents::Other(table) => return Err(other(place, &table)),
    }
    // The migrator asks for a table that may be there, and the server would tell everybody.
    within(limit, connection.execute("SET client_min_messages = warning")).await?;
    let failed = |error: sqlx::Error| StoreError::from(error).at(&place);
    let run = tokio::time::timeout(limit, schema::migrator(Dialect::Postgres).run(&mut connection)).await;
    let run = run.map_err(|_| StoreError::Slow { seconds: limit.as_secs() })?;
    run.map_err(|e| schema::migrating(&place, e, failed))?;
    within(limit, connection.close()).await?;
    Ok(pool(options, limit))
}

/// A connection to the database of a workspace that is there.
pub(crate) async fn existing(url: &PostgresUrl, limit: Duration) -> Result<PgConnection, StoreError> {
    let place = url.to_string();
    let mut connection = within(limit, connect_options(url)?.connect()).await.map_err(|e| e.at(&place))?;
    match within(limit, contents(&mut connection)).await.map_err(|e| e.at(&place))? {
        Contents::Workspace => Ok(connection),
        Contents::Empty => Err(StoreError::Absent { place }),
        Contents::Other(table) => Err(other(place, &table)),
    }
}

fn other(place: String, table: &str) -> StoreError {
    let what = format!("the database holds a table {table:?} and is no Choro workspace; give Choro an empty one");
    StoreError::NotAWorkspace { place, what }
}

/// Connections that give up on the server's side as well, later than this side does: a client that is gone must hold no lock.
fn pool(options: PgConnectOptions, limit: Duration) -> PgPool {
    let milliseconds = limit.as_millis();
    let twice = 2 * milliseconds;
    let session = format!(
        "SET lock_timeout = {}; SET statement_timeout = {twice}; SET idle_in_transaction_session_timeout = {twice}",
        milliseconds / 2
    );
    let pool = PgPoolOptions::new().max_connections(4).acquire_timeout(2 * limit).after_connect(move |connection, _| {
        // Made of numbers only.
        let session = AssertSqlSafe(session.clone());
        Box::pin(async move { connection.execute(session).await.map(drop) })
    });
    pool.connect_lazy_with(options)
}

pub(crate) fn connect_options(url: &PostgresUrl) -> Result<PgConnectOptions, StoreError> {
    let options = PgConnectOptions::from_url(url.secret()).map_err(StoreError::Database)?;
    Ok(if options.get_application_name().is_none() { options.application_name("choro") } else { options })
}

/// What a database holds.
enum Contents {
    Empty,
    Workspace,
    /// A table of somebody else.
    Other(String),
}

/// Tables of extensions, such as PostGIS's, do not count.
async fn contents(connection: &mut PgConnection) -> sqlx::Result<Contents> {
    let tables: Vec<String> = sqlx::query_scalar(
        "SELECT c.relname::text FROM pg_class c WHERE c.relkind IN ('r', 'p') \
         AND c.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema()) AND NOT EXISTS \
         (SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e') \
         ORDER BY 1 LIMIT 1000",
    )
    .fetch_all(connection)
    .await?;
    let has = |name: &str| tables.iter().any(|table| table == name);
    Ok(match tables.first() {
        None => Contents::Empty,
        Some(_) if has("_sqlx_migrations") && has("boundary_set") => Contents::Workspace,
        Some(first) => Contents::Other(first.clone()),
    })
}
