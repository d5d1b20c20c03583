//! What the rings of an area enclose.

use crate::boundary::geometry::{
    box_tree::BoxTree,
    edge_tree::{EdgeTree, PointLocation},
    rings::{Parts, Ring},
    sides::{beside, sides},
    steps::StepBudget,
};
use geo::Coord;

/// What the rings enclose.
pub struct Region<'a> {
    parts: Vec<PartTrees<'a>>,
    boxes: BoxTree<'a>,
}

struct PartTrees<'a> {
    exterior: EdgeTree<'a>,
    holes: Vec<EdgeTree<'a>>,
    boxes: BoxTree<'a>,
}

impl<'a> Region<'a> {
    /// Builds the trees in which positions are looked up.
    pub fn new(parts: &'a Parts, steps: &'a StepBudget) -> Self {
        let tree = |ring: &'a Ring| EdgeTree::new([ring.as_slice()], steps);
        let part = |part: &'a Vec<Ring>| {
            let holes: Vec<EdgeTree<'a>> = part.iter().skip(1).map(tree).collect();
            Some(PartTrees { exterior: tree(part.first()?), boxes: BoxTree::around(&holes, steps), holes })
        };
        let parts: Vec<PartTrees<'a>> = parts.iter().filter_map(part).collect();
        let bounds: Vec<_> = parts.iter().map(|part| part.exterior.bounds()).collect();
        Self { boxes: BoxTree::new(&bounds, steps), parts }
    }

    fn holds(&self, c: Coord<f64>) -> bool {
        let in_hole = |part: &PartTrees<'_>| {
            part.boxes
                .holding(c)
                .into_iter()
                .filter_map(|at| part.holes.get(at))
                .any(|hole| hole.locate(c) == PointLocation::Interior)
        };
        let around = self.boxes.holding(c).into_iter().filter_map(|at| self.parts.get(at));
        around.into_iter().any(|part| part.exterior.locate(c) == PointLocation::Interior && !in_hole(part))
    }

    /// The chain with the area to its left. `None` if the area lies on both of its sides, or on neither. An edge may run so close
    /// beside another chain that both of its sides look the same; then another edge tells.
    pub fn directed(&self, mut chain: Vec<Coord<f64>>) -> Option<Vec<Coord<f64>>> {
        let area_to_left = |(left, right)| match (self.holds(left), self.holds(right)) {
            (true, false) => Some(true),
            (false, true) => Some(false),
            _ => None,
        };
        let edges = || chain.iter().copied().zip(chain.iter().copied().skip(1));
        let told = area_to_left(sides(&chain)?).or_else(|| edges().find_map(|(a, b)| area_to_left(beside(a, b))))?;
        if !told {
            chain.reverse();
        }
        Some(chain)
    }
}
