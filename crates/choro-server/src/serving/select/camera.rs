//! Where a map is looked at.

use super::not_valid_here::not_valid_here;
use choro_model::grid::MAX_ZOOM;
use serde::{Serialize, Serializer};
use std::{fmt, str::FromStr};

/// The centre of a map and its zoom. As text `longitude,latitude,zoom`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Camera {
    /// Longitude and latitude of the centre, in degrees.
    pub centre: [f64; 2],
    /// The zoom of a map with tiles of 512 pixels.
    pub zoom: f64,
}

impl Camera {
    /// The farthest longitude east and west, in degrees.
    pub(crate) const MOST_LON: f64 = 360.0;
    /// The farthest latitude north and south, in degrees.
    pub(crate) const MOST_LAT: f64 = 90.0;
}

impl fmt::Display for Camera {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{},{},{}", self.centre[0], self.centre[1], self.zoom)
    }
}

impl Serialize for Camera {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Three numbers, each in range.
impl FromStr for Camera {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        camera(text).ok_or_else(|| not_valid_here("at", text))
    }
}

fn camera(text: &str) -> Option<Camera> {
    let numbers: Vec<f64> =
        text.split(',').take(4).map(|part| part.parse().ok().filter(|n: &f64| n.is_finite())).collect::<Option<_>>()?;
    let [lon, lat, zoom] = numbers.try_into().ok()?;
    let there =
        lon.abs() <= Camera::MOST_LON && lat.abs() <= Camera::MOST_LAT && (0.0..=f64::from(MAX_ZOOM)).contains(&zoom);
    there.then_some(Camera { centre: [lon, lat], zoom })
}
