//! All settings together.

use super::{
    database::{Database, DatabasePlace},
    grids::{self, GridConfig},
    sets::BoundarySetConfig,
    settings::{
        ImportLimits, LogSettings, MetricsSettings, ServerSettings, StorageSettings, TracesSettings, WorkspaceSettings,
    },
};
use choro_model::SetId;
use std::collections::BTreeMap;

/// All settings.
#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    /// Where things lie.
    pub workspace: WorkspaceSettings,
    /// How the server answers.
    pub server: ServerSettings,
    /// What one import may cost.
    pub import: ImportLimits,
    /// Figures for Prometheus.
    pub metrics: MetricsSettings,
    /// Object storage.
    pub storage: StorageSettings,
    /// What is logged.
    pub log: LogSettings,
    /// Where traces are sent.
    pub traces: TracesSettings,
    /// The grids: the built-in ones, then those of the file's `[[grids]]`.
    pub grids: Vec<GridConfig>,
    /// The file's `[boundary_sets.ID]`. Use [`Config::boundary_set`], which knows the defaults.
    pub boundary_sets: BTreeMap<SetId, BoundarySetConfig>,
}

impl Config {
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
}

impl Default for Config {
    fn default() -> Self {
        Self {
            workspace: WorkspaceSettings::default(),
            server: ServerSettings::default(),
            import: ImportLimits::default(),
            metrics: MetricsSettings::default(),
            storage: StorageSettings::default(),
            log: LogSettings::default(),
            traces: TracesSettings::default(),
            grids: grids::built_in(),
            boundary_sets: BTreeMap::new(),
        }
    }
}
