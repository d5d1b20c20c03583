//! Overlaps: ground that two areas both claim.
//!
//! Overlaps are found by topology and measured by geometry. Two areas can overlap only if their borders cross, if they run
//! along one edge in the same direction (each area lies to the left of its border), if a border leaves the common one into
//! the other area, or if one lies in the other. Only such pairs are intersected, and among thousands of good neighbours they
//! are few.

use super::{measure_budget::MeasureBudget, suspects::suspects};
use crate::boundary::{
    error::BoundaryError,
    geometry::{
        bounds::{Bounds, middle},
        edge_tree::EdgeTree,
        rings::{Parts, Ring, to_geo},
        steps::{STEPS, StepBudget},
    },
    limits::Limits,
    report::{BoundaryReport, Overlap},
};
use choro_model::AreaCode;
use geo::{BooleanOps, Coord, GeodesicArea, MultiPolygon};

/// How many pairs are listed. The totals count all.
const LISTED: usize = 10;
/// Overlaps and gaps below one square metre are the rounding of the measurement itself, km2.
pub const NOISE_KM2: f64 = 1e-6;
/// Steps that the audit of any set may take, however few its vertices are.
const FEW_STEPS: u64 = 50_000_000;

/// Measures overlaps into the report. Says whether borders cross more often than can be measured.
pub fn measure_overlaps(
    codes: &[&AreaCode],
    shapes: &[&Parts],
    limits: &Limits,
    report: &mut BoundaryReport,
) -> Result<bool, BoundaryError> {
    let vertices = shapes.iter().copied().flatten().flatten().map(Vec::len).sum::<usize>();
    let steps = StepBudget::of(vertices, FEW_STEPS);
    let trees: Vec<EdgeTree<'_>> =
        shapes.iter().map(|parts| EdgeTree::new(parts.iter().flatten().map(|ring| ring.as_slice()), &steps)).collect();
    let mut left = MeasureBudget::of(vertices, limits);
    let (mut overlaps, mut is_tangled) = (Vec::new(), false);
    for (a, b) in suspects(shapes, &trees, &steps).map_err(|pair| entangled(&report.path, codes, pair, &steps))? {
        let (Some((parts_a, tree_a)), Some((parts_b, tree_b))) =
            (shapes.get(a).zip(trees.get(a)), shapes.get(b).zip(trees.get(b)))
        else {
            continue;
        };
        let is_light = left.has_crossings(tree_a, tree_b);
        if steps.is_over() {
            return Err(entangled(&report.path, codes, (a, b), &steps));
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

fn entangled(path: &str, codes: &[&AreaCode], (a, b): (usize, usize), steps: &StepBudget) -> BoundaryError {
    let code = |at: usize| codes.get(at).map(ToString::to_string).unwrap_or_default();
    BoundaryError::Entangled { path: path.to_owned(), a: code(a), b: code(b), limit: steps.limit(), each: STEPS }
}

/// The parts of one area whose boxes meet the other's.
fn near(parts: &Parts, other: &Parts) -> Parts {
    let bounds = |part: &Vec<Ring>| Bounds::of(part.first().into_iter().flatten().copied());
    let others: Vec<Bounds> = other.iter().map(bounds).collect();
    parts.iter().filter(|part| others.iter().any(|other| bounds(part).meets(other))).cloned().collect()
}

fn overlap(a: &AreaCode, b: &AreaCode, parts_a: Parts, parts_b: Parts) -> Option<Overlap> {
    let common: MultiPolygon<f64> = to_geo(parts_a).intersection(&to_geo(parts_b));
    // Slivers may run clockwise, and the unsigned area of such a ring is the rest of the world.
    let area = |polygon: &geo::Polygon<f64>| polygon.geodesic_area_signed().abs() / 1e6;
    let km2 = common.iter().map(area).sum();
    let largest = common.iter().max_by(|p, q| area(p).total_cmp(&area(q)))?;
    let Coord { x: lon, y: lat } = middle(largest.exterior().0.iter().copied());
    (km2 >= NOISE_KM2).then(|| Overlap { a: a.to_string(), b: b.to_string(), km2, lon, lat })
}
