//! Looking for the next release, which replaces the current one in one step.

use super::{location::NextRelease, open_error::OpenError, open_release::Release, releases::Releases};
use std::{
    sync::{Arc, PoisonError, atomic::Ordering},
    time::Instant,
};

impl Releases {
    /// Makes the release that the pointer names the current one, if it is another one and verifies. Returns whether it did. Also
    /// closes releases that were withdrawn meanwhile.
    pub async fn refresh(&self) -> bool {
        let Some(location) = self.location.clone() else { return false };
        let (now, refused) = (self.current(), self.refused().clone());
        let (withdrawn, trust) = (Arc::clone(&self.withdrawn), Arc::clone(&self.trust));
        let look = tokio::task::spawn_blocking(move || {
            // Withdrawals are read first, because the pointer may name a withdrawn release.
            let changed = location.look(&withdrawn);
            // The history may now have a line that allows a release which was refused before, so it is tried again.
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
                // Each look meets this error until it is over, so it is logged only once.
                if !self.away.swap(true, Ordering::Relaxed) {
                    tracing::warn!(%error, "the next release cannot be read now, the current one stays");
                }
                return false;
            }
            Err((seen, error)) => {
                tracing::error!(%error, "the next release is refused, the current one stays");
                // An unreadable pointer says nothing about a release, and each look meets it, so it is not counted as a refusal.
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
