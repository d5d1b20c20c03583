//! Vertices of a cut at the antimeridian, brought exactly onto it and onto one another.

use crate::boundary::geometry::rings::{Parts, key};
use geo::Coord;
use std::collections::HashSet;

/// How near a longitude must be to the antimeridian to stand on it, degrees.
pub const ON_MERIDIAN: f64 = 1e-9;
/// Cuts are not always made at 180 exactly. Two vertices in a row that are this near to it belong to a cut, degrees (11 m).
const NEAR_MERIDIAN: f64 = 1e-4;
/// A vertex this near belongs to a cut if the next one stands on the antimeridian and the edge between runs along it, degrees.
const BESIDE_MERIDIAN: f64 = 1e-3;
/// A vertex this near belongs to a cut if it stands between two on the antimeridian, degrees.
const BETWEEN_MERIDIAN: f64 = 5e-3;
/// How near two latitudes on the antimeridian must be to be one vertex, degrees.
const SAME_LATITUDE: f64 = 1e-7;

/// Whether a longitude stands on the antimeridian.
pub fn on_meridian(lon: f64) -> bool {
    to_meridian(lon) <= ON_MERIDIAN
}

/// Distance to the antimeridian, degrees.
fn to_meridian(lon: f64) -> f64 {
    (lon - nearest_meridian(lon)).abs()
}

fn nearest_meridian(lon: f64) -> f64 {
    180.0 + 360.0 * ((lon - 180.0) / 360.0).round()
}

/// Moves the vertices of a cut that was made beside the antimeridian onto it, in every area that has them.
pub fn pull(areas: &mut [Parts]) {
    let mut moved: HashSet<(u64, u64)> = HashSet::new();
    for ring in areas.iter().flatten().flatten() {
        let around = ring.iter().cycle().skip(ring.len().saturating_sub(1));
        for ((before, c), after) in around.zip(ring).zip(ring.iter().cycle().skip(1)) {
            let distance = to_meridian(c.x);
            if distance > ON_MERIDIAN && distance <= BETWEEN_MERIDIAN && belongs_to_cut(*before, *c, *after) {
                moved.insert(key(*c));
            }
        }
    }
    if !moved.is_empty() {
        let found = |c: &&mut Coord<f64>| to_meridian(c.x) <= BETWEEN_MERIDIAN && moved.contains(&key(**c));
        areas.iter_mut().flatten().flatten().flatten().filter(found).for_each(|c| c.x = nearest_meridian(c.x));
    }
}

fn belongs_to_cut(before: Coord<f64>, c: Coord<f64>, after: Coord<f64>) -> bool {
    let distance = to_meridian(c.x);
    let on = |other: Coord<f64>| to_meridian(other.x) <= ON_MERIDIAN;
    let along = |other: Coord<f64>| (other.y - c.y).abs() >= 10.0 * (other.x - c.x).abs();
    let near = |other: Coord<f64>| to_meridian(other.x) <= NEAR_MERIDIAN && along(other);
    (distance <= NEAR_MERIDIAN && (near(before) || near(after)))
        || (distance <= BESIDE_MERIDIAN && (on(before) && along(before) || on(after) && along(after)))
        || (on(before) && on(after))
}

/// Brings vertices on the antimeridian exactly onto it, and those less than a centimetre apart onto one another. The two halves of a
/// cut area were often rounded differently.
pub fn snap(areas: &mut [Parts]) {
    let on = |c: &&mut Coord<f64>| on_meridian(c.x);
    let mut latitudes: Vec<f64> = areas.iter_mut().flatten().flatten().flatten().filter(on).map(|c| c.y).collect();
    latitudes.sort_by(f64::total_cmp);
    latitudes.dedup_by(|next, kept| *next - *kept <= SAME_LATITUDE);
    for c in areas.iter_mut().flatten().flatten().flatten().filter(on) {
        let place = latitudes.partition_point(|latitude| *latitude <= c.y);
        if let Some(latitude) = place.checked_sub(1).and_then(|place| latitudes.get(place)) {
            c.y = *latitude;
        }
        c.x = nearest_meridian(c.x);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vertices_on_the_meridian_are_brought_together() {
        let mut areas = vec![
            vec![vec![vec![Coord { x: 180.0 - 1e-10, y: 10.0 }, Coord { x: 170.0, y: 10.000_000_02 }]]],
            vec![vec![vec![Coord { x: -180.0, y: 10.000_000_05 }]]],
        ];
        snap(&mut areas);
        assert_eq!(areas[0][0][0][0], Coord { x: 180.0, y: 10.0 });
        assert_eq!(areas[0][0][0][1], Coord { x: 170.0, y: 10.000_000_02 });
        assert_eq!(areas[1][0][0][0], Coord { x: -180.0, y: 10.0 });
    }
}
