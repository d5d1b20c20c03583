//! The releases that a server can answer from.
//!
//! `releases/current` is a small text file that holds the id of the current release; it is replaced by renaming. Looking at it
//! is cheap, so the server looks often. The next bundle is opened and verified beside the old one and takes its place in one
//! step; one that does not verify is refused, and the old one stays. In object storage the same holds of the object `current`.

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

/// How many releases besides the current one are kept open.
const KEPT_OPEN: u64 = 4;
/// For how long an old release stays open after it was opened: then its folder is looked for again.
const KEPT_FOR: Duration = Duration::from_secs(600);

/// The releases of a place, or one bundle.
#[derive(Debug)]
pub struct Releases {
    /// Where the next ones come from; `None`: there is a single bundle.
    pub(super) location: Option<ReleasesLocation>,
    pub(super) current: ArcSwap<Release>,
    /// What `current` said when it named a bundle that was refused: it is not tried again until the file changes.
    pub(super) refused: Mutex<Option<PointerSeen>>,
    pub(super) others: moka::future::Cache<ReleaseId, Arc<Release>>,
    pub(super) withdrawn: Arc<Withdrawn>,
    pub(super) trust: Arc<Trust>,
    /// Whether the current release was withdrawn and none could take its place.
    pub(super) barred: AtomicBool,
    /// When the current release became that.
    pub(super) switched: Mutex<Instant>,
    /// How many next releases were refused.
    pub(super) refusals: AtomicU64,
    /// Whether the next release could not be read when it was last looked for, for a reason that passes.
    pub(super) away: AtomicBool,
}

/// A release that answers a request, for as long as that runs. The current one is held without counting: a count that all
/// requests share would be the one thing that processors have to hand to each other.
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
    /// Opens the current release of a place, or a single bundle.
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

    /// Where the next ones come from; `None`: there is a single bundle.
    pub(crate) fn location(&self) -> Option<&ReleasesLocation> {
        self.location.as_ref()
    }

    /// The current release.
    #[must_use]
    pub fn current(&self) -> Arc<Release> {
        self.current.load_full()
    }

    /// The current release, unless it was withdrawn and none could take its place.
    pub fn answering(&self) -> Result<AnsweringRelease, ServeError> {
        let current = self.current.load();
        if self.barred.load(Ordering::Relaxed) {
            Err(ServeError::Gone(current.id().to_string()))
        } else {
            Ok(AnsweringRelease::Current(current))
        }
    }

    /// The current release, if it has this id.
    pub fn if_current(&self, id: &str) -> Result<Option<AnsweringRelease>, ServeError> {
        if self.current.load().id().as_str() == id { self.answering().map(Some) } else { Ok(None) }
    }

    /// The release of an id that is not the current one's, as long as it is kept.
    pub async fn named(&self, id: &str) -> Result<AnsweringRelease, ServeError> {
        let id = ReleaseId::new(id).map_err(|error| ServeError::parameter("release", error))?;
        let gone = || ServeError::Gone(id.to_string());
        if self.withdrawn.holds(&id) {
            return Err(gone());
        }
        let Some(location) = self.location.clone() else { return Err(gone()) };
        let open = async {
            let (id, trust) = (id.clone(), Arc::clone(&self.trust));
            let opened =
                tokio::task::spawn_blocking(move || location.release(&id, &trust)).await.map_err(ServeError::from)?;
            opened.map_err(ServeError::from)?.map(Arc::new).ok_or_else(gone)
        };
        let opened = self.others.try_get_with_by_ref(&id, open).await;
        opened.map(AnsweringRelease::Named).map_err(|error| ServeError::clone(&error))
    }

    /// Time since the current release became that.
    pub fn since_switch(&self) -> Duration {
        self.switched.lock().unwrap_or_else(PoisonError::into_inner).elapsed()
    }

    /// How many next releases were refused.
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
