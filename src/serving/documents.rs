//! Finished documents (GeoJSON, values, style and the like) with their compressed bytes.

use super::{CacheStats, ServeError, Tag, stats::Counts};
use crate::{
    bundle::{Coding, Fingerprint},
    model::ReleaseId,
};
use bytes::Bytes;
use flate2::{Compression, write::GzEncoder};
use moka::future::Cache;
use std::{future::Future, io::Write, sync::Arc};
use tokio::sync::Semaphore;

/// How many documents are made at one time: full geometry takes memory and a whole processor.
const MADE_AT_ONCE: usize = 2;
/// Compression of documents: beyond it time grows and size hardly shrinks.
const LEVEL: u32 = 5;
/// Bytes of what the cache keeps with an entry.
const OVERHEAD: usize = 256;

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Key {
    release: ReleaseId,
    name: String,
}

/// A finished document.
#[derive(Debug)]
pub(super) struct Document {
    pub plain: Bytes,
    /// Only where it is smaller: pictures are compressed already.
    pub gzip: Option<Bytes>,
    pub tag: Tag,
}

impl Document {
    /// The bytes in a coding that is kept.
    pub fn bytes(&self, coding: Coding) -> Option<&Bytes> {
        match coding {
            Coding::Identity => Some(&self.plain),
            Coding::Gzip => self.gzip.as_ref(),
            Coding::Brotli | Coding::Zstd => None,
        }
    }
}

/// A cache of documents, weighed in bytes; each is made once however many wait for it, and a failure is not kept.
#[derive(Debug)]
pub(super) struct Documents {
    cache: Cache<Key, Arc<Document>>,
    makers: Semaphore,
    counts: Counts,
}

impl Documents {
    pub fn new(bytes: u64) -> Self {
        let weight = |key: &Key, document: &Arc<Document>| {
            let size = document.plain.len() + document.gzip.as_ref().map_or(0, Bytes::len) + key.name.len() + OVERHEAD;
            u32::try_from(size).unwrap_or(u32::MAX)
        };
        let cache = Cache::builder().max_capacity(bytes).weigher(weight).build();
        Self { cache, makers: Semaphore::new(MADE_AT_ONCE), counts: Counts::default() }
    }

    pub async fn stats(&self) -> CacheStats {
        // What was put in is not counted before the cache has tidied up.
        self.cache.run_pending_tasks().await;
        self.counts.stats(self.cache.entry_count(), self.cache.weighted_size())
    }

    /// The document `name` of a release. `prepare` gathers what it is made of and returns the function that makes it, which
    /// runs off the request threads. `name` is made of ids that the release knows, never of a request's own texts.
    pub async fn get<P, M>(&self, release: &ReleaseId, name: String, prepare: P) -> Result<Arc<Document>, ServeError>
    where
        P: Future<Output = Result<M, ServeError>>,
        M: FnOnce() -> Result<Vec<u8>, ServeError> + Send + 'static,
    {
        let key = Key { release: release.clone(), name };
        self.counts.lookup();
        let make = async {
            self.counts.miss();
            let make = prepare.await?;
            let _permit = self.makers.acquire().await.map_err(|error| ServeError::Internal(error.to_string()))?;
            let span = tracing::debug_span!("make document");
            tokio::task::spawn_blocking(move || span.in_scope(|| finish(make()?))).await?
        };
        self.cache.try_get_with(key, make).await.map_err(|error| ServeError::clone(&error))
    }
}

fn finish(plain: Vec<u8>) -> Result<Arc<Document>, ServeError> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::new(LEVEL));
    let written = encoder.write_all(&plain).and_then(|()| encoder.finish());
    let gzip = written.map_err(|error| ServeError::Internal(error.to_string()))?;
    let tag = Tag::of(Fingerprint::of(&plain));
    let gzip = (gzip.len() < plain.len()).then(|| gzip.into());
    Ok(Arc::new(Document { plain: plain.into(), gzip, tag }))
}
