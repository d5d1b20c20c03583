//! What a process that was killed has left in a releases folder. Everything unfinished has a name that begins with a dot and a word.

use crate::format::error::BundleError;
use std::{
    fs,
    path::{Path, PathBuf},
};

/// What the names of bundles that are being written begin with.
pub const WRITING: &str = ".writing-";
/// What the names of files that are to replace others begin with.
pub const POINTING: &str = ".current-";
/// What the names of releases that are being removed begin with.
pub const REMOVING: &str = ".removing-";

/// What an unfinished publish or withdrawal has left in a releases folder. The next publish removes it.
pub fn leftovers(releases: &Path) -> Result<Vec<PathBuf>, BundleError> {
    let entries = fs::read_dir(releases).map_err(BundleError::io(releases))?;
    let paths = entries.map(|entry| Ok(entry.map_err(BundleError::io(releases))?.path()));
    let paths: Vec<PathBuf> = paths.collect::<Result<_, BundleError>>()?;
    Ok(paths.into_iter().filter(|path| is_unfinished(path)).collect())
}

/// Removes what a publisher that was killed has left. Only the holder of the lock may.
pub fn sweep(releases: &Path) -> Result<(), BundleError> {
    for path in leftovers(releases)? {
        let removed = if path.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
        removed.map_err(BundleError::io(&path))?;
    }
    Ok(())
}

/// Whether something of this name was left by a process that was killed, while nobody holds the lock.
fn is_unfinished(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    [WRITING, POINTING, REMOVING].iter().any(|prefix| name.starts_with(prefix))
}
