//! Rows of the area table out of areas: a point inside each, and its box.

use crate::format::area_table::AreaRow;
use choro_model::Area;
use geo::{Area as _, BoundingRect as _, InteriorPoint as _};

/// The row of an area.
pub fn row(area: &Area) -> AreaRow {
    let polygons = area.geometry.iter().flatten();
    let largest = polygons.max_by(|a, b| a.unsigned_area().total_cmp(&b.unsigned_area()));
    let label = largest.and_then(|polygon| polygon.interior_point()).map(|p| [wrap(p.x()), p.y()]);
    let bounds = area.geometry.as_ref().and_then(|geometry| geometry.bounding_rect()).map(|rect| {
        let (min, max) = (rect.min(), rect.max());
        if max.x - min.x >= 360.0 { [-180.0, min.y, 180.0, max.y] } else { [wrap(min.x), min.y, wrap(max.x), max.y] }
    });
    AreaRow { code: area.code.clone(), names: area.names.clone(), parent: area.parent.clone(), label, bounds }
}

/// A longitude within -180..180.
fn wrap(lon: f64) -> f64 {
    if (-180.0..=180.0).contains(&lon) { lon } else { (lon + 180.0).rem_euclid(360.0) - 180.0 }
}

/// The box of all areas. West is greater than east where it crosses 180 degrees: the shorter way round is taken.
pub fn set_bounds(rows: &[AreaRow]) -> [f64; 4] {
    rows.iter().filter_map(|row| row.bounds).reduce(join).unwrap_or([-180.0, -90.0, 180.0, 90.0])
}

/// The box with east greater than west: past 180 where it crosses 180 degrees, as maps take it.
pub fn unwrapped([west, south, east, north]: [f64; 4]) -> [f64; 4] {
    [west, south, if east < west { east + 360.0 } else { east }, north]
}

/// The box with both longitudes within -180..180.
pub fn wrapped([west, south, east, north]: [f64; 4]) -> [f64; 4] {
    [wrap(west), south, wrap(east), north]
}

/// The smallest box around both, whichever way round the world that is.
pub fn join(a: [f64; 4], b: [f64; 4]) -> [f64; 4] {
    let width = |west: f64, east: f64| (east - west).rem_euclid(360.0);
    let whole = |s: [f64; 4]| s[0] <= -180.0 && s[2] >= 180.0;
    let (south, north) = (a[1].min(b[1]), a[3].max(b[3]));
    if whole(a) || whole(b) {
        return [-180.0, south, 180.0, north];
    }
    let covers = |west: f64, east: f64, s: [f64; 4]| {
        width(west, s[0]) <= width(west, east) && width(west, s[0]) + width(s[0], s[2]) <= width(west, east) + 1e-9
    };
    let ways = [(a[0], b[2]), (b[0], a[2]), (a[0], a[2]), (b[0], b[2])];
    let fitting = ways.into_iter().filter(|(west, east)| covers(*west, *east, a) && covers(*west, *east, b));
    let best = fitting.min_by(|x, y| width(x.0, x.1).total_cmp(&width(y.0, y.1)));
    best.map_or([-180.0, south, 180.0, north], |(west, east)| [west, south, east, north])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_join_the_shorter_way_round() {
        let lon = |a: [f64; 2], b: [f64; 2]| {
            let j = join([a[0], 0.0, a[1], 1.0], [b[0], 0.0, b[1], 1.0]);
            [j[0], j[2]]
        };
        for (a, b, expected) in [
            ([20.0, 30.0], [40.0, 50.0], [20.0, 50.0]),
            ([20.0, 160.0], [157.0, -169.0], [20.0, -169.0]),
            ([157.0, -169.0], [20.0, 160.0], [20.0, -169.0]),
            ([170.0, -170.0], [175.0, 178.0], [170.0, -170.0]),
            ([-10.0, 10.0], [-20.0, 20.0], [-20.0, 20.0]),
            ([-180.0, 180.0], [5.0, 6.0], [-180.0, 180.0]),
        ] {
            assert_eq!(lon(a, b), expected, "{a:?} {b:?}");
        }
    }
}
