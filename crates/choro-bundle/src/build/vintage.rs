//! The files of a vintage: its areas, their full geometry, and the tiles in each grid.

use super::{area_rows, input::BoundaryInput, recipe, tiles, writer::BundleWriter};
use crate::{
    files::geometry,
    format::{
        area_table::AreaRow,
        error::BundleError,
        paths::{areas_path, geometry_path},
    },
};
use choro_model::BoundarySet;

/// Writes what cannot be taken over from the release before. `load` is called only if there is something to write. Returns by
/// grid the codes of the areas that the grid cannot hold, of the grids that were built now.
pub fn write<E: From<BundleError>>(
    writer: &mut BundleWriter,
    input: BoundaryInput<'_>,
    load: impl FnOnce() -> Result<BoundarySet, E>,
) -> Result<Vec<(String, Vec<String>)>, E> {
    let mut areas = LoadedOnce { load: Some(load), loaded: None };
    let mut omitted = Vec::new();
    if !reuse_areas(writer, input)?
        && let Some((set, rows)) = areas.obtain()?
    {
        write_areas(writer, input, set, rows)?;
    }
    for grid in input.grids {
        if tiles::reuse(writer, input, grid)? {
            continue;
        }
        let Some((set, rows)) = areas.obtain()? else { continue };
        let outside = tiles::write(writer, input, grid, set, rows)?;
        if !outside.is_empty() {
            omitted.push((grid.id().to_string(), outside));
        }
    }
    Ok(omitted)
}

fn paths(input: BoundaryInput<'_>) -> [String; 2] {
    [areas_path, geometry_path].map(|path| path(input.set.as_str(), input.vintage.as_str()))
}

fn reuse_areas(writer: &mut BundleWriter, input: BoundaryInput<'_>) -> Result<bool, BundleError> {
    let recipe = recipe::areas(input);
    let [areas, geometry] = paths(input).map(|name| writer.reuse(&name, &recipe));
    Ok(areas? && geometry?)
}

fn write_areas(
    writer: &mut BundleWriter,
    input: BoundaryInput<'_>,
    set: &BoundarySet,
    rows: &[AreaRow],
) -> Result<(), BundleError> {
    let recipe = recipe::areas(input);
    let [areas, full] = paths(input);
    writer.write_json(&areas, &recipe, rows)?;
    let polygons = rows.iter().zip(&set.areas).filter_map(|(row, area)| Some((row, area.geometry.as_ref()?)));
    writer.write(&full, &recipe, |path| geometry::write(path, set.id.as_str(), input.lang, polygons))
}

/// The areas of a vintage with their rows, loaded when they are needed first.
struct LoadedOnce<F> {
    load: Option<F>,
    loaded: Option<(BoundarySet, Vec<AreaRow>)>,
}

impl<E, F: FnOnce() -> Result<BoundarySet, E>> LoadedOnce<F> {
    /// `None` never comes: it would mean that loading had failed before and was asked for again.
    fn obtain(&mut self) -> Result<Option<&(BoundarySet, Vec<AreaRow>)>, E> {
        if let Some(load) = self.load.take() {
            let set = load()?;
            let rows = set.areas.iter().map(area_rows::row).collect();
            self.loaded = Some((set, rows));
        }
        Ok(self.loaded.as_ref())
    }
}
