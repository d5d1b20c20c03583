//! Grids: OGC two-dimensional tile matrix sets with a power-of-two matrix and 512-pixel tiles (OGC 17-083r4), given by a
//! PROJ string, the top left corner and the side of the single tile of zoom 0.
//!
//! Points of a grid are fractions of its square: x to the right and y down, 0 to 1.

mod coord;
mod fitted;
mod footprint;
mod projection;
#[cfg(test)]
mod tests;

pub use coord::{MAX_ZOOM, TileCoord, TileCoordError};
pub use footprint::GeoBox;

use crate::id::GridId;
use projection::Projection;

/// Units along one side of a tile (MVT extent).
pub const EXTENT: i32 = 4096;
/// Units around a tile in which geometry is kept, so that a line drawn along a cut is never seen: 10 CSS pixels.
pub const BUFFER: i32 = 80;
/// CSS pixels along one side of a tile.
pub const TILE_SIZE: u32 = 512;

/// The id of the grid of web maps.
pub const WEB_MERCATOR: &str = "WebMercatorQuad";
/// EPSG:3857 as a PROJ string.
pub const WEB_MERCATOR_CRS: &str =
    "+proj=merc +a=6378137 +b=6378137 +lat_ts=0 +lon_0=0 +x_0=0 +y_0=0 +k=1 +units=m +nadgrids=@null +no_defs";
/// Half the side of Web Mercator in metres.
pub const WEB_MERCATOR_HALF: f64 = 20_037_508.342_789_244;

/// Projections of PROJ that keep the ratios between areas.
pub const EQUAL_AREA: [&str; 9] = ["aea", "laea", "cea", "eck4", "eqearth", "igh", "leac", "moll", "sinu"];

/// Whether a map in this CRS (a PROJ string) keeps the ratios between areas as they are on the earth.
#[must_use]
pub fn is_equal_area(crs: &str) -> bool {
    crs.split_whitespace().filter_map(|word| word.strip_prefix("+proj=")).any(|proj| EQUAL_AREA.contains(&proj))
}

/// A grid.
#[derive(Debug)]
pub struct Grid {
    id: GridId,
    crs: String,
    corner: [f64; 2],
    side: f64,
    projection: Projection,
}

/// Why settings make no grid.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum GridError {
    /// The PROJ string is not understood.
    #[error(
        "grid {id}: PROJ string {crs:?} is not understood ({reason}): use one PROJ projection, e.g. +proj=aea +lat_1=52 +lat_2=64 +lon_0=105 +datum=WGS84 +units=m"
    )]
    Crs {
        /// The grid.
        id: GridId,
        /// The PROJ string as configured.
        crs: String,
        /// What the projection library says.
        reason: String,
    },
    /// The id is malformed.
    #[error("{0}")]
    Id(String),
    /// The corner or the side is not a usable number.
    #[error(
        "grid {id}: corner {corner:?} and side {side} do not make a square: expected finite numbers and a side above zero, in the CRS's units"
    )]
    Square {
        /// The grid.
        id: GridId,
        /// The corner as configured.
        corner: [f64; 2],
        /// The side as configured.
        side: f64,
    },
}

impl Grid {
    /// The grid with top left `corner` and `side`, both in the units of the PROJ string `crs`.
    pub fn new(id: GridId, crs: &str, corner: [f64; 2], side: f64) -> Result<Self, GridError> {
        if !(corner.iter().all(|c| c.is_finite()) && side.is_finite() && side > 0.0) {
            return Err(GridError::Square { id, corner, side });
        }
        let projection =
            Projection::new(crs).map_err(|reason| GridError::Crs { id: id.clone(), crs: crs.to_owned(), reason })?;
        Ok(Self { id, crs: crs.to_owned(), corner, side, projection })
    }

    /// The grid of web maps (OGC WebMercatorQuad).
    pub fn web_mercator() -> Result<Self, GridError> {
        let id = GridId::new(WEB_MERCATOR).map_err(|e| GridError::Id(e.to_string()))?;
        Self::new(id, WEB_MERCATOR_CRS, [-WEB_MERCATOR_HALF, WEB_MERCATOR_HALF], 2.0 * WEB_MERCATOR_HALF)
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> &GridId {
        &self.id
    }

    /// Its PROJ string.
    #[must_use]
    pub fn crs(&self) -> &str {
        &self.crs
    }

    /// Its top left corner in the units of its CRS.
    #[must_use]
    pub fn corner(&self) -> [f64; 2] {
        self.corner
    }

    /// The side of the tile of zoom 0 in the units of its CRS.
    #[must_use]
    pub fn side(&self) -> f64 {
        self.side
    }

    /// Longitude and latitude (degrees, WGS 84) to fractions of the grid; `None` where the projection has no finite point.
    /// Longitudes past 180 continue to the right in a grid that [wraps](Self::wraps).
    #[must_use]
    pub fn project(&self, lon: f64, lat: f64) -> Option<[f64; 2]> {
        let [x, y] = self.projection.forward(lon, lat)?;
        Some([(x - self.corner[0]) / self.side, (self.corner[1] - y) / self.side])
    }

    /// Fractions of the grid to longitude and latitude, the inverse of [`Self::project`].
    #[must_use]
    pub fn unproject(&self, x: f64, y: f64) -> Option<[f64; 2]> {
        self.projection.inverse(self.corner[0] + x * self.side, self.corner[1] - y * self.side)
    }

    /// Whether the world repeats to the left and right of the grid: a cylindrical projection whose whole turn is the side.
    #[must_use]
    pub fn wraps(&self) -> bool {
        self.projection.turn().is_some_and(|turn| (turn / self.side - 1.0).abs() < 1e-6)
    }

    /// The meridian at which a conic projection is torn apart, in degrees; `None` for a cylindrical one, in which a longitude
    /// past the seam simply continues, and for an azimuthal one, which goes all around.
    #[must_use]
    pub fn seam(&self) -> Option<f64> {
        let whole = self.projection.turn().is_some() || self.projection.joined();
        (!whole).then(|| self.projection.central_meridian() + 180.0)
    }

    /// Whether this is the square of Web Mercator, which PMTiles readers take for granted.
    #[must_use]
    pub fn is_web_mercator(&self) -> bool {
        let probe = [(37.6, 55.7), (-120.0, -33.0), (179.0, 80.0)];
        probe.iter().all(|&(lon, lat): &(f64, f64)| {
            let y = 0.5 - (std::f64::consts::FRAC_PI_4 + lat.to_radians() / 2.0).tan().ln() / std::f64::consts::TAU;
            self.project(lon, lat).is_some_and(|p| (p[0] - (lon / 360.0 + 0.5)).abs() < 1e-9 && (p[1] - y).abs() < 1e-9)
        })
    }
}
