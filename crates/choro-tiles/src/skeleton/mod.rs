//! Tile skeletons: the geometry of a boundary set in a grid, clipped, quantised and encoded for every tile, without any value.
//!
//! The pipeline: a topology is `projected` into the grid; for every zoom its arcs become `lines`, the lines are kept from
//! crossing (`crossings`) and put together to valid `shapes`; the `pyramid` clips (`clip`) the shapes to tiles; `encode`
//! writes each tile as MVT, `mlt` as MapLibre Tile, up to where the values begin.

mod clip;
mod crossings;
mod decode;
mod encode;
mod lines;
mod mlt;
mod outline;
mod projected;
mod pyramid;
mod shapes;
mod tail;
#[cfg(test)]
mod tests;

pub use encode::{KEY_WIDTH, LAYER_AREAS, LAYER_LABELS, SkeletonTile, VALUE_KEY, VALUE_WIDTH};
pub use mlt::{EncodeError, STATE_LENGTH, Streams, bits};
pub use outline::{Outline, OutlineError};
pub use shapes::{Ring, Shape};
pub use tail::{keyed_tail, shared_tail};

use crate::topology::Topology;
use choro_model::{
    Encoding,
    grid::{Grid, TileCoord},
};
use projected::Projected;
use pyramid::TileAreas;
use std::ops::RangeInclusive;

/// The deepest zoom that tiles are built for: coordinates of a whole zoom then fit 30 bits. Clients overzoom from there.
pub const MAX_BUILD_ZOOM: u8 = 16;

/// What a tile says of an area besides its geometry.
#[derive(Debug, Clone, PartialEq)]
pub struct AreaLabel {
    /// Its code.
    pub code: String,
    /// Its name in the default language.
    pub name: String,
    /// Its names by language tag.
    pub names: Vec<(String, String)>,
    /// A point inside it: longitude and latitude in degrees.
    pub point: Option<[f64; 2]>,
}

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

    /// The areas that the grid cannot hold: they reach a point where its projection has none, or cross the meridian at which
    /// it is torn. They are in no tile of this grid.
    pub fn outside(&self) -> impl Iterator<Item = usize> {
        let areas = self.projected.topology.areas().iter().zip(&self.projected.drawable).enumerate();
        areas.filter(|(_, (polygons, drawable))| !polygons.is_empty() && !**drawable).map(|(area, _)| area)
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

/// A tile that holds something, cut and not yet encoded.
#[derive(Debug)]
pub struct CutTile<'a> {
    coord: TileCoord,
    areas: TileAreas,
    labels: &'a [AreaLabel],
    /// By row: the label's point in fractions of the grid.
    anchors: &'a [Option<[f64; 2]>],
}

impl CutTile<'_> {
    /// Which tile.
    #[must_use]
    pub fn coord(&self) -> TileCoord {
        self.coord
    }

    /// As Mapbox Vector Tile.
    #[must_use]
    pub fn mvt(&self) -> SkeletonTile {
        encode::tile(self)
    }

    /// In an encoding.
    pub fn encoded(&self, encoding: Encoding) -> Result<SkeletonTile, EncodeError> {
        match encoding {
            Encoding::Mvt => Ok(self.mvt()),
            Encoding::Mlt => mlt::tile(self),
        }
    }

    fn rows(&self) -> Vec<u32> {
        self.areas.keys().copied().collect()
    }
}
