//! Why a release cannot be opened or may not be served.

use crate::serving::error::ServeError;
use choro_bundle::BundleError;
use choro_model::ReleaseId;
use std::path::PathBuf;

/// Why there is no release to serve.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The pointer to the current release cannot be read.
    #[error(
        "{path}: {reason}: expected a releases folder with a file `current`, or a release bundle; publish one with choro publish"
    )]
    Pointer {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// The bundle cannot be opened.
    #[error("{path}: {source}")]
    Bundle {
        /// The bundle.
        path: PathBuf,
        /// What is wrong.
        source: BundleError,
    },
    /// The history of the releases cannot be read, so it is not known what may be served.
    #[error(transparent)]
    History(#[from] BundleError),
    /// The pointer names a release that was withdrawn.
    #[error("{path}: release {release} was withdrawn: publish anew, or go back to another one with choro releases rollback")]
    Withdrawn {
        /// The pointer.
        path: PathBuf,
        /// The release.
        release: ReleaseId,
    },
    /// The release is not trusted by this server.
    #[error("{path}: release {release} {what}")]
    Untrusted {
        /// Where the release comes from.
        path: PathBuf,
        /// The release.
        release: ReleaseId,
        /// Why it is not trusted, and how to mend that.
        what: String,
    },
    /// The file that says which release was served last cannot be read.
    #[error(
        "{path}: {reason}: it says which release was served last; remove it, and the next release that is offered and signed is taken"
    )]
    Memory {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// The bundle holds another release than its folder says.
    #[error("{path}: the bundle says release {got}, expected {expected}: folders of releases are not to be renamed")]
    Id {
        /// The bundle.
        path: PathBuf,
        /// The release of its catalogue.
        got: ReleaseId,
        /// The release that its folder names.
        expected: ReleaseId,
    },
    /// The system gives no threads for the work that answers take.
    #[error("the threads that make documents cannot begin: {0}: allow more tasks (TasksMax, ulimit -u)")]
    Threads(std::io::Error),
}

impl OpenError {
    /// Whether the reason may pass by itself in a moment.
    pub(super) fn is_passing(&self) -> bool {
        matches!(self, Self::Bundle { source, .. } if source.is_passing())
    }
}

impl From<OpenError> for ServeError {
    fn from(error: OpenError) -> Self {
        match error {
            // For a client, a release that is not trusted does not exist.
            OpenError::Untrusted { release, .. } => Self::Gone(release.to_string()),
            error if error.is_passing() => Self::Unavailable(error.to_string()),
            error => Self::Internal(error.to_string()),
        }
    }
}
