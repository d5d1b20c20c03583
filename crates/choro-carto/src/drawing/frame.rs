//! Where the map lies in a picture: from tile units to pixels.

use choro_model::grid::Grid;
use choro_tiles::skeleton::Outline;

/// Room around the areas, as a part of the frame.
const MARGIN: f64 = 0.02;

/// A rectangle of the picture and the part of the grid that is shown in it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Frame {
    /// Width in pixels.
    pub width: f64,
    /// Height in pixels.
    pub height: f64,
    /// Pixels along the side of the grid.
    side: f64,
    /// Tile units along the side of the grid.
    units: f64,
    /// Pixels from the grid's corner to the frame's.
    offset: [f64; 2],
}

/// West, north, east, south in tile units.
type Extent = [f64; 4];

impl Frame {
    /// The frame of this size that shows all areas; where there is none, all of the grid.
    #[must_use]
    pub fn fit(outline: &Outline, width: f64, height: f64) -> Self {
        let extent = extent(outline).unwrap_or([0.0, 0.0, outline.units(), outline.units()]);
        Self::around(outline, extent, width, height)
    }

    /// The frame of this width around all areas, as high as they need; not higher than `most`.
    #[must_use]
    pub fn across(outline: &Outline, width: f64, most: f64) -> Self {
        let [west, north, east, south] = extent(outline).unwrap_or([0.0, 0.0, outline.units(), outline.units()]);
        let height = width * ((south - north) / (east - west).max(1.0));
        Self::fit(outline, width, height.max(width * 0.2).min(most).ceil())
    }

    /// The frame around one area and its surroundings; around all of them where the area has no shape.
    #[must_use]
    pub fn area(outline: &Outline, row: usize, width: f64, height: f64) -> Self {
        let points = outline.area(row).into_iter().flatten().flatten().flatten();
        match bounds(points) {
            None => Self::fit(outline, width, height),
            Some([west, north, east, south]) => {
                // A small area is shown among its neighbours: no wider than an eighth of the grid's eighth.
                let least = outline.units() / 64.0;
                let (more_x, more_y) =
                    (((least - (east - west)) / 2.0).max(0.0), ((least - (south - north)) / 2.0).max(0.0));
                Self::around(outline, [west - more_x, north - more_y, east + more_x, south + more_y], width, height)
            }
        }
    }

    /// The frame with a point of the grid (in fractions of it) in its middle, at so many pixels along the grid's side.
    #[must_use]
    pub fn at(outline: &Outline, centre: [f64; 2], side: f64, width: f64, height: f64) -> Self {
        let offset = [centre[0] * side - width / 2.0, centre[1] * side - height / 2.0];
        Self { width, height, side, units: outline.units(), offset }
    }

    fn around(outline: &Outline, [west, north, east, south]: Extent, width: f64, height: f64) -> Self {
        let room = 1.0 - 2.0 * MARGIN;
        let scale = (width * room / (east - west).max(1.0)).min(height * room / (south - north).max(1.0));
        let units = outline.units();
        let centre = [f64::midpoint(west, east) / units, f64::midpoint(north, south) / units];
        Self::at(outline, centre, scale * units, width, height)
    }

    /// The frame of a part of this one (left, top, right, bottom in pixels), so much larger.
    #[must_use]
    pub fn part(&self, [left, top, right, bottom]: [f64; 4], larger: f64) -> Self {
        let offset = [(self.offset[0] + left) * larger, (self.offset[1] + top) * larger];
        let (width, height) = ((right - left) * larger, (bottom - top) * larger);
        Self { width, height, side: self.side * larger, units: self.units, offset }
    }

    /// Pixels along the side of the grid.
    #[must_use]
    pub fn side(&self) -> f64 {
        self.side
    }

    /// `a, b, c` of `x = a X + b`, `y = -a Y + c`: from a point in the units of the grid's CRS to pixels of the frame.
    #[must_use]
    pub fn transform(&self, grid: &Grid) -> [f64; 3] {
        let a = self.side / grid.side();
        [a, -grid.corner()[0] * a - self.offset[0], grid.corner()[1] * a - self.offset[1]]
    }

    /// A point in tile units as pixels of the frame.
    #[must_use]
    pub fn point(&self, point: [f64; 2]) -> [f64; 2] {
        let scale = self.side / self.units;
        [point[0] * scale - self.offset[0], point[1] * scale - self.offset[1]]
    }

    /// A point in fractions of the grid as pixels of the frame.
    #[must_use]
    pub fn fraction(&self, point: [f64; 2]) -> [f64; 2] {
        [point[0] * self.side - self.offset[0], point[1] * self.side - self.offset[1]]
    }

    /// Whether a circle around a point of the frame is seen in it.
    #[must_use]
    pub fn sees(&self, [x, y]: [f64; 2], radius: f64) -> bool {
        x > -radius && y > -radius && x < self.width + radius && y < self.height + radius
    }
}

/// What all areas lie in.
fn extent(outline: &Outline) -> Option<Extent> {
    bounds(outline.areas().flatten().flatten().flatten())
}

fn bounds<'a>(points: impl Iterator<Item = &'a [i32; 2]>) -> Option<Extent> {
    let around = |found: Option<Extent>, point: &[i32; 2]| {
        let [x, y] = point.map(f64::from);
        let [west, north, east, south] = found.unwrap_or([x, y, x, y]);
        Some([west.min(x), north.min(y), east.max(x), south.max(y)])
    };
    points.fold(None, around)
}
