//! Vertices where edges cross or touch.

use super::defeat::Defeat;
use crate::boundary::geometry::{
    edge_tree::EdgeTree,
    meeting::{EdgeMeeting, meeting},
    rings::{Ring, key},
    steps::StepBudget,
};
use geo::Coord;
use rustc_hash::FxHashMap;
use std::ops::ControlFlow;

/// How often crossings are made vertices. The position of a crossing is rounded, so that its edges may then cross a third one.
const ROUNDS: usize = 8;
/// How many times more vertices an area may get. Each edge may cross a few others. But rounding can make more crossings than are taken
/// away, and this would have no end, while every vertex takes two hundred bytes here.
pub const GROWTH: usize = 4;
/// How many vertices any area may get.
const SMALL: usize = 1 << 14;

/// Inserts a vertex wherever edges cross or touch.
pub fn knot(mut rings: Vec<Ring>, steps: &StepBudget) -> Result<Vec<Ring>, Defeat> {
    let vertices = |rings: &[Ring]| rings.iter().map(Vec::len).sum::<usize>();
    let most = vertices(&rings).saturating_mul(GROWTH).max(SMALL);
    for _ in 0..ROUNDS {
        let mut knots: FxHashMap<(usize, usize), Vec<Coord<f64>>> = FxHashMap::default();
        let mut left = most;
        let tree = EdgeTree::new(rings.iter().map(Vec::as_slice), steps);
        tree.pairs(&tree, &mut |e, f| {
            let (on_e, on_f) = match meeting(e, f) {
                EdgeMeeting::Apart => return ControlFlow::Continue(()),
                EdgeMeeting::Cross(at) => (vec![at], vec![at]),
                EdgeMeeting::Touch(on_e, on_f) => (on_e, on_f),
            };
            for (edge, positions) in [(e, on_e), (f, on_f)] {
                for c in positions.into_iter().filter(|c| key(*c) != key(edge.a) && key(*c) != key(edge.b)) {
                    knots.entry((edge.ring, edge.index)).or_default().push(c);
                    left = left.saturating_sub(1);
                }
            }
            if left == 0 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        if knots.is_empty() {
            return Ok(rings);
        }
        if left == 0 {
            return Err(Defeat::Growth);
        }
        rings = rings.iter().enumerate().map(|(index, ring)| tie(index, ring, &mut knots)).collect();
        if vertices(&rings) > most {
            return Err(Defeat::Growth);
        }
    }
    Err(Defeat::Rounding)
}

fn tie(index: usize, ring: &Ring, knots: &mut FxHashMap<(usize, usize), Vec<Coord<f64>>>) -> Ring {
    let mut tied = Ring::with_capacity(ring.len() + 8);
    for (place, a) in ring.iter().copied().enumerate() {
        tied.push(a);
        if let Some(mut inner) = knots.remove(&(index, place)) {
            let distance = |c: &Coord<f64>| (c.x - a.x).powi(2) + (c.y - a.y).powi(2);
            inner.sort_by(|p, q| distance(p).total_cmp(&distance(q)));
            inner.dedup_by_key(|c| key(*c));
            tied.extend(inner);
        }
    }
    tied
}
