//! What a release offers for a view to choose from.

use crate::serving::release::open_release::Release;
use choro_bundle::{CatalogIndicator, CatalogPeriods, CatalogSet};
use choro_model::{GridId, Period, grid::is_equal_area};

/// Where an indicator has values on borders that the release has.
pub(super) fn covered<'r>(
    release: &'r Release,
    indicator: &'r CatalogIndicator,
) -> impl Iterator<Item = &'r CatalogPeriods> {
    indicator.boundary_sets.iter().filter(|entry| !entry.periods.is_empty() && release.set(entry.id.as_str()).is_some())
}

/// The periods of an indicator in a set, in order.
pub(super) fn periods(indicator: &CatalogIndicator, set: &CatalogSet, borders: Option<&str>) -> Vec<Period> {
    let entries = indicator.boundary_sets.iter().filter(|entry| entry.id == set.id);
    let mut periods: Vec<Period> = match borders {
        None => entries.flat_map(|entry| entry.periods.clone()).collect(),
        Some(borders) => entries.filter(|entry| entry.vintage.as_str() == borders).flat_map(CatalogPeriods::all).collect(),
    };
    periods.sort_unstable();
    periods.dedup();
    periods
}

/// The code of an area that is in any vintage of a set.
pub(super) fn known_area(release: &Release, set: &CatalogSet, code: &str) -> Option<String> {
    let mut vintages =
        set.vintages.iter().filter_map(|entry| release.bundle().vintage(set.id.as_str(), Some(entry.id.as_str())));
    vintages.any(|vintage| vintage.areas().index(code).is_some()).then(|| code.to_owned())
}

/// A grid of equal areas, since a choropleth compares areas; else the first.
pub(super) fn usual_grid<'r>(release: &'r Release, set: &'r CatalogSet) -> Option<&'r GridId> {
    let equal = |id: &&GridId| release.grid(id.as_str()).is_some_and(|grid| is_equal_area(&grid.crs));
    set.grids.iter().find(equal).or_else(|| set.grids.first())
}

/// The periods that an indicator in a set can be shown for, in order; none where the release has no such indicator or set.
pub(crate) fn periods_of(release: &Release, indicator: &str, set: &str, borders: Option<&str>) -> Vec<Period> {
    match (release.indicator(indicator), release.set(set)) {
        (Some(indicator), Some(set)) => periods(indicator, set, borders),
        _ => Vec::new(),
    }
}
