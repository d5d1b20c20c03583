//! SIGHUP: the settings are read anew, and what can change while the server runs does.
//!
//! ```text
//! the file says log.level = debug, addr = :80   -> debug from now on; the log says that addr needs a restart
//! the file is no TOML                           -> nothing changes, and the log says where it is wrong
//! ```

use super::descriptors;
use choro_config::{Changes, Config, ConfigError, Holds, Limits, ListenAddr, Overrides, ServerSettings};
use choro_http::{Hangups, gate::Hosts};
use choro_server::public::Public;
use choro_telemetry as telemetry;
use std::{net::IpAddr, path::PathBuf, sync::Arc};

/// Where the settings of a command come from.
#[derive(Debug, Clone)]
pub struct SettingsSource {
    /// The file, if there is one.
    pub file: Option<PathBuf>,
    /// The variables with which the process was started.
    pub env: Vec<(String, String)>,
    /// The flags.
    pub overrides: Overrides,
}

impl SettingsSource {
    /// Reads the settings as they are now.
    ///
    /// # Errors
    /// The file cannot be read, or a value means nothing.
    pub fn read(&self) -> Result<Config, ConfigError> {
        Config::load(self.file.as_deref(), self.env.clone().into_iter(), self.overrides.clone())
    }
}

/// What a reload changes.
pub struct Reloading {
    pub source: SettingsSource,
    /// The settings in force.
    pub config: Config,
    /// The address that is listened on.
    pub listening: IpAddr,
    pub public: Arc<Public>,
}

impl Reloading {
    /// Reloads at every signal.
    pub async fn follow(mut self, mut hangups: Hangups) {
        loop {
            hangups.next().await;
            // Reading a file and looking up a limit of the system take no time that a request would notice.
            if let Err(error) = self.reload() {
                tracing::error!(%error, "SIGHUP: the settings are not valid, and nothing has changed");
            }
        }
    }

    fn reload(&mut self) -> anyhow::Result<()> {
        let next = self.source.read()?;
        let changes = self.config.changes(&next);
        let reloaded = self.config.reloaded(&next);
        // First what may be refused.
        telemetry::set_level(&reloaded.log.level)?;
        let settings = &reloaded.server;
        let hosts = hosts(settings, self.listening);
        self.public.gate().change(limits(settings), &settings.trusted_proxies, hosts);
        self.public.set_frame_ancestors(&settings.frame_ancestors);
        self.config = reloaded;
        tell(&changes);
        Ok(())
    }
}

/// Logs which keys were taken over, which need a restart, and which other commands use.
fn tell(changes: &Changes) {
    let [reloaded, keys, of_commands] =
        [Holds::AtOnce, Holds::AfterRestart, Holds::InCommands].map(|holds| changes.that_hold(holds));
    let reloaded = if reloaded.is_empty() { "nothing has changed" } else { &reloaded };
    tracing::info!(reloaded, of_commands, "SIGHUP: the settings were read");
    if !keys.is_empty() {
        tracing::warn!(keys, "these settings have changed and hold after a restart");
    }
}

/// The limits, with no more connections than this process may have files open.
pub fn limits(settings: &ServerSettings) -> Limits {
    let max_connections = descriptors::for_connections(settings.limits.max_connections);
    Limits { max_connections, ..settings.limits.clone() }
}

/// The names that requests may ask for, where there is a public one.
pub fn hosts(settings: &ServerSettings, listening: IpAddr) -> Option<Hosts> {
    let (public, mut further) = (settings.public_url.as_deref(), settings.allowed_hosts.clone());
    if public.is_none() && further.is_empty() {
        return None;
    }
    // Whoever looks after the server asks by the name that it was told to listen on.
    if let ListenAddr::Name(name, _) = &settings.addr {
        further.push(name.clone());
    }
    Some(Hosts::new(public, &further, listening))
}
