//! `choro serve` and `choro demo`.

use super::{
    output::{Busy, print},
    publish,
    storage::Keys,
};
use crate::{
    bundle::Depot,
    config::{Config, Database, DatabasePlace, Overrides, Server as Settings, TailSetting},
    encode::splice::Tail,
    http::{self, App, Limits},
    model::Lang,
    serving::{self, Location, Server, Trust},
    store, workbench,
};
use anyhow::Context as _;
use std::{path::PathBuf, process::ExitCode, sync::Arc};
use tokio::{net::TcpListener, task::JoinHandle};

/// Serves the releases of the workspace, or one bundle, until asked to stop.
pub async fn serve(config: &Config, bundle: Option<String>, keys: &Keys) -> anyhow::Result<ExitCode> {
    let settings = &config.server;
    let listener = TcpListener::bind(settings.addr).await.with_context(|| format!("{}", settings.addr))?;
    let follows = bundle.is_none();
    let options = serving::Options {
        // The address that was bound, so that port 0 works too; never what a request says.
        public_url: settings
            .public_url
            .clone()
            .map_or_else(|| Ok(format!("http://{}", listener.local_addr()?)), anyhow::Ok)?,
        lang: Lang::new("en")?,
        cache_mb: settings.cache_mb,
        release_poll: settings.release_poll,
        tail: match settings.tail {
            TailSetting::Stored => Tail::Stored,
            TailSetting::Compressed => Tail::Compressed,
        },
    };
    let address = options.public_url.clone();
    let server = tokio::task::block_in_place(|| open(config, bundle, keys, options))?;
    let release = server.current().id().clone();
    let app = App::new(server, limits(settings)).with_frame_ancestors(&settings.frame_ancestors);
    let (app, watched) = match config.metrics.addr {
        None => (Arc::new(app), None),
        Some(addr) => {
            let listener = TcpListener::bind(addr).await.with_context(|| format!("metrics.addr {addr}"))?;
            print(&format!("metrics at http://{}/metrics", listener.local_addr()?))?;
            let app = Arc::new(app.with_metrics());
            (Arc::clone(&app), Some(tokio::spawn(http::serve_metrics(listener, app))))
        }
    };
    print(&format!("serving release {release} at {address}/"))?;
    let announcements = follows.then(|| follow(&config.workspace.database, &app)).flatten();
    let served = http::serve(listener, app, http::stop_signal()).await;
    for task in [announcements, watched].into_iter().flatten() {
        task.abort();
    }
    served?;
    Ok(ExitCode::SUCCESS)
}

/// Looks for a release at once when PostgreSQL announces one. The server works the same, a poll later, without that database.
fn follow(database: &Database, app: &Arc<App>) -> Option<JoinHandle<()>> {
    let DatabasePlace::Postgres(url) = &database.place else { return None };
    let (url, limit, app) = (url.clone(), database.timeout, Arc::clone(app));
    let heard = move || {
        let app = Arc::clone(&app);
        async move {
            app.server().refresh().await;
        }
    };
    Some(tokio::spawn(async move { store::follow(&url, limit, heard).await }))
}

/// The whole way on what is built in, then the map.
pub async fn demo(dir: Option<PathBuf>, overrides: Overrides) -> anyhow::Result<ExitCode> {
    let temporary = tempfile::Builder::new().prefix("choro-demo-").tempdir().context("a temporary folder")?;
    let dir = dir.unwrap_or_else(|| temporary.path().to_owned());
    let busy = Busy::with("importing the built-in boundaries and making synthetic values");
    let workbench = workbench::demo(&dir, overrides).await?;
    drop(busy);
    publish::publish(&workbench, false, &Keys::default()).await?;
    let config = workbench.config().clone();
    workbench.close().await;
    print("This is a demo: every value on the map is synthetic.")?;
    serve(&config, None, &Keys::default()).await
}

fn open(config: &Config, bundle: Option<String>, keys: &Keys, options: serving::Options) -> anyhow::Result<Server> {
    let releases = &config.workspace.releases;
    // The same place however it was named.
    let place = bundle.clone().filter(|place| place.contains("://")).map_or_else(
        || {
            let path = bundle.as_ref().map_or(releases.clone(), PathBuf::from);
            std::fs::canonicalize(&path).unwrap_or(path).display().to_string()
        },
        |url| url.trim_end_matches('/').to_owned(),
    );
    if config.server.trust.is_empty() {
        tracing::warn!(
            "releases are served whoever made them: pin the key of the workspace (choro keys show) in server.trust"
        );
    }
    let trust = Trust::new(config.server.trust.clone(), &place, &config.storage.cache_dir)?;
    Ok(Server::open_trusting(location(config, bundle, keys)?, trust, options)?)
}

fn location(config: &Config, bundle: Option<String>, keys: &Keys) -> anyhow::Result<Location> {
    match bundle {
        Some(url) if url.contains("://") => {
            let storage = keys.open(&url, &config.storage)?;
            let bytes = config.storage.cache_mb.saturating_mul(1 << 20);
            Ok(Location::Depot(Arc::new(Depot::new(storage, &config.storage.cache_dir, bytes)?)))
        }
        Some(dir) => Ok(Location::Path(dir.into())),
        None => Ok(Location::Path(config.workspace.releases.clone())),
    }
}

fn limits(settings: &Settings) -> Limits {
    Limits {
        max_in_flight: settings.max_in_flight,
        request_timeout: settings.request_timeout,
        max_url_bytes: settings.max_url_bytes,
        max_header_bytes: settings.max_header_bytes,
        max_headers: settings.max_headers,
        header_read_timeout: settings.header_read_timeout,
        write_timeout: settings.write_timeout,
        idle_timeout: settings.idle_timeout,
        shutdown_grace: settings.shutdown_grace,
        ..Limits::default()
    }
}
