//! Settings: `choro.toml`, then `CHORO_*` variables, then flags, become plain structs, once, at the start.
//!
//! A flag outweighs a variable, a variable the file, the file the default. Keys and variables that do not exist are refused
//! and the nearest one named, since a mistyped limit that silently does nothing is worse than a program that does not start.
//! Relative paths of the file (and of the defaults) count from the file's folder, those of variables and flags from the
//! current one. Nothing here opens, connects or computes; [`Config::load`] reads the one file that it is given.

mod changes;
mod config;
mod database;
mod error;
mod file;
mod grids;
mod keys;
mod limits;
mod listen_addr;
mod load;
mod parse;
mod sets;
mod settings;
#[cfg(test)]
mod tests;
mod toml_table;
mod value;
mod zooms;

pub use changes::{Changes, Holds};
pub use config::Config;
pub use database::{Database, DatabasePlace, PostgresUrl};
pub use error::ConfigError;
pub use grids::GridConfig;
pub use limits::Limits;
pub use listen_addr::ListenAddr;
pub use load::Overrides;
pub use sets::{BoundarySetConfig, GridChoice};
pub use settings::{
    ImportLimits, LogFormat, LogSettings, MetricsSettings, ServerSettings, StorageSettings, TailSetting, TracesSettings,
    WorkspaceSettings,
};
