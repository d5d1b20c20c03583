//! Old releases go.

use super::{lock::Lock, pointer::current};
use crate::format::{error::BundleError, manifest::Manifest};
use choro_model::ReleaseId;
use std::{fs, path::Path};

/// Deletes the oldest releases until `keep` are left; the current one always stays. Returns what was deleted: nothing while
/// somebody else changes the folder, since the next publish does it then.
pub fn prune(releases: &Path, keep: usize) -> Result<Vec<String>, BundleError> {
    let lock = match Lock::take(releases) {
        Err(BundleError::Locked { .. }) => return Ok(Vec::new()),
        lock => lock?,
    };
    let current = current(releases)?;
    let mut found = Vec::new();
    for entry in fs::read_dir(releases).map_err(BundleError::io(releases))? {
        let dir = entry.map_err(BundleError::io(releases))?.path();
        // What is no release, or a damaged one, is not ours to delete.
        let Ok(manifest) = Manifest::read(&dir) else { continue };
        let is_own = dir.file_name().is_some_and(|name| name == manifest.release.as_str());
        if is_own && Some(&manifest.release) != current.as_ref() {
            found.push((manifest.sequence, manifest.release));
        }
    }
    found.sort();
    let surplus = (found.len() + 1).saturating_sub(keep.max(1));
    let remove = |(_, release): (u64, ReleaseId)| {
        lock.remove(&release)?;
        Ok(release.to_string())
    };
    found.into_iter().take(surplus).map(remove).collect()
}
