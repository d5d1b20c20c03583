//! The releases that a server can answer from.
//!
//! `releases/current` is a small text file that holds the id of the current release; it is replaced by renaming. Looking at it
//! is cheap, so the server looks often. The next bundle is opened and verified beside the old one and takes its place in one
//! step; one that does not verify is refused, and the old one stays.

use super::{Release, ServeError};
use crate::{
    bundle::{Bundle, BundleError},
    model::ReleaseId,
};
use std::{
    fs, io,
    io::Read,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError, RwLock},
    time::{Duration, SystemTime},
};

/// How many releases besides the current one are kept open.
const KEPT_OPEN: u64 = 4;
/// For how long an old release stays open after it was opened: then its folder is looked for again.
const KEPT_FOR: Duration = Duration::from_secs(600);
/// More than a release id and a line end can be.
const POINTER_BYTES: u64 = 128;

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
}

/// The pointer as it was last read, to see whether it changed.
type Seen = (ReleaseId, Option<SystemTime>);

/// The releases of a folder, or one bundle.
#[derive(Debug)]
pub struct Releases {
    /// The releases folder; `None`: a single bundle.
    folder: Option<PathBuf>,
    current: RwLock<Arc<Release>>,
    /// What `current` said when it named a bundle that was refused: it is not tried again until the file changes.
    refused: Mutex<Option<Seen>>,
    others: moka::future::Cache<ReleaseId, Arc<Release>>,
}

impl Releases {
    /// Opens the current release of a releases folder, or a single bundle.
    pub fn open(path: &Path) -> Result<Self, OpenError> {
        let single = path.join("catalog.json").is_file();
        let current = if single { bundle(path)? } else { release(path, &pointer(path)?.0)? };
        Ok(Self {
            folder: (!single).then(|| path.to_owned()),
            current: RwLock::new(Arc::new(current)),
            refused: Mutex::new(None),
            others: moka::future::Cache::builder().max_capacity(KEPT_OPEN).time_to_live(KEPT_FOR).build(),
        })
    }

    /// The current release.
    #[must_use]
    pub fn current(&self) -> Arc<Release> {
        Arc::clone(&self.current.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The release of an id, as long as it is kept.
    pub async fn named(&self, id: &str) -> Result<Arc<Release>, ServeError> {
        let current = self.current();
        if current.id().as_str() == id {
            return Ok(current);
        }
        let id = ReleaseId::new(id).map_err(|error| ServeError::parameter("release", error))?;
        let gone = || ServeError::Gone(id.to_string());
        let Some(path) = self.folder.as_ref().map(|folder| folder.join(id.as_str())) else { return Err(gone()) };
        let open = async {
            let (folder, id) = (self.folder.clone().unwrap_or_default(), id.clone());
            tokio::task::spawn_blocking(move || {
                let kept = path.join("catalog.json").is_file();
                if kept { release(&folder, &id).map(Arc::new).map(Some) } else { Ok(None) }
            })
            .await
            .map_err(ServeError::from)?
            .map_err(|error| ServeError::Internal(error.to_string()))?
            .ok_or_else(gone)
        };
        self.others.try_get_with_by_ref(&id, open).await.map_err(|error| ServeError::clone(&error))
    }

    /// Takes the release that `current` names, if it is another one and verifies; whether it did.
    pub async fn refresh(&self) -> bool {
        let Some(folder) = self.folder.clone() else { return false };
        let (now, refused) = (self.current(), self.refused().clone());
        let look = tokio::task::spawn_blocking(move || next(&folder, now.id(), refused.as_ref()));
        match look.await {
            Ok(Ok(None)) => false,
            Ok(Ok(Some(release))) => {
                self.switch(release).await;
                true
            }
            Ok(Err((seen, error))) => {
                tracing::error!(%error, "the next release is refused, the current one stays");
                *self.refused() = seen;
                false
            }
            Err(error) => {
                tracing::error!(%error, "looking for the next release failed");
                false
            }
        }
    }

    async fn switch(&self, release: Release) {
        let release = Arc::new(release);
        let old = {
            let mut current = self.current.write().unwrap_or_else(PoisonError::into_inner);
            std::mem::replace(&mut *current, Arc::clone(&release))
        };
        *self.refused() = None;
        tracing::info!(release.id = %release.id(), release.old = %old.id(), "switched to the next release");
        self.others.insert(old.id().clone(), old).await;
    }

    fn refused(&self) -> std::sync::MutexGuard<'_, Option<Seen>> {
        self.refused.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The next release, if there is one that was not refused before.
fn next(folder: &Path, now: &ReleaseId, refused: Option<&Seen>) -> Result<Option<Release>, (Option<Seen>, OpenError)> {
    let seen = match pointer(folder) {
        Ok(seen) if seen.0 == *now || Some(&seen) == refused => return Ok(None),
        Ok(seen) => seen,
        Err(error) => return Err((refused.cloned(), error)),
    };
    release(folder, &seen.0).map(Some).map_err(|error| (Some(seen), error))
}

/// The id in `current`, and when the file was written.
fn pointer(folder: &Path) -> Result<Seen, OpenError> {
    let path = folder.join("current");
    let read = || -> io::Result<(String, Option<SystemTime>)> {
        let file = fs::File::open(&path)?;
        let written = file.metadata()?.modified().ok();
        let mut text = String::new();
        file.take(POINTER_BYTES).read_to_string(&mut text)?;
        Ok((text, written))
    };
    let (text, written) = read().map_err(|error| OpenError::Pointer { path: path.clone(), reason: error.to_string() })?;
    let id = ReleaseId::new(text.trim_end()).map_err(|error| OpenError::Pointer { path, reason: error.to_string() })?;
    Ok((id, written))
}

fn release(folder: &Path, id: &ReleaseId) -> Result<Release, OpenError> {
    let path = folder.join(id.as_str());
    let release = bundle(&path)?;
    if release.id() == id {
        Ok(release)
    } else {
        Err(OpenError::Id { path, got: release.id().clone(), expected: id.clone() })
    }
}

fn bundle(path: &Path) -> Result<Release, OpenError> {
    let bundle = Bundle::open(path).map_err(|source| OpenError::Bundle { path: path.to_owned(), source })?;
    Ok(Release::new(bundle))
}
