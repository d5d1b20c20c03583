//! Publishes a release: everything in the store that may be published, as one bundle.

use super::{
    Orphans, Workbench, WorkbenchError,
    geography::Geography,
    keys::signing_key,
    now,
    values::{Counts, Values},
};
use choro_bundle::{self as bundle, BoundaryInput, Build, Made, Published, ZoomRange};
use choro_carto::drawing::{MOST_DRAWN, MOST_ON_PAGE};
use choro_config::BoundarySetConfig;
use choro_model::{Lang, grid::Grid};
use choro_store::{BoundarySetInfo, ReleaseRecord};
use choro_tiles::skeleton::MAX_BUILD_ZOOM;
use tracing::Instrument as _;

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

/// A boundary set too large for some of what is drawn of others.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Large {
    /// The boundary set.
    pub set: String,
    /// The vintage.
    pub vintage: String,
    /// How many areas it has.
    pub areas: usize,
    /// Whether pictures are drawn of it; its page has no first map and no table in any case.
    pub pictures: bool,
}

/// What was published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishReport {
    /// The release.
    pub published: Published,
    /// Areas that are in no tile of a grid.
    pub omitted: Vec<Omitted>,
    /// Boundary sets whose size rules something out.
    pub large: Vec<Large>,
    /// Areas whose parent the parent set does not have.
    pub orphans: Vec<Orphans>,
    /// Columns of values as their sources gave them.
    pub columns: usize,
    /// Columns restated on other borders.
    pub restated: usize,
    /// Columns summed from the areas below.
    pub aggregated: usize,
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
        let geography = Geography::load(self, &sets).await?;
        let mut omitted = Vec::new();
        for info in &sets {
            omitted.extend(self.add_boundaries(&mut build, info, &grids)?);
            self.place(&mut build, info, &geography);
        }
        let values = Values { workbench: self, geography: &geography, indicators: &indicators };
        let counts = values.add(&mut build).instrument(tracing::debug_span!("write values")).await?;
        let created = now();
        let key = signing_key(&self.config.workspace.key)?;
        let made = Made { after: self.store.last_sequence().await?, key: key.as_ref() };
        let record = |published: &Published| {
            let record = ReleaseRecord {
                id: published.release.clone(),
                created: created.clone(),
                manifest_hash: published.manifest_sha256.clone(),
                sets: sets.iter().map(|info| (info.set.clone(), info.vintage.clone())).collect(),
            };
            Ok::<_, WorkbenchError>(
                tokio::runtime::Handle::current().block_on(self.store.put_release(&record, published.sequence))?,
            )
        };
        let published = tokio::task::block_in_place(|| build.finish_recorded(&created, made, record))?;
        // The release is current by now: servers that do not hear of it find it at their next look.
        if let Err(error) = self.store.announce(&published.release).await {
            tracing::warn!(release.id = %published.release, %error, "the release is current, but could not be announced");
        }
        let pruned = bundle::prune(&self.config.workspace.releases, self.config.server.keep_releases)?;
        let Counts { own, restated, aggregated } = counts;
        let orphans = geography.orphans();
        let large = sets.iter().filter_map(large).collect();
        Ok(PublishReport { published, omitted, large, orphans, columns: own, restated, aggregated, pruned })
    }

    fn grids(&self) -> Result<Vec<Grid>, WorkbenchError> {
        let grid = |g: &choro_config::GridConfig| Grid::new(g.id.clone(), &g.crs, g.corner, g.side);
        Ok(self.config.grids.iter().map(grid).collect::<Result<_, _>>()?)
    }

    /// Says in the catalogue which tier a vintage is and what lies above it.
    fn place(&self, build: &mut Build, info: &BoundarySetInfo, geography: &Geography) {
        let settings = self.config.boundary_set(&info.set);
        let set = geography.sets.get(&info.set);
        let above = set.and_then(|set| Some((set.parent.as_ref()?, set.vintages.get(&info.vintage)?.above.as_ref()?)));
        build.place(settings.level.as_ref(), above);
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
            mlt: settings.mlt,
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
}

fn large(info: &BoundarySetInfo) -> Option<Large> {
    let (set, vintage, areas) = (info.set.to_string(), info.vintage.to_string(), info.areas);
    (areas > MOST_ON_PAGE).then_some(Large { set, vintage, areas, pictures: areas <= MOST_DRAWN })
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
