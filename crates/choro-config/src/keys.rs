//! Every key that is a single value: its name, its variable, and how its text becomes a field.

use super::{
    config::Config,
    database,
    error::{ConfigError, nearest, unknown},
    listen_addr::ListenAddr,
    parse::{
        COLLECTOR, PUBLIC, base_url, format, frame_ancestors, hosts, level, networks, seconds, size, storage_url, tail,
        trust,
    },
    value::{Given, GivenIn, ValueType},
};
use std::time::Duration;

type Setter = fn(&mut Config, &Given) -> Result<(), ConfigError>;

/// Key, variable, setter.
pub(super) const KEYS: [(&str, &str, Setter); 40] = [
    ("workspace.database", "CHORO_DATABASE", |c, v| database::place(v).map(|x| c.workspace.database.place = x)),
    ("workspace.database_timeout_s", "CHORO_DATABASE_TIMEOUT_S", |c, v| {
        seconds(v).map(|x| c.workspace.database.timeout = x)
    }),
    ("workspace.releases", "CHORO_RELEASES", |c, v| v.path().map(|x| c.workspace.releases = x)),
    ("workspace.indicators", "CHORO_INDICATORS", |c, v| v.path().map(|x| c.workspace.indicators = x)),
    ("workspace.key", "CHORO_KEY", |c, v| v.path().map(|x| c.workspace.key = x)),
    ("server.addr", "CHORO_ADDR", |c, v| v.parse(ListenAddr::EXPECTED).map(|x| c.server.addr = x)),
    ("server.health_addr", "CHORO_HEALTH_ADDR", |c, v| {
        v.parse(ListenAddr::EXPECTED).map(|x| c.server.health_addr = Some(x))
    }),
    ("server.public_url", "CHORO_PUBLIC_URL", |c, v| base_url(v, PUBLIC).map(|x| c.server.public_url = Some(x))),
    ("server.allowed_hosts", "CHORO_ALLOWED_HOSTS", |c, v| hosts(v).map(|x| c.server.allowed_hosts = x)),
    ("server.trusted_proxies", "CHORO_TRUSTED_PROXIES", |c, v| networks(v).map(|x| c.server.trusted_proxies = x)),
    ("server.frame_ancestors", "CHORO_FRAME_ANCESTORS", |c, v| frame_ancestors(v).map(|x| c.server.frame_ancestors = x)),
    ("server.max_in_flight", "CHORO_MAX_IN_FLIGHT", |c, v| {
        size(v, 1..=65_536, "requests").map(|x| c.server.limits.max_in_flight = x)
    }),
    ("server.max_connections", "CHORO_MAX_CONNECTIONS", |c, v| {
        size(v, 1..=1_048_576, "connections").map(|x| c.server.limits.max_connections = x)
    }),
    ("server.max_connections_per_client", "CHORO_MAX_CONNECTIONS_PER_CLIENT", |c, v| {
        size(v, 1..=1_048_576, "connections").map(|x| c.server.limits.max_connections_per_client = x)
    }),
    ("server.max_waiting_per_client", "CHORO_MAX_WAITING_PER_CLIENT", |c, v| {
        size(v, 1..=65_536, "requests").map(|x| c.server.limits.max_waiting_per_client = x)
    }),
    ("server.max_costly_per_client", "CHORO_MAX_COSTLY_PER_CLIENT", |c, v| {
        size(v, 1..=65_536, "documents and drawings").map(|x| c.server.limits.max_costly_per_client = x)
    }),
    ("server.costly_per_minute", "CHORO_COSTLY_PER_MINUTE", |c, v| {
        size(v, 1..=1_000_000, "documents and drawings").map(|x| c.server.limits.costly_per_minute = x)
    }),
    ("server.request_timeout_s", "CHORO_REQUEST_TIMEOUT_S", |c, v| seconds(v).map(|x| c.server.limits.request_timeout = x)),
    ("server.max_url_bytes", "CHORO_MAX_URL_BYTES", |c, v| {
        size(v, 256..=65_536, "bytes").map(|x| c.server.limits.max_url_bytes = x)
    }),
    ("server.max_header_bytes", "CHORO_MAX_HEADER_BYTES", |c, v| {
        size(v, 8192..=1_048_576, "bytes").map(|x| c.server.limits.max_header_bytes = x)
    }),
    ("server.max_headers", "CHORO_MAX_HEADERS", |c, v| {
        size(v, 16..=1024, "headers").map(|x| c.server.limits.max_headers = x)
    }),
    ("server.header_read_timeout_s", "CHORO_HEADER_READ_TIMEOUT_S", |c, v| {
        seconds(v).map(|x| c.server.limits.header_read_timeout = x)
    }),
    ("server.write_timeout_s", "CHORO_WRITE_TIMEOUT_S", |c, v| seconds(v).map(|x| c.server.limits.write_timeout = x)),
    ("server.idle_timeout_s", "CHORO_IDLE_TIMEOUT_S", |c, v| seconds(v).map(|x| c.server.limits.idle_timeout = x)),
    ("server.shutdown_grace_s", "CHORO_SHUTDOWN_GRACE_S", |c, v| seconds(v).map(|x| c.server.limits.shutdown_grace = x)),
    ("server.cache_mb", "CHORO_CACHE_MB", |c, v| v.integer(0..=1_048_576, "MiB").map(|x| c.server.cache_mb = x)),
    ("server.tail", "CHORO_TAIL", |c, v| tail(v).map(|x| c.server.tail = x)),
    ("server.release_poll_ms", "CHORO_RELEASE_POLL_MS", |c, v| {
        v.integer(10..=3_600_000, "milliseconds").map(|x| c.server.release_poll = Duration::from_millis(x))
    }),
    ("server.keep_releases", "CHORO_KEEP_RELEASES", |c, v| {
        size(v, 1..=10_000, "releases").map(|x| c.server.keep_releases = x)
    }),
    ("server.trust", "CHORO_TRUST", |c, v| trust(v).map(|x| c.server.trust = x)),
    ("import.max_memory_mb", "CHORO_IMPORT_MAX_MEMORY_MB", |c, v| {
        v.integer(128..=1_048_576, "MiB").map(|x| c.import.max_memory_mb = x)
    }),
    ("import.cpu_s", "CHORO_IMPORT_CPU_S", |c, v| {
        v.integer(1..=604_800, "seconds").map(|x| c.import.cpu = Duration::from_secs(x))
    }),
    ("metrics.addr", "CHORO_METRICS_ADDR", |c, v| v.parse(ListenAddr::EXPECTED).map(|x| c.metrics.addr = Some(x))),
    ("storage.url", "CHORO_STORAGE_URL", |c, v| storage_url(v).map(|x| c.storage.url = Some(x))),
    ("storage.cache_dir", "CHORO_STORAGE_CACHE_DIR", |c, v| v.path().map(|x| c.storage.cache_dir = x)),
    ("storage.cache_mb", "CHORO_STORAGE_CACHE_MB", |c, v| v.integer(16..=1_048_576, "MiB").map(|x| c.storage.cache_mb = x)),
    ("storage.timeout_s", "CHORO_STORAGE_TIMEOUT_S", |c, v| seconds(v).map(|x| c.storage.timeout = x)),
    ("log.format", "CHORO_LOG_FORMAT", |c, v| format(v).map(|x| c.log.format = x)),
    ("log.level", "CHORO_LOG", |c, v| level(v).map(|x| c.log.level = x)),
    ("traces.url", "CHORO_TRACES_URL", |c, v| base_url(v, COLLECTOR).map(|x| c.traces.url = Some(x))),
];

/// Variables that begin with `CHORO_` and are read elsewhere: the settings file (`cli`), the program that reads foreign formats
/// and its walls (`boundary`), and what the tests take: real data, a database, a load, a folder for figures, how long a soak lasts.
pub(super) const OTHER_VARIABLES: [&str; 8] = [
    "CHORO_CONFIG",
    "CHORO_GDAL",
    "CHORO_GDAL_SANDBOX",
    "CHORO_TEST_DATA",
    "CHORO_TEST_DATABASE",
    "CHORO_TEST_LOAD",
    "CHORO_TEST_NUMBERS",
    "CHORO_TEST_SOAK",
];

/// Sets the field that `given` names.
pub(super) fn apply(config: &mut Config, given: &Given) -> Result<(), ConfigError> {
    match KEYS.iter().find(|(key, ..)| *key == given.key) {
        Some((.., set)) => set(config, given),
        None => Err(unknown(given.place(), &given.key, KEYS.iter().map(|(key, ..)| *key))),
    }
}

/// The settings among the environment's variables, in the order of [`KEYS`].
pub(super) fn variables(env: impl Iterator<Item = (String, String)>) -> Result<Vec<Given>, ConfigError> {
    let ours = env.filter(|(name, _)| name.starts_with("CHORO_") && !OTHER_VARIABLES.contains(&name.as_str()));
    let given = |(name, text): (String, String)| {
        let names = KEYS.iter().map(|(_, variable, _)| *variable).chain(OTHER_VARIABLES);
        let known = KEYS.iter().find(|(_, variable, _)| *variable == name);
        let (key, variable, _) =
            known.ok_or_else(|| ConfigError::UnknownVariable { nearest: nearest(&name, names), name })?;
        Ok(Given { key: (*key).to_owned(), text, value_type: ValueType::Untyped, given_in: GivenIn::Variable(variable) })
    };
    ours.map(given).collect()
}
