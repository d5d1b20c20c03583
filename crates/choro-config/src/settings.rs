//! The settings that are single values. Each field says its key's variable, unit and default.

use super::{database::Database, limits::Limits, listen_addr::ListenAddr, value::beside};
use choro_model::PublicKey;
use ipnet::IpNet;
use std::{
    net::{Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
    time::Duration,
};

/// `[workspace]`: where things lie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkspaceSettings {
    /// The database.
    pub database: Database,
    /// The folder of the release bundles. `CHORO_RELEASES`; default `releases`.
    pub releases: PathBuf,
    /// The indicators' definitions. `CHORO_INDICATORS`; default `indicators.toml`.
    pub indicators: PathBuf,
    /// The secret key that signs releases; without the file they are not signed. `CHORO_KEY`; default `keys/release.key`.
    pub key: PathBuf,
}

impl Default for WorkspaceSettings {
    fn default() -> Self {
        Self {
            database: Database::default(),
            releases: "releases".into(),
            indicators: "indicators.toml".into(),
            key: "keys/release.key".into(),
        }
    }
}

impl WorkspaceSettings {
    /// Lets the paths count from the folder of `file`.
    pub(super) fn rebase(&mut self, file: &Path) {
        self.database = self.database.seen_from(file);
        for path in [&mut self.releases, &mut self.indicators, &mut self.key] {
            *path = beside(file, path);
        }
    }
}

/// `[server]`: how the server answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerSettings {
    /// Where it listens, as address or name and port, or as `:PORT` for every address. `CHORO_ADDR`; default `127.0.0.1:8080`.
    pub addr: ListenAddr,
    /// Where `/health/*` is answered besides, by a thread of its own; `None`: nowhere else. `CHORO_HEALTH_ADDR`; default none.
    pub health_addr: Option<ListenAddr>,
    /// What stands before the paths in absolute URLs, without a slash at the end; `None`: URLs stay relative. Never taken from
    /// a request. `CHORO_PUBLIC_URL`; default none.
    pub public_url: Option<String>,
    /// Names that requests may ask for beside that of `public_url` and the listening address, in lower case and without port.
    /// `CHORO_ALLOWED_HOSTS`; default none.
    pub allowed_hosts: Vec<String>,
    /// Proxies whose `X-Forwarded-For` says who the client is. `CHORO_TRUSTED_PROXIES`; default none.
    pub trusted_proxies: Vec<IpNet>,
    /// Which sites may show embedded maps, as `frame-ancestors` of a content security policy lists them. `CHORO_FRAME_ANCESTORS`;
    /// default `*`: all.
    pub frame_ancestors: String,
    /// What a request, a client and all of them together may take.
    pub limits: Limits,
    /// Memory for value columns and finished answers. `CHORO_CACHE_MB`, MiB; default 64.
    pub cache_mb: u64,
    /// What follows the geometry of a tile in gzip. `CHORO_TAIL`; default `stored`.
    pub tail: TailSetting,
    /// How often to look for a new release. `CHORO_RELEASE_POLL_MS`, milliseconds; default 200.
    pub release_poll: Duration,
    /// Releases kept for URLs that name them, the current one included. `CHORO_KEEP_RELEASES`; default 10.
    pub keep_releases: usize,
    /// Whose releases are served: public keys, and those that these name as their successors; empty: anybody's. `CHORO_TRUST`;
    /// default none.
    pub trust: Vec<PublicKey>,
}

impl Default for ServerSettings {
    fn default() -> Self {
        Self {
            addr: SocketAddr::from((Ipv4Addr::LOCALHOST, 8080)).into(),
            health_addr: None,
            public_url: None,
            allowed_hosts: Vec::new(),
            trusted_proxies: Vec::new(),
            frame_ancestors: "*".to_owned(),
            limits: Limits::default(),
            cache_mb: 64,
            tail: TailSetting::Stored,
            release_poll: Duration::from_millis(200),
            keep_releases: 10,
            trust: Vec::new(),
        }
    }
}

/// What follows the geometry of a tile in gzip.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TailSetting {
    /// `stored`: the values as they are, which takes least processor time.
    Stored,
    /// `compressed`: fewer bytes, for a server behind a cache that asks for each tile once.
    Compressed,
}

/// `[import]`: what one import may cost. Its files come from others, so it runs in a process with these limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ImportLimits {
    /// Memory that it may ask for, but never more than three quarters of the machine's. `CHORO_IMPORT_MAX_MEMORY_MB`, MiB;
    /// default 4096: several times what the largest sets and workbooks known to us take (docs/performance.md).
    pub max_memory_mb: u64,
    /// Processor time that it may take. `CHORO_IMPORT_CPU_S`, seconds; default 3600: ten million rows take a tenth of it.
    pub cpu: Duration,
}

impl Default for ImportLimits {
    fn default() -> Self {
        Self { max_memory_mb: 4096, cpu: Duration::from_secs(3600) }
    }
}

/// `[metrics]`: figures for Prometheus.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MetricsSettings {
    /// Where `/metrics` is served, apart from everything public; `None`: nowhere. `CHORO_METRICS_ADDR`; default none.
    pub addr: Option<ListenAddr>,
}

/// `[storage]`: object storage that releases are copied to, and served from by `choro serve --bundle s3://..`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StorageSettings {
    /// Where `choro publish` copies each release, e.g. `s3://bucket/choro`; `None`: nowhere. `CHORO_STORAGE_URL`; default none.
    pub url: Option<String>,
    /// The folder of what is fetched from there. `CHORO_STORAGE_CACHE_DIR`; default `storage-cache`.
    pub cache_dir: PathBuf,
    /// What that folder may hold. `CHORO_STORAGE_CACHE_MB`, MiB; default 1024.
    pub cache_mb: u64,
    /// Time for one answer of the storage. `CHORO_STORAGE_TIMEOUT_S`, seconds; default 5.
    pub timeout: Duration,
}

impl Default for StorageSettings {
    fn default() -> Self {
        Self { url: None, cache_dir: "storage-cache".into(), cache_mb: 1024, timeout: Duration::from_secs(5) }
    }
}

impl StorageSettings {
    /// Lets the folder's path count from the folder of `file`.
    pub(super) fn rebase(&mut self, file: &Path) {
        self.cache_dir = beside(file, &self.cache_dir);
    }
}

/// `[traces]`: what happened within a request or a command, for a collector of OpenTelemetry; in builds with the feature `otlp`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TracesSettings {
    /// The collector's base URL, e.g. `http://127.0.0.1:4318`; `None`: none are sent. `CHORO_TRACES_URL`; default none.
    pub url: Option<String>,
}

/// How log lines look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LogFormat {
    /// For people.
    #[default]
    Text,
    /// One JSON object a line, for collectors.
    Json,
}

/// `[log]`: what is logged, to standard error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogSettings {
    /// `text` or `json`. `CHORO_LOG_FORMAT`; default `text`.
    pub format: LogFormat,
    /// A level (off, error, warn, info, debug, trace), or a level for each module: `info,choro_server=debug`. `CHORO_LOG`;
    /// default `info`.
    pub level: String,
}

impl Default for LogSettings {
    fn default() -> Self {
        Self { format: LogFormat::Text, level: "info".to_owned() }
    }
}
