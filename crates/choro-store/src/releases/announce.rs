//! Releases are announced with NOTIFY, so that servers look for them at once instead of at their next turn. Nothing depends on
//! it: an announcement that is lost costs the time until that turn.

use crate::{
    db::{Db, query, within},
    error::StoreError,
    open::postgres,
    store::Store,
};
use choro_config::PostgresUrl;
use choro_model::ReleaseId;
use sqlx::postgres::{PgListener, PgPoolOptions};
use std::time::Duration;

const CHANNEL: &str = "choro_release";
/// Between two tries to reach the server.
const RETRY: Duration = Duration::from_secs(2);
/// After so long a silence the server is asked whether it is there: a lost connection makes no sound.
const SILENCE: Duration = Duration::from_secs(30);

impl Store {
    /// Tells all servers of this database that a release has become the current one. SQLite has nobody to tell.
    pub async fn announce(&self, release: &ReleaseId) -> Result<(), StoreError> {
        let mut db = self.pool.begin_read().await?;
        if matches!(db, Db::Sqlite(_)) {
            return Ok(());
        }
        query("SELECT pg_notify($1, $2)").bind(CHANNEL).bind(release.as_str()).execute(&mut db).await?;
        db.commit().await
    }
}

/// Calls `heard` whenever a release may have been announced: for each announcement, and each time that the server is reached
/// again, since announcements do not wait for anybody. Runs for ever, whether or not there is a server.
pub async fn follow<F: Future<Output = ()> + Send>(
    url: &PostgresUrl,
    limit: Duration,
    mut heard: impl FnMut() -> F + Send,
) -> ! {
    let mut told = false;
    loop {
        let error = match listen(url, limit).await {
            Ok(mut listener) => {
                tracing::info!(database = %url, "listening for releases");
                told = false;
                heard().await;
                hear(&mut listener, limit, &mut heard).await
            }
            Err(error) => error,
        };
        // Once for each time that it is lost.
        if !std::mem::replace(&mut told, true) {
            tracing::warn!(database = %url, %error, "no announcements of releases; looking for them goes on");
        }
        tokio::time::sleep(RETRY).await;
    }
}

async fn listen(url: &PostgresUrl, limit: Duration) -> Result<PgListener, StoreError> {
    let options = postgres::connect_options(url)?;
    let pool = PgPoolOptions::new().max_connections(1).acquire_timeout(limit).connect_lazy_with(options);
    let mut listener = within(limit, PgListener::connect_with(&pool)).await?;
    listener.eager_reconnect(false);
    within(limit, listener.listen(CHANNEL)).await?;
    Ok(listener)
}

/// Hears until the connection is lost; why it was.
async fn hear<F: Future<Output = ()> + Send>(
    listener: &mut PgListener,
    limit: Duration,
    heard: &mut (impl FnMut() -> F + Send),
) -> StoreError {
    loop {
        match tokio::time::timeout(SILENCE, listener.try_recv()).await {
            Ok(Ok(Some(_))) => heard().await,
            Ok(Ok(None)) => return StoreError::from(sqlx::Error::Io(std::io::ErrorKind::ConnectionReset.into())),
            Ok(Err(error)) => return error.into(),
            Err(_) => {
                let alive = within(limit, sqlx::query("SELECT 1").execute(&mut *listener)).await;
                if let Err(error) = alive {
                    return error;
                }
            }
        }
    }
}
