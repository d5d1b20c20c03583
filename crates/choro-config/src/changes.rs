//! What changes between two readings of the settings, and what of it holds in a server that runs.
//!
//! ```text
//! before  log.level info   server.addr 127.0.0.1:8080
//! next    log.level debug  server.addr :8080
//!   -> log.level is taken over; server.addr needs a restart, and stays as it was
//! ```

use super::config::Config;

/// When a new value of a setting holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// As soon as a running server reads it.
    AtOnce,
    /// When the server is started again.
    AfterRestart,
    /// In the next command; a server does not use it.
    InCommands,
}

/// The keys that have changed, by when their new values hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes(Vec<(&'static str, Holds)>);

impl Changes {
    /// The keys whose new values hold then, separated by commas.
    #[must_use]
    pub fn that_hold(&self, then: Holds) -> String {
        let keys = self.0.iter().filter(|(_, holds)| *holds == then).map(|(key, _)| *key);
        keys.collect::<Vec<_>>().join(", ")
    }
}

/// A setting: its key, when it holds, whether it is the same in both, and how it is taken over.
struct Row {
    key: &'static str,
    holds: Holds,
    same: fn(&Config, &Config) -> bool,
    take: fn(&mut Config, &Config),
}

macro_rules! row {
    ($holds:ident, $key:literal, $($field:ident).+) => {
        Row {
            key: $key,
            holds: Holds::$holds,
            same: |before, next| before.$($field).+ == next.$($field).+,
            take: |before, next| before.$($field).+.clone_from(&next.$($field).+),
        }
    };
}

/// Every key, and the tables of the file that are no single values.
const ROWS: [Row; 42] = [
    row!(AfterRestart, "workspace.database", workspace.database.place),
    row!(AfterRestart, "workspace.database_timeout_s", workspace.database.timeout),
    row!(AfterRestart, "workspace.releases", workspace.releases),
    row!(InCommands, "workspace.indicators", workspace.indicators),
    row!(InCommands, "workspace.key", workspace.key),
    row!(AfterRestart, "server.addr", server.addr),
    row!(AfterRestart, "server.health_addr", server.health_addr),
    row!(AfterRestart, "server.public_url", server.public_url),
    row!(AtOnce, "server.allowed_hosts", server.allowed_hosts),
    row!(AtOnce, "server.trusted_proxies", server.trusted_proxies),
    row!(AtOnce, "server.frame_ancestors", server.frame_ancestors),
    row!(AtOnce, "server.max_in_flight", server.limits.max_in_flight),
    row!(AtOnce, "server.max_connections", server.limits.max_connections),
    row!(AtOnce, "server.max_connections_per_client", server.limits.max_connections_per_client),
    row!(AtOnce, "server.max_waiting_per_client", server.limits.max_waiting_per_client),
    row!(AtOnce, "server.max_costly_per_client", server.limits.max_costly_per_client),
    row!(AtOnce, "server.costly_per_minute", server.limits.costly_per_minute),
    row!(AtOnce, "server.request_timeout_s", server.limits.request_timeout),
    row!(AtOnce, "server.max_url_bytes", server.limits.max_url_bytes),
    row!(AtOnce, "server.max_header_bytes", server.limits.max_header_bytes),
    row!(AtOnce, "server.max_headers", server.limits.max_headers),
    row!(AtOnce, "server.header_read_timeout_s", server.limits.header_read_timeout),
    row!(AtOnce, "server.write_timeout_s", server.limits.write_timeout),
    row!(AtOnce, "server.idle_timeout_s", server.limits.idle_timeout),
    row!(AtOnce, "server.shutdown_grace_s", server.limits.shutdown_grace),
    row!(AfterRestart, "server.cache_mb", server.cache_mb),
    row!(AfterRestart, "server.tail", server.tail),
    row!(AfterRestart, "server.release_poll_ms", server.release_poll),
    row!(InCommands, "server.keep_releases", server.keep_releases),
    row!(AfterRestart, "server.trust", server.trust),
    row!(InCommands, "import.max_memory_mb", import.max_memory_mb),
    row!(InCommands, "import.cpu_s", import.cpu),
    row!(AfterRestart, "metrics.addr", metrics.addr),
    row!(InCommands, "storage.url", storage.url),
    row!(AfterRestart, "storage.cache_dir", storage.cache_dir),
    row!(AfterRestart, "storage.cache_mb", storage.cache_mb),
    row!(AfterRestart, "storage.timeout_s", storage.timeout),
    row!(AfterRestart, "log.format", log.format),
    row!(AtOnce, "log.level", log.level),
    row!(AfterRestart, "traces.url", traces.url),
    row!(InCommands, "grids", grids),
    row!(InCommands, "boundary_sets", boundary_sets),
];

impl Config {
    /// What has changed from these settings to the next ones.
    #[must_use]
    pub fn changes(&self, next: &Self) -> Changes {
        let changed = ROWS.iter().filter(|row| !(row.same)(self, next));
        Changes(changed.map(|row| (row.key, row.holds)).collect())
    }

    /// These settings with what a running server takes over from the next ones.
    #[must_use]
    pub fn reloaded(&self, next: &Self) -> Self {
        let mut reloaded = self.clone();
        let at_once = ROWS.iter().filter(|row| row.holds == Holds::AtOnce);
        at_once.for_each(|row| (row.take)(&mut reloaded, next));
        reloaded
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Overrides, keys::KEYS};

    /// A value of each key that is not its default.
    fn other(key: &str) -> &'static str {
        match key {
            "server.addr" | "server.health_addr" | "metrics.addr" => ":1",
            "server.public_url" | "traces.url" => "http://a.example",
            "storage.url" => "s3://a/b",
            "server.allowed_hosts" => "a.example",
            "server.trusted_proxies" => "192.0.2.1",
            "server.frame_ancestors" => "'none'",
            "server.tail" => "compressed",
            "server.trust" => "ed25519:d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            "server.max_header_bytes" => "8192",
            "log.format" => "json",
            "log.level" => "debug",
            key if key.starts_with("workspace.") && !key.ends_with("_s") || key == "storage.cache_dir" => "other",
            _ => "777",
        }
    }

    #[test]
    fn each_key_that_changes_is_told_and_taken_over_only_where_it_holds_at_once() {
        let before = Config::default();
        for (key, ..) in KEYS {
            let next = Overrides::default().set("--x", key, Some(other(key)));
            let next = Config::load(None, std::iter::empty(), next).unwrap();
            let changes = before.changes(&next);
            let [(told, holds)] = changes.0.as_slice() else { panic!("{key}: {changes:?}") };
            assert_eq!(*told, key);
            let left = before.reloaded(&next).changes(&next);
            assert_eq!(left.0.is_empty(), *holds == Holds::AtOnce, "{key}");
            assert_eq!(before.changes(&before.reloaded(&next)).0.is_empty(), *holds != Holds::AtOnce, "{key}");
        }
        assert_eq!(before.changes(&before), Changes::default());
    }

    #[test]
    fn keys_are_told_by_when_they_hold() {
        let next = Overrides::default().set("--log", "log.level", Some("debug")).set("--addr", "server.addr", Some(":1"));
        let changes = Config::default().changes(&Config::load(None, std::iter::empty(), next).unwrap());
        let told = [Holds::AtOnce, Holds::AfterRestart, Holds::InCommands].map(|holds| changes.that_hold(holds));
        assert_eq!(told, ["log.level", "server.addr", ""]);
    }
}
