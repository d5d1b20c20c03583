//! The files of a vintage: its areas, their full geometry, and the tiles in each grid.

use super::{area_rows, input::BoundaryInput, outside, recipe, tiles, writer::BundleWriter};
use crate::{
    files::geometry,
    format::{
        area_table::AreaRow,
        error::BundleError,
        outside::Outside,
        paths::{areas_path, geometry_path},
    },
};
use choro_model::{BoundarySet, GridId};

/// Writes what cannot be taken over from the release before. `load` is called only if there is something to write. Returns what each grid does
/// not hold.
pub fn write<E: From<BundleError>>(
    writer: &mut BundleWriter,
    input: BoundaryInput<'_>,
    load: impl FnOnce() -> Result<BoundarySet, E>,
) -> Result<Vec<(GridId, Outside)>, E> {
    let mut areas = LoadedOnce { load: Some(load), loaded: None };
    areas_of(writer, input, &mut areas)?;
    let rows: Vec<AreaRow> = writer.read_json(&paths(input)[0])?;
    let mut held = Vec::new();
    for grid in input.grids {
        if !tiles::reuse(writer, input, grid)?
            && let Some((set, rows)) = areas.obtain()?
        {
            tiles::write(writer, input, grid, set, rows)?;
        }
        let not_held = tiles::not_held(writer, input, grid)?;
        // Tiles that are taken over were cut when a larger share may have been allowed.
        outside::check(&not_held, input, grid, &rows)?;
        held.push((grid.id().clone(), not_held));
    }
    Ok(held)
}

/// The areas of a vintage, written if they are not in the bundle yet.
pub fn areas<E: From<BundleError>>(
    writer: &mut BundleWriter,
    input: BoundaryInput<'_>,
    load: impl FnOnce() -> Result<BoundarySet, E>,
) -> Result<Vec<AreaRow>, E> {
    areas_of(writer, input, &mut LoadedOnce { load: Some(load), loaded: None })?;
    let [areas, _] = paths(input);
    Ok(writer.read_json(&areas)?)
}

fn areas_of<E: From<BundleError>, F: FnOnce() -> Result<BoundarySet, E>>(
    writer: &mut BundleWriter,
    input: BoundaryInput<'_>,
    areas: &mut LoadedOnce<F>,
) -> Result<(), E> {
    let [path, _] = paths(input);
    if !writer.has(&path)
        && !reuse_areas(writer, input)?
        && let Some((set, rows)) = areas.obtain()?
    {
        write_areas(writer, input, set, rows)?;
    }
    Ok(())
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
