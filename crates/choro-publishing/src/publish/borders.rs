//! The boundary sets of a release: their tiles, their geometry, and where they stand above one another.

use super::geography::Geography;
use crate::{error::WorkbenchError, workbench::Workbench};
use choro_bundle::{BoundaryInput, Build, ZoomRange};
use choro_carto::drawing::{MOST_DRAWN, MOST_ON_PAGE};
use choro_config::BoundarySetConfig;
use choro_model::{Lang, grid::Grid};
use choro_store::BoundarySetInfo;
use choro_tiles::skeleton::MAX_BUILD_ZOOM;

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

impl Workbench {
    /// Says in the catalogue which tier a vintage is and what lies above it.
    pub(super) fn place(&self, build: &mut Build, info: &BoundarySetInfo, geography: &Geography) {
        let settings = self.config.boundary_set(&info.set);
        let set = geography.sets.get(&info.set);
        let above = set.and_then(|set| Some((set.parent.as_ref()?, set.vintages.get(&info.vintage)?.above.as_ref()?)));
        build.place(settings.level.as_ref(), above);
    }

    /// Adds a vintage to the bundle. Returns the areas that a grid cannot hold.
    pub(super) fn add_boundaries(
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

/// What a set's size rules out, if anything.
pub(super) fn large(info: &BoundarySetInfo) -> Option<Large> {
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
