//! What lies in a releases folder.

use crate::{
    format::{
        catalog::{CatalogContents, CatalogSet},
        error::BundleError,
        manifest::Manifest,
        paths::{CATALOG, VALUES},
    },
    signing,
    storage::verified::VerifiedFile,
};
use choro_model::{IndicatorId, PublicKey, ReleaseId, SetId, VintageId};
use rustc_hash::FxHashSet;
use serde::Serialize;
use std::{fs, path::Path};

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
        let path = dir.join(CATALOG);
        let entry = manifest.files.get(CATALOG).ok_or_else(|| BundleError::Absent { path: path.clone() })?;
        let catalog = VerifiedFile::open(dir, CATALOG, entry)?.read_all()?;
        let contents: CatalogContents =
            serde_json::from_slice(&catalog).map_err(|e| BundleError::damaged(path, e.to_string()))?;
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
