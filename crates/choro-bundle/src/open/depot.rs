//! Releases in object storage: fetched as they are needed, kept on the disk within bounds, verified like files.
//!
//! What a tile needs (skeletons, area tables) is fetched whole when a release is opened; values and full geometry chunk by chunk
//! when they are first asked for. Every chunk is compared with the manifest, whether it comes from the storage or from the disk: a
//! wrong one is fetched once more, and then the answer is an error, never wrong bytes.

use super::bundle::Bundle;
use crate::{
    build::writer::CURRENT,
    folder::{
        history::{HISTORY, History, LARGEST as HISTORY_BYTES},
        key_chain::{Chain, KEYS, LARGEST as KEYS_BYTES},
    },
    format::{
        error::BundleError,
        manifest::{FileEntry, MANIFEST, MANIFEST_BYTES, Manifest, chunk_hash},
    },
    signing::{self, SIGNATURE, SIGNATURE_BYTES},
    storage::{disk_cache::DiskCache, object_storage::Storage, verified::VerifiedFile},
};
use bytes::Bytes;
use choro_model::ReleaseId;
use std::{
    collections::BTreeSet,
    io::Write as _,
    path::{Path, PathBuf},
    sync::Arc,
    time::SystemTime,
};

/// More than a release id and a line end can be.
const POINTER_BYTES: u64 = 128;

/// Releases in object storage, and what of them lies on the disk.
#[derive(Debug)]
pub struct Depot {
    storage: Storage,
    cache: DiskCache,
}

impl Depot {
    /// The releases in `storage`, of which at most `cache_bytes` are kept in the folder `cache`.
    pub fn new(storage: Storage, cache: &Path, cache_bytes: u64) -> Result<Self, BundleError> {
        Ok(Self { storage, cache: DiskCache::open(cache, cache_bytes)? })
    }

    /// Where it is, for messages.
    #[must_use]
    pub fn address(&self) -> PathBuf {
        self.storage.place("")
    }

    /// The current release's id and when the pointer was written, if there is one.
    pub fn current(&self) -> Result<Option<(ReleaseId, SystemTime)>, BundleError> {
        pointer(&self.storage)
    }

    /// The bundle of a release, if it is there.
    pub fn bundle(self: &Arc<Self>, release: &ReleaseId) -> Result<Option<Bundle>, BundleError> {
        let key = manifest_key(release);
        let Some(text) = self.storage.get(&key, MANIFEST_BYTES)? else { return Ok(None) };
        let place = self.storage.place(&key);
        let manifest = Manifest::parse(&text, &place)?;
        if manifest.release != *release {
            return Err(BundleError::damaged(place, format!("it is that of release {}", manifest.release)));
        }
        let key = signature_key(release);
        let signer = match self.storage.get(&key, SIGNATURE_BYTES)? {
            Some(file) => Some(signing::signer(&file, &self.storage.place(&key), &manifest, &text)?),
            None => None,
        };
        Bundle::open_remote(Arc::clone(self), manifest, signer).map(Some)
    }

    /// Which keys follow which.
    pub fn chain(&self) -> Result<Chain, BundleError> {
        let text = self.storage.get(KEYS, KEYS_BYTES)?;
        text.map_or_else(|| Ok(Chain::default()), |text| Chain::parse(&text, &self.storage.place(KEYS)))
    }

    /// What was done to the releases by hand.
    pub fn history(&self) -> Result<History, BundleError> {
        let text = self.storage.get(HISTORY, HISTORY_BYTES)?;
        text.map_or_else(|| Ok(History::default()), |text| History::parse(&text, &self.storage.place(HISTORY)))
    }

    /// Copies a bundle that lies in a folder into the storage and makes it the current release: content first, each once, then the
    /// manifest, then the pointer. Returns the bytes sent. One publisher at a time.
    pub fn publish(storage: &Storage, dir: &Path) -> Result<u64, BundleError> {
        let manifest = Manifest::read(dir)?;
        let there: BTreeSet<_> = storage.list("files")?.into_iter().collect();
        let mut sent = 0;
        for (name, entry) in &manifest.files {
            let key = file_key(entry);
            if !there.contains(&(key.clone(), entry.bytes)) {
                storage.put_file(&key, &dir.join(name))?;
                sent += entry.bytes;
            }
        }
        // What says whether the release may be served is there before the release is.
        let beside = |name| dir.parent().unwrap_or(dir).join(name);
        sent += put_if_there(storage, KEYS, &beside(KEYS))?;
        sent += put_if_there(storage, HISTORY, &beside(HISTORY))?;
        sent += put_if_there(storage, &signature_key(&manifest.release), &dir.join(SIGNATURE))?;
        sent += put_if_there(storage, &manifest_key(&manifest.release), &dir.join(MANIFEST))?;
        storage.put(CURRENT, format!("{}\n", manifest.release).into_bytes())?;
        Ok(sent)
    }

    /// Deletes the releases that are not in `keep`, and then the content that no release needs any more. The current one stays.
    pub fn prune(storage: &Storage, keep: &[ReleaseId]) -> Result<Vec<String>, BundleError> {
        let current = pointer(storage)?.map(|(current, _)| current);
        let (mut needed, mut gone) = (BTreeSet::new(), Vec::new());
        for (key, _) in storage.list("releases")? {
            let Some(id) = key.strip_prefix("releases/").and_then(|rest| rest.strip_suffix("/manifest.json")) else {
                continue;
            };
            if current.as_ref().is_some_and(|current| current.as_str() == id) || keep.iter().any(|kept| kept.as_str() == id)
            {
                let text = storage.get(&key, MANIFEST_BYTES)?.unwrap_or_default();
                needed.extend(Manifest::parse(&text, &storage.place(&key))?.files.values().map(file_key));
            } else {
                storage.delete(&key)?;
                storage.delete(&format!("releases/{id}/{SIGNATURE}"))?;
                gone.push(id.to_owned());
            }
        }
        for (key, _) in storage.list("files")? {
            if !needed.contains(&key) {
                storage.delete(&key)?;
            }
        }
        Ok(gone)
    }

    /// A chunk of a file, as the manifest says it is.
    pub(crate) fn chunk(&self, entry: &FileEntry, chunk: u64, expected: &str) -> Result<Bytes, BundleError> {
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
        let key = file_key(entry);
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

    /// A file that requests must not wait for: whole on the disk, or where the disk takes nothing, in memory.
    pub(crate) fn file(self: &Arc<Self>, entry: &FileEntry) -> Result<VerifiedFile, BundleError> {
        match self.file_on_disk(entry) {
            Err(error @ BundleError::Io { .. }) if VerifiedFile::fits_memory(entry) => {
                tracing::warn!(%error, "the cache of object storage cannot be written, a file of the release is held in memory");
                let file = VerifiedFile::in_depot(Arc::clone(self), entry)?.kept();
                file.verify_all()?;
                Ok(file)
            }
            on_disk => on_disk,
        }
    }

    /// One from the cache was verified: bits rot on disks that nobody looks at.
    fn file_on_disk(&self, entry: &FileEntry) -> Result<VerifiedFile, BundleError> {
        if let Some(file) = self.cache.file(&entry.sha256, entry.bytes) {
            let file = VerifiedFile::of_file(file, self.place(entry), entry)?;
            if file.verify_all().is_ok() {
                return Ok(file);
            }
        }
        let place = self.place(entry);
        let mut aside = self.cache.aside().map_err(BundleError::io(&place))?;
        for (chunk, expected) in (0..).zip(&entry.chunks) {
            let bytes = self.fetch(entry, chunk, expected)?;
            aside.write_all(&bytes).map_err(BundleError::io(&place))?;
        }
        VerifiedFile::of_file(self.cache.keep(&entry.sha256, aside)?, place, entry)
    }

    pub(crate) fn place(&self, entry: &FileEntry) -> PathBuf {
        self.storage.place(&file_key(entry))
    }
}

fn pointer(storage: &Storage) -> Result<Option<(ReleaseId, SystemTime)>, BundleError> {
    let Some((text, written)) = storage.get_dated(CURRENT, POINTER_BYTES)? else { return Ok(None) };
    let text = String::from_utf8_lossy(&text);
    let id = ReleaseId::new(text.trim_end());
    id.map(|id| Some((id, written))).map_err(|e| BundleError::damaged(storage.place(CURRENT), e.to_string()))
}

/// Copies a file, if it is there; the bytes sent.
fn put_if_there(storage: &Storage, key: &str, path: &Path) -> Result<u64, BundleError> {
    let bytes = match std::fs::read(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(0),
        bytes => bytes.map_err(BundleError::io(path))?,
    };
    let sent = bytes.len() as u64;
    storage.put(key, bytes)?;
    Ok(sent)
}

fn file_key(entry: &FileEntry) -> String {
    format!("files/{}", entry.sha256)
}

fn manifest_key(release: &ReleaseId) -> String {
    format!("releases/{release}/{MANIFEST}")
}

fn signature_key(release: &ReleaseId) -> String {
    format!("releases/{release}/{SIGNATURE}")
}
