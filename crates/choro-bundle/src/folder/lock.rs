//! The folder of releases: who may change it, what lies in it, and how a release leaves it.

use super::history::History;
use crate::{
    build::writer::{self, sync_dir},
    format::{
        catalog::CatalogSet,
        error::BundleError,
        manifest::{MOST, Manifest},
        paths::VALUES,
    },
    open::bundle::Contents,
    signing,
    storage::verified::VerifiedFile,
};
use choro_model::{IndicatorId, PublicKey, ReleaseId, SetId, VintageId};
use rustc_hash::FxHashSet;
use serde::Serialize;
use std::{
    fs::{self, File, TryLockError},
    path::{Path, PathBuf},
};

/// What the names of releases that are being removed begin with.
pub(crate) const REMOVING: &str = ".removing-";

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

/// The number of what is published or gone back to next: greater than those of all releases and lines of the history in the folder,
/// and than `floor`, since old releases go.
pub fn next_sequence(folder: &Lock, floor: u64) -> Result<u64, BundleError> {
    let releases = folder.releases();
    let lines = History::read(releases)?.events().iter().map(|event| event.sequence).max();
    let dirs = fs::read_dir(releases).map_err(BundleError::io(releases))?;
    // What is no release, or a damaged one, has no number.
    let kept = dirs.filter_map(|entry| Some(Manifest::read(&entry.ok()?.path()).ok()?.sequence)).max();
    let last = [Some(floor), lines, kept].into_iter().flatten().max().unwrap_or_default();
    if last >= MOST {
        return Err(BundleError::Sequence { path: releases.to_owned(), got: last, most: MOST });
    }
    Ok(last + 1)
}

/// What a release holds, in short.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// When it was published, RFC 3339 in UTC.
    pub created: String,
    /// Its number among all that was published or gone back to.
    pub sequence: u64,
    /// Who signed it.
    pub signed_by: Option<PublicKey>,
    /// Bytes of its files. Releases share what did not change, so together they take less.
    pub bytes: u64,
    /// Its boundary sets, each with its vintages.
    pub boundary_sets: Vec<(SetId, Vec<VintageId>)>,
    /// Its indicators.
    pub indicators: Vec<IndicatorId>,
    /// Tables of values: one for each indicator, period and boundary set.
    pub tables: usize,
}

impl Summary {
    /// Reads the manifest and the catalogue of the bundle in `dir`, which must be of the release that its folder names.
    pub fn read(dir: &Path) -> Result<Self, BundleError> {
        let (manifest, signed_by) = signing::read(dir)?;
        let name = dir.file_name().unwrap_or_default().to_string_lossy();
        if *name != *manifest.release.as_str() {
            return Err(BundleError::damaged(dir, format!("its manifest is that of release {}", manifest.release)));
        }
        let path = dir.join("catalog.json");
        let entry = manifest.files.get("catalog.json").ok_or_else(|| BundleError::Absent { path: path.clone() })?;
        let catalog = VerifiedFile::open(dir, "catalog.json", entry)?.read_all()?;
        let contents: Contents = serde_json::from_slice(&catalog).map_err(|e| BundleError::damaged(path, e.to_string()))?;
        let vintages = |set: &CatalogSet| set.vintages.iter().map(|vintage| vintage.id.clone()).collect();
        Ok(Self {
            bytes: manifest.files.values().map(|file| file.bytes).sum(),
            boundary_sets: contents.boundary_sets.iter().map(|set| (set.id.clone(), vintages(set))).collect(),
            indicators: contents.indicators.into_iter().map(|entry| entry.indicator.id).collect(),
            tables: manifest.files.keys().filter(|name| name.starts_with(VALUES)).count(),
            created: manifest.created,
            sequence: manifest.sequence,
            signed_by,
        })
    }
}

/// A release of a folder, and what it holds or why that cannot be read.
pub type Found = (ReleaseId, Result<Summary, BundleError>);

/// The releases of a folder by their number, damaged ones included: every folder whose name is an id.
pub fn list(releases: &Path) -> Result<Vec<Found>, BundleError> {
    let mut found = Vec::new();
    for entry in fs::read_dir(releases).map_err(BundleError::io(releases))? {
        let path = entry.map_err(BundleError::io(releases))?.path();
        let id = path.file_name().and_then(|name| ReleaseId::new(name.to_str()?).ok());
        if let (Some(id), true) = (id, path.is_dir()) {
            found.push((id, Summary::read(&path)));
        }
    }
    let number = |summary: &Result<Summary, BundleError>| summary.as_ref().map(|s| s.sequence).unwrap_or_default();
    found.sort_by(|a, b| (number(&a.1), &a.0).cmp(&(number(&b.1), &b.0)));
    Ok(found)
}

/// What an unfinished publish or withdrawal has left in a releases folder. The next publish removes it.
pub fn leftovers(releases: &Path) -> Result<Vec<PathBuf>, BundleError> {
    let entries = fs::read_dir(releases).map_err(BundleError::io(releases))?;
    let paths = entries.map(|entry| Ok(entry.map_err(BundleError::io(releases))?.path()));
    let paths: Vec<PathBuf> = paths.collect::<Result<_, BundleError>>()?;
    Ok(paths.into_iter().filter(|path| writer::is_unfinished(path)).collect())
}

/// The kept releases that hold tables of values of `release` unchanged, with how many.
pub fn sharing_values(releases: &Path, release: &ReleaseId) -> Result<Vec<(ReleaseId, usize)>, BundleError> {
    let values = |id: &ReleaseId| {
        let files = Manifest::read(&releases.join(id.as_str())).map(|manifest| manifest.files).unwrap_or_default();
        files.into_iter().filter(|(name, _)| name.starts_with(VALUES)).map(|(_, file)| file.sha256).collect::<FxHashSet<_>>()
    };
    let own = values(release);
    let others = list(releases)?.into_iter().map(|(id, _)| id).filter(|id| id != release);
    let shared = others.map(|id| (values(&id).intersection(&own).count(), id));
    Ok(shared.filter(|(count, _)| *count > 0).map(|(count, id)| (id, count)).collect())
}

/// Refuses a release that was withdrawn.
pub(crate) fn not_withdrawn(releases: &Path, release: &ReleaseId) -> Result<(), BundleError> {
    match History::read(releases)?.withdrawn(release) {
        None => Ok(()),
        Some(event) => Err(BundleError::Withdrawn { release: release.to_string(), at: event.at.clone() }),
    }
}
