//! Publishes a release: everything in the store that may be published, as one bundle.

use super::{Workbench, WorkbenchError};
use crate::{
    bundle::{self, BoundaryInput, Build, Published, ValuesInput, ZoomRange},
    config::BoundarySetConfig,
    disclosure::{self, PublishedColumn},
    grid::Grid,
    model::{Cell, Code, Indicator, Lang, Observation, Period, Selection, State},
    skeleton::MAX_BUILD_ZOOM,
    store::{BoundarySetInfo, ReleaseRecord},
};
use rustc_hash::FxHashMap;
use std::{collections::BTreeMap, time::SystemTime};

/// Areas that a grid cannot hold.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Omitted {
    /// The boundary set.
    pub set: String,
    /// The grid.
    pub grid: String,
    /// The codes.
    pub areas: Vec<String>,
}

/// What was published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishReport {
    /// The release.
    pub published: Published,
    /// Areas that are in no tile of a grid.
    pub omitted: Vec<Omitted>,
    /// Columns of values.
    pub columns: usize,
    /// Releases that were deleted because more are kept than configured.
    pub pruned: Vec<String>,
}

impl Workbench {
    /// Writes and verifies the next release bundle and makes it the current one. The old one stays current if anything fails.
    pub async fn publish(&self) -> Result<PublishReport, WorkbenchError> {
        let indicators = self.sync_indicators().await?;
        let sets = self.store.boundary_sets().await?;
        if sets.is_empty() {
            return Err(WorkbenchError::Nothing);
        }
        let grids = self.grids()?;
        let mut build = Build::begin(&self.config.workspace.releases)?;
        let mut omitted = Vec::new();
        for info in &sets {
            omitted.extend(self.add_boundaries(&mut build, info, &grids)?);
        }
        let mut columns = 0;
        // Values refer to the newest vintage of their set.
        let newest: BTreeMap<_, _> = sets.iter().map(|info| (&info.set, info)).collect();
        for info in newest.into_values() {
            columns += self.add_values(&mut build, info, &indicators).await?;
        }
        let created = now();
        let record = |published: &Published| {
            let record = ReleaseRecord {
                id: published.release.clone(),
                created: created.clone(),
                manifest_hash: published.manifest_sha256.clone(),
                sets: sets.iter().map(|info| (info.set.clone(), info.vintage.clone())).collect(),
            };
            Ok::<_, WorkbenchError>(tokio::runtime::Handle::current().block_on(self.store.put_release(&record))?)
        };
        let published = tokio::task::block_in_place(|| build.finish_recorded(&created, record))?;
        let pruned = bundle::prune(&self.config.workspace.releases, self.config.server.keep_releases)?;
        Ok(PublishReport { published, omitted, columns, pruned })
    }

    fn grids(&self) -> Result<Vec<Grid>, WorkbenchError> {
        let grid = |g: &crate::config::GridConfig| Grid::new(g.id.clone(), &g.crs, g.corner, g.side);
        Ok(self.config.grids.iter().map(grid).collect::<Result<_, _>>()?)
    }

    fn add_boundaries(
        &self,
        build: &mut Build,
        info: &BoundarySetInfo,
        grids: &[Grid],
    ) -> Result<Vec<Omitted>, WorkbenchError> {
        let settings = self.config.boundary_set(&info.set);
        let lang = default_lang(&settings, info)?;
        let wanted: Vec<&Grid> = wanted_grids(&settings, grids);
        let input = BoundaryInput {
            set: &info.set,
            vintage: &info.vintage,
            names: &info.names,
            content_hash: &info.content_hash,
            grids: &wanted,
            zooms: ZoomRange { min: settings.min_zoom, max: settings.max_zoom.min(MAX_BUILD_ZOOM) },
            lang: &lang,
        };
        let load = || {
            let runtime = tokio::runtime::Handle::current();
            let found = runtime.block_on(self.store.boundary_set(&info.set, &info.vintage))?;
            found.ok_or_else(|| WorkbenchError::NoSuchSet {
                set: info.set.to_string(),
                vintage: format!(", vintage {}", info.vintage),
                known: "none of that name any more".to_owned(),
            })
        };
        let omitted = tokio::task::block_in_place(|| build.add_vintage(input, load))?;
        build.credit(&info.source, &info.licence);
        let of_set = |(grid, areas)| Omitted { set: info.set.to_string(), grid, areas };
        Ok(omitted.into_iter().map(of_set).collect())
    }

    async fn add_values(
        &self,
        build: &mut Build,
        info: &BoundarySetInfo,
        indicators: &[Indicator],
    ) -> Result<usize, WorkbenchError> {
        let areas = self.store.areas(&info.set, &info.vintage).await?;
        let codes: Vec<&str> = areas.iter().map(|area| area.code.as_str()).collect();
        let rows: FxHashMap<&str, usize> = codes.iter().enumerate().map(|(row, code)| (*code, row)).collect();
        let mut stored: Vec<_> = self.store.columns(&info.set).await?;
        stored.sort_by(|a, b| (&a.indicator, a.period).cmp(&(&b.indicator, b.period)));
        stored.dedup_by(|a, b| a.indicator == b.indicator && a.period == b.period);
        let mut count = 0;
        for indicator in indicators {
            for series in stored.iter().filter(|series| series.indicator == indicator.id) {
                let observations = self.store.observations(&info.set, &indicator.id, series.period).await?;
                let columns = columns(indicator, series.period, &observations, &rows, &codes)?;
                count += columns.len();
                let input = ValuesInput {
                    set: &info.set,
                    vintage: &info.vintage,
                    indicator,
                    period: series.period,
                    areas: &codes,
                    columns: &columns,
                };
                tokio::task::block_in_place(|| build.add_values(input))?;
            }
        }
        Ok(count)
    }
}

/// One column for each combination of codes that has observations; an area without one is missing.
fn columns(
    indicator: &Indicator,
    period: Period,
    observations: &[Observation],
    rows: &FxHashMap<&str, usize>,
    areas: &[&str],
) -> Result<Vec<PublishedColumn>, WorkbenchError> {
    let mut by_codes: BTreeMap<&[Code], (Vec<Cell>, Vec<_>)> = BTreeMap::new();
    for observation in observations {
        let Some(row) = rows.get(observation.area.as_str()) else { continue };
        let (cells, statuses) = by_codes
            .entry(&observation.codes)
            .or_insert_with(|| (vec![Cell::State(State::Missing); areas.len()], vec![None; areas.len()]));
        if let (Some(cell), Some(status)) = (cells.get_mut(*row), statuses.get_mut(*row)) {
            *cell = observation.cell;
            *status = observation.status;
        }
    }
    let publish = |(codes, (cells, statuses)): (&[Code], (Vec<Cell>, Vec<_>))| {
        let selection = Selection { indicator: indicator.id.clone(), period, codes: codes.to_vec() };
        let area = |row: usize| areas.get(row).copied().unwrap_or_default();
        disclosure::publish(indicator, selection, cells, statuses, area)
            .map_err(|refusal| WorkbenchError::Disclosure(Box::new(refusal)))
    };
    by_codes.into_iter().map(publish).collect()
}

/// The grids of a set in the order of its settings; by default all, an equal-area one first.
fn wanted_grids<'a>(settings: &BoundarySetConfig, grids: &'a [Grid]) -> Vec<&'a Grid> {
    match &settings.grids {
        Some(ids) => ids.iter().filter_map(|id| grids.iter().find(|grid| grid.id() == id)).collect(),
        None => grids.iter().collect(),
    }
}

fn default_lang(settings: &BoundarySetConfig, info: &BoundarySetInfo) -> Result<Lang, WorkbenchError> {
    let first = info.names.0.keys().next().cloned();
    let undetermined = || Lang::new("und").map_err(|e| WorkbenchError::Bundle(e.into()));
    settings.default_lang.clone().or(first).map_or_else(undetermined, Ok)
}

/// The time as RFC 3339 in UTC.
fn now() -> String {
    let seconds = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(0, |since| since.as_secs());
    chrono::DateTime::from_timestamp(i64::try_from(seconds).unwrap_or_default(), 0)
        .unwrap_or_default()
        .to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
}
