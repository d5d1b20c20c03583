//! Makes any set of rings a valid area without moving a vertex: the arrangement of their edges.
//!
//! ```text
//!   A---B   C---D        Where edges cross, the crossing becomes a vertex of both. EdgeTree between two such nodes form a
//!   |    \ /    |        chain, and a chain stays where the area lies on one of its sides only: what two parts share
//!   |     X     |        disappears (a border inside the area, a spike, the antimeridian), what crosses is split at X.
//!   |    / \    |        The kept chains, with the area to their left, are stitched to rings again.
//!   F---E   H---G
//! ```
//!
//! The area is what lies in any part, and in a part what its exterior encloses an odd number of times and no hole does.
//! General boolean operations would do the same, but round every vertex of the area to a grid of their own, and then the
//! borders that it shares with its neighbours are no longer the same.

use crate::boundary::geometry::{
    boxes::BoxTree,
    edges::{EdgeMeeting, EdgeTree, Location, meeting},
    rings::{Parts, Ring, edges, key, signed_area},
    work::StepBudget,
};
use geo::Coord;
use rustc_hash::{FxHashMap, FxHashSet};
use std::ops::ControlFlow;

/// Rounds of making crossings vertices: a rounded crossing can make its edges cross a third one.
const ROUNDS: usize = 8;
/// By how much the vertices may grow: each edge may cross a few others, but where rounding makes more crossings than it takes away
/// there is no end, and every vertex takes two hundred bytes here.
pub const GROWTH: usize = 4;
/// What any area may grow to.
const SMALL: usize = 1 << 14;

/// Why there are no valid parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Defeat {
    /// Rounding takes back what was mended.
    Rounding,
    /// There are too many crossings.
    Growth,
}

/// The valid parts of the area that the rings enclose.
pub fn arrange(parts: &Parts, work: &StepBudget) -> Result<Parts, Defeat> {
    let rings = knot(parts.iter().flatten().cloned().collect(), work)?;
    enclosed(parts, &rings, work).ok_or(Defeat::Rounding)
}

fn enclosed(parts: &Parts, rings: &[Ring], work: &StepBudget) -> Option<Parts> {
    let region = Region::new(parts, work);
    let chains = chains(rings).into_iter().filter_map(|chain| region.directed(chain)).collect();
    let loops: Vec<Ring> = stitch(chains)?.into_iter().flat_map(simple_loops).collect();
    nest(loops, work)
}

/// Inserts a vertex wherever edges cross or touch.
fn knot(mut rings: Vec<Ring>, work: &StepBudget) -> Result<Vec<Ring>, Defeat> {
    let vertices = |rings: &[Ring]| rings.iter().map(Vec::len).sum::<usize>();
    let most = vertices(&rings).saturating_mul(GROWTH).max(SMALL);
    for _ in 0..ROUNDS {
        let mut knots: FxHashMap<(usize, usize), Vec<Coord<f64>>> = FxHashMap::default();
        let mut left = most;
        let tree = EdgeTree::new(rings.iter().map(Vec::as_slice), work);
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

/// Paths of edges, each edge once, between vertices where more or less than two edges meet; a closed path where none does.
fn chains(rings: &[Ring]) -> Vec<Vec<Coord<f64>>> {
    let mut ids: FxHashMap<(u64, u64), usize> = FxHashMap::default();
    let (mut positions, mut links): (Vec<Coord<f64>>, Vec<Vec<usize>>) = (Vec::new(), Vec::new());
    let mut seen: FxHashSet<(usize, usize)> = FxHashSet::default();
    for (a, b) in rings.iter().flat_map(|ring| edges(ring)) {
        let mut id = |c: Coord<f64>| {
            *ids.entry(key(c)).or_insert_with(|| {
                positions.push(c);
                links.push(Vec::new());
                positions.len() - 1
            })
        };
        let (a, b) = (id(a), id(b));
        if a != b && seen.insert((a.min(b), a.max(b))) {
            for (from, to) in [(a, b), (b, a)] {
                if let Some(list) = links.get_mut(from) {
                    list.push(to);
                }
            }
        }
    }
    walk(&positions, &links)
}

fn walk(positions: &[Coord<f64>], links: &[Vec<usize>]) -> Vec<Vec<Coord<f64>>> {
    let mut used: FxHashSet<(usize, usize)> = FxHashSet::default();
    let node = |id: usize| links.get(id).is_none_or(|list| list.len() != 2);
    let mut chains = Vec::new();
    // Nodes first; what is left then are closed paths without a node.
    let (mut starts, free): (Vec<usize>, Vec<usize>) = (0..links.len()).partition(|id| node(*id));
    starts.extend(free);
    for start in starts {
        for next in links.get(start).into_iter().flatten().copied() {
            if !used.insert((start.min(next), start.max(next))) {
                continue;
            }
            let mut path = vec![start, next];
            let mut at = next;
            while !node(at) && at != start {
                let onward = links.get(at).into_iter().flatten().copied().find(|to| used.insert((at.min(*to), at.max(*to))));
                let Some(to) = onward else { break };
                path.push(to);
                at = to;
            }
            chains.push(path.into_iter().filter_map(|id| positions.get(id).copied()).collect());
        }
    }
    chains
}

/// What the rings enclose.
struct Region<'a> {
    parts: Vec<Part<'a>>,
    boxes: BoxTree<'a>,
}

struct Part<'a> {
    exterior: EdgeTree<'a>,
    holes: Vec<EdgeTree<'a>>,
    boxes: BoxTree<'a>,
}

impl<'a> Region<'a> {
    fn new(parts: &'a Parts, work: &'a StepBudget) -> Self {
        let tree = |ring: &'a Ring| EdgeTree::new([ring.as_slice()], work);
        let part = |part: &'a Vec<Ring>| {
            let holes: Vec<EdgeTree<'a>> = part.iter().skip(1).map(tree).collect();
            Some(Part { exterior: tree(part.first()?), boxes: boxes(&holes, work), holes })
        };
        let parts: Vec<Part<'a>> = parts.iter().filter_map(part).collect();
        let bounds: Vec<_> = parts.iter().map(|part| part.exterior.bounds()).collect();
        Self { boxes: BoxTree::new(&bounds, work), parts }
    }

    fn holds(&self, c: Coord<f64>) -> bool {
        let in_hole = |part: &Part<'_>| {
            part.boxes
                .around(c)
                .into_iter()
                .filter_map(|at| part.holes.get(at))
                .any(|hole| hole.locate(c) == Location::Interior)
        };
        let around = self.boxes.around(c).into_iter().filter_map(|at| self.parts.get(at));
        around.into_iter().any(|part| part.exterior.locate(c) == Location::Interior && !in_hole(part))
    }

    /// The chain with the area to its left, if the area lies on one side only. An edge of it may run beside another chain, so
    /// close that both of its sides are the same: then another edge tells.
    fn directed(&self, mut chain: Vec<Coord<f64>>) -> Option<Vec<Coord<f64>>> {
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

fn boxes<'a>(trees: &[EdgeTree<'_>], work: &'a StepBudget) -> BoxTree<'a> {
    BoxTree::new(&trees.iter().map(EdgeTree::bounds).collect::<Vec<_>>(), work)
}

/// Positions just left and right of the middle of a path's longest edge.
pub fn sides(path: &[Coord<f64>]) -> Option<(Coord<f64>, Coord<f64>)> {
    let longest =
        path.iter().zip(path.iter().skip(1)).max_by(|(a, b), (c, d)| length(**a, **b).total_cmp(&length(**c, **d)));
    longest.map(|(a, b)| beside(*a, *b))
}

/// Positions just left and right of the middle of an edge.
fn beside(a: Coord<f64>, b: Coord<f64>) -> (Coord<f64>, Coord<f64>) {
    // Far enough to be another number at longitude 360, near enough to stay within any sliver that matters.
    let step = (length(a, b) * 1e-8).max(1e-12) / length(a, b);
    let middle = Coord { x: a.x + (b.x - a.x) / 2.0, y: a.y + (b.y - a.y) / 2.0 };
    let normal = Coord { x: -(b.y - a.y) * step, y: (b.x - a.x) * step };
    (middle + normal, middle - normal)
}

fn length(a: Coord<f64>, b: Coord<f64>) -> f64 {
    (b.x - a.x).hypot(b.y - a.y)
}

/// Joins directed chains to closed paths. Where several go on, the sharpest turn to the left is taken: it follows the same
/// piece of the area.
pub fn stitch(chains: Vec<Vec<Coord<f64>>>) -> Option<Vec<Ring>> {
    let mut from: FxHashMap<(u64, u64), Vec<usize>> = FxHashMap::default();
    for (index, chain) in chains.iter().enumerate() {
        from.entry(key(*chain.first()?)).or_default().push(index);
    }
    let mut chains: Vec<Option<Vec<Coord<f64>>>> = chains.into_iter().map(Some).collect();
    let mut rings = Vec::new();
    for index in 0..chains.len() {
        let Some(mut path) = chains.get_mut(index).and_then(Option::take) else { continue };
        while key(*path.first()?) != key(*path.last()?) {
            let (before, at) = (*path.get(path.len().checked_sub(2)?)?, *path.last()?);
            let turn = |index: &usize| {
                let next = chains.get(*index).and_then(Option::as_ref).and_then(|chain| chain.get(1).copied());
                next.map(|next| left_turn(before, at, next))
            };
            let onward = from.get(&key(at))?.iter().copied().filter_map(|i| Some((turn(&i)?, i)));
            let (_, best) = onward.max_by(|p, q| p.0.total_cmp(&q.0))?;
            path.extend(chains.get_mut(best).and_then(Option::take)?.into_iter().skip(1));
        }
        path.pop();
        rings.push(path);
    }
    Some(rings)
}

/// The angle of the turn at `b`, left positive.
fn left_turn(a: Coord<f64>, b: Coord<f64>, c: Coord<f64>) -> f64 {
    let (d, e) = (b - a, c - b);
    (d.x * e.y - d.y * e.x).atan2(d.x * e.x + d.y * e.y)
}

/// Splits a closed path at every vertex that it visits twice; loops without area are dropped.
fn simple_loops(path: Ring) -> Vec<Ring> {
    let mut at: FxHashMap<(u64, u64), usize> = FxHashMap::default();
    let (mut open, mut loops): (Ring, Vec<Ring>) = (Ring::new(), Vec::new());
    for c in path {
        if let Some(start) = at.get(&key(c)).copied() {
            let closed = open.split_off(start);
            closed.iter().for_each(|c| _ = at.remove(&key(*c)));
            loops.push(closed);
        }
        at.insert(key(c), open.len());
        open.push(c);
    }
    loops.push(open);
    loops.retain(|ring| ring.len() >= 3 && signed_area(ring) != 0.0);
    loops
}

/// Gives every hole to the smallest exterior around it.
fn nest(loops: Vec<Ring>, work: &StepBudget) -> Option<Parts> {
    let (mut exteriors, holes): (Vec<Ring>, Vec<Ring>) = loops.into_iter().partition(|ring| signed_area(ring) > 0.0);
    exteriors.sort_by(|a, b| signed_area(a).total_cmp(&signed_area(b)));
    let mut inside: Vec<Vec<Ring>> = exteriors.iter().map(|_| Vec::new()).collect();
    {
        let trees: Vec<EdgeTree<'_>> = exteriors.iter().map(|ring| EdgeTree::new([ring.as_slice()], work)).collect();
        let boxes = boxes(&trees, work);
        for hole in holes {
            // The area lies to the left of its edges.
            let closed: Vec<Coord<f64>> = hole.iter().chain(hole.first()).copied().collect();
            let (left, _) = sides(&closed)?;
            let holds = |at: &usize| trees.get(*at).is_some_and(|tree| tree.locate(left) == Location::Interior);
            inside.get_mut(boxes.around(left).into_iter().find(holds)?)?.push(hole);
        }
    }
    let parts: Parts = exteriors
        .into_iter()
        .zip(inside)
        .map(|(exterior, holes)| std::iter::once(exterior).chain(holes).collect())
        .collect();
    (!parts.is_empty()).then_some(parts)
}
