//! In which grids each boundary set is published.
//!
//! Sets above one another share the equal-area grid that is fitted to all of their vintages, so that a map stays where it is when somebody
//! goes from an area to its parts.

use super::geography::Geography;
use crate::{error::WorkbenchError, workbench::Workbench};
use choro_bundle::{AreaRow, Build};
use choro_config::{BoundarySetConfig, GridChoice};
use choro_model::{
    SetId,
    grid::{GeoBox, Grid, WEB_MERCATOR},
};
use choro_store::BoundarySetInfo;
use std::collections::BTreeMap;

/// The latitude at which Web Mercator ends, degrees.
const MERCATOR_END: f64 = 85.051_129;

/// All grids of a release.
pub(super) struct SetGrids {
    /// Those of the settings.
    configured: Vec<Grid>,
    /// By set: the greatest share of the areas of a vintage that reach beyond the ends of Web Mercator.
    beyond_mercator: BTreeMap<SetId, f64>,
    /// By the set at the top.
    fitted: BTreeMap<SetId, Grid>,
    /// By set: the set at the top above it.
    tops: BTreeMap<SetId, SetId>,
}

impl SetGrids {
    /// The grids of the settings, and for sets that want one a fitted one.
    pub(super) fn load(
        workbench: &Workbench,
        build: &mut Build,
        infos: &[BoundarySetInfo],
        geography: &Geography,
    ) -> Result<Self, WorkbenchError> {
        let grid = |g: &choro_config::GridConfig| Grid::new(g.id.clone(), &g.crs, g.corner, g.side);
        let configured = workbench.config.grids.iter().map(grid).collect::<Result<Vec<Grid>, _>>()?;
        let tops: BTreeMap<SetId, SetId> = geography.sets.keys().map(|id| (id.clone(), geography.top(id).clone())).collect();
        let wants = |id: &SetId| wants_fitted(&workbench.config.boundary_set(id));
        let (mut boxes, mut beyond_mercator) = (BTreeMap::<SetId, Vec<GeoBox>>::new(), BTreeMap::new());
        for info in infos {
            let Some(top) = tops.get(&info.set) else { continue };
            if infos.iter().any(|other| tops.get(&other.set) == Some(top) && wants(&other.set)) {
                let rows = workbench.area_rows(build, info)?;
                let own: Vec<GeoBox> = rows.iter().filter_map(|row: &AreaRow| row.bounds).collect();
                let share = beyond_mercator.entry(info.set.clone()).or_insert(0.0_f64);
                *share = share.max(share_beyond_mercator(&own));
                boxes.entry(top.clone()).or_default().extend(own);
            }
        }
        let before = build.grids_before();
        let fit = |(top, boxes): (SetId, Vec<GeoBox>)| Ok(Grid::fitted(boxes, &before)?.map(|grid| (top, grid)));
        let fitted = boxes.into_iter().filter_map(|entry| fit(entry).transpose()).collect::<Result<_, WorkbenchError>>()?;
        Ok(Self { configured, beyond_mercator, fitted, tops })
    }

    /// The grids of a set in the order of its settings. Without settings: the fitted one, and Web Mercator unless it ends before too many of
    /// the areas of a vintage do.
    pub(super) fn of(&self, set: &SetId, settings: &BoundarySetConfig) -> Vec<&Grid> {
        let named = |id: &str| self.configured.iter().find(|grid| grid.id().as_str() == id);
        let fitted = || self.fitted.get(self.tops.get(set)?);
        match &settings.grids {
            Some(choices) => choices
                .iter()
                .filter_map(|choice| match choice {
                    GridChoice::Fitted => fitted().or_else(|| named(WEB_MERCATOR)),
                    GridChoice::Grid(id) => named(id.as_str()),
                })
                .collect(),
            None => {
                let mercator = named(WEB_MERCATOR).filter(|_| fitted().is_none() || self.ends_in_time(set, settings));
                fitted().into_iter().chain(mercator).collect()
            }
        }
    }

    /// Whether, in each vintage, no more areas than may be left out reach beyond the ends of Web Mercator.
    fn ends_in_time(&self, set: &SetId, settings: &BoundarySetConfig) -> bool {
        self.beyond_mercator.get(set).is_none_or(|share| *share <= settings.most_outside)
    }
}

/// The share of areas that reach beyond the ends of Web Mercator.
fn share_beyond_mercator(boxes: &[GeoBox]) -> f64 {
    let beyond = boxes.iter().filter(|[_, south, _, north]| *north > MERCATOR_END || *south < -MERCATOR_END).count();
    #[expect(clippy::cast_precision_loss, reason = "there are fewer areas than 2^52")]
    let share = beyond as f64 / boxes.len().max(1) as f64;
    share
}

fn wants_fitted(settings: &BoundarySetConfig) -> bool {
    settings.grids.as_ref().is_none_or(|choices| choices.contains(&GridChoice::Fitted))
}
