//! `choro serve` and `choro demo`.

use super::{
    descriptors,
    output::{Busy, announce, print},
    publish,
    storage::Keys,
};
use anyhow::Context as _;
use choro_bundle::{Depot, encode::splice::Tail};
use choro_config::{Config, Database, DatabasePlace, Overrides, ServerSettings, TailSetting};
use choro_model::Lang;
use choro_publishing as workbench;
use choro_server::{
    http::{self, Apart, App, Hosts, Limits, Shown},
    serving::{self, Location, Server, Trust},
};
use choro_store as store;
use choro_telemetry as telemetry;
use std::{
    net::{SocketAddr, TcpListener as Bound},
    path::PathBuf,
    process::ExitCode,
    sync::Arc,
};
use tokio::task::JoinHandle;

/// Serves the releases of the workspace, or one bundle, until asked to stop.
pub async fn serve(config: &Config, bundle: Option<String>, keys: &Keys) -> anyhow::Result<ExitCode> {
    telemetry::apart()?;
    http::survive_hangup()?;
    let settings = &config.server;
    let listener = http::listen(settings.addr).with_context(|| format!("{}", settings.addr))?;
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
    let app = App::new(server, limits(settings))
        .with_frame_ancestors(&settings.frame_ancestors)
        .with_proxies(&settings.trusted_proxies);
    let app = match hosts(settings, listener.local_addr()?) {
        Some(hosts) => app.with_hosts(hosts),
        None => app,
    };
    let (app, apart) = apart(config, app)?;
    announce(&format!("serving release {release} at {address}/"))?;
    let announcements = follows.then(|| follow(&config.workspace.database, &app)).flatten();
    let served = http::serve(listener, app, http::stop_signal()).await;
    if let Some(task) = announcements {
        task.abort();
    }
    drop(apart);
    served?;
    Ok(ExitCode::SUCCESS)
}

/// The names that requests may ask for, where there is a public one.
fn hosts(settings: &ServerSettings, listening: SocketAddr) -> Option<Hosts> {
    let (public, further) = (settings.public_url.as_deref(), &settings.allowed_hosts);
    (public.is_some() || !further.is_empty()).then(|| Hosts::new(public, further, listening.ip()))
}

/// Health and metrics on listeners of their own, where there are any.
fn apart(config: &Config, app: App) -> anyhow::Result<(Arc<App>, Option<Apart>)> {
    let bind = |addr: Option<SocketAddr>, key: &str| {
        addr.map(|addr| Bound::bind(addr).with_context(|| format!("{key} {addr}"))).transpose()
    };
    let mut listeners = Vec::new();
    if let Some(listener) = bind(config.server.health_addr, "server.health_addr")? {
        announce(&format!("health at http://{}/health/ready", listener.local_addr()?))?;
        listeners.push((listener, Shown::Health));
    }
    let metrics = bind(config.metrics.addr, "metrics.addr")?;
    let app = if metrics.is_some() { app.with_metrics() } else { app };
    if let Some(listener) = metrics {
        announce(&format!("metrics at http://{}/metrics", listener.local_addr()?))?;
        listeners.push((listener, Shown::HealthAndMetrics));
    }
    let app = Arc::new(app);
    let apart = if listeners.is_empty() { None } else { Some(http::serve_apart(listeners, Arc::clone(&app))?) };
    Ok((app, apart))
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

fn limits(settings: &ServerSettings) -> Limits {
    Limits {
        max_in_flight: settings.max_in_flight,
        max_connections: descriptors::for_connections(settings.max_connections),
        max_connections_per_client: settings.max_connections_per_client,
        max_waiting_per_client: settings.max_waiting_per_client,
        max_costly_per_client: settings.max_costly_per_client,
        costly_per_minute: settings.costly_per_minute,
        request_timeout: settings.request_timeout,
        max_url_bytes: settings.max_url_bytes,
        max_header_bytes: settings.max_header_bytes,
        max_headers: settings.max_headers,
        header_read_timeout: settings.header_read_timeout,
        write_timeout: settings.write_timeout,
        idle_timeout: settings.idle_timeout,
        shutdown_grace: settings.shutdown_grace,
    }
}
