//! The one door to proj4rs.

use proj4rs::{Proj, adaptors::transform_vertex_2d};

/// Longitude and latitude in degrees to the units of a CRS and back.
#[derive(Debug)]
pub struct Projection {
    geographic: Proj,
    projected: Proj,
    /// Width of 360 degrees in a cylindrical projection.
    turn: Option<f64>,
}

impl Projection {
    pub fn new(crs: &str) -> Result<Self, String> {
        // Latitude and longitude on the CRS's own ellipsoid: grids are drawn from WGS 84 and need no datum shift.
        let geographic = Proj::from_proj_string("+proj=longlat +datum=WGS84 +no_defs").map_err(|e| e.to_string())?;
        let projected = Proj::from_proj_string(crs).map_err(|e| e.to_string())?;
        if projected.is_latlong() || !projected.has_forward() || !projected.has_inverse() {
            return Err("not a projection with a forward and an inverse".to_owned());
        }
        let mut new = Self { geographic, projected, turn: None };
        new.turn = new.measure_turn();
        Ok(new)
    }

    /// A projection is cylindrical here when x is linear in longitude on every parallel.
    fn measure_turn(&self) -> Option<f64> {
        let lon = |degrees: f64| self.central_meridian() + degrees;
        let x = |lat: f64, degrees: f64| self.forward_raw(lon(degrees), lat).map(|p| p[0]);
        let degree = x(0.0, 1.0)? - x(0.0, 0.0)?;
        let same = |a: f64, b: f64| (a - b).abs() <= 1e-9 * degree.abs() * 360.0;
        let linear = [-60.0, 0.0, 60.0].iter().all(|&lat| match (x(lat, 0.0), x(lat, 100.0)) {
            (Some(from), Some(to)) => same(to - from, 100.0 * degree),
            _ => false,
        });
        linear.then_some(360.0 * degree)
    }

    fn forward_raw(&self, lon: f64, lat: f64) -> Option<[f64; 2]> {
        let point = (lon.to_radians(), lat.to_radians());
        let (x, y) = transform_vertex_2d(&self.geographic, &self.projected, point).ok()?;
        (x.is_finite() && y.is_finite()).then_some([x, y])
    }

    pub fn forward(&self, lon: f64, lat: f64) -> Option<[f64; 2]> {
        let Some(turn) = self.turn else { return self.forward_raw(lon, lat) };
        // The library wraps longitudes into one turn; an unwrapped set needs them to continue. The central meridian is
        // projected instead and x, linear in longitude, added: the same for every turn, so 179 and 181 never tear.
        let [x, y] = self.forward_raw(self.central_meridian(), lat)?;
        Some([x + (lon - self.central_meridian()) / 360.0 * turn, y])
    }

    pub fn inverse(&self, x: f64, y: f64) -> Option<[f64; 2]> {
        let (lon, lat) = transform_vertex_2d(&self.projected, &self.geographic, (x, y)).ok()?;
        (lon.is_finite() && lat.is_finite()).then(|| [lon.to_degrees(), lat.to_degrees()])
    }

    pub fn turn(&self) -> Option<f64> {
        self.turn
    }

    pub fn central_meridian(&self) -> f64 {
        self.projected.longitude_of_origin().to_degrees()
    }
}
