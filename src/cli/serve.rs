//! `choro serve` and `choro demo`.

use super::{
    output::{Busy, announce, print},
    publish,
    reload::{Reloading, SettingsSource, hosts, limits},
    storage::Keys,
};
use anyhow::Context as _;
use choro_bundle::{Depot, encode::splice::Tail};
use choro_config::{Config, Database, DatabasePlace, ListenAddr, Overrides, ServerSettings, TailSetting};
use choro_http::{Hangups, gate::Gate, net};
use choro_model::Lang;
use choro_publishing as workbench;
use choro_server::{
    public::{self, Public, Shown, Watchers},
    serving::{AnswerOptions, ReleaseServer, ReleasesLocation, Trust},
};
use choro_store as store;
use choro_telemetry as telemetry;
use std::{
    net::{IpAddr, SocketAddr, TcpListener as Bound},
    path::PathBuf,
    process::ExitCode,
    sync::Arc,
};
use tokio::{net::TcpListener, task::JoinHandle};

/// Serves the releases of the workspace, or one bundle, until asked to stop. The settings are read anew at SIGHUP.
pub async fn serve(source: SettingsSource, config: Config, bundle: Option<String>, keys: &Keys) -> anyhow::Result<ExitCode> {
    telemetry::apart()?;
    let hangups = Hangups::catch()?;
    let settings = &config.server;
    let listener = bind(&settings.addr, "server.addr")?;
    let listening = listener.local_addr()?;
    let follows = bundle.is_none();
    let options = options(settings, listening)?;
    let address = options.public_url.clone();
    let server = tokio::task::block_in_place(|| open(&config, bundle, keys, options))?;
    let release = server.current().id().clone();
    let gate = gate(&config, listening.ip());
    let public = Arc::new(Public::new(server, Arc::new(gate), &settings.frame_ancestors));
    let apart = watchers(&config, &public)?;
    announce(&format!("absolute links begin with {address}/: {}", why(settings)))?;
    // Whoever is told the address may ask the process to stop; before, a signal ends it at once.
    let stop = choro_http::stop_signal()?;
    announce(&format!("serving release {release} at {address}/"))?;
    let announcements = follows.then(|| follow(&config.workspace.database, &public)).flatten();
    let reloading = Reloading { source, config, listening: listening.ip(), public: Arc::clone(&public) };
    let reloading = tokio::spawn(reloading.follow(hangups));
    let served = public::serve(TcpListener::from_std(listener)?, public, stop).await;
    reloading.abort();
    if let Some(task) = announcements {
        task.abort();
    }
    drop(apart);
    served?;
    Ok(ExitCode::SUCCESS)
}

/// What the settings say of answers.
fn options(settings: &ServerSettings, listening: SocketAddr) -> anyhow::Result<AnswerOptions> {
    Ok(AnswerOptions {
        // The address that was bound, so that port 0 works too; never what a request says.
        public_url: settings.public_url.clone().unwrap_or_else(|| own_url(&settings.addr, listening)),
        lang: Lang::new("en")?,
        cache_mb: settings.cache_mb,
        release_poll: settings.release_poll,
        tail: match settings.tail {
            TailSetting::Stored => Tail::Stored,
            TailSetting::Compressed => Tail::Compressed,
        },
    })
}

/// A socket for a setting of this key.
fn bind(at: &ListenAddr, key: &str) -> anyhow::Result<Bound> {
    net::listen(at).with_context(|| format!("{key} {at}"))
}

/// The URL of an address that is listened on.
fn own_url(at: &ListenAddr, listening: SocketAddr) -> String {
    format!("http://{}", at.with_port(listening.port()).authority())
}

/// Why absolute links begin as they do, so that whoever stands behind a proxy sees it at once.
fn why(settings: &ServerSettings) -> &'static str {
    match (&settings.public_url, settings.trusted_proxies.is_empty()) {
        (Some(_), _) => "server.public_url says so",
        (None, true) if settings.addr.is_local() => {
            "the address that is listened on; set server.public_url where clients know the server by another"
        }
        (None, true) => {
            "the address that is listened on, which clients elsewhere may not reach; set server.public_url to the one that they use"
        }
        (None, false) => {
            "the address that is listened on; the headers of a proxy, trusted too, never say it: set server.public_url to the \
             address of the proxy"
        }
    }
}

/// What holds for every request of the public.
fn gate(config: &Config, listening: IpAddr) -> Gate {
    let settings = &config.server;
    let gate = public::gate(limits(settings)).with_proxies(&settings.trusted_proxies);
    let gate = if config.metrics.addr.is_some() { gate.with_counts(public::rows()) } else { gate };
    match hosts(settings, listening) {
        Some(hosts) => gate.with_hosts(hosts),
        None => gate,
    }
}

/// Health and metrics on listeners of their own, where there are any.
fn watchers(config: &Config, public: &Public) -> anyhow::Result<Option<Watchers>> {
    let mut listeners = Vec::new();
    if let Some(addr) = &config.server.health_addr {
        let listener = bind(addr, "server.health_addr")?;
        announce(&format!("health at {}/health/ready", own_url(addr, listener.local_addr()?)))?;
        listeners.push((listener, Shown::Health));
    }
    if let Some(addr) = &config.metrics.addr {
        let listener = bind(addr, "metrics.addr")?;
        announce(&format!("metrics at {}/metrics", own_url(addr, listener.local_addr()?)))?;
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
    let workbench = workbench::demo(&dir, overrides.clone()).await?;
    drop(busy);
    publish::publish(&workbench, false, &Keys::default()).await?;
    let config = workbench.config().clone();
    workbench.close().await;
    print("This is a demo: every value on the map is synthetic.")?;
    let source = SettingsSource { file: Some(dir.join(workbench::SETTINGS)), env: Vec::new(), overrides };
    serve(source, config, None, &Keys::default()).await
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_operator_is_told_why_links_begin_as_they_do() {
        for (public_url, addr, proxies, words) in [
            (Some("https://a.example"), ":80", "10.0.0.0/8", "server.public_url says so"),
            (None, "127.0.0.1:80", "", "listened on; set server.public_url where"),
            (None, ":80", "", "clients elsewhere may not reach"),
            (None, "127.0.0.1:80", "10.0.0.0/8", "headers of a proxy, trusted too, never say it"),
        ] {
            let settings = ServerSettings {
                public_url: public_url.map(str::to_owned),
                addr: addr.parse().unwrap(),
                trusted_proxies: proxies.parse().into_iter().collect(),
                ..ServerSettings::default()
            };
            assert!(why(&settings).contains(words), "{public_url:?} {addr} {proxies}: {}", why(&settings));
        }
    }

    #[test]
    fn a_server_without_a_public_url_is_reached_as_it_listens() {
        let bound = |text: &str| text.parse().unwrap();
        for (addr, listening, url) in [
            (":0", "[::]:8123", "http://localhost:8123"),
            ("localhost:0", "127.0.0.1:8123", "http://localhost:8123"),
            ("127.0.0.1:0", "127.0.0.1:8123", "http://127.0.0.1:8123"),
            ("[::1]:8123", "[::1]:8123", "http://[::1]:8123"),
        ] {
            assert_eq!(own_url(&addr.parse().unwrap(), bound(listening)), url, "{addr}");
        }
    }
}
