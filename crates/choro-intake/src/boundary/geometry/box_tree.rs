//! Boxes in a tree, for finding which of them meet another one.
//!
//! Areas A, B, C, .. come in any order. They are sorted along Morton's curve, on which neighbours lie close together. So a box around
//! eight neighbours is small, and so is a box around eight such boxes: these are the levels of the tree.

use super::{bounds::Bounds, edge_tree::EdgeTree, steps::StepBudget};
use geo::Coord;
use std::ops::ControlFlow;

/// How many boxes lie in a box of the level above.
const FAN: usize = 8;

/// The tree over some boxes.
pub struct BoxTree<'a> {
    /// The number of each box of the lowest level.
    order: Vec<usize>,
    levels: Vec<Vec<Bounds>>,
    steps: &'a StepBudget,
}

impl<'a> BoxTree<'a> {
    /// Builds the tree.
    pub fn new(boxes: &[Bounds], steps: &'a StepBudget) -> Self {
        let all = boxes.iter().fold(Bounds::EMPTY, |a, b| a.join(*b));
        let mut order: Vec<(u32, usize)> = boxes.iter().map(|b| on_curve(b, &all)).zip(0..).collect();
        order.sort_unstable();
        let order: Vec<usize> = order.into_iter().map(|(_, number)| number).collect();
        let mut level: Vec<Bounds> = order.iter().filter_map(|number| boxes.get(*number).copied()).collect();
        let mut levels = Vec::new();
        while level.len() > 1 {
            let above = level.chunks(FAN).map(|boxes| boxes.iter().fold(Bounds::EMPTY, |a, b| a.join(*b))).collect();
            levels.push(std::mem::replace(&mut level, above));
        }
        levels.push(level);
        Self { order, levels, steps }
    }

    /// Builds the tree over the boxes around the edges of some trees.
    pub fn around(trees: &[EdgeTree<'_>], steps: &'a StepBudget) -> Self {
        Self::new(&trees.iter().map(EdgeTree::bounds).collect::<Vec<_>>(), steps)
    }

    /// Visits the numbers of the boxes that meet this one, until `visit` breaks or the steps end.
    pub fn meeting(&self, with: &Bounds, visit: &mut impl FnMut(usize) -> ControlFlow<()>) {
        let mut stack = vec![(self.levels.len().saturating_sub(1), 0)];
        while let Some((level, index)) = stack.pop() {
            let bounds = self.levels.get(level).and_then(|boxes| boxes.get(index));
            if !self.steps.takes(1) {
                return;
            }
            match (bounds.is_some_and(|bounds| bounds.meets(with)), level.checked_sub(1)) {
                (false, _) => {}
                (true, Some(below)) => {
                    let count = self.levels.get(below).map_or(0, Vec::len);
                    stack.extend((index * FAN..((index + 1) * FAN).min(count)).map(|child| (below, child)));
                }
                (true, None) => {
                    if self.order.get(index).is_some_and(|number| visit(*number).is_break()) {
                        return;
                    }
                }
            }
        }
    }

    /// The numbers of the boxes that hold a position, in their order.
    pub fn holding(&self, c: Coord<f64>) -> Vec<usize> {
        let mut found = Vec::new();
        self.meeting(&Bounds { min: c, max: c }, &mut |number| {
            found.push(number);
            ControlFlow::Continue(())
        });
        found.sort_unstable();
        found
    }
}

/// The place of a box's middle on Morton's curve: its digits are those of x and y by turns.
fn on_curve(bounds: &Bounds, all: &Bounds) -> u32 {
    let x = cell((bounds.min.x + bounds.max.x) / 2.0, all.min.x, all.max.x);
    let y = cell((bounds.min.y + bounds.max.y) / 2.0, all.min.y, all.max.y);
    (0..16).fold(0, |place, digit| place | (x >> digit & 1) << (2 * digit) | (y >> digit & 1) << (2 * digit + 1))
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of 65,535; 0 where there is no width")]
fn cell(at: f64, from: f64, to: f64) -> u32 {
    (((at - from) / (to - from)).clamp(0.0, 1.0) * 65_535.0) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(x: f64, y: f64, side: f64) -> Bounds {
        Bounds { min: Coord { x, y }, max: Coord { x: x + side, y: y + side } }
    }

    #[test]
    fn the_boxes_that_meet_another_are_found_and_far_ones_are_not_looked_at() {
        let boxes: Vec<Bounds> =
            (0..100).flat_map(|y| (0..100).map(move |x| square(f64::from(x), f64::from(y), 0.5))).collect();
        let steps = StepBudget::of(0, 1_000);
        let tree = BoxTree::new(&boxes, &steps);
        assert_eq!(tree.holding(Coord { x: 7.2, y: 42.3 }), [4207]);
        assert_eq!(tree.holding(Coord { x: 7.7, y: 42.3 }), [0; 0]);
        let mut met = Vec::new();
        tree.meeting(&square(0.4, 0.4, 1.0), &mut |number| {
            met.push(number);
            ControlFlow::Continue(())
        });
        met.sort_unstable();
        assert_eq!(met, [0, 1, 100, 101]);
        assert!(!steps.is_over(), "10,000 boxes are not looked at one by one");
        assert_eq!(BoxTree::new(&[], &steps).holding(Coord { x: 0.0, y: 0.0 }), [0; 0]);
        assert_eq!(BoxTree::new(&[square(1.0, 1.0, 1.0)], &steps).holding(Coord { x: 1.0, y: 2.0 }), [0]);
    }
}
