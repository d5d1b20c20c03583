//! A vintage of an open bundle: its areas, tiles and geometry.

use super::location::BundleFiles;
use crate::{
    files::{
        geometry,
        skeleton::{Part, Skeleton},
    },
    format::{
        area_table::{AreaRow, AreaTable},
        catalog::CatalogSet,
        coding::Coding,
        error::BundleError,
        paths::{areas_path, geometry_path, skeleton_ending, tiles_path},
    },
    storage::verified::VerifiedFile,
};
use choro_model::{Encoding, GridId, VintageId};
use choro_tiles::skeleton::Outline;
use geo::MultiPolygon;
use std::path::Path;

/// The areas and tiles of a vintage.
#[derive(Debug)]
pub struct Vintage {
    id: VintageId,
    areas: AreaTable,
    geometry: VerifiedFile,
    skeletons: Vec<(GridId, Skeleton)>,
}

impl Vintage {
    pub(super) fn open(files: BundleFiles<'_>, set: &CatalogSet, id: &VintageId) -> Result<Self, BundleError> {
        let rows: Vec<AreaRow> = files.json(&areas_path(set.id.as_str(), id.as_str()))?;
        let geometry = files.file(&geometry_path(set.id.as_str(), id.as_str()))?;
        let skeleton = |(grid, encoding): (&GridId, Encoding)| {
            let name = tiles_path(set.id.as_str(), id.as_str(), grid, skeleton_ending(encoding));
            let file = files.near_file(&name)?;
            Ok((grid.clone(), Skeleton::open(file.kept(), encoding)?))
        };
        let there = |encoding: &Encoding| *encoding == Encoding::Mvt || set.mlt;
        let encodings = || Encoding::ALL.into_iter().filter(there);
        let all = set.grids.iter().flat_map(|grid| encodings().map(move |encoding| (grid, encoding)));
        let skeletons = all.map(skeleton).collect::<Result<_, BundleError>>()?;
        Ok(Self { id: id.clone(), areas: AreaTable::new(rows), geometry, skeletons })
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> &VintageId {
        &self.id
    }

    /// Its areas.
    #[must_use]
    pub fn areas(&self) -> &AreaTable {
        &self.areas
    }

    /// Its tiles in a grid, as Mapbox Vector Tiles.
    #[must_use]
    pub fn skeleton(&self, grid: &str) -> Option<&Skeleton> {
        self.skeleton_as(grid, Encoding::Mvt)
    }

    /// Its tiles in a grid and an encoding.
    #[must_use]
    pub fn skeleton_as(&self, grid: &str, encoding: Encoding) -> Option<&Skeleton> {
        let wanted = |(id, skeleton): &&(GridId, Skeleton)| id.as_str() == grid && skeleton.encoding() == encoding;
        self.skeletons.iter().find(wanted).map(|(_, skeleton)| skeleton)
    }

    /// The areas as they are in the tiles of a zoom, each in one piece. `window`: see [`Outline::new`].
    pub fn outline(&self, skeleton: &Skeleton, zoom: u8, window: [f64; 2]) -> Result<Outline, BundleError> {
        let mut outline = Outline::new(zoom, self.areas.rows().len(), window);
        for coord in skeleton.tiles().filter(|coord| coord.z() == zoom) {
            let Some(tile) = skeleton.find(coord) else { continue };
            let mut bytes = Vec::new();
            skeleton.read_into(tile, Part::Plain, Coding::Identity, &mut bytes)?;
            outline.add(coord, &bytes).map_err(|error| BundleError::damaged(self.geometry.path(), error.to_string()))?;
        }
        Ok(outline.joined())
    }

    /// Where the full geometry lies, for messages.
    pub(super) fn geometry_path(&self) -> &Path {
        self.geometry.path()
    }

    /// Full geometry in table order: longitude and latitude, longitudes unwrapped. Reads all of it from the disk.
    pub fn geometry(&self) -> Result<Vec<Option<MultiPolygon<f64>>>, BundleError> {
        let mut areas = vec![None; self.areas.rows().len()];
        for (code, polygons) in geometry::read(&self.geometry)? {
            let slot = self.areas.index(&code).and_then(|row| areas.get_mut(row));
            *slot.ok_or_else(|| BundleError::damaged(self.geometry.path(), format!("area {code} is not in the table")))? =
                Some(polygons);
        }
        Ok(areas)
    }
}
