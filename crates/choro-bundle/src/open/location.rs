//! Where the files of a bundle lie: in a folder, or in object storage.

use crate::{
    format::{
        error::BundleError,
        manifest::{FileEntry, Manifest},
    },
    storage::{near, remote_files::RemoteFiles, verified::VerifiedFile},
};
use std::{path::PathBuf, sync::Arc};

/// Where the files of a bundle lie.
#[derive(Debug, Clone)]
pub enum Location {
    /// In this folder.
    Folder(PathBuf),
    /// In object storage.
    Remote(Arc<RemoteFiles>),
}

impl Location {
    /// A file that is read by positions.
    pub fn file(&self, name: &str, entry: &FileEntry) -> Result<VerifiedFile, BundleError> {
        match self {
            Self::Folder(dir) => VerifiedFile::open(dir, name, entry),
            Self::Remote(files) => VerifiedFile::remote(Arc::clone(files), entry),
        }
    }

    /// A file that requests must not wait for.
    pub fn near_file(&self, name: &str, entry: &FileEntry) -> Result<VerifiedFile, BundleError> {
        match self {
            Self::Folder(dir) => VerifiedFile::open(dir, name, entry),
            Self::Remote(files) => near::fetch(files, entry),
        }
    }
}

/// The files that a manifest lists, by their names.
#[derive(Clone, Copy)]
pub struct BundleFiles<'a> {
    pub location: &'a Location,
    pub manifest: &'a Manifest,
}

impl BundleFiles<'_> {
    /// What the manifest says of a file.
    fn entry(&self, name: &str) -> Result<&FileEntry, BundleError> {
        self.manifest.files.get(name).ok_or_else(|| BundleError::Absent { path: name.into() })
    }

    /// A file that is read by positions.
    pub fn file(&self, name: &str) -> Result<VerifiedFile, BundleError> {
        self.location.file(name, self.entry(name)?)
    }

    /// A file that requests must not wait for.
    pub fn near_file(&self, name: &str) -> Result<VerifiedFile, BundleError> {
        self.location.near_file(name, self.entry(name)?)
    }

    /// A file of JSON, read whole.
    pub fn json<T: serde::de::DeserializeOwned>(&self, name: &str) -> Result<T, BundleError> {
        let file = self.file(name)?;
        serde_json::from_slice(&file.read_all()?).map_err(|e| BundleError::damaged(file.path(), e.to_string()))
    }
}
