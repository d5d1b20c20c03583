//! Under which keys a release lies in object storage, and the pointer to the current one.

use crate::{
    folder::pointer::CURRENT,
    format::{error::BundleError, manifest::MANIFEST},
    signing::SIGNATURE,
    storage::object_storage::Storage,
};
use choro_model::ReleaseId;
use std::time::SystemTime;

/// More than a release id and a line end can be.
const POINTER_BYTES: u64 = 128;

/// The current release and when the pointer was written, if there is one.
pub fn pointer(storage: &Storage) -> Result<Option<(ReleaseId, SystemTime)>, BundleError> {
    let Some((text, written)) = storage.get_dated(CURRENT, POINTER_BYTES)? else { return Ok(None) };
    let text = String::from_utf8_lossy(&text);
    let id = ReleaseId::new(text.trim_end());
    id.map(|id| Some((id, written))).map_err(|e| BundleError::damaged(storage.place(CURRENT), e.to_string()))
}

/// The key of a release's manifest.
pub fn manifest_key(release: &ReleaseId) -> String {
    format!("releases/{release}/{MANIFEST}")
}

/// The key of the signature beside it.
pub fn signature_key(release: &ReleaseId) -> String {
    format!("releases/{release}/{SIGNATURE}")
}
