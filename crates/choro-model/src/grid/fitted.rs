//! An equal-area grid fitted to where areas lie.
//!
//! The rule, by the boxes of the areas, each weighted by its surface on the sphere:
//!
//! 1. Areas all around a pole, none nearer to the equator than 45 degrees: Lambert's azimuthal projection around the pole.
//! 2. Areas over more than half a turn otherwise, or on both sides of the equator and wide: Lambert's cylindrical projection, true at
//!    the latitude that the weights have in the mean square. The world repeats beside it, so nothing is torn.
//! 3. Wide areas on one side of the equator: Albers' conic projection, true at the latitudes below which a sixth and five sixths of
//!    the weights lie.
//! 4. All others, whatever far islands they have: Lambert's azimuthal projection around the centre of the weights.
//!
//! *Wide* is what reaches farther than 10 degrees from the centre of the weights, and one and a half times as far from west to east as
//! from south to north; the outermost twentieth of the weights does not count. The conic and azimuthal squares are 40,960 km wide, so that
//! nothing lies beyond them and zooms mean about what they mean in Web Mercator. Formulas: Snyder, Map Projections: A Working Manual
//! (USGS Professional Paper 1395), 14, 10 and 24.

use super::{
    Grid, GridError,
    footprint::{Footprint, GeoBox},
};
use crate::id::GridId;

/// Half the side of conic and azimuthal squares, metres: more than any point of the world is away from the middle.
const HALF: f64 = 20_480_000.0;
/// Latitude beyond which what goes around a pole is drawn around it.
const POLAR: f64 = 45.0;
/// Reach, degrees, up to which any projection is as good, so that the simplest is taken.
const SMALL: f64 = 10.0;
/// Degrees of longitude above which areas are those of the world, drawn around Greenwich.
const WORLD: f64 = 300.0;
/// How many times as far from west to east as from south to north makes areas wide.
const WIDE: f64 = 1.5;
/// Latitude of the centre below which no conic projection is taken: its cone would be nearly a cylinder.
const TROPIC: f64 = 12.0;

/// A projection with whole degrees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum FittedProjection {
    /// Around a point of this latitude and longitude.
    Azimuthal(i32, i32),
    /// True at two latitudes, in the middle of a meridian.
    Conic([i32; 2], i32, i32),
    /// True at a latitude, in the middle of a meridian.
    Cylindrical(i32, i32),
}

impl Grid {
    /// The equal-area grid for areas in these boxes; `None` where there is no box.
    ///
    /// # Errors
    ///
    /// Those of [`Grid::new`]; none is known.
    pub fn fitted(boxes: impl IntoIterator<Item = GeoBox>) -> Result<Option<Self>, GridError> {
        Footprint::of(boxes).map(|footprint| projection(&footprint).grid()).transpose()
    }
}

fn projection(areas: &Footprint) -> FittedProjection {
    let [lon, lat] = areas.centre();
    let (south, north) = areas.latitudes();
    let middle = whole(areas.middle());
    if areas.width() > 180.0 && (south >= POLAR || north <= -POLAR) {
        return FittedProjection::Azimuthal(if south > 0.0 { 90 } else { -90 }, middle);
    }
    let crosses = south < 0.0 && north > 0.0;
    let (reach, is_wide) = (areas.reach(), areas.slenderness() >= WIDE);
    if areas.width() > 180.0 && reach > SMALL || crosses && is_wide && reach > SMALL && lat.abs() < TROPIC {
        // The square ends where longitudes do, so that no area is stored beyond it.
        let middle = if areas.width() > WORLD { 0 } else { middle };
        return FittedProjection::Cylindrical(whole(areas.mean_square_latitude()), middle);
    }
    if is_wide && reach > SMALL && lat.abs() >= TROPIC {
        let true_at = [1.0 / 6.0, 5.0 / 6.0].map(|part| whole(areas.latitude_below(part)));
        return FittedProjection::Conic(true_at, whole(lat), whole(areas.central(lon)));
    }
    FittedProjection::Azimuthal(whole(lat), whole(lon))
}

impl FittedProjection {
    fn grid(self) -> Result<Grid, GridError> {
        let (id, crs) = (self.id()?, self.crs());
        match self {
            Self::Cylindrical(..) => {
                let turn = Grid::new(id.clone(), &crs, [0.0, 0.0], 1.0)?.projection.turn().unwrap_or(2.0 * HALF);
                Grid::new(id, &crs, [-turn / 2.0, turn / 2.0], turn)
            }
            Self::Azimuthal(..) | Self::Conic(..) => Grid::new(id, &crs, [-HALF, HALF], 2.0 * HALF),
        }
    }

    /// The id tells the projection, so that one id never comes to mean another: `LaeaN51E010Quad`.
    fn id(self) -> Result<GridId, GridError> {
        let latitude = |lat: i32| format!("{}{:02}", if lat < 0 { 'S' } else { 'N' }, lat.abs());
        let longitude = |lon: i32| format!("{}{:03}", if lon < 0 { 'W' } else { 'E' }, lon.abs());
        let text = match self {
            Self::Azimuthal(lat, lon) => format!("Laea{}{}Quad", latitude(lat), longitude(lon)),
            Self::Conic([from, to], _, lon) => format!("Aea{}{}{}Quad", latitude(from), latitude(to), longitude(lon)),
            Self::Cylindrical(lat, lon) => format!("Cea{}{}Quad", latitude(lat), longitude(lon)),
        };
        GridId::new(&text).map_err(|e| GridError::Id(e.to_string()))
    }

    fn crs(self) -> String {
        let parameters = match self {
            Self::Azimuthal(lat, lon) => format!("+proj=laea +lat_0={lat} +lon_0={lon}"),
            Self::Conic([from, to], lat, lon) => {
                format!("+proj=aea +lat_1={from} +lat_2={to} +lat_0={lat} +lon_0={lon}")
            }
            Self::Cylindrical(lat, lon) => format!("+proj=cea +lat_ts={lat} +lon_0={lon}"),
        };
        format!("{parameters} +x_0=0 +y_0=0 +datum=WGS84 +units=m +no_defs")
    }
}

/// Whole degrees, a longitude within -180..180.
fn whole(degrees: f64) -> i32 {
    let within = if degrees.abs() > 180.0 { (degrees + 180.0).rem_euclid(360.0) - 180.0 } else { degrees };
    #[expect(clippy::cast_possible_truncation, reason = "it lies within -180..180")]
    let whole = within.round() as i32;
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The id of the grid for boxes.
    fn id(boxes: &[[f64; 4]]) -> String {
        Grid::fitted(boxes.iter().copied()).unwrap().unwrap().id().to_string()
    }

    #[test]
    fn countries_of_every_shape_get_the_projection_that_fits_them() {
        for (boxes, expected) in [
            // Districts of a compact country, those of one with far islands, and one area.
            (&[[6.0, 47.3, 10.0, 55.0], [10.0, 47.3, 15.0, 54.8]][..], "LaeaN51E010Quad"),
            (&[[-5.0, 42.3, 8.2, 51.1], [55.2, -21.4, 55.9, -20.9], [-61.8, 14.4, -60.8, 16.5]], "LaeaN46E000Quad"),
            (&[[68.1, 8.1, 97.4, 37.1]], "LaeaN22E083Quad"),
            // Wide: states from coast to coast, with islands across 180 degrees, and from the Baltic to the Bering strait.
            (&[[-124.8, 24.5, -95.0, 49.0], [-95.0, 25.0, -67.0, 47.5]], "AeaN28N44W096Quad"),
            (&[[19.6, 54.0, 60.0, 70.0], [60.0, 49.0, 120.0, 78.0], [120.0, 42.0, -169.0, 76.0]], "AeaN49N68E123Quad"),
            // Along the equator, around the world, and around a pole.
            (&[[95.0, -8.0, 119.0, 6.0], [119.0, -11.0, 141.0, 2.0]], "CeaN05E118Quad"),
            (&[[-170.0, -56.0, -34.0, 83.0], [-18.0, -35.0, 180.0, 81.0], [112.0, -44.0, 154.0, -10.0]], "CeaN34E000Quad"),
            (&[[-180.0, -90.0, 180.0, -60.0]], "LaeaS90E000Quad"),
            (&[[-75.0, 60.0, -10.0, 84.0], [5.0, 58.0, 31.0, 81.0], [60.0, 66.0, -170.0, 78.0]], "LaeaN90E058Quad"),
        ] {
            assert_eq!(id(boxes), expected, "{boxes:?}");
        }
        assert!(Grid::fitted([]).unwrap().is_none());
    }

    #[test]
    fn a_fitted_grid_keeps_areas_and_holds_every_box_within_its_square() {
        for boxes in [
            &[
                [-180.0, 51.0, -130.0, 71.4],
                [172.0, 51.0, 180.0, 53.0],
                [-124.8, 24.5, -67.0, 49.0],
                [144.6, 13.2, 145.0, 13.7],
            ][..],
            &[[165.9, -48.0, 178.6, -34.0], [-177.0, -44.5, -176.0, -43.5]],
            &[[-75.7, -56.0, -66.0, -17.5], [-109.5, -27.2, -109.2, -27.0]],
            &[[5.0, 58.0, 31.0, 81.0], [3.2, -54.5, 3.5, -54.3]],
            &[[-180.0, -90.0, 180.0, -60.0], [-180.0, -56.0, 180.0, 83.6]],
        ] {
            let grid = Grid::fitted(boxes.iter().copied()).unwrap().unwrap();
            assert!(super::super::is_equal_area(grid.crs()), "{}", grid.crs());
            for [west, south, east, north] in boxes {
                for (lon, lat) in [(west, south), (west, north), (east, south), (east, north)] {
                    let lat = lat.clamp(-89.9, 89.9);
                    let [x, y] = grid.project(*lon, lat).unwrap();
                    let is_held = (grid.wraps() || (0.0..=1.0).contains(&x)) && (0.0..=1.0).contains(&y);
                    assert!(is_held, "{}: {lon} {lat} lies at {x} {y}", grid.id());
                }
            }
        }
    }

    #[test]
    fn a_conic_grid_is_torn_where_no_area_lies() {
        let boxes = [[144.6, 13.2, 145.0, 13.7], [-170.0, 20.0, -66.0, 60.0], [20.0, 50.0, 25.0, 52.0]];
        let grid = Grid::fitted(boxes).unwrap().unwrap();
        if let Some(seam) = grid.seam() {
            let inside = |west: f64, east: f64| (seam - west).rem_euclid(360.0) < (east - west).rem_euclid(360.0);
            assert!(!boxes.iter().any(|[west, _, east, _]| inside(*west, *east)), "{} is torn at {seam}", grid.crs());
        }
    }
}
