//! Enclaves that were drawn as parts.
//!
//! In data from OpenStreetMap a hole is at times tagged as one more outer ring, so that a part lies inside another part of
//! the same area. Alone it says nothing new, and the two would be united. But where another area lies on that ground, the
//! ring was meant as the hole for it.

use super::nesting::nested_parts;
use crate::boundary::geometry::{
    bounds::Bounds,
    box_tree::BoxTree,
    edge_tree::{EdgeTree, PointLocation},
    rings::{Parts, Ring, orient},
    sides::sides,
    steps::StepBudget,
};
use geo::Coord;

/// How many nested parts of a set are looked at. A file with more of them is broken in another way, and they are united.
const MAX_CHECKED: usize = 10_000;
/// Steps that the parts of any set may take. Where more are needed, the rest is united as well.
const FEW_STEPS: u64 = 10_000_000;

/// Turns parts within parts into holes where another area covers them; says in which area and where.
pub fn cut_out(areas: &mut [Parts]) -> Vec<(usize, Coord<f64>)> {
    areas.iter_mut().for_each(orient);
    let boxes: Vec<Bounds> = areas.iter().map(|parts| Bounds::of(parts.iter().flatten().flatten().copied())).collect();
    let steps = StepBudget::of(areas.iter().flatten().flatten().map(Vec::len).sum(), FEW_STEPS);
    let tree = BoxTree::new(&boxes, &steps);
    let (mut cut, mut checked) = (Vec::new(), 0);
    for index in 0..areas.len() {
        let nested = areas.get(index).map(|parts| nested_parts(parts, &steps)).unwrap_or_default();
        if steps.is_over() {
            break;
        }
        if nested.is_empty() || checked + nested.len() > MAX_CHECKED {
            continue;
        }
        checked += nested.len();
        let mut enclaves: Vec<_> = nested
            .into_iter()
            .filter(|nested| {
                let exterior = areas.get(index).and_then(|parts| parts.get(nested.inner)?.first());
                exterior.and_then(inner_point).is_some_and(|at| covered(at, index, areas, (&tree, &steps)))
            })
            .collect();
        enclaves.sort_by_key(|nested| nested.inner);
        enclaves.dedup_by_key(|nested| nested.inner);
        if let Some(parts) = areas.get_mut(index) {
            enclaves.iter().for_each(|nested| to_hole(parts, nested.inner, nested.outer));
            parts.retain(|part| !part.is_empty());
            cut.extend(enclaves.iter().map(|nested| (index, nested.at)));
        }
    }
    cut
}

/// A point just inside of a counter-clockwise ring.
fn inner_point(ring: &Ring) -> Option<Coord<f64>> {
    let closed: Ring = ring.iter().chain(ring.first()).copied().collect();
    sides(&closed).map(|(left, _)| left)
}

fn covered(at: Coord<f64>, own: usize, areas: &[Parts], (boxes, steps): (&BoxTree<'_>, &StepBudget)) -> bool {
    let others = boxes.holding(at).into_iter().filter(|other| *other != own).filter_map(|other| areas.get(other));
    others.into_iter().any(|parts| {
        steps.takes(parts.iter().flatten().map(Vec::len).sum::<usize>() as u64);
        EdgeTree::new(parts.iter().flatten().map(|ring| ring.as_slice()), steps).locate(at) == PointLocation::Interior
    })
}

/// The inner part's exterior becomes a hole of the outer part; its holes become parts again. It
/// leaves an empty part behind, so that the places of the others stay.
fn to_hole(parts: &mut Parts, inner: usize, outer: usize) {
    let Some(part) = parts.get_mut(inner).map(std::mem::take) else { return };
    let mut rings = part.into_iter();
    if let Some(outer) = parts.get_mut(outer) {
        outer.extend(rings.next());
    }
    parts.extend(rings.map(|hole| vec![hole]));
}
