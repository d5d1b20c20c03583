//! Why a workspace was not copied.

use choro_bundle::BundleError;
use choro_config::ConfigError;
use choro_store::StoreError;
use std::{
    io,
    path::{Path, PathBuf},
};

/// Why a workspace was not backed up or restored. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// A file or folder.
    #[error("{path}: {source}", path = path.display())]
    File {
        /// Which one.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The database is a server's, which has tools of its own.
    #[error(
        "the database is in PostgreSQL: copy it with pg_dump, and beside it choro.toml, indicators.toml, code_lists and the \
         releases folder; choro backup and restore are for workspaces in an SQLite file"
    )]
    Server,
    /// A release. One that is damaged is not carried on: it is to be published again or withdrawn first.
    #[error(transparent)]
    Bundle(#[from] BundleError),
    /// The settings of the backup.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// There is something where the copy should go.
    #[error("{path} exists: {hint}", path = path.display())]
    Exists {
        /// What is there.
        path: PathBuf,
        /// What to do.
        hint: &'static str,
    },
    /// A folder that is no backup.
    #[error("{path}: {what}", path = path.display())]
    NoBackup {
        /// Its manifest.
        path: PathBuf,
        /// What was got, what was expected, and how to mend it.
        what: String,
    },
    /// A file of a backup is not what its manifest says.
    #[error("{path} is damaged: {what}; use another backup, nothing was restored", path = path.display())]
    Damaged {
        /// Which file.
        path: PathBuf,
        /// What was expected and what was got.
        what: String,
    },
}

impl BackupError {
    pub(super) fn file(path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::File { path: path.to_owned(), source }
    }
}
