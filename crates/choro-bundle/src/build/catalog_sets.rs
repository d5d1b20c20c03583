//! Enters vintages and grids into the catalogue.

use super::{
    area_rows::{join, set_bounds, unwrapped, wrapped},
    input::BoundaryInput,
    outside::entry,
};
use crate::format::{
    area_table::AreaRow,
    catalog::{CatalogContents, CatalogGrid, CatalogSet, CatalogVintage},
    error::BundleError,
    outside::{Outside, TwoGrids},
};
use choro_model::{
    GridId,
    grid::{Grid, TILE_SIZE},
};

/// Enters a vintage of these areas, its set and its grids. Who made it is said later. Refuses another grid of a known id.
pub fn enter(
    contents: &mut CatalogContents,
    input: BoundaryInput<'_>,
    rows: &[AreaRow],
    outside: &[(GridId, Outside)],
) -> Result<(), BundleError> {
    for grid in input.grids.iter().map(|grid| catalog_grid(grid)) {
        match contents.grids.iter().find(|known| known.id == grid.id) {
            None => contents.grids.push(grid),
            Some(known) if *known == grid => {}
            Some(known) => {
                let (first, second) = (known.crs.clone(), grid.crs);
                let (set, grid) = (input.set.to_string(), grid.id.to_string());
                return Err(Box::new(TwoGrids { set, grid, first, second }).into());
            }
        }
    }
    let bounds = unwrapped(set_bounds(rows));
    match contents.boundary_sets.iter_mut().find(|set| set.id == *input.set) {
        Some(set) => {
            set.bounds = unwrapped(join(wrapped(set.bounds), wrapped(bounds)));
            set.vintages.push(catalog_vintage(input, rows, outside));
        }
        None => contents.boundary_sets.push(CatalogSet {
            id: input.set.clone(),
            name: input.names.clone(),
            level: None,
            parent_set: None,
            vintages: vec![catalog_vintage(input, rows, outside)],
            grids: input.grids.iter().map(|grid| grid.id().clone()).collect(),
            bounds,
            min_zoom: input.zooms.min,
            max_zoom: input.zooms.max,
            mlt: input.mlt,
        }),
    }
    Ok(())
}

fn catalog_vintage(input: BoundaryInput<'_>, rows: &[AreaRow], outside: &[(GridId, Outside)]) -> CatalogVintage {
    CatalogVintage {
        id: input.vintage.clone(),
        areas: rows.len(),
        polygons: rows.iter().filter(|row| row.has_polygon()).count(),
        langs: rows.iter().flat_map(|row| row.names.0.keys().cloned()).collect(),
        source: String::new(),
        licence: String::new(),
        parent_vintage: None,
        outside: outside.iter().filter_map(|(grid, outside)| entry(grid, outside)).collect(),
    }
}

fn catalog_grid(grid: &Grid) -> CatalogGrid {
    CatalogGrid {
        id: grid.id().clone(),
        crs: grid.crs().to_owned(),
        corner: grid.corner(),
        side: grid.side(),
        tile_size: TILE_SIZE,
        wraps: grid.wraps(),
    }
}
