//! A tile that was cut and is not encoded yet.

use super::pyramid::TileAreas;
use choro_model::grid::TileCoord;

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

/// A tile that holds something, cut and not yet encoded.
#[derive(Debug)]
pub struct CutTile<'a> {
    pub(super) coord: TileCoord,
    pub(super) areas: TileAreas,
    pub(super) labels: &'a [AreaLabel],
    /// By row: the label's point in fractions of the grid.
    pub(super) anchors: &'a [Option<[f64; 2]>],
}

impl CutTile<'_> {
    /// Which tile.
    #[must_use]
    pub fn coord(&self) -> TileCoord {
        self.coord
    }

    /// The areas in it as rows of the area table, in feature order.
    pub(super) fn rows(&self) -> Vec<u32> {
        self.areas.keys().copied().collect()
    }
}
