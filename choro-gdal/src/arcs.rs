//! Arcs become short straight lines (SQL/MM curve types, ISO 13249-3).
//!
//! GDAL can do it, but its binding offers no safe way to ask for it, and its operations on geometries turn the lines back
//! into arcs. An arc is drawn from the same end whichever way a ring runs along it, so neighbours that share it share its
//! lines as well.

use anyhow::{Result, bail};
use gdal::vector::{Geometry, OGRwkbGeometryType};

/// The angle that one line stands for, degrees (GDAL's default).
const STEP: f64 = 4.0;

type Point = (f64, f64);

/// The geometry without arcs, as a polygon or multipolygon; `None` where it has no type that can hold arcs.
pub fn straight(geometry: &Geometry) -> Result<Option<Geometry>> {
    match geometry.geometry_name().as_str() {
        "CURVEPOLYGON" => polygon(geometry).map(Some),
        "MULTISURFACE" => {
            let mut parts = Geometry::empty(OGRwkbGeometryType::wkbMultiPolygon)?;
            for index in 0..geometry.geometry_count() {
                parts.add_geometry(polygon(&geometry.get_geometry(index))?)?;
            }
            Ok(Some(parts))
        }
        _ => Ok(None),
    }
}

fn polygon(surface: &Geometry) -> Result<Geometry> {
    let mut polygon = Geometry::empty(OGRwkbGeometryType::wkbPolygon)?;
    for index in 0..surface.geometry_count() {
        let mut ring = Geometry::empty(OGRwkbGeometryType::wkbLinearRing)?;
        points(&surface.get_geometry(index))?.into_iter().for_each(|point| ring.add_point_2d(point));
        polygon.add_geometry(ring)?;
    }
    Ok(polygon)
}

fn points(curve: &Geometry) -> Result<Vec<Point>> {
    let own = || {
        let mut points = Vec::new();
        curve.get_points(&mut points);
        points.into_iter().map(|(x, y, _)| (x, y)).collect::<Vec<Point>>()
    };
    match curve.geometry_name().as_str() {
        "LINESTRING" | "LINEARRING" => Ok(own()),
        "CIRCULARSTRING" => Ok(stroke(&own())),
        "COMPOUNDCURVE" => {
            let mut all: Vec<Point> = Vec::new();
            for index in 0..curve.geometry_count() {
                let piece = points(&curve.get_geometry(index))?;
                all.extend(piece.into_iter().skip(usize::from(index > 0)));
            }
            Ok(all)
        }
        other => bail!("a ring of type {other}"),
    }
}

/// The lines of a circular string: every second point is on the arc between its neighbours.
fn stroke(points: &[Point]) -> Vec<Point> {
    let mut lines: Vec<Point> = points.first().copied().into_iter().collect();
    for arc in points.windows(3).step_by(2) {
        if let [start, middle, end] = *arc {
            lines.extend(arc_points(start, middle, end).into_iter().skip(1));
        }
    }
    lines
}

fn arc_points(start: Point, middle: Point, end: Point) -> Vec<Point> {
    if (end.0, end.1) < (start.0, start.1) {
        let mut points = arc_points(end, middle, start);
        points.reverse();
        return points;
    }
    let Some((center, radius)) = circle(start, middle, end) else { return vec![start, middle, end] };
    let angle = |point: Point| (point.1 - center.1).atan2(point.0 - center.0);
    let turn = |from: f64, to: f64| (to - from).rem_euclid(std::f64::consts::TAU);
    let (from, to) = (angle(start), angle(end));
    // Counter-clockwise where the middle comes first that way; a full circle ends where it begins.
    let full = start == end;
    let mut sweep = if full { std::f64::consts::TAU } else { turn(from, to) };
    if !full && turn(from, angle(middle)) > sweep {
        sweep -= std::f64::consts::TAU;
    }
    let count = (sweep.abs() / STEP.to_radians()).ceil().clamp(2.0, 90.0);
    let at = |step: u32| from + sweep * f64::from(step) / count;
    let steps = (1..).take_while(|step| f64::from(*step) < count);
    let inner = steps.map(|step| (center.0 + radius * at(step).cos(), center.1 + radius * at(step).sin()));
    std::iter::once(start).chain(inner).chain([end]).collect()
}

/// The circle through three points; where the first is the last, the middle is the far end of a diameter. `None` where
/// they stand in a line.
fn circle(a: Point, b: Point, c: Point) -> Option<(Point, f64)> {
    let distance = |p: Point, q: Point| (p.0 - q.0).hypot(p.1 - q.1);
    if a == c {
        let center = (f64::midpoint(a.0, b.0), f64::midpoint(a.1, b.1));
        return Some((center, distance(center, a))).filter(|(_, radius)| *radius > 0.0);
    }
    // Relative to `a`: the centre is equally far from all three.
    let (b, c) = ((b.0 - a.0, b.1 - a.1), (c.0 - a.0, c.1 - a.1));
    let cross = 2.0 * (b.0 * c.1 - b.1 * c.0);
    if cross == 0.0 {
        return None;
    }
    let (bb, cc) = (b.0 * b.0 + b.1 * b.1, c.0 * c.0 + c.1 * c.1);
    let center = (a.0 + (c.1 * bb - b.1 * cc) / cross, a.1 + (b.0 * cc - c.0 * bb) / cross);
    Some((center, distance(center, a)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_arc_keeps_its_ends_and_its_radius_and_is_the_same_from_both_sides() {
        let (west, north, east) = ((-1.0, 0.0), (0.0, 1.0), (1.0, 0.0));
        let forward = arc_points(west, north, east);
        assert_eq!((forward.first(), forward.last(), forward.len()), (Some(&west), Some(&east), 46));
        assert!(forward.iter().all(|(x, y)| (x.hypot(*y) - 1.0).abs() < 1e-12 && *y >= 0.0));
        let mut backward = arc_points(east, north, west);
        backward.reverse();
        assert_eq!(forward, backward);
        assert_eq!(arc_points(west, east, west).len(), 91);
        assert_eq!(arc_points(west, (0.0, 0.0), east).len(), 3);
    }
}
