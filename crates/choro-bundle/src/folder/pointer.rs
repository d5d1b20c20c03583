//! The pointer: which release of a folder is served.

use super::replace::replace;
use crate::format::error::BundleError;
use choro_model::ReleaseId;
use std::{fs, path::Path};

/// The file in the releases folder that names the release to serve.
pub const CURRENT: &str = "current";

/// The release that the folder `releases` says to serve.
pub fn current(releases: &Path) -> Result<Option<ReleaseId>, BundleError> {
    let path = releases.join(CURRENT);
    match fs::read_to_string(&path) {
        Ok(text) => {
            let id = ReleaseId::new(text.trim_end()).map_err(|e| BundleError::damaged(path, e.to_string()))?;
            Ok(Some(id))
        }
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(BundleError::Io { path, source }),
    }
}

/// Makes a release the current one: the pointer is replaced by a rename, so a reader sees the old or the new.
pub fn point_to(releases: &Path, release: &ReleaseId) -> Result<(), BundleError> {
    replace(releases, CURRENT, format!("{release}\n").as_bytes())
}
