//! Which releases of the folder were withdrawn, as far as the server knows: read again when the history changes.

use choro_bundle::{BundleError, HISTORY, History};
use choro_model::ReleaseId;
use rustc_hash::FxHashSet;
use std::{
    fs,
    path::Path,
    sync::{Arc, PoisonError, RwLock},
    time::SystemTime,
};

/// The file as it was last read, to see whether it changed; `None`: there was none.
type HistorySeen = Option<(SystemTime, u64)>;

/// The releases that are not served, not even where a request names them.
#[derive(Debug, Default)]
pub(super) struct Withdrawn(RwLock<Arc<(HistorySeen, FxHashSet<ReleaseId>)>>);

impl Withdrawn {
    /// Reads the history again if it has changed; whether it had. What was known stays where it cannot be read.
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
