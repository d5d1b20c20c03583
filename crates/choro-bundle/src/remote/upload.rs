//! Copies releases into object storage, and deletes those that are not kept.

use super::keys::{manifest_key, pointer, signature_key};
use crate::{
    folder::{history::HISTORY, key_chain::KEYS, pointer::CURRENT},
    format::{
        error::BundleError,
        manifest::{MANIFEST, MANIFEST_BYTES, Manifest},
    },
    signing::SIGNATURE,
    storage::{object_storage::Storage, remote_files::content_key},
};
use choro_model::ReleaseId;
use std::{collections::BTreeSet, path::Path};

/// Copies a bundle that lies in a folder into the storage and makes it the current release: content first, each once, then the
/// manifest, then the pointer. Returns the bytes sent. One publisher at a time.
pub fn upload(storage: &Storage, dir: &Path) -> Result<u64, BundleError> {
    let manifest = Manifest::read(dir)?;
    let there: BTreeSet<_> = storage.list("files")?.into_iter().collect();
    let mut sent = 0;
    for (name, entry) in &manifest.files {
        let key = content_key(entry);
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
pub fn prune_storage(storage: &Storage, keep: &[ReleaseId]) -> Result<Vec<String>, BundleError> {
    let current = pointer(storage)?.map(|(current, _)| current);
    let (mut needed, mut gone) = (BTreeSet::new(), Vec::new());
    for (key, _) in storage.list("releases")? {
        let Some(id) = key.strip_prefix("releases/").and_then(|rest| rest.strip_suffix("/manifest.json")) else {
            continue;
        };
        if current.as_ref().is_some_and(|current| current.as_str() == id) || keep.iter().any(|kept| kept.as_str() == id) {
            let text = storage.get(&key, MANIFEST_BYTES)?.unwrap_or_default();
            needed.extend(Manifest::parse(&text, &storage.place(&key))?.files.values().map(content_key));
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
