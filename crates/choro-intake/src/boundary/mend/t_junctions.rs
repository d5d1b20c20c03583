//! Vertices of neighbours on a straight edge.
//!
//! ```text
//!   A-----------B        C lies on the edge A-B. On paper nothing gapes; projected, A-B may bend and C not, and when lines are
//!   |           |        simplified, those of the north and of the south have different ends. So C becomes a vertex of A-B too,
//!   A-----C-----B        and the border is one line for all three areas.
//! ```

use crate::boundary::geometry::{
    bounds::Bounds,
    box_tree::BoxTree,
    rings::{Parts, Ring, edges, key},
    steps::StepBudget,
};
use geo::Coord;
use rustc_hash::{FxHashMap, FxHashSet, FxHasher};
use std::hash::{Hash as _, Hasher as _};

/// How near a vertex must be to an edge to lie on it, degrees: a tenth of a millimetre.
const ON_EDGE: f64 = 1e-9;
/// Steps that any set may take.
const FEW_STEPS: u64 = 1_000_000;

/// An edge that no other ring has.
struct LoneEdge {
    /// The number of its ring among all rings, and its place there.
    ring: usize,
    index: usize,
    a: Coord<f64>,
    b: Coord<f64>,
}

/// Ties the vertices of neighbours into the edges on which they lie. Says how many there were.
pub fn tie(areas: &mut [Parts]) -> usize {
    let lone = lone_edges(areas);
    let steps = StepBudget::of(lone.len(), FEW_STEPS);
    let boxes: Vec<Bounds> = lone.iter().map(|edge| Bounds::of([edge.a, edge.b])).collect();
    let tree = BoxTree::new(&boxes, &steps);
    let mut knots: FxHashMap<usize, Vec<(usize, Coord<f64>)>> = FxHashMap::default();
    let mut seen = FxHashSet::default();
    for c in lone.iter().flat_map(|edge| [edge.a, edge.b]) {
        if !seen.insert(key(c)) {
            continue;
        }
        for edge in tree.holding(c).into_iter().filter_map(|at| lone.get(at)).filter(|edge| lies_on(c, edge)) {
            knots.entry(edge.ring).or_default().push((edge.index, c));
        }
    }
    let count = knots.values().map(Vec::len).sum();
    for (number, ring) in areas.iter_mut().flatten().flatten().enumerate() {
        if let Some(knots) = knots.remove(&number) {
            *ring = tied(ring, knots);
        }
    }
    count
}

fn lone_edges(areas: &[Parts]) -> Vec<LoneEdge> {
    let rings = || areas.iter().flatten().flatten();
    let mut hashes: Vec<u64> = rings().flat_map(|ring| edges(ring)).map(|(a, b)| hash(a, b)).collect();
    hashes.sort_unstable();
    let is_lone = |hash: u64| {
        let at = hashes.partition_point(|known| *known < hash);
        hashes.get(at + 1) != Some(&hash)
    };
    let of_ring = |(ring, line): (usize, &Ring)| {
        let all = edges(line).enumerate().map(move |(index, (a, b))| LoneEdge { ring, index, a, b });
        all.filter(|edge| is_lone(hash(edge.a, edge.b))).collect::<Vec<_>>()
    };
    rings().enumerate().flat_map(of_ring).collect()
}

/// The same number for both directions.
fn hash(a: Coord<f64>, b: Coord<f64>) -> u64 {
    let (a, b) = (key(a), key(b));
    let mut hasher = FxHasher::default();
    (a.min(b), a.max(b)).hash(&mut hasher);
    hasher.finish()
}

/// Whether a position lies on an edge, and is none of its ends.
fn lies_on(c: Coord<f64>, edge: &LoneEdge) -> bool {
    if key(c) == key(edge.a) || key(c) == key(edge.b) {
        return false;
    }
    let (along, to) = (edge.b - edge.a, c - edge.a);
    let length = along.x.hypot(along.y);
    let distance = (along.x * to.y - along.y * to.x).abs() / length;
    let share = (along.x * to.x + along.y * to.y) / (length * length);
    // Next to an end it would only make an edge without length.
    let inner = ON_EDGE / length;
    distance <= ON_EDGE && (inner..=1.0 - inner).contains(&share)
}

fn tied(ring: &Ring, mut knots: Vec<(usize, Coord<f64>)>) -> Ring {
    let distance = |index: usize, c: Coord<f64>| ring.get(index).map_or(0.0, |a| (c.x - a.x).hypot(c.y - a.y));
    knots.sort_by(|p, q| p.0.cmp(&q.0).then(distance(p.0, p.1).total_cmp(&distance(q.0, q.1))));
    let mut knots = knots.into_iter().peekable();
    let mut whole = Ring::with_capacity(ring.len() + knots.len());
    for (index, c) in ring.iter().enumerate() {
        whole.push(*c);
        while let Some((_, knot)) = knots.next_if(|(at, _)| *at == index) {
            whole.push(knot);
        }
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ring(corners: &[(f64, f64)]) -> Parts {
        vec![vec![corners.iter().map(|(x, y)| Coord { x: *x, y: *y }).collect()]]
    }

    #[test]
    fn a_neighbours_vertex_on_an_edge_becomes_a_vertex_of_it() {
        let mut areas = vec![
            ring(&[(60.0, 60.0), (120.0, 60.0), (120.0, 70.0), (60.0, 70.0)]),
            ring(&[(60.0, 50.0), (90.0, 50.0), (90.0, 60.0), (60.0, 60.0)]),
            ring(&[(90.0, 50.0), (120.0, 50.0), (120.0, 60.0), (90.0, 60.0)]),
            ring(&[(20.0, 50.0), (30.0, 50.0), (30.0, 60.0)]),
        ];
        assert_eq!(tie(&mut areas), 1);
        assert_eq!(areas[0][0][0][1], Coord { x: 90.0, y: 60.0 });
        assert_eq!(areas.iter().map(|parts| parts[0][0].len()).collect::<Vec<_>>(), [5, 4, 4, 3]);
        assert_eq!(tie(&mut areas), 0, "once is enough");
    }
}
