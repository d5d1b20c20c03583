//! The content of bundles' files in object storage: fetched as it is needed, kept on the disk within bounds. Every chunk is compared
//! with the manifest, whether it comes from the storage or from the disk. A wrong one is fetched once more, and then the answer is an
//! error, never wrong bytes.

use super::{disk_cache::DiskCache, object_storage::Storage};
use crate::format::{
    error::BundleError,
    manifest::{FileEntry, chunk_hash},
};
use bytes::Bytes;
use std::{
    fs::File,
    io::Write as _,
    path::{Path, PathBuf},
};

/// Files in object storage, and what of them lies on the disk.
#[derive(Debug)]
pub struct RemoteFiles {
    storage: Storage,
    cache: DiskCache,
}

impl RemoteFiles {
    /// The files in `storage`, of which at most `cache_bytes` are kept in the folder `cache`.
    pub fn new(storage: Storage, cache: &Path, cache_bytes: u64) -> Result<Self, BundleError> {
        Ok(Self { storage, cache: DiskCache::open(cache, cache_bytes)? })
    }

    /// Where they lie.
    pub fn storage(&self) -> &Storage {
        &self.storage
    }

    /// Where a file lies, for messages.
    pub fn place(&self, entry: &FileEntry) -> PathBuf {
        self.storage.place(&content_key(entry))
    }

    /// A chunk of a file, as the manifest says it is.
    pub fn chunk(&self, entry: &FileEntry, chunk: u64, expected: &str) -> Result<Bytes, BundleError> {
        let name = format!("{}-{chunk}", entry.sha256);
        if let Some(bytes) = self.cache.read(&name).filter(|bytes| chunk_hash(bytes) == expected) {
            return Ok(bytes.into());
        }
        let bytes = self.fetch(entry, chunk, expected)?;
        self.cache.write(&name, &bytes);
        Ok(bytes)
    }

    fn fetch(&self, entry: &FileEntry, chunk: u64, expected: &str) -> Result<Bytes, BundleError> {
        let right = |bytes: &[u8]| chunk_hash(bytes) == expected;
        let (offset, length) = entry.chunk_at(chunk);
        let key = content_key(entry);
        let mut bytes = self.storage.range(&key, offset, length)?;
        if !right(&bytes) {
            // A proxy between may have cut an answer short; a second wrong one is the storage's.
            bytes = self.storage.range(&key, offset, length)?;
        }
        if !right(&bytes) {
            let got = chunk_hash(&bytes);
            let what = format!("chunk {chunk} has the hash {got}, expected {expected}");
            return Err(BundleError::damaged(self.storage.place(&key), what));
        }
        Ok(bytes)
    }

    /// The whole file as the cache holds it, not verified.
    pub fn cached(&self, entry: &FileEntry) -> Option<File> {
        self.cache.file(&entry.sha256, entry.bytes)
    }

    /// Fetches the whole file into the cache, each chunk verified.
    pub fn fetch_whole(&self, entry: &FileEntry) -> Result<File, BundleError> {
        let place = self.place(entry);
        let mut aside = self.cache.aside().map_err(BundleError::io(&place))?;
        for (chunk, expected) in (0..).zip(&entry.chunks) {
            let bytes = self.fetch(entry, chunk, expected)?;
            aside.write_all(&bytes).map_err(BundleError::io(&place))?;
        }
        self.cache.keep(&entry.sha256, aside)
    }
}

/// The key of a file's content: equal content lies there once for all releases.
pub fn content_key(entry: &FileEntry) -> String {
    format!("files/{}", entry.sha256)
}
