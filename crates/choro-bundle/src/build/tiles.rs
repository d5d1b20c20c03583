//! The tiles of a vintage in a grid: a skeleton file, and beside it the same as MapLibre Tiles and as an archive.

use super::{
    archive::Archive,
    area_rows,
    input::{BoundaryInput, ZoomRange},
    outside, recipe,
    writer::BundleWriter,
};
use crate::{
    files::skeleton::SkeletonWriter,
    format::{
        area_table::AreaRow,
        error::BundleError,
        outside::Outside,
        paths::{skeleton_ending, tiles_path},
    },
};
use choro_model::{BoundarySet, Encoding, Lang, grid::Grid};
use choro_tiles::{
    skeleton::{AreaLabel, CutTile, Skeletons},
    topology::Topology,
};
use std::path::Path;
use tempfile::TempDir;

/// How the names of archives end.
const PMTILES: &str = "pmtiles";
const OUTSIDE: &str = "outside.json";

/// Takes the files of a grid over from the release before. `false`: they have to be made.
pub fn reuse(writer: &mut BundleWriter, input: BoundaryInput<'_>, grid: &Grid) -> Result<bool, BundleError> {
    let recipe = recipe::tiles(input, grid);
    for ending in endings(input, grid) {
        if !writer.reuse(&path(input, grid, ending), &recipe)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Cuts the tiles of a grid, unless it leaves out too many areas.
pub fn write(
    writer: &mut BundleWriter,
    input: BoundaryInput<'_>,
    grid: &Grid,
    set: &BoundarySet,
    rows: &[AreaRow],
) -> Result<(), BundleError> {
    let (set_id, vintage, grid_id) = (input.set, input.vintage, grid.id());
    let _span = tracing::debug_span!("cut tiles", set = %set_id, %vintage, grid = %grid_id).entered();
    let recipe = recipe::tiles(input, grid);
    let topology = Topology::new(set.areas.iter().map(|area| area.geometry.as_ref()));
    let labels: Vec<AreaLabel> = rows.iter().map(|row| area_label(row, input.lang)).collect();
    let skeletons = Skeletons::new(&topology, grid, &labels);
    let outside = outside::of(rows, skeletons.held());
    outside::check(&outside, input, grid, rows)?;
    writer.write_json(&path(input, grid, OUTSIDE), &recipe, &outside)?;
    let ZoomRange { min, max } = input.zooms;
    let mut beside = BesideSkeletons::create(input, grid, rows)?;
    writer.write(&path(input, grid, skeleton_ending(Encoding::Mvt)), &recipe, |path| {
        let mut file = SkeletonWriter::create(path, Encoding::Mvt, min, max)?;
        skeletons.build(min..=max, |tile| {
            let plain = file.add(tile)?;
            beside.add(tile, &plain)
        })?;
        file.finish()
    })?;
    beside.finish(writer, input, grid, &recipe)
}

/// What a grid of this bundle does not hold.
pub fn not_held(writer: &BundleWriter, input: BoundaryInput<'_>, grid: &Grid) -> Result<Outside, BundleError> {
    writer.read_json(&path(input, grid, OUTSIDE))
}

/// The files that come from the same pass over the tiles. They lie aside until they are complete.
struct BesideSkeletons {
    folder: TempDir,
    mlt: Option<SkeletonWriter>,
    archive: Option<Archive>,
}

impl BesideSkeletons {
    const MLT: &str = "tiles.mlt-skeleton";
    const ARCHIVE: &str = "archive.pmtiles";

    fn create(input: BoundaryInput<'_>, grid: &Grid, rows: &[AreaRow]) -> Result<Self, BundleError> {
        let folder = tempfile::tempdir().map_err(BundleError::io("the temporary folder"))?;
        let (mlt, archive) = (folder.path().join(Self::MLT), folder.path().join(Self::ARCHIVE));
        let ZoomRange { min, max } = input.zooms;
        let bounds = area_rows::set_bounds(rows);
        let archive = || Archive::create(&archive, input.set.as_str(), input.zooms, bounds);
        let mlt = || SkeletonWriter::create(&mlt, Encoding::Mlt, min, max);
        Ok(Self {
            archive: grid.is_web_mercator().then(archive).transpose()?,
            mlt: input.mlt.then(mlt).transpose()?,
            folder,
        })
    }

    /// `plain`: the whole tile without values, as gzip.
    fn add(&mut self, tile: &CutTile<'_>, plain: &[u8]) -> Result<(), BundleError> {
        if let Some(mlt) = &mut self.mlt {
            mlt.add(tile)?;
        }
        self.archive.as_mut().map_or(Ok(()), |archive| archive.add(tile.coord(), plain))
    }

    fn finish(
        self,
        writer: &mut BundleWriter,
        input: BoundaryInput<'_>,
        grid: &Grid,
        recipe: &str,
    ) -> Result<(), BundleError> {
        let mut take = |ending: &str, name: &str| {
            let from = self.folder.path().join(name);
            let copy = |to: &Path| std::fs::copy(&from, to).map(|_| ()).map_err(BundleError::io(to));
            writer.write(&path(input, grid, ending), recipe, copy)
        };
        if let Some(mlt) = self.mlt {
            mlt.finish()?;
            take(skeleton_ending(Encoding::Mlt), Self::MLT)?;
        }
        if let Some(archive) = self.archive {
            archive.finish()?;
            take(PMTILES, Self::ARCHIVE)?;
        }
        Ok(())
    }
}

fn path(input: BoundaryInput<'_>, grid: &Grid, ending: &str) -> String {
    tiles_path(input.set.as_str(), input.vintage.as_str(), grid.id(), ending)
}

/// How the names of the files of a grid end.
fn endings(input: BoundaryInput<'_>, grid: &Grid) -> impl Iterator<Item = &'static str> {
    let further = [(input.mlt, skeleton_ending(Encoding::Mlt)), (grid.is_web_mercator(), PMTILES)];
    let further = further.into_iter().filter_map(|(wanted, ending)| wanted.then_some(ending));
    [skeleton_ending(Encoding::Mvt), OUTSIDE].into_iter().chain(further)
}

fn area_label(row: &AreaRow, lang: &Lang) -> AreaLabel {
    AreaLabel {
        code: row.code.to_string(),
        name: row.names.pick(lang, row.code.as_str()).to_owned(),
        names: row.names.0.iter().map(|(lang, name)| (lang.to_string(), name.clone())).collect(),
        point: row.label,
    }
}
