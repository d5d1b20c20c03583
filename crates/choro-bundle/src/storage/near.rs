//! A file of object storage that requests must not wait for: whole on the disk, or where the disk takes nothing, in memory.

use super::{remote_files::RemoteFiles, verified::VerifiedFile};
use crate::format::{error::BundleError, manifest::FileEntry};
use std::sync::Arc;

/// Fetches a file whole, if the cache does not hold it.
pub fn fetch(files: &Arc<RemoteFiles>, entry: &FileEntry) -> Result<VerifiedFile, BundleError> {
    match on_disk(files, entry) {
        Err(error @ BundleError::Io { .. }) if VerifiedFile::fits_memory(entry) => {
            tracing::warn!(%error, "the cache of object storage cannot be written, a file of the release is held in memory");
            let file = VerifiedFile::remote(Arc::clone(files), entry)?.kept();
            file.verify_all()?;
            Ok(file)
        }
        on_disk => on_disk,
    }
}

/// A file from the cache is verified before it is used: bits rot on disks that nobody looks at.
fn on_disk(files: &RemoteFiles, entry: &FileEntry) -> Result<VerifiedFile, BundleError> {
    if let Some(file) = files.cached(entry) {
        let file = VerifiedFile::of_file(file, files.place(entry), entry)?;
        if file.verify_all().is_ok() {
            return Ok(file);
        }
    }
    VerifiedFile::of_file(files.fetch_whole(entry)?, files.place(entry), entry)
}
