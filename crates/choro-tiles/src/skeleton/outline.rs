//! The areas of a whole zoom, put together again from its tiles: what a picture is drawn from.
//!
//! ```text
//! tiles of a zoom -> pieces by area, in units from the grid's corner -> one outline an area
//! ```
//!
//! Tiles overlap by their buffers and neighbours end in the same points, so the pieces of an area join without a seam.

use super::{
    decode,
    shapes::{Ring, Shape, resolve},
};
use choro_model::grid::{EXTENT, TileCoord};

/// A tile's bytes are not those of a skeleton tile.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("tile {coord} cannot be read: {reason}")]
pub struct OutlineError {
    /// Which tile.
    pub coord: TileCoord,
    /// What is wrong.
    pub reason: String,
}

/// The areas of a zoom, in tile units from the grid's corner.
#[derive(Debug, Clone, PartialEq)]
pub struct Outline {
    zoom: u8,
    areas: Vec<OutlineArea>,
    /// Where the areas lie: from which column to which, in tile units.
    window: [f64; 2],
}

/// What is known of an area.
#[derive(Debug, Clone, Default, PartialEq)]
struct OutlineArea {
    shapes: Vec<Shape>,
    /// How many tiles gave a piece.
    tiles: usize,
}

impl Outline {
    /// No area yet of `areas`. `window`: between which fractions of the grid they lie from left to right; in a grid that wraps
    /// it may reach beyond 0 and 1, elsewhere it is all of the grid.
    #[must_use]
    pub fn new(zoom: u8, areas: usize, window: [f64; 2]) -> Self {
        let units = f64::from(EXTENT) * f64::from(1_u32 << zoom);
        Self { zoom, areas: vec![OutlineArea::default(); areas], window: window.map(|x| x * units) }
    }

    /// Tile units along the side of the grid.
    #[must_use]
    pub fn units(&self) -> f64 {
        f64::from(EXTENT) * f64::from(1_u32 << self.zoom)
    }

    /// The polygons of each area, in the order of the area table.
    pub fn areas(&self) -> impl ExactSizeIterator<Item = &[Shape]> {
        self.areas.iter().map(|area| area.shapes.as_slice())
    }

    /// The polygons of one area; `None` where there is no such row.
    #[must_use]
    pub fn area(&self, row: usize) -> Option<&[Shape]> {
        self.areas.get(row).map(|area| area.shapes.as_slice())
    }

    /// Adds what a tile holds: `tile` is a whole tile without values.
    ///
    /// # Errors
    /// The bytes are no skeleton tile.
    pub fn add(&mut self, coord: TileCoord, tile: &[u8]) -> Result<(), OutlineError> {
        let origins = self.origins(coord);
        let take = |row: usize, shapes: Vec<Shape>| origins.iter().for_each(|origin| self.take(row, &shapes, *origin));
        decode::areas(tile, take).map_err(|reason| OutlineError { coord, reason: reason.to_owned() })
    }

    /// Where a tile's corner lies, on each turn of the grid that the window reaches.
    fn origins(&self, coord: TileCoord) -> Vec<[i32; 2]> {
        let (columns, units) = (1_i64 << self.zoom, i64::from(EXTENT));
        let column = |turn: i64| i64::from(coord.x()) + turn * columns;
        let seen = |column: &i64| {
            let (left, right) = ((column * units) as f64, ((column + 1) * units) as f64);
            right > self.window[0] && left < self.window[1]
        };
        let corner = |column: i64| [column * units, i64::from(coord.y()) * units].map(|units| units as i32);
        [-1, 0, 1].map(column).into_iter().filter(seen).map(corner).collect()
    }

    fn take(&mut self, row: usize, shapes: &[Shape], origin: [i32; 2]) {
        let Some(area) = self.areas.get_mut(row) else { return };
        let moved = |ring: &Ring| ring.iter().map(|p| [p[0] + origin[0], p[1] + origin[1]]).collect::<Ring>();
        let moved = shapes.iter().map(|shape| shape.iter().map(moved).collect::<Shape>());
        let [west, east] = self.window;
        let seen = |shape: &Shape| {
            let longitudes = || shape.iter().flatten().map(|p| f64::from(p[0]));
            longitudes().any(|x| x > west) && longitudes().any(|x| x < east)
        };
        let before = area.shapes.len();
        area.shapes.extend(moved.filter(seen));
        area.tiles += usize::from(area.shapes.len() > before);
    }

    /// Joins the pieces of areas that more than one tile holds.
    #[must_use]
    pub fn joined(mut self) -> Self {
        for area in self.areas.iter_mut().filter(|area| area.tiles > 1) {
            area.shapes = resolve(&area.shapes);
        }
        self
    }

    /// Memory that it takes, about.
    #[must_use]
    pub fn size(&self) -> usize {
        let rings = self.areas.iter().flat_map(|area| area.shapes.iter().flatten());
        rings.map(|ring| size_of::<Ring>() + size_of_val(ring.as_slice())).sum::<usize>()
            + size_of_val(self.areas.as_slice())
    }
}
