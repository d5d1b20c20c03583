//! Rings that go round a pole.
//!
//! Their longitudes do not come back to where they began, but a whole turn further. Such a ring is cut at the antimeridian and led along
//! the pole, which is a line in every cylindrical projection:
//!
//! ```text
//!   -180                 180
//!     +-------------------+   the pole
//!     |                   |   along the antimeridian
//!     +--.__     __.------+   the ring
//! ```

use super::antimeridian::ON_MERIDIAN;
use crate::boundary::geometry::rings::Ring;
use geo::Coord;

/// The ring closed along the pole that it goes round. `turns` has the whole turns to be added to each longitude, `around` those after
/// which the ring comes back to its first position. `None` where it already runs along the pole, or goes round more than once.
pub fn closed(ring: &Ring, turns: &[f64], around: f64) -> Option<Ring> {
    let touches_pole = ring.iter().any(|c| c.y.abs() > 90.0 - ON_MERIDIAN);
    if around.abs() != 1.0 || touches_pole {
        return None;
    }
    let latitude = ring.iter().map(|c| c.y).sum::<f64>();
    let pole = if latitude < 0.0 { -90.0 } else { 90.0 };
    let mut line: Ring = ring.iter().zip(turns).map(|(c, turn)| Coord { x: c.x + 360.0 * turn, y: c.y }).collect();
    let first = *line.first()?;
    line.push(Coord { x: first.x + 360.0 * around, y: first.y });
    if around < 0.0 {
        line.reverse();
    }
    let mut whole = from_antimeridian(&line)?;
    let (start, end) = (*whole.first()?, *whole.last()?);
    whole.extend([Coord { x: end.x, y: pole }, Coord { x: start.x, y: pole }]);
    Some(whole)
}

/// A line eastwards around the circle, so that it begins at -180 and ends at 180.
fn from_antimeridian(line: &[Coord<f64>]) -> Option<Ring> {
    let start = line.first()?.x;
    // The first meridian of 180 degrees at or behind the start.
    let cut = 180.0 + 360.0 * ((start - 180.0) / 360.0).ceil();
    let crossing = line.windows(2).find_map(|edge| match edge {
        [a, b] if a.x <= cut && cut <= b.x && a.x < b.x => Some(a.y + (b.y - a.y) * (cut - a.x) / (b.x - a.x)),
        _ => None,
    })?;
    let beyond = line.iter().filter(|c| c.x > cut && c.x < cut + 360.0).map(|c| Coord { x: c.x - 360.0, y: c.y });
    let before = line.iter().skip(1).filter(|c| c.x < cut).copied();
    let [west, east] = [cut - 360.0, cut].map(|x| Coord { x, y: crossing });
    let whole: Vec<Coord<f64>> = std::iter::once(west).chain(beyond).chain(before).chain([east]).collect();
    Some(whole.into_iter().map(|c| Coord { x: c.x - (cut - 180.0), y: c.y }).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ring(longitudes: &[f64], latitude: f64) -> Ring {
        longitudes.iter().map(|x| Coord { x: *x, y: latitude }).collect()
    }

    #[test]
    fn a_ring_is_cut_at_the_antimeridian_and_led_along_its_pole() {
        let closed = closed(&ring(&[-135.0, -45.0, 45.0, 135.0], -70.0), &[0.0; 4], 1.0).unwrap();
        let expected = [
            (-180.0, -70.0),
            (-135.0, -70.0),
            (-45.0, -70.0),
            (45.0, -70.0),
            (135.0, -70.0),
            (180.0, -70.0),
            (180.0, -90.0),
            (-180.0, -90.0),
        ];
        let got: Vec<(f64, f64)> = closed.iter().map(|c| (c.x, c.y)).collect();
        assert_eq!(got, expected);
    }

    #[test]
    fn westwards_around_the_northern_pole_it_is_the_same_area() {
        let closed = closed(&ring(&[180.0, 90.0, 0.0, -90.0], 75.0), &[0.0; 4], -1.0).unwrap();
        let (west, east) = (closed.first().unwrap(), closed[closed.len() - 3]);
        assert_eq!((west.x, east.x, closed.last().unwrap().y), (-180.0, 180.0, 90.0));
        assert_eq!(closed.len(), 7);
    }

    #[test]
    fn a_ring_along_the_pole_stays_as_it_is() {
        assert_eq!(closed(&ring(&[-180.0, 0.0, 180.0], -90.0), &[0.0; 3], 1.0), None);
    }
}
