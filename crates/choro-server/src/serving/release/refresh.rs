//! Looking for the next release, which takes the place of the current one in one step.

use super::{location::NextRelease, open_error::OpenError, open_release::Release, releases::Releases};
use std::{
    sync::{Arc, PoisonError, atomic::Ordering},
    time::Instant,
};

impl Releases {
    /// Takes the release that `current` names, if it is another one and verifies; whether it did. Those that were withdrawn are
    /// closed.
    pub async fn refresh(&self) -> bool {
        let Some(location) = self.location.clone() else { return false };
        let (now, refused) = (self.current(), self.refused().clone());
        let (withdrawn, trust) = (Arc::clone(&self.withdrawn), Arc::clone(&self.trust));
        let look = tokio::task::spawn_blocking(move || {
            // Withdrawals first: the pointer may name one of them.
            let changed = location.look(&withdrawn);
            // A line that arrived after the pointer may be what allows it.
            let refused = refused.filter(|_| !matches!(changed, Ok(true)));
            (changed, location.next(now.id(), refused.as_ref(), &withdrawn, &trust))
        });
        let (changed, next) = match look.await {
            Ok(looked) => looked,
            Err(error) => {
                tracing::error!(%error, "looking for the next release failed");
                return false;
            }
        };
        let changed = changed.unwrap_or_else(|error| {
            tracing::error!(%error, "it is not known whether more releases were withdrawn");
            false
        });
        let switched = self.take(next).await;
        if changed || switched {
            self.close_withdrawn().await;
        }
        switched
    }

    async fn take(&self, next: NextRelease) -> bool {
        let switched = match next {
            Ok(None) => false,
            Ok(Some(release)) => {
                self.switch(release).await;
                true
            }
            Err((_, error)) if error.is_passing() => {
                // Met at every look until it is over: said once.
                if !self.away.swap(true, Ordering::Relaxed) {
                    tracing::warn!(%error, "the next release cannot be read now, the current one stays");
                }
                return false;
            }
            Err((seen, error)) => {
                tracing::error!(%error, "the next release is refused, the current one stays");
                // A pointer that cannot be read says nothing of a release, and is met at every look.
                if !matches!(error, OpenError::Pointer { .. }) {
                    self.refusals.fetch_add(1, Ordering::Relaxed);
                }
                *self.refused() = seen;
                false
            }
        };
        if self.away.swap(false, Ordering::Relaxed) {
            tracing::info!("releases can be read again");
        }
        switched
    }

    async fn close_withdrawn(&self) {
        let ids = self.withdrawn.ids();
        self.barred.store(ids.contains(self.current().id()), Ordering::Relaxed);
        for id in ids {
            self.others.invalidate(&id).await;
        }
    }

    async fn switch(&self, release: Release) {
        let release = Arc::new(release);
        let old = self.current.swap(Arc::clone(&release));
        *self.refused() = None;
        *self.switched.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
        tracing::info!(release.id = %release.id(), release.old = %old.id(), "switched to the next release");
        self.others.insert(old.id().clone(), old).await;
    }
}
