//! Why the workbench did not do what was asked.

use crate::{
    boundary::BoundaryError,
    bundle::BundleError,
    config::ConfigError,
    disclosure::Refusal,
    grid::GridError,
    intake::{IntakeError, MappingError, table::TableError},
    model::{CrosswalkError, IdError, IndicatorError},
    store::StoreError,
};
use std::{io, path::PathBuf};

/// Why the workbench did not do what was asked. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum WorkbenchError {
    /// A boundary file cannot be read as a whole.
    #[error(transparent)]
    Boundary(#[from] BoundaryError),
    /// A statistics file cannot be read as a whole.
    #[error(transparent)]
    Table(#[from] TableError),
    /// A mapping is wrong.
    #[error(transparent)]
    Mapping(#[from] MappingError),
    /// A mapping does not fit its file.
    #[error(transparent)]
    Intake(#[from] IntakeError),
    /// A crosswalk cannot be read.
    #[error(transparent)]
    Crosswalk(#[from] CrosswalkError),
    /// The indicators' definitions are wrong.
    #[error(transparent)]
    Indicator(#[from] IndicatorError),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The release bundle.
    #[error(transparent)]
    Bundle(#[from] BundleError),
    /// A grid of the configuration.
    #[error(transparent)]
    Grid(#[from] GridError),
    /// Values that may not be published.
    #[error("nothing was published: {0}")]
    Disclosure(Box<Refusal>),
    /// The settings.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// An id is malformed.
    #[error(transparent)]
    Id(#[from] IdError),
    /// Boundaries that are part of the program are not taken by its own importer.
    #[error("the built-in boundary set {set} has rejects:\n{report}")]
    BuiltIn {
        /// The set.
        set: &'static str,
        /// The import report.
        report: String,
    },
    /// A file or folder.
    #[error("{path}: {source}", path = path.display())]
    File {
        /// Which one.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A workspace is there already.
    #[error("{path} exists: a workspace is made only where there is none; name another folder", path = path.display())]
    Exists {
        /// The file found.
        path: PathBuf,
    },
    /// A set or vintage that the workspace does not have.
    #[error("there is no boundary set {set}{vintage}: the workspace has {known}; import it with choro import boundaries")]
    NoSuchSet {
        /// The set asked for.
        set: String,
        /// `, vintage V` if one was asked for.
        vintage: String,
        /// The sets and vintages there are.
        known: String,
    },
    /// There is nothing to publish.
    #[error("there is nothing to publish: import boundaries first (choro import boundaries)")]
    Nothing,
    /// A report could not be written as JSON.
    #[error("the report cannot be written as JSON: {0}")]
    Report(#[from] serde_json::Error),
}
