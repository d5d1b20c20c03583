//! A release bundle opened for serving.

use super::{
    combinations::CombinationsOfIndicators,
    location::{BundleFiles, Location},
    vintage::Vintage,
};
use crate::{
    files::values::ValuesFile,
    format::{
        catalog::{Catalog, CatalogContents, CatalogPeriods, Origin},
        column::{CodedColumns, Column},
        error::BundleError,
        field_hash::FieldHash,
        manifest::Manifest,
        paths::{CATALOG, values_path},
    },
    signing,
    storage::{remote_files::RemoteFiles, verified::VerifiedFile},
};
use choro_model::{IndicatorId, Period, PublicKey, ReleaseId, Selection};
use rustc_hash::FxHashMap;
use std::{
    path::Path,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// Open value files kept at most: each holds a file handle and its footer.
const OPEN_VALUES: usize = 256;

/// A release bundle whose manifest was verified. Files are verified chunk by chunk as they are read.
pub struct Bundle {
    location: Location,
    manifest: Manifest,
    signer: Option<PublicKey>,
    catalog: Catalog,
    combinations: CombinationsOfIndicators,
    vintages: FxHashMap<String, Vec<Vintage>>,
    values: Mutex<FxHashMap<String, Arc<ValuesFile>>>,
}

impl std::fmt::Debug for Bundle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Bundle")
            .field("location", &self.location)
            .field("release", &self.manifest.release)
            .finish_non_exhaustive()
    }
}

impl Bundle {
    /// Opens the bundle in `dir` and verifies its manifest, catalogue, area tables and tile indexes.
    pub fn open(dir: &Path) -> Result<Self, BundleError> {
        let (manifest, signer) = signing::read(dir)?;
        for (name, entry) in &manifest.files {
            VerifiedFile::open(dir, name, entry)?;
        }
        Self::new(Location::Folder(dir.to_owned()), manifest, signer)
    }

    /// Opens a bundle in object storage: fetches what tiles need of it.
    pub(crate) fn open_remote(
        files: Arc<RemoteFiles>,
        manifest: Manifest,
        signer: Option<PublicKey>,
    ) -> Result<Self, BundleError> {
        Self::new(Location::Remote(files), manifest, signer)
    }

    fn new(location: Location, manifest: Manifest, signer: Option<PublicKey>) -> Result<Self, BundleError> {
        let files = BundleFiles { location: &location, manifest: &manifest };
        let contents: CatalogContents = files.json(CATALOG)?;
        let mut vintages = FxHashMap::default();
        for set in &contents.boundary_sets {
            let opened = set.vintages.iter().map(|vintage| Vintage::open(files, set, &vintage.id));
            vintages.insert(set.id.to_string(), opened.collect::<Result<Vec<_>, _>>()?);
        }
        let catalog = Catalog {
            release: manifest.release.clone(),
            created: manifest.created.clone(),
            boundary_sets: contents.boundary_sets,
            grids: contents.grids,
            indicators: contents.indicators,
        };
        let combinations = CombinationsOfIndicators::new(&catalog.indicators);
        Ok(Self { location, manifest, signer, catalog, combinations, vintages, values: Mutex::default() })
    }

    /// Which release it is.
    #[must_use]
    pub fn release(&self) -> &ReleaseId {
        &self.manifest.release
    }

    /// Its number among all that was published or gone back to.
    #[must_use]
    pub fn sequence(&self) -> u64 {
        self.manifest.sequence
    }

    /// Who has signed it.
    #[must_use]
    pub fn signer(&self) -> Option<PublicKey> {
        self.signer
    }

    /// What it holds.
    #[must_use]
    pub fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    /// The combinations of its catalogue, in order.
    pub(super) fn known_combinations(&self) -> &CombinationsOfIndicators {
        &self.combinations
    }

    /// A vintage of a boundary set, by default its newest.
    #[must_use]
    pub fn vintage(&self, set: &str, vintage: Option<&str>) -> Option<&Vintage> {
        let vintages = self.vintages.get(set)?;
        match vintage {
            None => vintages.last(),
            Some(id) => vintages.iter().find(|vintage| vintage.id().as_str() == id),
        }
    }

    /// The column of a selection in a boundary set, in the order of the vintage that the values refer to; `None` if there
    /// is none.
    pub fn column(&self, set: &str, selection: &Selection) -> Result<Option<Column>, BundleError> {
        let vintage = self.vintage_of_values(set, &selection.indicator, selection.period);
        let Some(vintage) = vintage else { return Ok(None) };
        let columns = self.columns(set, vintage.id().as_str(), selection)?;
        Ok(columns.into_iter().find(|(codes, _)| *codes == selection.codes).map(|(_, column)| column))
    }

    /// The columns of the same indicator and period in a vintage that are decoded together with a selection's, by their codes:
    /// reading one costs nearly what reading all does.
    pub fn columns(&self, set: &str, vintage: &str, selection: &Selection) -> Result<CodedColumns, BundleError> {
        let Some(vintage) = self.vintage(set, Some(vintage)) else { return Ok(Vec::new()) };
        let name = values_path(set, vintage.id().as_str(), &selection.indicator, selection.period);
        let file = self.values_file(&name, vintage.areas().rows().len())?;
        let columns = file.map_or(Ok(Vec::new()), |file| file.columns(&selection.codes))?;
        Ok(self.with_origin(columns, set, vintage, selection))
    }

    /// As [`Self::columns`], if that needs no waiting for a disk, so that a thread for which others wait may ask. The file must be
    /// open, and its bytes verified and in the system's memory.
    pub fn columns_now(&self, set: &str, vintage: &str, selection: &Selection) -> Option<Result<CodedColumns, BundleError>> {
        let vintage = self.vintage(set, Some(vintage))?;
        let name = values_path(set, vintage.id().as_str(), &selection.indicator, selection.period);
        let file = self.open_values().get(&name).map(Arc::clone)?;
        let columns = file.columns_now(&selection.codes)?;
        Some(columns.map(|columns| self.with_origin(columns, set, vintage, selection)))
    }

    fn with_origin(&self, columns: CodedColumns, set: &str, vintage: &Vintage, selection: &Selection) -> CodedColumns {
        let origin = self.origin(set, vintage, selection);
        columns.into_iter().map(|(codes, column)| (codes, column.of(origin.clone()))).collect()
    }

    fn origin(&self, set: &str, vintage: &Vintage, selection: &Selection) -> Option<Origin> {
        let entry = self.catalog.indicators.iter().find(|entry| entry.indicator.id == selection.indicator)?;
        let here = entry.boundary_sets.iter().find(|p| p.id.as_str() == set && p.vintage == *vintage.id())?;
        here.origin(selection.period)
    }

    /// The vintage that the values of an indicator and period refer to, not counting those that were restated.
    #[must_use]
    pub fn vintage_of_values(&self, set: &str, indicator: &IndicatorId, period: Period) -> Option<&Vintage> {
        let entry = self.catalog.indicators.iter().find(|entry| entry.indicator.id == *indicator)?;
        let mut periods = entry.boundary_sets.iter().filter(|p| p.id.as_str() == set);
        let vintage = periods.find(|p| p.periods.contains(&period))?.vintage.as_str();
        self.vintage(set, Some(vintage))
    }

    /// A hash of the values of an indicator and period in a vintage, with what they were made of: equal in two releases means that
    /// their columns are equal. `None`: there are none.
    #[must_use]
    pub fn table_hash(&self, set: &str, entry: &CatalogPeriods, indicator: &IndicatorId, period: Period) -> Option<u128> {
        let file = self.manifest.files.get(&values_path(set, entry.vintage.as_str(), indicator, period))?;
        let mut hash = FieldHash::new("table");
        hash.text("file", &file.sha256).text("vintage", entry.vintage.as_str());
        match entry.origin(period) {
            None => hash.absent("origin"),
            Some(Origin::Restated { set, vintage }) => hash.text("restated", set.as_str()).text("from", vintage.as_str()),
            Some(Origin::Aggregated { set, vintage }) => {
                hash.text("aggregated", set.as_str()).text("from", vintage.as_str())
            }
        };
        Some(hash.fingerprint().number())
    }

    fn open_values(&self) -> MutexGuard<'_, FxHashMap<String, Arc<ValuesFile>>> {
        self.values.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn values_file(&self, name: &str, areas: usize) -> Result<Option<Arc<ValuesFile>>, BundleError> {
        let known = self.open_values().get(name).map(Arc::clone);
        if known.is_some() {
            return Ok(known);
        }
        let Some(entry) = self.manifest.files.get(name) else { return Ok(None) };
        let file = Arc::new(ValuesFile::open(self.location.file(name, entry)?, areas)?);
        let mut open = self.open_values();
        if open.len() >= OPEN_VALUES {
            open.clear();
        }
        open.insert(name.to_owned(), Arc::clone(&file));
        Ok(Some(file))
    }

    /// Reads every file whole and compares every hash, those of columns too: what `choro check` does.
    pub fn verify_all(&self) -> Result<(), BundleError> {
        for (name, entry) in &self.manifest.files {
            self.location.file(name, entry)?.verify_all()?;
        }
        for entry in self.catalog.indicators.iter().flat_map(|entry| entry.boundary_sets.iter().map(move |p| (entry, p))) {
            let (indicator, periods) = (&entry.0.indicator.id, entry.1);
            let areas =
                self.vintage(periods.id.as_str(), Some(periods.vintage.as_str())).map_or(0, |v| v.areas().rows().len());
            for period in periods.all() {
                let name = values_path(periods.id.as_str(), periods.vintage.as_str(), indicator, period);
                if let Some(file) = self.values_file(&name, areas)? {
                    file.verify(periods.origin(period).as_ref())?;
                }
            }
        }
        Ok(())
    }
}
