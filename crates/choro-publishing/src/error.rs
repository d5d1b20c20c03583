//! Why the workbench did not do what was asked.

use choro_bundle::BundleError;
use choro_config::ConfigError;
use choro_figures::disclosure::Refusal;
use choro_intake::{
    boundary::BoundaryError,
    statistics::{FileError, MappingError, SpoolError, TableError},
};
use choro_model::{CorrespondenceError, CrosswalkError, IdError, IndicatorError, grid::GridError};
use choro_store::StoreError;
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
    /// A statistics file cannot be read, or its mapping does not fit it.
    #[error(transparent)]
    Intake(#[from] FileError),
    /// There is no room for the cells of a statistics file.
    #[error(transparent)]
    Spool(#[from] SpoolError),
    /// A crosswalk cannot be read.
    #[error(transparent)]
    Crosswalk(#[from] CrosswalkError),
    /// A correspondence is wrong.
    #[error(transparent)]
    Correspondence(#[from] CorrespondenceError),
    /// A correspondence of a vintage with itself.
    #[error("--from and --to both name vintage {vintage}: a correspondence stands between two")]
    SameVintage {
        /// The vintage.
        vintage: String,
    },
    /// A correspondence whose vintages were replaced since.
    #[error(
        "the correspondence of boundary set {set} from {from} to {to} does not fit the areas of these vintages any more: \
         import it again with choro import correspondence"
    )]
    StaleCorrespondence {
        /// The set.
        set: String,
        /// The older vintage.
        from: String,
        /// The newer vintage.
        to: String,
    },
    /// The indicators' definitions are wrong.
    #[error(transparent)]
    Indicator(#[from] IndicatorError),
    /// Figures are imported where nothing is defined that they could be of.
    #[error(
        "{path} defines no indicator, so there is nothing that figures could be of: write an [[indicator]] there with id, name, unit, kind, \
         decimals, source and licence (docs/second-data-set.md explains the keys), then import again", path = path.display()
    )]
    NoIndicators {
        /// The file of definitions.
        path: PathBuf,
    },
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The temporary file for what a release publishes.
    #[error("the temporary folder: {0}; free space there, or name another folder in TMPDIR")]
    Waiting(#[source] io::Error),
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
    /// The description of a boundary set that is part of the program is no good.
    #[error("a built-in boundary.toml cannot be read: {0}")]
    Manifest(#[source] toml::de::Error),
    /// Boundaries that are part of the program are not taken by its own importer.
    #[error("the built-in boundary set {set} has rejects:\n{report}")]
    BuiltIn {
        /// The set.
        set: String,
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
    /// A parent set that the workspace does not have.
    #[error(
        "boundary_sets.{set}.parent_set names {parent}, which the workspace does not have: it has {known}; import it with choro \
         import boundaries, or correct the setting"
    )]
    NoParentSet {
        /// The set.
        set: String,
        /// Its parent set.
        parent: String,
        /// The sets there are.
        known: String,
    },
    /// There is nothing to publish.
    #[error("there is nothing to publish: import boundaries first (choro import boundaries)")]
    Nothing,
    /// A release that is not there.
    #[error("there is no release {release} in {path}: there is {known}", path = path.display())]
    NoSuchRelease {
        /// The release asked for.
        release: String,
        /// The releases folder.
        path: PathBuf,
        /// The releases there are, comma separated.
        known: String,
    },
    /// The current release cannot be withdrawn without another one in its place.
    #[error(
        "release {release} is the current one: publish a corrected one first, or name the release to go back to by \
         --replacement ID"
    )]
    IsCurrent {
        /// The release.
        release: String,
    },
    /// A reason that does not fit in a line of the history.
    #[error("the reason has {got} characters, expected at most {most}")]
    Reason {
        /// Its length.
        got: usize,
        /// The most that is kept.
        most: usize,
    },
    /// A report could not be written as JSON.
    #[error("the report cannot be written as JSON: {0}")]
    Report(#[from] serde_json::Error),
}
