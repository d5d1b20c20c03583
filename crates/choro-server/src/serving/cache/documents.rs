//! Finished documents (GeoJSON, tables, styles and the like), kept with their compressed bytes.

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

/// The level of gzip. Higher levels take longer and hardly make documents smaller.
const LEVEL: u32 = 5;
/// Bytes that an entry takes besides the document and its name.
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
    /// `None` where compression does not make it smaller, as with pictures.
    pub gzip: Option<Bytes>,
    pub tag: Tag,
    insertion_point: Option<InsertionPoint>,
}

impl KeptDocument {
    /// The bytes in a coding; `None` where the document is not kept in it.
    pub fn bytes(&self, coding: Coding) -> Option<&Bytes> {
        match coding {
            Coding::Identity => Some(&self.plain),
            Coding::Gzip => self.gzip.as_ref(),
            Coding::Brotli | Coding::Zstd => None,
        }
    }

    /// The document with `words` at its insertion point; as it is, where it has none or there are no words.
    pub fn told(&self, words: &str) -> Cow<'_, Self> {
        let Some(insertion_point) = self.insertion_point.filter(|_| !words.is_empty()) else { return Cow::Borrowed(self) };
        let plain = insertion_point.told(&self.plain, words);
        let gzip = self.gzip.as_ref().and_then(|gzip| insertion_point.packed(gzip, self.plain.len(), words));
        // The tag is a hash of the document's tag and the words. Hashing the whole page would take longer than sending it.
        let (content, ..) = self.tag.pieces();
        let tag = Tag::of(Fingerprint::of(&[content, words.as_bytes()].concat()));
        Cow::Owned(Self { plain: plain.into(), gzip: gzip.map(Bytes::from), tag, insertion_point: None })
    }
}

/// What a job has made, before it is compressed.
#[derive(Debug)]
pub(crate) struct DocumentDraft {
    pub bytes: Vec<u8>,
    /// The byte offset at which a request may insert words of its own.
    pub insertion_point: Option<usize>,
}

impl From<Vec<u8>> for DocumentDraft {
    fn from(bytes: Vec<u8>) -> Self {
        Self { bytes, insertion_point: None }
    }
}

/// The job that makes a document.
pub(crate) type Job = jobs::Job<Arc<KeptDocument>>;

/// A cache of documents, limited in bytes. However many requests wait for a document, it is made once. A failure is not kept.
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
        // The cache counts what was put in only after it has tidied up.
        self.cache.run_pending_tasks().await;
        self.counts.stats(self.cache.entry_count(), self.cache.weighted_size())
    }

    /// How many jobs of a kind of work wait, and how many run.
    #[cfg(test)]
    pub fn load(&self, work: WorkKind) -> [usize; 2] {
        self.jobs.load(work)
    }

    /// The document `name` of a release. A name must consist of ids that the release knows, never of a request's own texts:
    /// otherwise clients could fill the cache with names that they make up.
    ///
    /// `prepare` is called only where the document is not kept. It refuses what cannot be made, before anybody pays. Otherwise it
    /// returns the function that makes the document. That function runs on a thread for its kind of work, and asks its job before
    /// each long step whether anybody still waits.
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
        // A refused request is not counted: as a look-up without a miss it would pass for a hit.
        self.counts.lookup();
        let (cache, counts, kept) = (self.cache.clone(), Arc::clone(&self.counts), key.clone());
        let make = move |job: Arc<Job>| async move {
            // Another job may have finished it after the look-up and before this job began.
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
