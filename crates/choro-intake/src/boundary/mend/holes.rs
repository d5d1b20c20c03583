//! Rings with the area to their left -> parts, each an exterior with its holes.

use crate::boundary::geometry::{
    box_tree::BoxTree,
    edge_tree::{EdgeTree, PointLocation},
    rings::{Parts, Ring, signed_area},
    sides::sides,
    steps::StepBudget,
};
use geo::Coord;

/// Gives every hole to the smallest exterior around it.
pub fn nest(loops: Vec<Ring>, steps: &StepBudget) -> Option<Parts> {
    let (mut exteriors, holes): (Vec<Ring>, Vec<Ring>) = loops.into_iter().partition(|ring| signed_area(ring) > 0.0);
    exteriors.sort_by(|a, b| signed_area(a).total_cmp(&signed_area(b)));
    let mut inside: Vec<Vec<Ring>> = exteriors.iter().map(|_| Vec::new()).collect();
    {
        let trees: Vec<EdgeTree<'_>> = exteriors.iter().map(|ring| EdgeTree::new([ring.as_slice()], steps)).collect();
        let boxes = BoxTree::around(&trees, steps);
        for hole in holes {
            // The area lies to the left of its edges.
            let closed: Vec<Coord<f64>> = hole.iter().chain(hole.first()).copied().collect();
            let (left, _) = sides(&closed)?;
            let holds = |at: &usize| trees.get(*at).is_some_and(|tree| tree.locate(left) == PointLocation::Interior);
            inside.get_mut(boxes.holding(left).into_iter().find(holds)?)?.push(hole);
        }
    }
    let parts: Parts = exteriors
        .into_iter()
        .zip(inside)
        .map(|(exterior, holes)| std::iter::once(exterior).chain(holes).collect())
        .collect();
    (!parts.is_empty()).then_some(parts)
}
