//! Settings: `choro.toml`, then `CHORO_*` variables, then flags, become plain structs, once, at the start.
//!
//! A flag outweighs a variable, a variable the file, the file the default. Keys and variables that do not exist are refused
//! and the nearest one named, since a mistyped limit that silently does nothing is worse than a program that does not start.
//! Relative paths of the file (and of the defaults) count from the file's folder, those of variables and flags from the
//! current one. Nothing here opens, connects or computes; [`Config::load`] reads the one file that it is given.

mod database;
mod error;
mod file;
mod grids;
mod keys;
mod sets;
mod settings;
mod value;

pub use database::{Database, DatabasePlace, PostgresUrl};
pub use error::ConfigError;
pub use grids::GridConfig;
pub use sets::BoundarySetConfig;
pub use settings::{Import, Log, LogFormat, Metrics, Server, Storage, TailSetting, Traces, Workspace};

use choro_model::SetId;
use std::{collections::BTreeMap, path::Path};
use value::{Given, Kind, Origin};

/// All settings.
#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    /// Where things lie.
    pub workspace: Workspace,
    /// How the server answers.
    pub server: Server,
    /// What one import may cost.
    pub import: Import,
    /// Figures for Prometheus.
    pub metrics: Metrics,
    /// Object storage.
    pub storage: Storage,
    /// What is logged.
    pub log: Log,
    /// Where traces are sent.
    pub traces: Traces,
    /// The grids: the built-in ones, then those of the file's `[[grids]]`.
    pub grids: Vec<GridConfig>,
    /// The file's `[boundary_sets.ID]`. Use [`Config::boundary_set`], which knows the defaults.
    pub boundary_sets: BTreeMap<SetId, BoundarySetConfig>,
}

/// Settings given as flags.
#[derive(Debug, Clone, Default)]
pub struct Overrides(Vec<Given>);

impl Overrides {
    /// `flag` (as written, e.g. `--addr`) sets `key` (e.g. `server.addr`), if it was given.
    #[must_use]
    pub fn set(mut self, flag: &'static str, key: &'static str, value: Option<impl ToString>) -> Self {
        self.0.extend(value.map(|value| Given {
            key: key.to_owned(),
            text: value.to_string(),
            kind: Kind::Untyped,
            origin: Origin::Flag(flag),
        }));
        self
    }
}

impl Config {
    /// The settings of a file (if there is one), the `CHORO_*` among `env`, and the flags.
    pub fn load(
        file: Option<&Path>,
        env: impl Iterator<Item = (String, String)>,
        overrides: Overrides,
    ) -> Result<Self, ConfigError> {
        let mut config = Self::default();
        if let Some(path) = file {
            let text = std::fs::read_to_string(path)
                .map_err(|e| ConfigError::Read { path: path.to_owned(), reason: e.to_string() })?;
            config.workspace.rebase(path);
            config.storage.rebase(path);
            file::apply(&mut config, path, &text)?;
        }
        let variables = keys::variables(env)?;
        variables.into_iter().chain(overrides.0).try_for_each(|given| keys::apply(&mut config, &given))?;
        config.check()?;
        Ok(config)
    }

    /// A commented `choro.toml` that sets nothing but shows every key with its default.
    #[must_use]
    pub const fn default_toml() -> &'static str {
        include_str!("default.toml")
    }

    /// [`Config::default_toml`] with a database of a server, without its password. A file keeps its usual name.
    #[must_use]
    pub fn toml_with(database: &Database) -> String {
        match &database.place {
            DatabasePlace::File(_) => Self::default_toml().to_owned(),
            DatabasePlace::Postgres(url) => {
                let line = format!("[workspace]\ndatabase = {:?}", url.to_string());
                Self::default_toml().replacen("[workspace]", &line, 1)
            }
        }
    }

    /// The settings of a boundary set: the file's, or the defaults.
    #[must_use]
    pub fn boundary_set(&self, id: &SetId) -> BoundarySetConfig {
        self.boundary_sets.get(id).cloned().unwrap_or_default()
    }

    /// What no single key can show to be wrong.
    fn check(&self) -> Result<(), ConfigError> {
        grids::check(&self.grids)?;
        sets::check_parents(&self.boundary_sets)?;
        self.boundary_sets.iter().try_for_each(|(id, set)| sets::check(id, set, &self.grids))
    }
}

impl Default for Config {
    fn default() -> Self {
        Self {
            workspace: Workspace::default(),
            server: Server::default(),
            import: Import::default(),
            metrics: Metrics::default(),
            storage: Storage::default(),
            log: Log::default(),
            traces: Traces::default(),
            grids: grids::built_in(),
            boundary_sets: BTreeMap::new(),
        }
    }
}

#[cfg(test)]
mod tests;
