//! What a backup holds: its manifest, the names of its files, and how one is copied.

use super::error::BackupError;
use crate::init::SETTINGS;
use choro_model::hex;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::{Read, Write},
    os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _},
    path::{Component, Path},
};

/// The format that this program writes and reads.
pub(super) const FORMAT: &str = "choro-backup/1";
/// The name of the manifest.
pub(super) const MANIFEST: &str = "backup.json";
/// A manifest larger than this is not one.
pub(super) const LARGEST: u64 = 256 << 20;

pub(super) const DATABASE: &str = "choro.sqlite";
pub(super) const INDICATORS: &str = "indicators.toml";
pub(super) const CODE_LISTS: &str = "code_lists";
pub(super) const RELEASES: &str = "releases";
pub(super) const KEY: &str = "release.key";

/// Every file of a backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Backup {
    /// `choro-backup/1`.
    pub(super) format: String,
    /// When it was made, RFC 3339 in UTC.
    pub created: String,
    /// The version of the program that made it.
    pub program: String,
    /// The files by their path in the backup, with `/` between folders.
    pub(super) files: BTreeMap<String, Entry>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Entry {
    pub bytes: u64,
    pub sha256: String,
}

impl Backup {
    /// How many files it has.
    #[must_use]
    pub fn files(&self) -> usize {
        self.files.len()
    }

    /// Whether whoever has it can sign releases.
    #[must_use]
    pub fn has_key(&self) -> bool {
        self.files.contains_key(KEY)
    }

    /// Bytes of all files.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.files.values().map(|file| file.bytes).sum()
    }
}

/// Whether a path of a manifest stays inside the backup and is one of those that a backup has.
pub(super) fn is_known(path: &str) -> bool {
    let plain = Path::new(path).components().all(|part| matches!(part, Component::Normal(_))) && !path.ends_with('/');
    let folder = path.split_once('/').map(|(folder, _)| folder);
    let file = [SETTINGS, DATABASE, INDICATORS, KEY].contains(&path);
    plain && (file || folder.is_some_and(|folder| [CODE_LISTS, RELEASES].contains(&folder)))
}

/// Whether only the owner may read a file: unpublished values, and what signs releases.
fn is_secret(name: &str) -> bool {
    [DATABASE, KEY].contains(&name)
}

/// Copies the file `name` of a backup with its rights to where there is none, makes sure that it lies on the disk, and says what it
/// is. A secret one is nobody else's from the first byte on, whatever it was where it comes from.
pub(super) fn copy(name: &str, from: &Path, to: &Path) -> Result<Entry, BackupError> {
    let mut source = File::open(from).map_err(BackupError::file(from))?;
    let parent = to.parent().unwrap_or(Path::new(""));
    fs::create_dir_all(parent).map_err(BackupError::file(parent))?;
    let mut target = File::options().write(true).create_new(true).mode(0o600).open(to).map_err(BackupError::file(to))?;
    let mut rights = source.metadata().map_err(BackupError::file(from))?.permissions();
    if is_secret(name) {
        rights.set_mode(0o600);
    }
    let entry = pass(&mut source, &mut target).map_err(BackupError::file(to))?;
    target.set_permissions(rights).and_then(|()| target.sync_all()).map_err(BackupError::file(to))?;
    Ok(entry)
}

/// What a file is.
pub(super) fn describe(path: &Path) -> Result<Entry, BackupError> {
    let mut file = File::open(path).map_err(BackupError::file(path))?;
    pass(&mut file, &mut std::io::sink()).map_err(BackupError::file(path))
}

fn pass(from: &mut impl Read, to: &mut impl Write) -> std::io::Result<Entry> {
    let (mut hash, mut bytes, mut buffer) = (Sha256::new(), 0, vec![0; 1 << 18]);
    loop {
        let count = from.read(&mut buffer)?;
        let part = buffer.get(..count).unwrap_or_default();
        if part.is_empty() {
            return Ok(Entry { bytes, sha256: hex(&hash.finalize()) });
        }
        hash.update(part);
        to.write_all(part)?;
        bytes += part.len() as u64;
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_manifest_names_only_files_that_a_backup_has() {
        for (path, known) in [
            ("choro.toml", true),
            ("choro.sqlite", true),
            ("release.key", true),
            ("keys/release.key", false),
            ("code_lists/sex.csv", true),
            ("releases/current", true),
            ("releases/2026-11-24-abc/values/a/1/b/2020.parquet", true),
            ("", false),
            ("releases", false),
            ("releases/", false),
            ("../choro.toml", false),
            ("releases/../../etc/passwd", false),
            ("/etc/passwd", false),
            ("elsewhere/file", false),
        ] {
            assert_eq!(super::is_known(path), known, "{path:?}");
        }
    }
}
