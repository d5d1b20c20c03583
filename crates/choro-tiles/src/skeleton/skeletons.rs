//! A boundary set in a grid, and its tiles.

use super::{
    cut_tile::{AreaLabel, CutTile},
    encode::{self, SkeletonTile},
    mlt::{self, MltTileError},
    projected::{Held, Projected},
    pyramid,
    shapes::{self, Shape},
};
use crate::topology::Topology;
use choro_model::{
    Encoding,
    grid::{Grid, TileCoord},
};
use std::ops::RangeInclusive;

/// The deepest zoom that tiles are built for: coordinates of a whole zoom then fit 30 bits. Clients overzoom from there.
pub const MAX_BUILD_ZOOM: u8 = 16;

/// A boundary set in a grid, ready to be cut into tiles.
#[derive(Debug)]
pub struct Skeletons<'a> {
    projected: Projected<'a>,
    labels: &'a [AreaLabel],
    anchors: Vec<Option<[f64; 2]>>,
}

impl<'a> Skeletons<'a> {
    /// `labels`: one for each area of `topology`, in its order.
    #[must_use]
    pub fn new(topology: &'a Topology, grid: &Grid, labels: &'a [AreaLabel]) -> Self {
        let anchors = labels.iter().map(|label| label.point.and_then(|[lon, lat]| grid.project(lon, lat))).collect();
        Self { projected: Projected::new(topology, grid), labels, anchors }
    }

    /// How much of each area the grid holds, in the order of the areas.
    pub fn held(&self) -> impl Iterator<Item = Held> {
        self.projected.held()
    }

    /// The areas of a zoom as valid polygons in tile units from the grid's corner, in the order of the areas.
    #[must_use]
    pub fn shapes(&self, zoom: u8) -> Vec<Vec<Shape>> {
        shapes::shapes(&self.projected, zoom, &self.anchors)
    }

    /// All tiles that hold something, zoom by zoom, each zoom by row and column.
    pub fn build<E>(&self, zooms: RangeInclusive<u8>, mut sink: impl FnMut(&CutTile<'_>) -> Result<(), E>) -> Result<(), E> {
        for zoom in zooms {
            let tiles = pyramid::cut(&self.shapes(zoom), zoom, self.projected.wraps);
            for ((y, x), areas) in tiles {
                let Ok(coord) = TileCoord::new(zoom, x, y) else { continue };
                sink(&CutTile { coord, areas, labels: self.labels, anchors: &self.anchors })?;
            }
        }
        Ok(())
    }
}

impl CutTile<'_> {
    /// As Mapbox Vector Tile.
    #[must_use]
    pub fn mvt(&self) -> SkeletonTile {
        encode::tile(self)
    }

    /// In an encoding.
    pub fn encoded(&self, encoding: Encoding) -> Result<SkeletonTile, MltTileError> {
        match encoding {
            Encoding::Mvt => Ok(self.mvt()),
            Encoding::Mlt => mlt::tile(self),
        }
    }
}
