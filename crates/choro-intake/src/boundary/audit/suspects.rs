//! Pairs of areas that may overlap.

use super::contacts::borders_conflict;
use crate::boundary::geometry::{
    bounds::{Bounds, from_west},
    box_tree::BoxTree,
    edge_tree::{EdgeTree, PointLocation},
    rings::{Parts, Ring},
    steps::StepBudget,
};
use std::ops::ControlFlow;

/// How many vertices of a ring are tried to find one that is not on the other area's border.
const TRIES: usize = 32;

/// Pairs of areas that may overlap, from west to east. The error is the pair at which the steps ended.
pub fn suspects(
    shapes: &[&Parts],
    trees: &[EdgeTree<'_>],
    steps: &StepBudget,
) -> Result<Vec<(usize, usize)>, (usize, usize)> {
    let boxes: Vec<Bounds> = trees.iter().map(EdgeTree::bounds).collect();
    let (tree_of_boxes, ranks) = (BoxTree::new(&boxes, steps), from_west(&boxes));
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
            if steps.is_over() {
                return Err((a, b));
            }
        }
    }
    Ok(pairs)
}

/// Whether a ring of the area lies in the other one. Since the borders do not cross, one vertex that is not on a border tells it.
fn reaches_into(parts: &Parts, other: &EdgeTree<'_>) -> bool {
    let bounds = other.bounds();
    let inside = |ring: &Ring| {
        if !Bounds::of(ring.iter().copied()).meets(&bounds) {
            return false;
        }
        let step = (ring.len() / TRIES).max(1);
        let places =
            ring.iter().step_by(step).map(|c| if bounds.holds(*c) { other.locate(*c) } else { PointLocation::Exterior });
        places.into_iter().find(|place| *place != PointLocation::Boundary) == Some(PointLocation::Interior)
    };
    parts.iter().filter_map(|part| part.first()).any(inside)
}
