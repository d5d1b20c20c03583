//! Replaces a file so that a reader sees the old one or the new one, after a loss of power too.

use super::unfinished::POINTING;
use crate::format::error::BundleError;
use std::{
    fs::{self, File},
    io::Write as _,
    os::unix::fs::PermissionsExt as _,
    path::Path,
};

/// Replaces a file of the releases folder by a rename.
pub fn replace(releases: &Path, name: &str, bytes: &[u8]) -> Result<(), BundleError> {
    let aside = tempfile::Builder::new().prefix(POINTING).tempfile_in(releases).map_err(BundleError::io(releases))?;
    write_synced(aside.path(), bytes)?;
    let path = releases.join(name);
    // A temporary file is its owner's alone; the server may be another user.
    let mode = fs::Permissions::from_mode(0o644);
    fs::set_permissions(aside.path(), mode).map_err(BundleError::io(aside.path()))?;
    aside.persist(&path).map_err(|e| BundleError::Io { path, source: e.error })?;
    sync_dir(releases)
}

/// Writes a file and waits until it lies on the disk.
pub fn write_synced(path: &Path, bytes: &[u8]) -> Result<(), BundleError> {
    let mut file = File::create(path).map_err(BundleError::io(path))?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(BundleError::io(path))
}

/// Waits until the names in a folder lie on the disk.
pub fn sync_dir(path: &Path) -> Result<(), BundleError> {
    File::open(path).and_then(|dir| dir.sync_all()).map_err(BundleError::io(path))
}
