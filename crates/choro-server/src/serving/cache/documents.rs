//! Finished documents (GeoJSON, values, style and the like) with their compressed bytes.

use super::{
    content_tag::Tag,
    cost::WorkKind,
    counts::{CacheCounts, CacheStats},
    insertion_point::{self, InsertionPoint},
    jobs::{self, Jobs},
    worker_pools::WorkerPools,
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
struct DocumentKey {
    release: ReleaseId,
    name: String,
}

/// A finished document.
#[derive(Debug, Clone)]
pub(crate) struct KeptDocument {
    pub plain: Bytes,
    /// Only where it is smaller: pictures are compressed already.
    pub gzip: Option<Bytes>,
    pub tag: Tag,
    insertion_point: Option<InsertionPoint>,
}

impl KeptDocument {
    /// The bytes in a coding that is kept.
    pub fn bytes(&self, coding: Coding) -> Option<&Bytes> {
        match coding {
            Coding::Identity => Some(&self.plain),
            Coding::Gzip => self.gzip.as_ref(),
            Coding::Brotli | Coding::Zstd => None,
        }
    }

    /// The document with words at its insertion point; as it is where it has none or there are no words.
    pub fn told(&self, words: &str) -> Cow<'_, Self> {
        let Some(insertion_point) = self.insertion_point.filter(|_| !words.is_empty()) else { return Cow::Borrowed(self) };
        let plain = insertion_point.told(&self.plain, words);
        let gzip = self.gzip.as_ref().and_then(|gzip| insertion_point.packed(gzip, self.plain.len(), words));
        // Of what tells the document and of the words, for to hash a page takes longer than to send it.
        let (content, ..) = self.tag.pieces();
        let tag = Tag::of(Fingerprint::of(&[content, words.as_bytes()].concat()));
        Cow::Owned(Self { plain: plain.into(), gzip: gzip.map(Bytes::from), tag, insertion_point: None })
    }
}

/// What a job has made, before it is compressed.
#[derive(Debug)]
pub(crate) struct DocumentDraft {
    pub bytes: Vec<u8>,
    /// The byte at which words may be put in for one request.
    pub insertion_point: Option<usize>,
}

impl From<Vec<u8>> for DocumentDraft {
    fn from(bytes: Vec<u8>) -> Self {
        Self { bytes, insertion_point: None }
    }
}

/// The job of a document.
pub(crate) type Job = jobs::Job<Arc<KeptDocument>>;

/// A cache of documents, weighed in bytes; each is made once however many wait for it, and a failure is not kept.
#[derive(Debug)]
pub(crate) struct DocumentCache {
    cache: Cache<DocumentKey, Arc<KeptDocument>>,
    jobs: Jobs<DocumentKey, Arc<KeptDocument>>,
    counts: Arc<CacheCounts>,
}

impl DocumentCache {
    pub fn new(bytes: u64, pools: Arc<WorkerPools>) -> Self {
        let weight = |key: &DocumentKey, document: &Arc<KeptDocument>| {
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
    pub fn load(&self, work: WorkKind) -> [usize; 2] {
        self.jobs.load(work)
    }

    /// The document `name` of a release. `name` is made of ids that the release knows, never of a request's own texts.
    ///
    /// Only where the document is not kept, `prepare` is called: it refuses what cannot be made, before anybody pays, and otherwise
    /// returns what makes the document. That runs on a thread for such work, and asks its job before each long step whether
    /// anybody still waits.
    pub async fn get<P, M, F, D>(
        &self,
        release: &ReleaseId,
        name: String,
        work: WorkKind,
        prepare: P,
    ) -> Result<Arc<KeptDocument>, ServeError>
    where
        P: FnOnce() -> Result<M, ServeError>,
        M: FnOnce(Arc<Job>) -> F + Send + 'static,
        F: Future<Output = Result<D, ServeError>> + 'static,
        D: Into<DocumentDraft>,
    {
        let key = DocumentKey { release: release.clone(), name };
        if let Some(document) = self.cache.get(&key).await {
            self.counts.lookup();
            return Ok(document);
        }
        let make = prepare()?;
        // What is refused was never looked for: it would count as found.
        self.counts.lookup();
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

fn finish(DocumentDraft { bytes: plain, insertion_point }: DocumentDraft) -> Result<KeptDocument, ServeError> {
    let packed = match insertion_point {
        Some(at) => insertion_point::pack(&plain, at, LEVEL).map(|(gzip, insertion_point)| (gzip, Some(insertion_point))),
        None => gzip(&plain).map(|gzip| (gzip, None)),
    };
    let (gzip, insertion_point) = packed.map_err(|error| ServeError::Internal(error.to_string()))?;
    let tag = Tag::of(Fingerprint::of(&plain));
    let gzip = (gzip.len() < plain.len()).then(|| gzip.into());
    Ok(KeptDocument { plain: plain.into(), gzip, tag, insertion_point })
}

fn gzip(plain: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::new(LEVEL));
    encoder.write_all(plain)?;
    encoder.finish()
}
