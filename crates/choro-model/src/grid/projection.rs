//! The one door to proj4rs.

use proj4rs::{Proj, adaptors::transform_vertex_2d};

/// Longitude and latitude in degrees to the units of a CRS and back.
#[derive(Debug)]
pub struct Projection {
    geographic: Proj,
    projected: Proj,
    /// Width of 360 degrees in a cylindrical projection.
    turn: Option<f64>,
    /// Whether both sides of the meridian opposite the central one lie together.
    joined: bool,
}

impl Projection {
    pub fn new(crs: &str) -> Result<Self, String> {
        // Latitude and longitude on the CRS's own ellipsoid: grids are drawn from WGS 84 and need no datum shift.
        let geographic = Proj::from_proj_string("+proj=longlat +datum=WGS84 +no_defs").map_err(|e| e.to_string())?;
        let projected = Proj::from_proj_string(crs).map_err(|e| e.to_string())?;
        if projected.is_latlong() || !projected.has_forward() || !projected.has_inverse() {
            return Err("not a projection with a forward and an inverse".to_owned());
        }
        let mut new = Self { geographic, projected, turn: None, joined: false };
        new.turn = new.measure_turn();
        new.joined = new.measure_joined();
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

    /// A step across the meridian opposite the central one is as short as a step beside it. So it is in an azimuthal projection,
    /// which has one point there that it cannot hold; a conic one is torn along all of that meridian.
    fn measure_joined(&self) -> bool {
        const STEP: f64 = 1e-6;
        let opposite = self.central_meridian() + 180.0;
        let step = |lat: f64, from: f64| {
            let (a, b) = (self.forward_raw(opposite + from, lat)?, self.forward_raw(opposite + from + 2.0 * STEP, lat)?);
            Some((a[0] - b[0]).hypot(a[1] - b[1]))
        };
        [-57.3, -12.7, 21.3, 48.7, 73.1].iter().all(|&lat| match (step(lat, -3.0 * STEP), step(lat, -STEP)) {
            (Some(beside), Some(across)) => across <= 2.0 * beside,
            _ => false,
        })
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

    pub fn joined(&self) -> bool {
        self.joined
    }

    pub fn central_meridian(&self) -> f64 {
        self.projected.longitude_of_origin().to_degrees()
    }
}
