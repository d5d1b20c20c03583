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
    /// The releases folder does not say clearly what may be served.
    #[error(transparent)]
    History(#[from] BundleError),
    /// The pointer names a release that may not be served.
    #[error("{path}: release {release} was withdrawn: publish anew, or go back to another one with choro releases rollback")]
    Withdrawn {
        /// The pointer.
        path: PathBuf,
        /// The release.
        release: ReleaseId,
    },
    /// The release may not be served by this server.
    #[error("{path}: release {release} {what}")]
    Untrusted {
        /// Where it comes from.
        path: PathBuf,
        /// The release.
        release: ReleaseId,
        /// Why, and how to mend it.
        what: String,
    },
    /// What was served last is not known.
    #[error(
        "{path}: {reason}: it says which release was served last; remove it, and the next release that is offered and signed is taken"
    )]
    Memory {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// The bundle is of another release than its folder says.
    #[error("{path}: the bundle says release {got}, expected {expected}: folders of releases are not to be renamed")]
    Id {
        /// The bundle.
        path: PathBuf,
        /// The release of its catalogue.
        got: ReleaseId,
        /// The release that its folder names.
        expected: ReleaseId,
    },
    /// The system gives no threads for what has to be made.
    #[error("the threads that make documents cannot begin: {0}: allow more tasks (TasksMax, ulimit -u)")]
    Threads(std::io::Error),
}

impl OpenError {
    /// Whether it may be over in a moment.
    pub(super) fn is_passing(&self) -> bool {
        matches!(self, Self::Bundle { source, .. } if source.is_passing())
    }
}

impl From<OpenError> for ServeError {
    fn from(error: OpenError) -> Self {
        match error {
            // For a client a release that is not to be trusted is none.
            OpenError::Untrusted { release, .. } => Self::Gone(release.to_string()),
            error if error.is_passing() => Self::Unavailable(error.to_string()),
            error => Self::Internal(error.to_string()),
        }
    }
}
