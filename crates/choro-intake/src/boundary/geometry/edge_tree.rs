//! The edges of an area in a tree of boxes, for finding where they meet and what lies inside.
//!
//! A ring is a line that moves on: eight edges in a row lie close together. So the leaves are runs of a ring, each level
//! above joins eight neighbours, and no sorting is needed.

use super::{
    bounds::Bounds,
    meeting::{RingEdge, crosses_ray},
    steps::StepBudget,
};
use geo::Coord;
use std::ops::ControlFlow;

/// How many edges a leaf has.
const LEAF: usize = 8;
/// How many boxes lie in a box of the level above.
const FAN: usize = 8;

/// Where a position lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PointLocation {
    /// In its inside.
    Interior,
    /// Apart from it.
    Exterior,
    /// On its border.
    Boundary,
}

/// The tree over the edges of rings.
pub struct EdgeTree<'a> {
    rings: Vec<&'a [Coord<f64>]>,
    leaves: Vec<(usize, usize)>,
    levels: Vec<Vec<Bounds>>,
    steps: &'a StepBudget,
}

impl<'a> EdgeTree<'a> {
    /// Builds the tree. Every search in it takes of the `steps`.
    pub fn new(rings: impl IntoIterator<Item = &'a [Coord<f64>]>, steps: &'a StepBudget) -> Self {
        let rings: Vec<&[Coord<f64>]> = rings.into_iter().collect();
        let starts = |(ring, positions): (usize, &&[Coord<f64>])| (0..positions.len()).step_by(LEAF).map(move |i| (ring, i));
        let leaves: Vec<(usize, usize)> = rings.iter().enumerate().flat_map(starts).collect();
        let mut edges = Self { rings, leaves, levels: Vec::new(), steps };
        let mut level: Vec<Bounds> = (0..edges.leaves.len()).map(|leaf| edges.leaf_bounds(leaf)).collect();
        while level.len() > 1 {
            let above = level.chunks(FAN).map(|boxes| boxes.iter().fold(Bounds::EMPTY, |a, b| a.join(*b))).collect();
            edges.levels.push(std::mem::replace(&mut level, above));
        }
        edges.levels.push(level);
        edges
    }

    /// How many edges there are.
    pub fn count(&self) -> usize {
        self.rings.iter().map(|ring| ring.len()).sum()
    }

    /// The box of everything.
    pub fn bounds(&self) -> Bounds {
        self.levels.last().and_then(|level| level.first()).copied().unwrap_or(Bounds::EMPTY)
    }

    fn leaf_bounds(&self, leaf: usize) -> Bounds {
        self.leaf(leaf).fold(Bounds::EMPTY, |bounds, edge| bounds.join(edge.bounds()))
    }

    fn leaf(&self, leaf: usize) -> impl Iterator<Item = RingEdge> + '_ {
        let (ring, start) = self.leaves.get(leaf).copied().unwrap_or_default();
        let positions = self.rings.get(ring).copied().unwrap_or_default();
        let next = positions.iter().skip(start + 1).chain(positions.first());
        let pairs = positions.iter().skip(start).zip(next).take(LEAF).enumerate();
        pairs.map(move |(offset, (a, b))| RingEdge { ring, index: start + offset, a: *a, b: *b })
    }

    fn top(&self) -> Option<(usize, usize)> {
        self.levels
            .len()
            .checked_sub(1)
            .filter(|top| self.levels.get(*top).is_some_and(|level| !level.is_empty()))
            .map(|top| (top, 0))
    }

    fn node(&self, (level, index): (usize, usize)) -> Bounds {
        self.levels.get(level).and_then(|boxes| boxes.get(index)).copied().unwrap_or(Bounds::EMPTY)
    }

    fn children(&self, (level, index): (usize, usize)) -> impl Iterator<Item = (usize, usize)> + use<> {
        let below = level.saturating_sub(1);
        let count = self.levels.get(below).map_or(0, Vec::len);
        (index * FAN..((index + 1) * FAN).min(count)).map(move |child| (below, child))
    }

    /// Visits every pair of edges of the two trees whose boxes meet, until `visit` breaks or the steps end. Of a tree with itself,
    /// each pair is visited once.
    pub fn pairs(&self, other: &EdgeTree<'_>, visit: &mut impl FnMut(&RingEdge, &RingEdge) -> ControlFlow<()>) {
        let same = std::ptr::eq(self, std::ptr::from_ref(other).cast());
        let mut stack: Vec<_> = self.top().zip(other.top()).into_iter().collect();
        let mut buffers = (Vec::with_capacity(LEAF), Vec::with_capacity(LEAF));
        while let Some((a, b)) = stack.pop() {
            let (box_a, box_b) = (self.node(a), other.node(b));
            if !self.steps.takes(1) {
                return;
            }
            if !box_a.meets(&box_b) {
                continue;
            }
            match (a.0, b.0) {
                (0, 0) => {
                    self.steps.takes(LEAF as u64);
                    self.reaching(a.1, &box_b, &mut buffers.0);
                    other.reaching(b.1, &box_a, &mut buffers.1);
                    if leaf_pairs(&buffers.0, &buffers.1, same && a == b, visit).is_break() {
                        return;
                    }
                }
                // Of two nodes, the one of the higher level is opened. Of a node with itself, each pair of children comes once.
                (x, y) if x == y => {
                    for ca in self.children(a) {
                        stack.extend(other.children(b).filter(|cb| !(same && a == b && cb.1 < ca.1)).map(|cb| (ca, cb)));
                    }
                }
                (x, y) if x > y => stack.extend(self.children(a).map(|child| (child, b))),
                _ => stack.extend(other.children(b).map(|child| (a, child))),
            }
        }
    }

    /// The edges of a leaf that reach into a box, with their own boxes.
    fn reaching(&self, leaf: usize, into: &Bounds, edges: &mut Vec<(RingEdge, Bounds)>) {
        edges.clear();
        edges.extend(self.leaf(leaf).map(|edge| (edge, edge.bounds())).filter(|(_, bounds)| bounds.meets(into)));
    }

    /// Where a position lies, by the even-odd rule over all rings. Each edge in the way of a ray to the east takes steps, since a comb
    /// can lay all of its teeth there.
    pub fn locate(&self, c: Coord<f64>) -> PointLocation {
        let mut inside = false;
        let mut stack: Vec<_> = self.top().into_iter().collect();
        while let Some(node) = stack.pop() {
            let bounds = self.node(node);
            if !self.steps.takes(1) {
                return PointLocation::Exterior;
            }
            if c.y < bounds.min.y || c.y > bounds.max.y || c.x > bounds.max.x {
                continue;
            }
            if node.0 > 0 {
                stack.extend(self.children(node));
                continue;
            }
            self.steps.takes(LEAF as u64);
            for edge in self.leaf(node.1) {
                match crosses_ray(&edge, c) {
                    None => return PointLocation::Boundary,
                    Some(crosses) => inside ^= crosses,
                }
            }
        }
        if inside { PointLocation::Interior } else { PointLocation::Exterior }
    }
}

/// Visits the pairs whose boxes meet. Within one leaf, each pair is visited once.
fn leaf_pairs(
    a: &[(RingEdge, Bounds)],
    b: &[(RingEdge, Bounds)],
    same: bool,
    visit: &mut impl FnMut(&RingEdge, &RingEdge) -> ControlFlow<()>,
) -> ControlFlow<()> {
    for (edge, bounds) in a {
        for (second, other) in b {
            if bounds.meets(other) && !(same && second.index <= edge.index) {
                visit(edge, second)?;
            }
        }
    }
    ControlFlow::Continue(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pair_of_a_large_ring_is_visited_once_and_positions_are_placed() {
        let ring: Vec<Coord<f64>> = (0..1000)
            .map(|i| f64::from(i) / 1000.0 * std::f64::consts::TAU)
            .map(|t| Coord { x: t.cos(), y: t.sin() })
            .collect();
        let steps = StepBudget::of(ring.len(), 0);
        let edges = EdgeTree::new([ring.as_slice()], &steps);
        let mut seen = std::collections::HashSet::new();
        edges.pairs(&edges, &mut |a, b| {
            assert!(seen.insert((a.index.min(b.index), a.index.max(b.index))));
            ControlFlow::Continue(())
        });
        assert!((0..1000).all(|i| seen.contains(&(i.min((i + 1) % 1000), i.max((i + 1) % 1000)))));
        assert_eq!(edges.locate(Coord { x: 0.3, y: 0.4 }), PointLocation::Interior);
        assert_eq!(edges.locate(Coord { x: 0.8, y: 0.8 }), PointLocation::Exterior);
        assert_eq!(edges.locate(ring[77]), PointLocation::Boundary);
    }
}
