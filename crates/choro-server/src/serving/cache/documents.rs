//! Finished documents (GeoJSON, values, style and the like) with their compressed bytes.

use super::{
    content_tag::Tag,
    cost::Work,
    counts::{CacheStats, Counts},
    insertion_point::{self as opening, Opening},
    jobs::{self, Jobs},
    pool::Pools,
};
use crate::serving::error::ServeError;
use bytes::Bytes;
use choro_bundle::{Coding, Fingerprint};
use choro_model::ReleaseId;
use flate2::{Compression, write::GzEncoder};
use moka::future::Cache;
use std::{borrow::Cow, future::Future, io::Write, sync::Arc};

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
#[derive(Debug, Clone)]
pub(crate) struct Document {
    pub plain: Bytes,
    /// Only where it is smaller: pictures are compressed already.
    pub gzip: Option<Bytes>,
    pub tag: Tag,
    opening: Option<Opening>,
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

    /// The document with words in its opening; as it is where it has none or there are no words.
    pub fn told(&self, words: &str) -> Cow<'_, Self> {
        let Some(opening) = self.opening.filter(|_| !words.is_empty()) else { return Cow::Borrowed(self) };
        let plain = opening.told(&self.plain, words);
        let gzip = self.gzip.as_ref().and_then(|gzip| opening.packed(gzip, self.plain.len(), words));
        // Of what tells the document and of the words, for to hash a page takes longer than to send it.
        let (content, ..) = self.tag.pieces();
        let tag = Tag::of(Fingerprint::of(&[content, words.as_bytes()].concat()));
        Cow::Owned(Self { plain: plain.into(), gzip: gzip.map(Bytes::from), tag, opening: None })
    }
}

/// What a job has made, before it is compressed.
#[derive(Debug)]
pub(crate) struct Draft {
    pub bytes: Vec<u8>,
    /// The byte at which words may be put in for one request.
    pub opening: Option<usize>,
}

impl From<Vec<u8>> for Draft {
    fn from(bytes: Vec<u8>) -> Self {
        Self { bytes, opening: None }
    }
}

/// The job of a document.
pub(crate) type Job = jobs::Job<Arc<Document>>;

/// A cache of documents, weighed in bytes; each is made once however many wait for it, and a failure is not kept.
#[derive(Debug)]
pub(crate) struct Documents {
    cache: Cache<Key, Arc<Document>>,
    jobs: Jobs<Key, Arc<Document>>,
    counts: Arc<Counts>,
}

impl Documents {
    pub fn new(bytes: u64, pools: Arc<Pools>) -> Self {
        let weight = |key: &Key, document: &Arc<Document>| {
            let size = document.plain.len() + document.gzip.as_ref().map_or(0, Bytes::len) + key.name.len() + OVERHEAD;
            u32::try_from(size).unwrap_or(u32::MAX)
        };
        let cache = Cache::builder().max_capacity(bytes).weigher(weight).build();
        Self { cache, jobs: Jobs::new(pools), counts: Arc::default() }
    }

    pub async fn stats(&self) -> CacheStats {
        // What was put in is not counted before the cache has tidied up.
        self.cache.run_pending_tasks().await;
        self.counts.stats(self.cache.entry_count(), self.cache.weighted_size())
    }

    /// How many jobs of a kind of work wait and how many run.
    #[cfg(test)]
    pub fn load(&self, work: Work) -> [usize; 2] {
        self.jobs.load(work)
    }

    /// The document `name` of a release. `make` makes it on a thread for such work, and asks its job before each long step whether
    /// anybody still waits. `name` is made of ids that the release knows, never of a request's own texts.
    pub async fn get<M, F, D>(
        &self,
        release: &ReleaseId,
        name: String,
        work: Work,
        make: M,
    ) -> Result<Arc<Document>, ServeError>
    where
        M: FnOnce(Arc<Job>) -> F + Send + 'static,
        F: Future<Output = Result<D, ServeError>> + 'static,
        D: Into<Draft>,
    {
        let key = Key { release: release.clone(), name };
        self.counts.lookup();
        if let Some(document) = self.cache.get(&key).await {
            return Ok(document);
        }
        let (cache, counts, kept) = (self.cache.clone(), Arc::clone(&self.counts), key.clone());
        let make = move |job: Arc<Job>| async move {
            // It may have been finished between the look into the cache and the beginning of this job.
            if let Some(document) = cache.get(&kept).await {
                return Ok(document);
            }
            counts.miss();
            let draft = make(Arc::clone(&job)).await?.into();
            job.go_on()?;
            let document = Arc::new(finish(draft)?);
            cache.insert(kept, Arc::clone(&document)).await;
            Ok(document)
        };
        self.jobs.wait(key, work, make).await
    }
}

fn finish(Draft { bytes: plain, opening }: Draft) -> Result<Document, ServeError> {
    let packed = match opening {
        Some(at) => opening::pack(&plain, at, LEVEL).map(|(gzip, opening)| (gzip, Some(opening))),
        None => gzip(&plain).map(|gzip| (gzip, None)),
    };
    let (gzip, opening) = packed.map_err(|error| ServeError::Internal(error.to_string()))?;
    let tag = Tag::of(Fingerprint::of(&plain));
    let gzip = (gzip.len() < plain.len()).then(|| gzip.into());
    Ok(Document { plain: plain.into(), gzip, tag, opening })
}

fn gzip(plain: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::new(LEVEL));
    encoder.write_all(plain)?;
    encoder.finish()
}
