//! Rings and parts of an area that lie where they should not: holes outside of their part, holes in holes, parts in parts.

use crate::boundary::{
    geometry::{
        bounds::{Bounds, from_west},
        box_tree::BoxTree,
        edge_tree::{EdgeTree, PointLocation},
        rings::{DefectNotes, Parts, Ring},
        steps::StepBudget,
    },
    report::GeometryDefect,
};
use geo::Coord;
use std::ops::ControlFlow;

/// Holes outside of their part, holes in holes, parts in parts.
pub fn nesting(parts: &Parts, steps: &StepBudget, notes: &mut DefectNotes) {
    for part in parts {
        let Some((exterior, holes)) = part.split_first() else { continue };
        if holes.is_empty() {
            continue;
        }
        let tree = EdgeTree::new([exterior.as_slice()], steps);
        for hole in holes {
            if let Some((PointLocation::Exterior, at)) = sample(&tree, hole) {
                notes.add(GeometryDefect::Nesting, at);
            }
        }
        let holes: Vec<Vec<&Ring>> = holes.iter().map(|hole| vec![hole]).collect();
        contained(&holes, steps).into_iter().for_each(|nested| notes.add(GeometryDefect::Nesting, nested.at));
    }
    nested_parts(parts, steps).into_iter().for_each(|nested| notes.add(GeometryDefect::Nesting, nested.at));
}

/// A ring or part that lies in another one of its area.
#[derive(Debug, Clone, Copy)]
pub struct NestedRing {
    pub inner: usize,
    pub outer: usize,
    pub at: Coord<f64>,
}

/// Parts that lie in other parts.
pub fn nested_parts(parts: &Parts, steps: &StepBudget) -> Vec<NestedRing> {
    let parts: Vec<Vec<&Ring>> = parts.iter().map(|part| part.iter().collect()).collect();
    contained(&parts, steps)
}

/// The groups of rings whose first ring lies within another group, from west to east.
fn contained(groups: &[Vec<&Ring>], steps: &StepBudget) -> Vec<NestedRing> {
    let bounds = |group: &Vec<&Ring>| Bounds::of(group.first().into_iter().flat_map(|ring| ring.iter().copied()));
    let boxes: Vec<Bounds> = groups.iter().map(bounds).collect();
    let (tree_of_boxes, ranks) = (BoxTree::new(&boxes, steps), from_west(&boxes));
    let mut eastward: Vec<usize> = (0..groups.len()).collect();
    eastward.sort_by_key(|group| ranks.get(*group));
    let mut nested = Vec::new();
    for (outer, outer_box) in eastward.into_iter().filter_map(|outer| Some((outer, boxes.get(outer)?))) {
        let mut within = Vec::new();
        tree_of_boxes.meeting(outer_box, &mut |inner| {
            let holds = boxes.get(inner).is_some_and(|b| outer_box.holds(b.min) && outer_box.holds(b.max));
            within.extend((inner != outer && holds).then_some(inner));
            ControlFlow::Continue(())
        });
        if within.is_empty() {
            continue;
        }
        within.sort_by_key(|inner| ranks.get(*inner));
        let tree = EdgeTree::new(groups.get(outer).into_iter().flatten().map(|ring| ring.as_slice()), steps);
        for inner in within {
            let ring = groups.get(inner).and_then(|group| group.first());
            if let Some((PointLocation::Interior, at)) = ring.and_then(|ring| sample(&tree, ring)) {
                nested.push(NestedRing { inner, outer, at });
            }
        }
    }
    nested
}

/// Where the first vertex of the ring lies that is not on the boundary of the other.
fn sample(tree: &EdgeTree<'_>, ring: &Ring) -> Option<(PointLocation, Coord<f64>)> {
    ring.iter().map(|c| (tree.locate(*c), *c)).find(|(place, _)| *place != PointLocation::Boundary)
}
