//! Which releases of a folder were withdrawn. The history is read again whenever it has changed.

use choro_bundle::{BundleError, HISTORY, History};
use choro_model::ReleaseId;
use rustc_hash::FxHashSet;
use std::{
    fs,
    path::Path,
    sync::{Arc, PoisonError, RwLock},
    time::SystemTime,
};

/// Time and length of the file when it was last read, to see whether it has changed; `None`: there was no file.
type HistorySeen = Option<(SystemTime, u64)>;

/// The releases that are not served, not even to a request that names one of them.
#[derive(Debug, Default)]
pub(super) struct Withdrawn(RwLock<Arc<(HistorySeen, FxHashSet<ReleaseId>)>>);

impl Withdrawn {
    /// Reads the history again if it has changed. Returns whether it had.
    ///
    /// # Errors
    /// It cannot be read. What was known before stays.
    pub fn look(&self, folder: &Path) -> Result<bool, BundleError> {
        let seen = seen(&folder.join(HISTORY));
        if seen == self.known().0 {
            return Ok(false);
        }
        let ids = History::read(folder)?.all_withdrawn().map(|event| event.release.clone()).collect();
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Arc::new((seen, ids));
        Ok(true)
    }

    /// Whether a release was withdrawn.
    pub fn holds(&self, release: &ReleaseId) -> bool {
        self.known().1.contains(release)
    }

    /// All of them.
    pub fn ids(&self) -> Vec<ReleaseId> {
        self.known().1.iter().cloned().collect()
    }

    fn known(&self) -> Arc<(HistorySeen, FxHashSet<ReleaseId>)> {
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }
}

fn seen(path: &Path) -> HistorySeen {
    let file = fs::metadata(path).ok()?;
    Some((file.modified().ok()?, file.len()))
}
