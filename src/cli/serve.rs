//! `choro serve` and `choro demo`.

use super::{
    descriptors,
    output::{Busy, announce, print},
    publish,
    storage::Keys,
};
use anyhow::Context as _;
use choro_bundle::{Depot, encode::splice::Tail};
use choro_config::{Config, Database, DatabasePlace, Limits, Overrides, ServerSettings, TailSetting};
use choro_http::{
    gate::{Gate, Hosts},
    net,
};
use choro_model::Lang;
use choro_publishing as workbench;
use choro_server::{
    public::{self, Public, Shown, Watchers},
    serving::{AnswerOptions, ReleaseServer, ReleasesLocation, Trust},
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
    choro_http::survive_hangup()?;
    let settings = &config.server;
    let listener = net::listen(settings.addr).with_context(|| format!("{}", settings.addr))?;
    let follows = bundle.is_none();
    let options = AnswerOptions {
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
    let gate = gate(config, listener.local_addr()?);
    let public = Arc::new(Public::new(server, Arc::new(gate), &settings.frame_ancestors));
    let apart = watchers(config, &public)?;
    // Whoever is told the address may ask the process to stop; before, a signal ends it at once.
    let stop = choro_http::stop_signal()?;
    announce(&format!("serving release {release} at {address}/"))?;
    let announcements = follows.then(|| follow(&config.workspace.database, &public)).flatten();
    let served = public::serve(listener, public, stop).await;
    if let Some(task) = announcements {
        task.abort();
    }
    drop(apart);
    served?;
    Ok(ExitCode::SUCCESS)
}

/// What holds for every request of the public.
fn gate(config: &Config, listening: SocketAddr) -> Gate {
    let settings = &config.server;
    let gate = public::gate(limits(settings)).with_proxies(&settings.trusted_proxies);
    let gate = if config.metrics.addr.is_some() { gate.with_counts(public::rows()) } else { gate };
    match hosts(settings, listening) {
        Some(hosts) => gate.with_hosts(hosts),
        None => gate,
    }
}

/// The names that requests may ask for, where there is a public one.
fn hosts(settings: &ServerSettings, listening: SocketAddr) -> Option<Hosts> {
    let (public, further) = (settings.public_url.as_deref(), &settings.allowed_hosts);
    (public.is_some() || !further.is_empty()).then(|| Hosts::new(public, further, listening.ip()))
}

/// Health and metrics on listeners of their own, where there are any.
fn watchers(config: &Config, public: &Public) -> anyhow::Result<Option<Watchers>> {
    let bind = |addr: Option<SocketAddr>, key: &str| {
        addr.map(|addr| Bound::bind(addr).with_context(|| format!("{key} {addr}"))).transpose()
    };
    let mut listeners = Vec::new();
    if let Some(listener) = bind(config.server.health_addr, "server.health_addr")? {
        announce(&format!("health at http://{}/health/ready", listener.local_addr()?))?;
        listeners.push((listener, Shown::Health));
    }
    if let Some(listener) = bind(config.metrics.addr, "metrics.addr")? {
        announce(&format!("metrics at http://{}/metrics", listener.local_addr()?))?;
        listeners.push((listener, Shown::HealthAndMetrics));
    }
    Ok(if listeners.is_empty() { None } else { Some(public::serve_watchers(listeners, public)?) })
}

/// Looks for a release at once when PostgreSQL announces one. The server works the same, a poll later, without that database.
fn follow(database: &Database, public: &Arc<Public>) -> Option<JoinHandle<()>> {
    let DatabasePlace::Postgres(url) = &database.place else { return None };
    let (url, limit, public) = (url.clone(), database.timeout, Arc::clone(public));
    let heard = move || {
        let public = Arc::clone(&public);
        async move {
            public.server().refresh().await;
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

fn open(config: &Config, bundle: Option<String>, keys: &Keys, options: AnswerOptions) -> anyhow::Result<ReleaseServer> {
    let releases = &config.workspace.releases;
    // One place has one text, however it was named.
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
    Ok(ReleaseServer::open_trusting(location(config, bundle, keys)?, trust, options)?)
}

fn location(config: &Config, bundle: Option<String>, keys: &Keys) -> anyhow::Result<ReleasesLocation> {
    match bundle {
        Some(url) if url.contains("://") => {
            let storage = keys.open(&url, &config.storage)?;
            let bytes = config.storage.cache_mb.saturating_mul(1 << 20);
            Ok(ReleasesLocation::Depot(Arc::new(Depot::new(storage, &config.storage.cache_dir, bytes)?)))
        }
        Some(dir) => Ok(ReleasesLocation::Path(dir.into())),
        None => Ok(ReleasesLocation::Path(config.workspace.releases.clone())),
    }
}

/// The limits, with no more connections than this process may have files open.
fn limits(settings: &ServerSettings) -> Limits {
    let max_connections = descriptors::for_connections(settings.limits.max_connections);
    Limits { max_connections, ..settings.limits.clone() }
}
