//! An open release: its bundle, and what its catalogue says of each id.

use crate::serving::error::ServeError;
use choro_bundle::{Bundle, Catalog, CatalogGrid, CatalogIndicator, CatalogPeriods, CatalogSet, Vintage};
use choro_model::{GridId, IndicatorId, Lang, Period, ReleaseId, Selection, SetId, VintageId};
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;

/// An open release. A request holds it until it is answered, so that no answer is made of two releases.
#[derive(Debug)]
pub struct Release {
    bundle: Bundle,
    sets: FxHashMap<SetId, usize>,
    indicators: FxHashMap<IndicatorId, usize>,
    grids: FxHashMap<GridId, usize>,
    langs: BTreeSet<Lang>,
    /// For each indicator and each of its entries in the catalogue: the hash of the table of each period.
    tables: Vec<Vec<FxHashMap<Period, u128>>>,
}

impl Release {
    /// The release of a verified bundle.
    #[must_use]
    pub fn new(bundle: Bundle) -> Self {
        let catalog = bundle.catalog();
        let sets = catalog.boundary_sets.iter().zip(0..).map(|(set, index)| (set.id.clone(), index)).collect();
        let indicators = catalog.indicators.iter().zip(0..).map(|(i, index)| (i.indicator.id.clone(), index)).collect();
        let grids = catalog.grids.iter().zip(0..).map(|(grid, index)| (grid.id.clone(), index)).collect();
        let langs = langs(&bundle);
        let tables = catalog.indicators.iter().map(|indicator| tables(&bundle, indicator)).collect();
        Self { bundle, sets, indicators, grids, langs, tables }
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> &ReleaseId {
        self.bundle.release()
    }

    /// Its bundle.
    #[must_use]
    pub fn bundle(&self) -> &Bundle {
        &self.bundle
    }

    /// Its catalogue.
    #[must_use]
    pub fn catalog(&self) -> &Catalog {
        self.bundle.catalog()
    }

    /// The set of an id.
    pub(crate) fn set(&self, id: &str) -> Option<&CatalogSet> {
        self.catalog().boundary_sets.get(*self.sets.get(id)?)
    }

    /// The indicator of an id.
    pub(crate) fn indicator(&self, id: &str) -> Option<&CatalogIndicator> {
        self.catalog().indicators.get(*self.indicators.get(id)?)
    }

    /// The vintage of a set.
    ///
    /// # Errors
    /// The bundle lacks it. That is a fault of ours, since ids come from the catalogue.
    pub(crate) fn vintage(&self, set: &SetId, id: &str) -> Result<&Vintage, ServeError> {
        let missing =
            || ServeError::Internal(format!("set {set} borders {id} stand in the catalogue and not in the bundle"));
        self.bundle.vintage(set.as_str(), Some(id)).ok_or_else(missing)
    }

    /// The hash of the table that has the column of a selection on the borders of a vintage; `None` where there is no such table.
    pub(crate) fn table(&self, borders: VintageKey<'_>, selection: &Selection) -> Option<u128> {
        let index = *self.indicators.get(selection.indicator.as_str())?;
        let entries = &self.catalog().indicators.get(index)?.boundary_sets;
        let here = |entry: &CatalogPeriods| entry.id == *borders.set && entry.vintage == *borders.vintage;
        let entry = entries.iter().position(here)?;
        self.tables.get(index)?.get(entry)?.get(&selection.period).copied()
    }

    /// The grid of an id.
    pub(crate) fn grid(&self, id: &str) -> Option<&CatalogGrid> {
        self.catalog().grids.get(*self.grids.get(id)?)
    }

    /// The languages in which it has a text.
    pub(crate) fn langs(&self) -> impl Iterator<Item = &Lang> + Clone {
        self.langs.iter()
    }
}

/// A vintage of a set, by their ids.
#[derive(Debug, Clone, Copy)]
pub(crate) struct VintageKey<'a> {
    pub set: &'a SetId,
    pub vintage: &'a VintageId,
}

/// The hash of the table of each period, for each entry of an indicator.
fn tables(bundle: &Bundle, indicator: &CatalogIndicator) -> Vec<FxHashMap<Period, u128>> {
    let of = |entry: &CatalogPeriods| {
        let hash = |period| Some((period, bundle.table_hash(entry.id.as_str(), entry, &indicator.indicator.id, period)?));
        entry.all().into_iter().filter_map(hash).collect()
    };
    indicator.boundary_sets.iter().map(of).collect()
}

/// Every language in which the release has a text.
fn langs(bundle: &Bundle) -> BTreeSet<Lang> {
    let catalog = bundle.catalog();
    let mut langs: BTreeSet<Lang> = catalog.indicators.iter().flat_map(|i| i.indicator.name.0.keys()).cloned().collect();
    for set in &catalog.boundary_sets {
        langs.extend(set.name.0.keys().cloned());
        for vintage in &set.vintages {
            let areas = bundle.vintage(set.id.as_str(), Some(vintage.id.as_str())).map(|vintage| vintage.areas().rows());
            for lang in areas.unwrap_or_default().iter().flat_map(|row| row.names.0.keys()) {
                if !langs.contains(lang) {
                    langs.insert(lang.clone());
                }
            }
        }
    }
    langs
}
