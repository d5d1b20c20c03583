//! Releases in object storage, opened from there.
//!
//! What a tile needs (skeletons, area tables) is fetched whole when a release is opened; values and full geometry chunk by chunk
//! when they are first asked for.

use super::keys::{manifest_key, pointer, signature_key};
use crate::{
    folder::{
        history::{HISTORY, History, LARGEST as HISTORY_BYTES},
        key_chain::{Chain, KEYS, LARGEST as KEYS_BYTES},
    },
    format::{
        error::BundleError,
        manifest::{MANIFEST_BYTES, Manifest},
    },
    open::bundle::Bundle,
    signing::{self, SIGNATURE_BYTES},
    storage::{object_storage::Storage, remote_files::RemoteFiles},
};
use choro_model::ReleaseId;
use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::SystemTime,
};

/// Releases in object storage, and what of them lies on the disk.
#[derive(Debug)]
pub struct Depot {
    files: Arc<RemoteFiles>,
}

impl Depot {
    /// The releases in `storage`, of which at most `cache_bytes` are kept in the folder `cache`.
    pub fn new(storage: Storage, cache: &Path, cache_bytes: u64) -> Result<Self, BundleError> {
        Ok(Self { files: Arc::new(RemoteFiles::new(storage, cache, cache_bytes)?) })
    }

    /// Where it is, for messages.
    #[must_use]
    pub fn address(&self) -> PathBuf {
        self.storage().place("")
    }

    /// The current release's id and when the pointer was written, if there is one.
    pub fn current(&self) -> Result<Option<(ReleaseId, SystemTime)>, BundleError> {
        pointer(self.storage())
    }

    /// The bundle of a release, if it is there.
    pub fn bundle(&self, release: &ReleaseId) -> Result<Option<Bundle>, BundleError> {
        let key = manifest_key(release);
        let Some(text) = self.storage().get(&key, MANIFEST_BYTES)? else { return Ok(None) };
        let place = self.storage().place(&key);
        let manifest = Manifest::parse(&text, &place)?;
        if manifest.release != *release {
            return Err(BundleError::damaged(place, format!("it is that of release {}", manifest.release)));
        }
        let key = signature_key(release);
        let signer = match self.storage().get(&key, SIGNATURE_BYTES)? {
            Some(file) => Some(signing::signer(&file, &self.storage().place(&key), &manifest, &text)?),
            None => None,
        };
        Bundle::open_remote(Arc::clone(&self.files), manifest, signer).map(Some)
    }

    /// Which keys follow which.
    pub fn chain(&self) -> Result<Chain, BundleError> {
        let text = self.storage().get(KEYS, KEYS_BYTES)?;
        text.map_or_else(|| Ok(Chain::default()), |text| Chain::parse(&text, &self.storage().place(KEYS)))
    }

    /// What was done to the releases by hand.
    pub fn history(&self) -> Result<History, BundleError> {
        let text = self.storage().get(HISTORY, HISTORY_BYTES)?;
        text.map_or_else(|| Ok(History::default()), |text| History::parse(&text, &self.storage().place(HISTORY)))
    }

    fn storage(&self) -> &Storage {
        self.files.storage()
    }
}
