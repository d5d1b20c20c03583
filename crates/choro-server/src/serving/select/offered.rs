//! What a release offers for a view to choose from.

use crate::serving::release::open_release::Release;
use choro_bundle::{CatalogIndicator, CatalogPeriods, CatalogSet, KnownCombinations};
use choro_model::{GridId, IndicatorId, Period, SetId, VintageId, grid::is_equal_area};

/// The sets and vintages that an indicator has values for, as far as the release has the set.
pub(super) fn covered<'r>(
    release: &'r Release,
    indicator: &'r CatalogIndicator,
) -> impl Iterator<Item = &'r CatalogPeriods> {
    indicator.boundary_sets.iter().filter(|entry| !entry.periods.is_empty() && release.set(entry.id.as_str()).is_some())
}

/// The periods of an indicator in a set, in order. `borders`: the vintage that they are shown on; `None`: each on its own.
pub(super) fn periods(indicator: &CatalogIndicator, set: &CatalogSet, borders: Option<&VintageId>) -> Vec<Period> {
    let entries = indicator.boundary_sets.iter().filter(|entry| entry.id == set.id);
    let mut periods: Vec<Period> = match borders {
        None => entries.flat_map(|entry| entry.periods.clone()).collect(),
        Some(borders) => entries.filter(|entry| &entry.vintage == borders).flat_map(CatalogPeriods::all).collect(),
    };
    periods.sort_unstable();
    periods.dedup();
    periods
}

/// Where the values of a period stand: on `borders`, or on its own.
pub(super) fn entry_of<'r>(
    indicator: &'r CatalogIndicator,
    set: &CatalogSet,
    borders: Option<&VintageId>,
    period: Period,
) -> Option<&'r CatalogPeriods> {
    indicator.boundary_sets.iter().filter(|entry| entry.id == set.id).find(|entry| match borders {
        None => entry.periods.contains(&period),
        Some(borders) => &entry.vintage == borders && entry.has(period),
    })
}

/// The id of a vintage, if the indicator has values on its borders.
pub(super) fn known_borders(indicator: &CatalogIndicator, set: &CatalogSet, id: &str) -> Option<VintageId> {
    let filled = indicator.boundary_sets.iter().filter(|periods| periods.id == set.id && !periods.all().is_empty());
    filled.map(|periods| &periods.vintage).find(|known| known.as_str() == id).cloned()
}

/// The code, if any vintage of the set has an area with it.
pub(super) fn known_area(release: &Release, set: &CatalogSet, code: &str) -> Option<String> {
    let mut vintages =
        set.vintages.iter().filter_map(|entry| release.bundle().vintage(set.id.as_str(), Some(entry.id.as_str())));
    vintages.any(|vintage| vintage.areas().index(code).is_some()).then(|| code.to_owned())
}

/// The usual grid of a set: one of equal areas, since a choropleth compares areas; otherwise the first.
pub(super) fn usual_grid<'r>(release: &'r Release, set: &'r CatalogSet) -> Option<&'r GridId> {
    let equal = |id: &&GridId| release.grid(id.as_str()).is_some_and(|grid| is_equal_area(&grid.crs));
    set.grids.iter().find(equal).or_else(|| set.grids.first())
}

/// The combinations of codes of an indicator that have values in a period of a set; `None`: all have, or the release lacks it.
pub(crate) fn combinations_of<'r>(
    release: &'r Release,
    indicator: &CatalogIndicator,
    set: &SetId,
    borders: Option<&VintageId>,
    period: Period,
) -> Option<&'r KnownCombinations> {
    let entry = entry_of(indicator, release.set(set.as_str())?, borders, period)?;
    release.bundle().combinations(&indicator.indicator.id, entry, period)
}

/// The periods of an indicator in a set, in order; none where the release lacks the indicator or the set.
pub(crate) fn periods_of(
    release: &Release,
    indicator: &IndicatorId,
    set: &SetId,
    borders: Option<&VintageId>,
) -> Vec<Period> {
    match (release.indicator(indicator.as_str()), release.set(set.as_str())) {
        (Some(indicator), Some(set)) => periods(indicator, set, borders),
        _ => Vec::new(),
    }
}
