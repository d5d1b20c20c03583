//! The boundary sets of a release: their tiles, their geometry, and where they stand above one another.

use super::{geography::Geography, set_grids::SetGrids};
use crate::{error::WorkbenchError, workbench::Workbench};
use choro_bundle::{AreaRow, BoundaryInput, Build, Outside, ZoomRange};
use choro_carto::drawing::{MOST_DRAWN, MOST_ON_PAGE};
use choro_config::BoundarySetConfig;
use choro_model::{AreaCode, BoundarySet, GridId, Lang, grid::Grid};
use choro_store::BoundarySetInfo;
use choro_tiles::skeleton::MAX_BUILD_ZOOM;

/// Areas that a grid does not hold, or not as a whole.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Omitted {
    /// The boundary set.
    pub set: String,
    /// The vintage.
    pub vintage: String,
    /// The grid.
    pub grid: String,
    /// The codes of those that are in none of its tiles.
    pub areas: Vec<String>,
    /// The codes of those that the edge of its square cuts.
    pub cut: Vec<String>,
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

    /// The areas of a vintage, as they will be in the bundle.
    pub(super) fn area_rows(&self, build: &mut Build, info: &BoundarySetInfo) -> Result<Vec<AreaRow>, WorkbenchError> {
        let settings = self.config.boundary_set(&info.set);
        let lang = default_lang(&settings, info)?;
        let input = input(info, &settings, &lang, &[]);
        tokio::task::block_in_place(|| build.areas(input, || self.load(info)))
    }

    /// Adds a vintage to the bundle. Returns the areas that a grid does not hold.
    pub(super) fn add_boundaries(
        &self,
        build: &mut Build,
        info: &BoundarySetInfo,
        grids: &SetGrids,
    ) -> Result<Vec<Omitted>, WorkbenchError> {
        let settings = self.config.boundary_set(&info.set);
        let lang = default_lang(&settings, info)?;
        let grids = grids.of(&info.set, &settings);
        let input = input(info, &settings, &lang, &grids);
        let outside = tokio::task::block_in_place(|| build.add_vintage(input, || self.load(info)))?;
        build.credit(&info.source, &info.licence);
        let texts = |codes: Vec<AreaCode>| codes.iter().map(ToString::to_string).collect();
        let omitted = |(grid, outside): (GridId, Outside)| Omitted {
            set: info.set.to_string(),
            vintage: info.vintage.to_string(),
            grid: grid.to_string(),
            areas: texts(outside.missing),
            cut: texts(outside.cut),
        };
        Ok(outside.into_iter().filter(|(_, outside)| outside.count() > 0).map(omitted).collect())
    }

    fn load(&self, info: &BoundarySetInfo) -> Result<BoundarySet, WorkbenchError> {
        let runtime = tokio::runtime::Handle::current();
        let found = runtime.block_on(self.store.boundary_set(&info.set, &info.vintage))?;
        found.ok_or_else(|| WorkbenchError::NoSuchSet {
            set: info.set.to_string(),
            vintage: format!(", vintage {}", info.vintage),
            known: "none of that name any more".to_owned(),
        })
    }
}

fn input<'a>(
    info: &'a BoundarySetInfo,
    settings: &BoundarySetConfig,
    lang: &'a Lang,
    grids: &'a [&'a Grid],
) -> BoundaryInput<'a> {
    BoundaryInput {
        set: &info.set,
        vintage: &info.vintage,
        names: &info.names,
        content_hash: &info.content_hash,
        grids,
        zooms: ZoomRange { min: settings.min_zoom, max: settings.max_zoom.min(MAX_BUILD_ZOOM) },
        lang,
        most_outside: settings.most_outside,
        mlt: settings.mlt,
    }
}

/// What a set's size rules out, if anything.
pub(super) fn large(info: &BoundarySetInfo) -> Option<Large> {
    let (set, vintage, areas) = (info.set.to_string(), info.vintage.to_string(), info.areas);
    (areas > MOST_ON_PAGE).then_some(Large { set, vintage, areas, pictures: areas <= MOST_DRAWN })
}

fn default_lang(settings: &BoundarySetConfig, info: &BoundarySetInfo) -> Result<Lang, WorkbenchError> {
    let first = info.names.0.keys().next().cloned();
    let undetermined = || Lang::new("und").map_err(|e| WorkbenchError::Bundle(e.into()));
    settings.default_lang.clone().or(first).map_or_else(undetermined, Ok)
}
