//! Where areas overlap and where they gape, as the source has it. Nothing is changed: it is measured and reported.
//!
//! Overlaps are found by topology and measured by geometry. Two areas can overlap only if their borders cross, if they run
//! along one edge in the same direction (each area lies to the left of its border), if a border leaves the common one into
//! the other area, or if one lies in the other; only such pairs are intersected, which of thousands of good neighbours are
//! few.

use super::gaps::gaps;
use crate::boundary::{
    error::BoundaryError,
    geometry::{
        boxes::BoxTree,
        edges::{Bounds, EdgeMeeting, EdgeTree, Location, RingEdge, meeting},
        rings::{Parts, Ring, key, to_geo},
        work::{STEPS, StepBudget},
    },
    limits::Limits,
    mend::repair::from_west,
    report::{BoundaryReport, Overlap},
};
use choro_model::AreaCode;
use geo::{BooleanOps, Coord, GeodesicArea, MultiPolygon};
use std::ops::ControlFlow;

/// Pairs and gaps listed; the totals count all.
const LISTED: usize = 10;
/// Overlaps and gaps below one square metre are the rounding of the measurement itself, km2.
pub const NOISE_KM2: f64 = 1e-6;
/// Vertices of a ring that are tried for one that is not on the other area's border.
const TRIES: usize = 32;
/// Steps that the audit of any set may take, however few its vertices are.
const FEW_STEPS: u64 = 50_000_000;
/// What measuring a pair costs besides its coordinates.
const PAIR_COST: usize = 64;
/// Crossings of borders that are measured in any set, and for each vertex: what is united has all of them in memory at once.
const FEW_CROSSINGS: usize = 200_000;
const CROSSINGS: usize = 2;
/// Meetings of two borders that are kept for each of their edges; a shared border has one or two.
const CONTACTS: usize = 4;

/// Measures overlaps and gaps into the report.
pub fn audit(
    codes: &[&AreaCode],
    shapes: &[&Parts],
    limits: &Limits,
    report: &mut BoundaryReport,
) -> Result<(), BoundaryError> {
    let is_tangled = measure_overlaps(codes, shapes, limits, report)?;
    let mut gaps = gaps(shapes, limits.gap_width_km, !is_tangled);
    gaps.sort_by(|a, b| b.km2.total_cmp(&a.km2));
    report.gap_width_km = limits.gap_width_km;
    report.gap_count = gaps.len();
    report.gap_km2 = gaps.iter().map(|g| g.km2).sum();
    gaps.truncate(LISTED);
    report.gaps = gaps;
    Ok(())
}

/// Measures overlaps into the report; whether borders cross more often than can be measured.
fn measure_overlaps(
    codes: &[&AreaCode],
    shapes: &[&Parts],
    limits: &Limits,
    report: &mut BoundaryReport,
) -> Result<bool, BoundaryError> {
    let vertices = shapes.iter().copied().flatten().flatten().map(Vec::len).sum::<usize>();
    let work = StepBudget::of(vertices, FEW_STEPS);
    let trees: Vec<EdgeTree<'_>> =
        shapes.iter().map(|parts| EdgeTree::new(parts.iter().flatten().map(|ring| ring.as_slice()), &work)).collect();
    let mut left = MeasureBudget::of(vertices, limits);
    let (mut overlaps, mut is_tangled) = (Vec::new(), false);
    for (a, b) in suspects(shapes, &trees, &work).map_err(|pair| entangled(&report.path, codes, pair, &work))? {
        let (Some((parts_a, tree_a)), Some((parts_b, tree_b))) =
            (shapes.get(a).zip(trees.get(a)), shapes.get(b).zip(trees.get(b)))
        else {
            continue;
        };
        let is_light = left.has_crossings(tree_a, tree_b);
        if work.is_over() {
            return Err(entangled(&report.path, codes, (a, b), &work));
        }
        is_tangled |= !is_light;
        let (near_a, near_b) = (near(parts_a, parts_b), near(parts_b, parts_a));
        if is_light && left.has_coordinates(&near_a, &near_b) {
            let (Some(a), Some(b)) = (codes.get(a), codes.get(b)) else { continue };
            overlaps.extend(overlap(a, b, near_a, near_b));
        } else {
            report.overlaps_unmeasured += 1;
        }
    }
    overlaps.sort_by(|a, b| b.km2.total_cmp(&a.km2));
    report.overlap_pairs = overlaps.len();
    report.overlap_km2 = overlaps.iter().map(|o| o.km2).sum();
    overlaps.truncate(LISTED);
    report.overlaps = overlaps;
    Ok(is_tangled)
}

fn entangled(path: &str, codes: &[&AreaCode], (a, b): (usize, usize), work: &StepBudget) -> BoundaryError {
    let code = |at: usize| codes.get(at).map(ToString::to_string).unwrap_or_default();
    BoundaryError::Entangled { path: path.to_owned(), a: code(a), b: code(b), limit: work.limit(), each: STEPS }
}

/// What may still be measured.
struct MeasureBudget {
    coordinates: usize,
    crossings: usize,
}

impl MeasureBudget {
    fn of(vertices: usize, limits: &Limits) -> Self {
        let crossings = vertices.saturating_mul(CROSSINGS).saturating_add(FEW_CROSSINGS);
        Self { coordinates: limits.overlap_coordinates, crossings }
    }

    fn has_coordinates(&mut self, a: &Parts, b: &Parts) -> bool {
        let cost = a.iter().chain(b).flatten().map(Vec::len).sum::<usize>() + PAIR_COST;
        let rest = self.coordinates.checked_sub(cost);
        self.coordinates = rest.unwrap_or(self.coordinates);
        rest.is_some()
    }

    /// Whether there may be as many crossings as the two borders have.
    fn has_crossings(&mut self, a: &EdgeTree<'_>, b: &EdgeTree<'_>) -> bool {
        let mut rest = self.crossings;
        a.pairs(b, &mut |e, f| {
            if matches!(meeting(e, f), EdgeMeeting::Cross(_)) {
                rest = rest.saturating_sub(1);
            }
            if rest == 0 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        if rest > 0 {
            self.crossings = rest;
        }
        rest > 0
    }
}

/// Pairs of areas that may overlap, from west to east, or the pair at which the steps ended.
fn suspects(shapes: &[&Parts], trees: &[EdgeTree<'_>], work: &StepBudget) -> Result<Vec<(usize, usize)>, (usize, usize)> {
    let boxes: Vec<Bounds> = trees.iter().map(EdgeTree::bounds).collect();
    let (tree_of_boxes, ranks) = (BoxTree::new(&boxes, work), from_west(&boxes));
    let mut order: Vec<usize> = (0..boxes.len()).collect();
    order.sort_by_key(|area| ranks.get(*area));
    let mut pairs = Vec::new();
    for (a, bounds) in order.into_iter().filter_map(|a| Some((a, boxes.get(a)?))) {
        let mut eastward = Vec::new();
        tree_of_boxes.meeting(bounds, &mut |b| {
            eastward.extend((ranks.get(b) > ranks.get(a)).then_some(b));
            ControlFlow::Continue(())
        });
        eastward.sort_by_key(|b| ranks.get(*b));
        for b in eastward {
            let (Some(ta), Some(tb), Some(sa), Some(sb)) = (trees.get(a), trees.get(b), shapes.get(a), shapes.get(b)) else {
                continue;
            };
            if borders_conflict(ta, tb) || reaches_into(sa, tb) || reaches_into(sb, ta) {
                pairs.push((a, b));
            }
            if work.is_over() {
                return Err((a, b));
            }
        }
    }
    Ok(pairs)
}

/// Whether the borders cross, run along each other the same way, or one leaves the common border into the other area.
fn borders_conflict(a: &EdgeTree<'_>, b: &EdgeTree<'_>) -> bool {
    let mut conflict = false;
    let (mut of_a, mut of_b) = (Contacts::default(), Contacts::default());
    let most = (a.count() + b.count()).saturating_mul(CONTACTS).saturating_add(1000);
    a.pairs(b, &mut |e, f| {
        let (ea, eb, fa, fb) = (key(e.a), key(e.b), key(f.a), key(f.b));
        conflict = ea == fa && eb == fb;
        if ea == fb && eb == fa {
            of_a.shared.push((e.ring, e.index));
            of_b.shared.push((f.ring, f.index));
        } else if !conflict {
            let joined = ea == fa || ea == fb || eb == fa || eb == fb;
            match meeting(e, f) {
                EdgeMeeting::Cross(_) => conflict = true,
                EdgeMeeting::Touch(on_e, on_f) => {
                    of_a.touching.push((*e, on_e));
                    of_b.touching.push((*f, on_f));
                }
                EdgeMeeting::Apart if joined => {
                    of_a.touching.push((*e, Vec::new()));
                    of_b.touching.push((*f, Vec::new()));
                }
                EdgeMeeting::Apart => {}
            }
            // So many that it is measured instead of told.
            conflict |= of_a.touching.len() > most;
        }
        if conflict { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    conflict || of_a.stray_into(b) || of_b.stray_into(a)
}

/// The edges of one area that meet the other's border.
#[derive(Default)]
struct Contacts {
    /// EdgeTree that the other area has as well.
    shared: Vec<(usize, usize)>,
    /// EdgeTree with a vertex on the other border, and the positions between their ends where it touches them.
    touching: Vec<(RingEdge, Vec<Coord<f64>>)>,
}

impl Contacts {
    /// Whether an edge that leaves the common border goes into the other area: the middle of a piece of it tells.
    fn stray_into(mut self, other: &EdgeTree<'_>) -> bool {
        self.shared.sort_unstable();
        let leaving =
            self.touching.into_iter().filter(|(edge, _)| self.shared.binary_search(&(edge.ring, edge.index)).is_err());
        leaving.into_iter().any(|(edge, touches)| {
            let ends = std::iter::once(edge.a).chain(touches).chain([edge.b]).collect::<Vec<_>>();
            ends.windows(2).any(|piece| other.locate(middle(piece.iter().copied())) == Location::Interior)
        })
    }
}

/// Whether a ring of the area lies in the other one: since the borders do not cross, one vertex off the border tells.
fn reaches_into(parts: &Parts, other: &EdgeTree<'_>) -> bool {
    let bounds = other.bounds();
    let inside = |ring: &Ring| {
        if !Bounds::of(ring.iter().copied()).meets(&bounds) {
            return false;
        }
        let step = (ring.len() / TRIES).max(1);
        let places = ring.iter().step_by(step).map(|c| if bounds.holds(*c) { other.locate(*c) } else { Location::Exterior });
        places.into_iter().find(|place| *place != Location::Boundary) == Some(Location::Interior)
    };
    parts.iter().filter_map(|part| part.first()).any(inside)
}

/// The parts of one area whose boxes meet the other's.
fn near(parts: &Parts, other: &Parts) -> Parts {
    let bounds = |part: &Vec<Ring>| Bounds::of(part.first().into_iter().flatten().copied());
    let others: Vec<Bounds> = other.iter().map(bounds).collect();
    parts.iter().filter(|part| others.iter().any(|other| bounds(part).meets(other))).cloned().collect()
}

fn overlap(a: &AreaCode, b: &AreaCode, parts_a: Parts, parts_b: Parts) -> Option<Overlap> {
    let common: MultiPolygon<f64> = to_geo(parts_a).intersection(&to_geo(parts_b));
    // Slivers may come out clockwise, and unsigned area takes those for the rest of the world.
    let area = |polygon: &geo::Polygon<f64>| polygon.geodesic_area_signed().abs() / 1e6;
    let km2 = common.iter().map(area).sum();
    let largest = common.iter().max_by(|p, q| area(p).total_cmp(&area(q)))?;
    let Coord { x: lon, y: lat } = middle(largest.exterior().0.iter().copied());
    (km2 >= NOISE_KM2).then(|| Overlap { a: a.to_string(), b: b.to_string(), km2, lon, lat })
}

/// The middle of the box around some positions.
pub fn middle(positions: impl IntoIterator<Item = Coord<f64>>) -> Coord<f64> {
    let bounds = Bounds::of(positions);
    (bounds.min + bounds.max) / 2.0
}
