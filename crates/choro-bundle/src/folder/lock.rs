//! The right to change a releases folder, and how a release leaves it.

use super::{replace::sync_dir, unfinished::REMOVING};
use crate::format::error::BundleError;
use choro_model::ReleaseId;
use std::{
    fs::{self, File, TryLockError},
    path::{Path, PathBuf},
};

/// The right to change a releases folder, held by one process at a time until it is dropped or the process ends.
#[derive(Debug)]
pub struct Lock {
    releases: PathBuf,
    _file: File,
}

impl Lock {
    /// Takes the right, if nobody has it.
    pub fn take(releases: &Path) -> Result<Self, BundleError> {
        let path = releases.join(".lock");
        let file = File::options().create(true).truncate(false).write(true).open(&path).map_err(BundleError::io(&path))?;
        match file.try_lock() {
            Ok(()) => Ok(Self { releases: releases.to_owned(), _file: file }),
            Err(TryLockError::WouldBlock) => Err(BundleError::Locked { path: releases.to_owned() }),
            Err(TryLockError::Error(source)) => Err(BundleError::Io { path, source }),
        }
    }

    /// Whether somebody has it now. Looks without writing.
    #[must_use]
    pub fn is_taken(releases: &Path) -> bool {
        let file = File::open(releases.join(".lock"));
        file.is_ok_and(|file| matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock)))
    }

    /// The folder.
    #[must_use]
    pub fn releases(&self) -> &Path {
        &self.releases
    }

    /// Removes a release: out of sight by one rename, then for good. What a killed process leaves, the next publish removes.
    pub fn remove(&self, release: &ReleaseId) -> Result<(), BundleError> {
        let (from, aside) = (self.releases.join(release.as_str()), self.releases.join(format!("{REMOVING}{release}")));
        match fs::rename(&from, &aside) {
            Ok(()) => {}
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
            Err(source) => return Err(BundleError::Io { path: from, source }),
        }
        sync_dir(&self.releases)?;
        fs::remove_dir_all(&aside).map_err(BundleError::io(aside))
    }
}
