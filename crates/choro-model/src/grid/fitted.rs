//! An equal-area grid fitted to where areas lie.
//!
//! The rule, by the boxes of the areas, each weighted by its surface on the sphere:
//!
//! 1. Areas over more than half a turn, none nearer to the equator than 45 degrees: Lambert's azimuthal projection around the pole.
//! 2. Areas over more than half a turn otherwise, or wide ones on both sides of the equator whose centre is within 12 degrees of it:
//!    Lambert's cylindrical projection, true at the latitude that the weights have in the mean square, 55 degrees at most. The world
//!    repeats beside it, so nothing is torn.
//! 3. Wide areas whose centre is 12 degrees or more from the equator: Albers' conic projection, true at the latitudes below which a
//!    sixth and five sixths of the weights lie.
//! 4. All others, whatever far islands they have: Lambert's azimuthal projection around the centre of the weights.
//!
//! A release is published anew when an area or a vintage is added, and addresses name grids: so the grid of the release before is kept
//! while it is of the kind that would be fitted anew, and each of its degrees is within [`KEPT`] of that.
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
/// The greatest latitude at which a cylindrical projection is true: beyond 55.6 degrees the square of one turn would not reach the poles,
/// since the cosine of the latitude has to be the root of 1 / pi or more.
const CYLINDER: i32 = 55;
/// How many degrees a grid of the release before may be away from what would be fitted anew.
const KEPT: i32 = 2;

/// A projection with whole degrees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum FittedProjection {
    /// Around a point of this latitude and longitude.
    Azimuthal(i32, i32),
    /// True at two latitudes, symmetrical to a meridian.
    Conic([i32; 2], i32),
    /// True at a latitude, with a meridian in its middle.
    Cylindrical(i32, i32),
}

impl Grid {
    /// The equal-area grid for areas in these boxes; `None` where there is no box. `before`: ids of grids of the release before, of which
    /// one is kept if it is about the same.
    ///
    /// # Errors
    ///
    /// Those of [`Grid::new`]; none is known.
    pub fn fitted(boxes: impl IntoIterator<Item = GeoBox>, before: &[GridId]) -> Result<Option<Self>, GridError> {
        let Some(footprint) = Footprint::of(boxes) else { return Ok(None) };
        let best = projection(&footprint);
        let kept = best.near().find(|near| near.id().is_ok_and(|id| before.contains(&id)));
        kept.unwrap_or(best).grid().map(Some)
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
        return FittedProjection::Cylindrical(whole(areas.mean_square_latitude()).min(CYLINDER), middle);
    }
    if is_wide && reach > SMALL && lat.abs() >= TROPIC {
        let true_at = [1.0 / 6.0, 5.0 / 6.0].map(|part| whole(areas.latitude_below(part)));
        return FittedProjection::Conic(true_at, whole(areas.central(lon, f64::from(KEPT) + 1.0)));
    }
    FittedProjection::Azimuthal(whole(lat), whole(lon))
}

impl FittedProjection {
    /// Those of the same kind that are nearly as good, this one first.
    fn near(self) -> impl Iterator<Item = Self> {
        let off = || -KEPT..=KEPT;
        let offsets = off().flat_map(move |a| off().flat_map(move |b| off().map(move |c| [a, b, c])));
        let moved = move |[a, b, c]: [i32; 3]| match self {
            // Around a pole the latitude is no matter of degrees.
            Self::Azimuthal(lat @ (-90 | 90), lon) => Self::Azimuthal(lat, turned(lon + b)),
            Self::Azimuthal(lat, lon) => Self::Azimuthal((lat + a).clamp(-89, 89), turned(lon + b)),
            Self::Conic([from, to], lon) => Self::Conic([from + a, to + c], turned(lon + b)),
            // The world is drawn around Greenwich or not.
            Self::Cylindrical(lat, 0) => Self::Cylindrical((lat + a).clamp(0, CYLINDER), 0),
            Self::Cylindrical(lat, lon) => Self::Cylindrical((lat + a).clamp(0, CYLINDER), turned(lon + b)),
        };
        std::iter::once(self).chain(offsets.map(moved))
    }

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

    /// The id tells the whole projection, so that one id never comes to mean another: `LaeaN51E010Quad`.
    fn id(self) -> Result<GridId, GridError> {
        let latitude = |lat: i32| format!("{}{:02}", if lat < 0 { 'S' } else { 'N' }, lat.abs());
        let longitude = |lon: i32| format!("{}{:03}", if lon < 0 { 'W' } else { 'E' }, lon.abs());
        let text = match self {
            Self::Azimuthal(lat, lon) => format!("Laea{}{}Quad", latitude(lat), longitude(lon)),
            Self::Conic([from, to], lon) => format!("Aea{}{}{}Quad", latitude(from), latitude(to), longitude(lon)),
            Self::Cylindrical(lat, lon) => format!("Cea{}{}Quad", latitude(lat), longitude(lon)),
        };
        GridId::new(&text).map_err(|e| GridError::Id(e.to_string()))
    }

    fn crs(self) -> String {
        let parameters = match self {
            Self::Azimuthal(lat, lon) => format!("+proj=laea +lat_0={lat} +lon_0={lon}"),
            Self::Conic([from, to], lon) => {
                let lat = (from + to) / 2;
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

/// A longitude within -180..180.
fn turned(lon: i32) -> i32 {
    (lon + 180).rem_euclid(360) - 180
}

#[cfg(test)]
mod tests;
