//! The areas of one zoom as valid integer polygons.
//!
//! Simplified on shared arcs, neighbours agree; what may go wrong is that two lines cross, since each was simplified without
//! seeing the other. Crossing lines get vertices back until they part (`separate`). What still meets itself after rounding
//! is resolved for that area alone, by a Boolean operation in integers (`resolve`).

use super::{
    crossings::{Segment, meetings},
    lines::{Lines, Users},
    projected::{Projected, arcs},
};
use crate::topology::{ArcRef, Polygon};
use i_overlay::{
    core::{fill_rule::FillRule, overlay::IntOverlayOptions, simplify::Simplify},
    i_float::int::point::IntPoint,
};

/// A closed ring without its last, repeated point.
pub type Ring = Vec<[i32; 2]>;
/// The exterior, then the holes. In tile coordinates (y down) an exterior has a positive area (MVT 2.1, 4.3.4.4).
pub type Shape = Vec<Ring>;

/// Rounds of giving vertices back to crossing lines. Each round adds the next vertex that Douglas-Peucker would.
const ROUNDS: usize = 24;
/// How often an area is resolved until nothing changes.
const RESOLVE_ROUNDS: usize = 8;
/// An island of its own below this area in square units (an eighth of a CSS pixel) is left out.
const SMALLEST_ISLAND: i64 = 8;

/// The polygons of every area at a zoom. No area is empty but those that the grid cannot draw. `anchors`: by area a point
/// inside it in fractions of the grid, where an area stands that shrank to nothing.
pub fn shapes(projected: &Projected<'_>, zoom: u8, anchors: &[Option<[f64; 2]>]) -> Vec<Vec<Shape>> {
    let mut lines = Lines::new(projected, zoom);
    keep_from_collapsing(projected, &mut lines);
    let entangled = separate(projected, &mut lines);
    let areas = projected.topology.areas().iter().zip(&projected.drawable);
    let shapes = areas.zip(entangled).zip(anchors).map(|(((polygons, drawable), entangled), anchor)| {
        if !drawable || polygons.is_empty() {
            return Vec::new();
        }
        let shapes = assemble(projected, &lines, polygons);
        let shapes = if entangled { resolve(&shapes) } else { shapes };
        if shapes.is_empty() { anchor.map(|at| vec![dot(lines.round(at))]).unwrap_or_default() } else { shapes }
    });
    shapes.collect()
}

/// Gives vertices back to areas whose largest ring would shrink to nothing.
fn keep_from_collapsing(projected: &Projected<'_>, lines: &mut Lines) {
    for polygons in projected.topology.areas() {
        let exteriors = polygons.iter().filter_map(|polygon| polygon.rings.first());
        let area = |ring: &Vec<ArcRef>| full_area(projected, ring);
        let Some(largest) = exteriors.max_by(|a, b| area(a).total_cmp(&area(b))) else { continue };
        if ring_area(&walk(lines, largest)) != 0 {
            continue;
        }
        for arc in largest {
            let last = projected.significance(arc.arc).len().saturating_sub(1);
            let last = u32::try_from(last).unwrap_or(u32::MAX);
            // Two vertices make a triangle of a closed arc, whose ends are one.
            while lines.line(arc.arc).len() < 4 && lines.refine(projected, arc.arc, 0, last) {
                lines.draw(projected, arc.arc);
                if ring_area(&walk(lines, largest)) != 0 {
                    break;
                }
            }
        }
    }
}

/// Twice the area of a ring in the source, in fractions of the grid squared.
fn full_area(projected: &Projected<'_>, ring: &[ArcRef]) -> f64 {
    let mut sum = 0.0;
    for arc in ring {
        let mut before: Option<[f64; 2]> = None;
        for (_, point, _) in projected.arc(arc.arc) {
            if let Some(from) = before {
                let cross = from[0] * point[1] - point[0] * from[1];
                sum += if arc.reversed { -cross } else { cross };
            }
            before = Some(point);
        }
    }
    sum.abs()
}

/// Refines crossing lines until none cross or nothing is left to give back. Returns by area whether its own rings still meet.
fn separate(projected: &Projected<'_>, lines: &mut Lines) -> Vec<bool> {
    let users = Users::new(&projected.topology);
    let mut found = meetings(lines.all(), None);
    for _ in 0..ROUNDS {
        let mut changed = vec![false; users.of_arc.len()];
        for segment in found.iter().filter(|meeting| meeting.crosses).flat_map(|meeting| meeting.segments) {
            if refine_segment(projected, lines, segment)
                && let Some(slot) = changed.get_mut(segment.arc as usize)
            {
                *slot = true;
            }
        }
        if !changed.contains(&true) {
            break;
        }
        arcs(&projected.topology).zip(&changed).filter(|(_, c)| **c).for_each(|(arc, _)| lines.draw(projected, arc));
        found.retain(|meeting| !meeting.segments.iter().any(|s| changed.get(s.arc as usize) == Some(&true)));
        found.extend(meetings(lines.all(), Some(&changed)));
    }
    let mut entangled = users.borders_itself;
    for meeting in &found {
        let [one, other] = meeting.segments.map(|s| users.of_arc.get(s.arc as usize).map_or(&[][..], Vec::as_slice));
        for area in one.iter().chain(other) {
            let touches_itself = one.contains(area) && other.contains(area);
            if let Some(slot) = entangled.get_mut(*area as usize) {
                *slot |= meeting.crosses || touches_itself;
            }
        }
    }
    entangled
}

fn refine_segment(projected: &Projected<'_>, lines: &mut Lines, segment: Segment) -> bool {
    let line = lines.line(segment.arc);
    let position = |index: u32| line.get(index as usize).map(|vertex| vertex.position);
    let (Some(from), Some(to)) = (position(segment.index), position(segment.index + 1)) else { return false };
    lines.refine(projected, segment.arc, from, to)
}

/// The rings of an area, oriented, without those that collapsed and without specks.
fn assemble(projected: &Projected<'_>, lines: &Lines, polygons: &[Polygon]) -> Vec<Shape> {
    let mut shapes: Vec<(bool, i64, Shape)> = Vec::with_capacity(polygons.len());
    for polygon in polygons {
        let mut rings = polygon.rings.iter();
        let Some(outline) = rings.next() else { continue };
        let Some((exterior, area)) = oriented(walk(lines, outline), 1) else { continue };
        let holes = rings.filter_map(|ring| oriented(walk(lines, ring), -1)).map(|(ring, _)| ring);
        let alone = outline.iter().all(|arc| projected.topology.uses(arc.arc) == 1);
        shapes.push((alone, area, std::iter::once(exterior).chain(holes).collect()));
    }
    let largest = shapes.iter().map(|(_, area, _)| *area).max().unwrap_or_default();
    let speck = |(alone, area, _): &(bool, i64, Shape)| *alone && *area < 2 * SMALLEST_ISLAND && *area < largest;
    shapes.retain(|shape| !speck(shape));
    shapes.into_iter().map(|(_, _, shape)| shape).collect()
}

/// A ring as points, by following its arcs.
fn walk(lines: &Lines, ring: &[ArcRef]) -> Ring {
    let mut points: Ring = Vec::new();
    let mut push = |point: [i32; 2]| {
        if points.last() != Some(&point) {
            points.push(point);
        }
    };
    for arc in ring {
        let line = lines.line(arc.arc).iter().map(|vertex| vertex.point);
        if arc.reversed { line.rev().for_each(&mut push) } else { line.for_each(&mut push) }
    }
    while points.len() > 1 && points.first() == points.last() {
        points.pop();
    }
    points
}

/// The ring in the direction in which its area has the sign, with twice its area; `None` if it has none.
fn oriented(mut ring: Ring, sign: i64) -> Option<(Ring, i64)> {
    let area = ring_area(&ring);
    if area == 0 {
        return None;
    }
    if area.signum() != sign {
        ring.reverse();
    }
    Some((ring, area.abs()))
}

/// Twice the area by the surveyor's formula in the coordinates as they stand.
pub fn ring_area(ring: &[[i32; 2]]) -> i64 {
    let Some(origin) = ring.first() else { return 0 };
    // Relative to the first point, so that products of deep zooms fit.
    let at = |p: &[i32; 2]| [i64::from(p[0]) - i64::from(origin[0]), i64::from(p[1]) - i64::from(origin[1])];
    let pairs = ring.windows(2).filter_map(|pair| Some((at(pair.first()?), at(pair.last()?))));
    pairs.map(|(a, b)| a[0] * b[1] - b[0] * a[1]).sum()
}

/// What the rings enclose, as valid polygons: parts that turned over are dropped, touching parts are split.
pub fn resolve(shapes: &[Shape]) -> Vec<Shape> {
    let int = |ring: &Ring| ring.iter().map(|p| IntPoint::new(p[0], p[1])).collect::<Vec<_>>();
    // Points on a straight line stay: they are where the neighbours' edges begin, and equal edges are cut alike.
    let options =
        IntOverlayOptions { preserve_input_collinear: true, preserve_output_collinear: true, ..IntOverlayOptions::ogc() };
    let mut now = shapes.to_vec();
    // Rounding an intersection may make a new one; a result that comes back unchanged has none.
    for _ in 0..RESOLVE_ROUNDS {
        let input: Vec<Vec<Vec<IntPoint>>> = now.iter().map(|shape| shape.iter().map(int).collect()).collect();
        let output = input.simplify(FillRule::Positive, options);
        let next: Vec<Shape> = output.into_iter().filter_map(directed).collect();
        let stable = next == now;
        now = next;
        if stable {
            break;
        }
    }
    now
}

/// The library's polygon with exterior and holes in opposite directions, as it must be given to the library again. In its OGC mode
/// (4.5) holes come back in the direction of exteriors.
fn directed(shape: Vec<Vec<IntPoint>>) -> Option<Shape> {
    let mut rings = shape.into_iter().map(|ring| ring.into_iter().map(|p| [p.x, p.y]).collect::<Ring>());
    let (exterior, _) = oriented(rings.next()?, 1)?;
    let holes = rings.filter_map(|ring| oriented(ring, -1)).map(|(ring, _)| ring);
    Some(std::iter::once(exterior).chain(holes).collect())
}

/// One square unit, so that an area smaller than that is still there.
fn dot([x, y]: [i32; 2]) -> Shape {
    vec![vec![[x, y], [x + 1, y], [x + 1, y + 1], [x, y + 1]]]
}
