//! The state of the server, and how a request finds its release and its column.

use super::options::AnswerOptions;
use crate::serving::{
    cache::{
        columns::ColumnCache, documents::DocumentCache, kept_data::KeptData, ordered_values::OrderedValues,
        outlines::OutlineCache, worker_pools::WorkerPools,
    },
    error::ServeError,
    release::{
        location::ReleasesLocation,
        open_error::OpenError,
        open_release::{Release, VintageKey},
        pointer_watch::PointerWatch,
        releases::{AnsweringRelease, Releases},
        trust::Trust,
    },
    select::{map_view::QueryPairs, resolved_query::ResolvedQuery},
};
use choro_bundle::Column;
use choro_http::metrics::Counter;
use choro_model::{ReleaseId, Selection};
use std::sync::Arc;

/// The use cases of the public server over its releases. Holds the releases and everything that is cached of them.
#[derive(Debug)]
pub struct ReleaseServer {
    pub(super) releases: Releases,
    pub(super) kept: Arc<KeptData>,
    pub(super) documents: DocumentCache,
    pub(super) options: AnswerOptions,
    /// How many tiles were made so far.
    pub(super) tiles: Counter,
}

impl ReleaseServer {
    /// Opens the current release of a location, whoever has made it.
    ///
    /// # Errors
    /// There is no release that can be opened, or the system gives no threads.
    pub fn open(location: ReleasesLocation, options: AnswerOptions) -> Result<Self, OpenError> {
        Self::open_trusting(location, Trust::default(), options)
    }

    /// Opens the current release of a location, and serves only releases that are trusted.
    ///
    /// # Errors
    /// There is no trusted release that can be opened, or the system gives no threads.
    pub fn open_trusting(location: ReleasesLocation, trust: Trust, options: AnswerOptions) -> Result<Self, OpenError> {
        let bytes = options.cache_mb.saturating_mul(1 << 20);
        let kept = KeptData {
            // Every tile needs its column, and reading a column costs as much as a hundred tiles. 32 MiB hold 900 columns of 3,200
            // areas.
            columns: ColumnCache::new(bytes / 8 * 3),
            ordered: OrderedValues::new(bytes / 8),
            outlines: OutlineCache::new(bytes / 8),
        };
        let pools = Arc::new(WorkerPools::new().map_err(OpenError::Threads)?);
        Ok(Self {
            releases: Releases::open(location, trust)?,
            kept: Arc::new(kept),
            documents: DocumentCache::new(bytes / 8 * 3, pools),
            options,
            tiles: Counter::default(),
        })
    }

    /// The release that answers where a request names none.
    #[must_use]
    pub fn current(&self) -> Arc<Release> {
        self.releases.current()
    }

    /// Looks for a new release once. Returns whether there was one.
    pub async fn refresh(&self) -> bool {
        self.releases.refresh().await
    }

    /// Follows the releases for as long as the server runs: looks for a new one at intervals, and as soon as the pointer is
    /// replaced.
    pub async fn watch(&self) {
        let pointer = PointerWatch::of(self.releases.location());
        loop {
            tokio::select! {
                () = tokio::time::sleep(self.options.release_poll) => {}
                () = pointer.heard() => {}
            }
            self.refresh().await;
        }
    }

    /// The release that a request is answered from, and whether the request names it.
    pub(super) async fn release(&self, named: Option<&ReleaseId>) -> Result<(AnsweringRelease, bool), ServeError> {
        match named {
            None => Ok((self.releases.answering()?, false)),
            Some(id) => match self.releases.if_current(id)? {
                Some(current) => Ok((current, true)),
                None => Ok((Box::pin(self.releases.named(id)).await?, true)),
            },
        }
    }

    /// The release that the address of a page means, whether it is the one that the address names, and what it names. A link to a
    /// release that cannot be had shows the current release.
    pub(super) async fn release_of_page(
        &self,
        query: &QueryPairs,
    ) -> Result<(AnsweringRelease, bool, Option<String>), ServeError> {
        let named = query.iter().find(|(name, _)| name == "release").map(|(_, value)| value.clone());
        let wanted = named.as_deref().and_then(|id| ReleaseId::new(id).ok());
        let (release, pinned) = match self.release(wanted.as_ref()).await {
            Err(_) if wanted.is_some() => self.release(None).await?,
            found => found?,
        };
        Ok((release, pinned, named))
    }

    /// The column of a selection on the borders that a query means.
    pub(super) async fn column(
        &self,
        release: &Arc<Release>,
        resolved: &ResolvedQuery<'_>,
        selection: &Selection,
    ) -> Result<Arc<Column>, ServeError> {
        let borders = VintageKey { set: &resolved.set.id, vintage: resolved.vintage.id() };
        self.kept.columns.get(release, borders, selection).await
    }
}

#[cfg(test)]
impl ReleaseServer {
    /// What it keeps, for tests of what is made anew.
    pub(crate) fn kept(&self) -> &KeptData {
        &self.kept
    }

    /// The documents that it keeps.
    pub(crate) fn documents(&self) -> &DocumentCache {
        &self.documents
    }
}
