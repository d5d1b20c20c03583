//! Rings: lists of positions without the repeated last one, and what can be said about them.

use super::bounds::Bounds;
use crate::boundary::{
    features::{area_fault::AreaFault, feature::Shape},
    report::{GeometryDefect, Reason},
};
use geo::Coord;
use std::collections::BTreeMap;

/// A ring; its last position is followed by its first.
pub type Ring = Vec<Coord<f64>>;
/// The rings of an area's parts, the exterior first.
pub type Parts = Vec<Vec<Ring>>;

/// What was mended in an area: how often and where first.
#[derive(Debug, Default)]
pub struct DefectNotes(pub BTreeMap<GeometryDefect, (usize, Coord<f64>)>);

impl DefectNotes {
    /// Notes one more.
    pub fn add(&mut self, problem: GeometryDefect, at: Coord<f64>) {
        self.0.entry(problem).or_insert((0, at)).0 += 1;
    }
}

/// The two coordinates as bits, by which positions are compared. 0 and -0 are one.
pub fn key(c: Coord<f64>) -> (u64, u64) {
    ((c.x + 0.0).to_bits(), (c.y + 0.0).to_bits())
}

/// The ring's edges.
pub fn edges(ring: &[Coord<f64>]) -> impl Iterator<Item = (Coord<f64>, Coord<f64>)> + Clone + '_ {
    ring.iter().copied().zip(ring.iter().copied().cycle().skip(1))
}

/// Twice the signed area: positive where the ring runs counter-clockwise.
pub fn signed_area(ring: &[Coord<f64>]) -> f64 {
    // Relative to one vertex, so that small rings far from the origin keep their digits.
    let Some(origin) = ring.first().copied() else { return 0.0 };
    edges(ring).map(|(a, b)| (a - origin, b - origin)).map(|(a, b)| a.x * b.y - b.x * a.y).sum()
}

/// Makes rings of a file's positions, and notes what is wrong with them. A fault means that the area cannot be taken.
pub fn from_source(shape: Shape, notes: &mut DefectNotes) -> Result<Parts, AreaFault> {
    let somewhere = shape.polygons.iter().flatten().flatten().next().copied();
    (0..shape.others).for_each(|_| notes.add(GeometryDefect::NotPolygon, somewhere.unwrap_or_default()));
    let mut parts = Parts::new();
    for (number, polygon) in shape.polygons.into_iter().enumerate() {
        let mut part = Vec::with_capacity(polygon.len());
        let (mut lost, count) = (None, polygon.len());
        for (index, positions) in polygon.into_iter().enumerate() {
            let placed = |f: AreaFault| AreaFault::new(f.reason, format!("part {number}, ring {index}: {}", f.detail));
            match ring(positions, somewhere.unwrap_or_default(), notes).map_err(placed)? {
                Some(ring) => part.push(ring),
                None => lost = lost.or(Some(index)),
            }
        }
        if lost == Some(0) && !part.is_empty() {
            let what =
                format!("part {number}: its exterior ring encloses nothing, and {} of its {count} rings do", part.len());
            return Err(AreaFault::new(Reason::Ring, what));
        }
        exterior_first(&mut part, notes);
        if !part.is_empty() {
            parts.push(part);
        }
    }
    if parts.is_empty() {
        return Err(AreaFault::new(Reason::NoArea, "none of its rings encloses anything"));
    }
    Ok(parts)
}

/// Some writers give a hole before its exterior. The largest ring is the exterior where its box holds that of the first.
fn exterior_first(part: &mut [Ring], notes: &mut DefectNotes) {
    let size = |ring: &Ring| signed_area(ring).abs();
    let Some((index, largest)) = part.iter().enumerate().max_by(|(_, a), (_, b)| size(a).total_cmp(&size(b))) else {
        return;
    };
    let (Some(first), bounds) = (part.first(), Bounds::of(largest.iter().copied())) else { return };
    if index > 0 && size(largest) > size(first) && first.iter().all(|c| bounds.holds(*c)) {
        notes.add(GeometryDefect::RingOrder, first.first().copied().unwrap_or_default());
        part.swap(0, index);
    }
}

/// A coordinate nearer to 0 than this becomes 0, degrees: a tenth of a micrometre. Numbers below about 1e-308 lose their digits, so
/// that it could not be told where edges meet.
const NOTHING: f64 = 1e-12;

/// A ring without its repeated last position; `None` where it encloses nothing. `somewhere` is a position of its area.
fn ring(mut positions: Vec<Coord<f64>>, somewhere: Coord<f64>, notes: &mut DefectNotes) -> Result<Option<Ring>, AreaFault> {
    let whole = |degrees: f64| if degrees.abs() < NOTHING { 0.0 } else { degrees };
    positions.iter_mut().for_each(|c| *c = Coord { x: whole(c.x), y: whole(c.y) });
    for (index, c) in positions.iter().enumerate() {
        if !(c.x.is_finite() && c.y.is_finite()) {
            return Err(AreaFault::new(Reason::NotFinite, format!("position {index} is {} {}", c.x, c.y)));
        }
        // Files run on to 191 or back to -190, and from 0 to 360; beyond that it is no longitude.
        if !(-360.0..=540.0).contains(&c.x) || c.y.abs() > 90.0 + 1e-9 {
            return Err(AreaFault::new(Reason::OutsideWorld, format!("position {index} is {} {}", c.x, c.y)));
        }
    }
    let Some((first, last)) = positions.first().copied().zip(positions.last().copied()) else {
        notes.add(GeometryDefect::CollapsedRing, somewhere);
        return Ok(None);
    };
    if key(first) == key(last) {
        positions.pop();
    } else {
        notes.add(GeometryDefect::OpenRing, last);
    }
    let repeated = edges(&positions).filter(|(a, b)| key(*a) == key(*b)).map(|(a, _)| a).collect::<Vec<_>>();
    if !repeated.is_empty() {
        repeated.into_iter().for_each(|at| notes.add(GeometryDefect::RepeatedPoint, at));
        positions.dedup_by_key(|c| key(*c));
        while positions.len() > 1 && positions.first().map(|c| key(*c)) == positions.last().map(|c| key(*c)) {
            positions.pop();
        }
    }
    if positions.len() < 3 {
        notes.add(GeometryDefect::CollapsedRing, first);
        return Ok(None);
    }
    Ok(Some(positions))
}

/// Exterior rings counter-clockwise, holes clockwise.
pub fn orient(parts: &mut Parts) {
    for part in parts {
        for (index, ring) in part.iter_mut().enumerate() {
            if (signed_area(ring) < 0.0) == (index == 0) {
                ring.reverse();
            }
        }
    }
}

/// Parts as a multipolygon, its rings closed.
pub fn to_geo(parts: Parts) -> geo::MultiPolygon<f64> {
    // `Polygon::new` closes the rings.
    let line = |ring: Ring| geo::LineString::new(ring);
    let polygon = |part: Vec<Ring>| {
        let mut rings = part.into_iter().map(line);
        rings.next().map(|exterior| geo::Polygon::new(exterior, rings.collect()))
    };
    geo::MultiPolygon::new(parts.into_iter().filter_map(polygon).collect())
}
