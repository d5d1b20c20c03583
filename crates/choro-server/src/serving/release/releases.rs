//! The releases that a server can answer from.
//!
//! `releases/current` is a small text file that holds the id of the current release. It is replaced by renaming. Looking at it is
//! cheap, so the server looks often. The next bundle is opened and verified beside the old one, and then replaces it in one step.
//! If it does not verify, it is refused and the old one stays. In object storage, the object `current` takes the place of the file.

use super::{
    location::{PointerSeen, ReleasesLocation},
    open_error::OpenError,
    open_release::Release,
    trust::Trust,
    withdrawn::Withdrawn,
};
use crate::serving::error::ServeError;
use arc_swap::{ArcSwap, Guard};
use choro_model::ReleaseId;
use std::{
    ops::Deref,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

/// How many releases are kept open besides the current one.
const KEPT_OPEN: u64 = 4;
/// For how long an old release stays open. After that its folder is looked for again, since it may have been deleted.
const KEPT_FOR: Duration = Duration::from_secs(600);

/// The releases of a location, or a single bundle.
#[derive(Debug)]
pub struct Releases {
    /// Where the next releases come from; `None` for a single bundle.
    pub(super) location: Option<ReleasesLocation>,
    pub(super) current: ArcSwap<Release>,
    /// What the pointer said when its release was refused. That release is not tried again until the pointer changes.
    pub(super) refused: Mutex<Option<PointerSeen>>,
    pub(super) others: moka::future::Cache<ReleaseId, Arc<Release>>,
    pub(super) withdrawn: Arc<Withdrawn>,
    pub(super) trust: Arc<Trust>,
    /// Whether the current release was withdrawn and no other could replace it.
    pub(super) barred: AtomicBool,
    /// When the current release became the current one.
    pub(super) switched: Mutex<Instant>,
    /// How many releases were refused when they were to become current.
    pub(super) refusals: AtomicU64,
    /// Whether the next release could not be read at the last look, for a reason that may pass.
    pub(super) away: AtomicBool,
}

/// The release that answers a request. The current one is held without counting its users: all processors would have to pass that
/// count to each other.
#[derive(Debug)]
pub enum AnsweringRelease {
    /// The one that was current when the request began.
    Current(Guard<Arc<Release>>),
    /// The one that the request names.
    Named(Arc<Release>),
}

impl Deref for AnsweringRelease {
    type Target = Arc<Release>;

    fn deref(&self) -> &Arc<Release> {
        match self {
            Self::Current(release) => release,
            Self::Named(release) => release,
        }
    }
}

impl Releases {
    /// Opens the current release of a location, or a single bundle.
    ///
    /// # Errors
    /// There is no release that may be opened.
    pub fn open(location: ReleasesLocation, trust: Trust) -> Result<Self, OpenError> {
        let single = location.single(&trust)?;
        let (withdrawn, several) = (Withdrawn::default(), single.is_none());
        let current = match single {
            Some(release) => release,
            None => {
                location.look(&withdrawn)?;
                location.current(&withdrawn, &trust)?
            }
        };
        Ok(Self {
            location: several.then_some(location),
            current: ArcSwap::from_pointee(current),
            refused: Mutex::new(None),
            others: moka::future::Cache::builder().max_capacity(KEPT_OPEN).time_to_live(KEPT_FOR).build(),
            withdrawn: Arc::new(withdrawn),
            trust: Arc::new(trust),
            barred: AtomicBool::new(false),
            switched: Mutex::new(Instant::now()),
            refusals: AtomicU64::new(0),
            away: AtomicBool::new(false),
        })
    }

    /// Where the next releases come from; `None` for a single bundle.
    pub(crate) fn location(&self) -> Option<&ReleasesLocation> {
        self.location.as_ref()
    }

    /// The current release.
    #[must_use]
    pub fn current(&self) -> Arc<Release> {
        self.current.load_full()
    }

    /// The current release.
    ///
    /// # Errors
    /// It was withdrawn, and no other could replace it.
    pub fn answering(&self) -> Result<AnsweringRelease, ServeError> {
        let current = self.current.load();
        if self.barred.load(Ordering::Relaxed) {
            Err(ServeError::Gone(current.id().to_string()))
        } else {
            Ok(AnsweringRelease::Current(current))
        }
    }

    /// The current release, if it has this id; `None` where it has another.
    ///
    /// # Errors
    /// It was withdrawn.
    pub fn if_current(&self, id: &ReleaseId) -> Result<Option<AnsweringRelease>, ServeError> {
        if self.current.load().id() == id { self.answering().map(Some) } else { Ok(None) }
    }

    /// The release of an id that is not the current one's.
    ///
    /// # Errors
    /// The release is not kept, was withdrawn, or cannot be read.
    pub async fn named(&self, id: &ReleaseId) -> Result<AnsweringRelease, ServeError> {
        let gone = || ServeError::Gone(id.to_string());
        if self.withdrawn.holds(id) {
            return Err(gone());
        }
        let Some(location) = self.location.clone() else { return Err(gone()) };
        let open = async {
            let (id, trust) = (id.clone(), Arc::clone(&self.trust));
            let opened =
                tokio::task::spawn_blocking(move || location.release(&id, &trust)).await.map_err(ServeError::from)?;
            opened.map_err(ServeError::from)?.map(Arc::new).ok_or_else(gone)
        };
        let opened = self.others.try_get_with_by_ref(id, open).await;
        opened.map(AnsweringRelease::Named).map_err(|error| ServeError::clone(&error))
    }

    /// Time since the current release became the current one.
    pub fn since_switch(&self) -> Duration {
        self.switched.lock().unwrap_or_else(PoisonError::into_inner).elapsed()
    }

    /// How many releases were refused when they were to become current.
    pub fn refused_so_far(&self) -> u64 {
        self.refusals.load(Ordering::Relaxed)
    }

    /// How many releases are known to be withdrawn.
    pub fn withdrawn_so_far(&self) -> usize {
        self.withdrawn.ids().len()
    }

    pub(super) fn refused(&self) -> std::sync::MutexGuard<'_, Option<PointerSeen>> {
        self.refused.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
