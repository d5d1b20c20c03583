//! The edges of an area in a tree of boxes, for finding where they meet and what lies inside.
//!
//! A ring is a line that moves on: eight edges in a row lie close together. So the leaves are runs of a ring, each level
//! above joins eight neighbours, and no sorting is needed.

use super::work::StepBudget;
use geo::{Coord, GeoNum, Orientation, kernels::Kernel};
use std::ops::ControlFlow;

/// EdgeTree in a leaf.
const LEAF: usize = 8;
/// BoxTree in the box above.
const FAN: usize = 8;

/// A box.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds {
    pub min: Coord<f64>,
    pub max: Coord<f64>,
}

impl Bounds {
    /// Holds nothing.
    pub const EMPTY: Self = Self {
        min: Coord { x: f64::INFINITY, y: f64::INFINITY },
        max: Coord { x: f64::NEG_INFINITY, y: f64::NEG_INFINITY },
    };

    /// The box of some positions.
    pub fn of(positions: impl IntoIterator<Item = Coord<f64>>) -> Self {
        positions.into_iter().fold(Self::EMPTY, |b, c| Self {
            min: Coord { x: b.min.x.min(c.x), y: b.min.y.min(c.y) },
            max: Coord { x: b.max.x.max(c.x), y: b.max.y.max(c.y) },
        })
    }

    /// The box around both.
    pub fn join(self, other: Self) -> Self {
        Self {
            min: Coord { x: self.min.x.min(other.min.x), y: self.min.y.min(other.min.y) },
            max: Coord { x: self.max.x.max(other.max.x), y: self.max.y.max(other.max.y) },
        }
    }

    /// Whether the two have a point in common.
    pub fn meets(&self, other: &Self) -> bool {
        self.min.x <= other.max.x && other.min.x <= self.max.x && self.min.y <= other.max.y && other.min.y <= self.max.y
    }

    /// Whether the position lies in it.
    pub fn holds(&self, c: Coord<f64>) -> bool {
        self.min.x <= c.x && c.x <= self.max.x && self.min.y <= c.y && c.y <= self.max.y
    }
}

/// One edge and where it stands.
#[derive(Debug, Clone, Copy)]
pub struct RingEdge {
    pub ring: usize,
    pub index: usize,
    pub a: Coord<f64>,
    pub b: Coord<f64>,
}

impl RingEdge {
    fn bounds(&self) -> Bounds {
        // Written out, since this runs for every pair of edges that could meet.
        let (a, b) = (self.a, self.b);
        let (west, east) = if a.x < b.x { (a.x, b.x) } else { (b.x, a.x) };
        let (south, north) = if a.y < b.y { (a.y, b.y) } else { (b.y, a.y) };
        Bounds { min: Coord { x: west, y: south }, max: Coord { x: east, y: north } }
    }
}

/// Where a position lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Location {
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
    work: &'a StepBudget,
}

impl<'a> EdgeTree<'a> {
    /// Builds the tree; searches in it take steps of `work`.
    pub fn new(rings: impl IntoIterator<Item = &'a [Coord<f64>]>, work: &'a StepBudget) -> Self {
        let rings: Vec<&[Coord<f64>]> = rings.into_iter().collect();
        let starts = |(ring, positions): (usize, &&[Coord<f64>])| (0..positions.len()).step_by(LEAF).map(move |i| (ring, i));
        let leaves: Vec<(usize, usize)> = rings.iter().enumerate().flat_map(starts).collect();
        let mut edges = Self { rings, leaves, levels: Vec::new(), work };
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

    /// Visits every pair of edges of the two trees whose boxes meet, until one is told to be the last; for a tree with
    /// itself, each pair once.
    pub fn pairs(&self, other: &EdgeTree<'_>, visit: &mut impl FnMut(&RingEdge, &RingEdge) -> ControlFlow<()>) {
        let same = std::ptr::eq(self, std::ptr::from_ref(other).cast());
        let mut stack: Vec<_> = self.top().zip(other.top()).into_iter().collect();
        let mut buffers = (Vec::with_capacity(LEAF), Vec::with_capacity(LEAF));
        while let Some((a, b)) = stack.pop() {
            let (box_a, box_b) = (self.node(a), other.node(b));
            if !self.work.takes(1) {
                return;
            }
            if !box_a.meets(&box_b) {
                continue;
            }
            match (a.0, b.0) {
                (0, 0) => {
                    self.work.takes(LEAF as u64);
                    self.reaching(a.1, &box_b, &mut buffers.0);
                    other.reaching(b.1, &box_a, &mut buffers.1);
                    if leaf_pairs(&buffers.0, &buffers.1, same && a == b, visit).is_break() {
                        return;
                    }
                }
                // The taller one is opened; of equal ones with themselves each pair of children once.
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

    /// Where a position lies by the even-odd rule over all rings. A comb lays each of its teeth in the way of a ray.
    pub fn locate(&self, c: Coord<f64>) -> Location {
        let mut inside = false;
        let mut stack: Vec<_> = self.top().into_iter().collect();
        while let Some(node) = stack.pop() {
            let bounds = self.node(node);
            if !self.work.takes(1) {
                return Location::Exterior;
            }
            if c.y < bounds.min.y || c.y > bounds.max.y || c.x > bounds.max.x {
                continue;
            }
            if node.0 > 0 {
                stack.extend(self.children(node));
                continue;
            }
            self.work.takes(LEAF as u64);
            for edge in self.leaf(node.1) {
                match crosses_ray(&edge, c) {
                    None => return Location::Boundary,
                    Some(crosses) => inside ^= crosses,
                }
            }
        }
        if inside { Location::Interior } else { Location::Exterior }
    }
}

/// Visits the pairs whose boxes meet; within one leaf each pair once.
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

/// Whether the edge crosses the ray from `c` to the east; `None` where `c` lies on it.
fn crosses_ray(edge: &RingEdge, c: Coord<f64>) -> Option<bool> {
    let bounds = edge.bounds();
    if c.y < bounds.min.y || c.y > bounds.max.y || c.x > bounds.max.x {
        return Some(false);
    }
    let side = orientation(edge.a, edge.b, c);
    if side == Orientation::Collinear && bounds.holds(c) {
        return None;
    }
    let upward = edge.b.y > edge.a.y;
    let spans = (edge.a.y > c.y) != (edge.b.y > c.y);
    Some(spans && (side == Orientation::CounterClockwise) == upward)
}

/// On which side of the line through `a` and `b` the position `c` lies, exactly.
pub fn orientation(a: Coord<f64>, b: Coord<f64>, c: Coord<f64>) -> Orientation {
    <f64 as GeoNum>::Ker::orient2d(a, b, c)
}

/// How two edges meet, apart from a common end.
#[derive(Debug, Clone, PartialEq)]
pub enum EdgeMeeting {
    /// They do not.
    Apart,
    /// They cross between their ends, at this position.
    Cross(Coord<f64>),
    /// An end of one lies on the other: positions on the first, and on the second.
    Touch(Vec<Coord<f64>>, Vec<Coord<f64>>),
}

/// How two edges meet.
pub fn meeting(e: &RingEdge, f: &RingEdge) -> EdgeMeeting {
    let opposite = |p: Orientation, q: Orientation| p != q && p != Orientation::Collinear && q != Orientation::Collinear;
    let (f_a, f_b) = (orientation(e.a, e.b, f.a), orientation(e.a, e.b, f.b));
    let (e_a, e_b) = (orientation(f.a, f.b, e.a), orientation(f.a, f.b, e.b));
    if opposite(f_a, f_b) && opposite(e_a, e_b) {
        return EdgeMeeting::Cross(crossing(e, f));
    }
    let on = |edge: &RingEdge, side: Orientation, c: Coord<f64>| {
        (side == Orientation::Collinear && edge.bounds().holds(c) && c != edge.a && c != edge.b).then_some(c)
    };
    let first: Vec<_> = [on(e, f_a, f.a), on(e, f_b, f.b)].into_iter().flatten().collect();
    let second: Vec<_> = [on(f, e_a, e.a), on(f, e_b, e.b)].into_iter().flatten().collect();
    if first.is_empty() && second.is_empty() { EdgeMeeting::Apart } else { EdgeMeeting::Touch(first, second) }
}

/// The position where two edges cross, kept inside both boxes against rounding.
fn crossing(e: &RingEdge, f: &RingEdge) -> Coord<f64> {
    let (d, g, w) = (e.b - e.a, f.b - f.a, f.a - e.a);
    let t = (w.x * g.y - w.y * g.x) / (d.x * g.y - d.y * g.x);
    let (b, c) = (e.bounds(), f.bounds());
    let clamp = |v: f64, low: f64, high: f64| v.max(low).min(high);
    Coord {
        x: clamp(e.a.x + t * d.x, b.min.x.max(c.min.x), b.max.x.min(c.max.x)),
        y: clamp(e.a.y + t * d.y, b.min.y.max(c.min.y), b.max.y.min(c.max.y)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edge(a: (f64, f64), b: (f64, f64)) -> RingEdge {
        RingEdge { ring: 0, index: 0, a: a.into(), b: b.into() }
    }

    #[test]
    fn edges_cross_touch_overlap_or_stay_apart() {
        let e = edge((0.0, 0.0), (4.0, 0.0));
        let c = |x, y| Coord { x, y };
        for (f, expected) in [
            (edge((2.0, -1.0), (2.0, 1.0)), EdgeMeeting::Cross(c(2.0, 0.0))),
            (edge((2.0, 0.0), (2.0, 1.0)), EdgeMeeting::Touch(vec![c(2.0, 0.0)], vec![])),
            (edge((4.0, 0.0), (5.0, 1.0)), EdgeMeeting::Apart),
            (edge((4.0, 0.0), (2.0, 0.0)), EdgeMeeting::Touch(vec![c(2.0, 0.0)], vec![])),
            (edge((3.0, 0.0), (6.0, 0.0)), EdgeMeeting::Touch(vec![c(3.0, 0.0)], vec![c(4.0, 0.0)])),
            (edge((0.0, 1.0), (4.0, 1.0)), EdgeMeeting::Apart),
            (edge((4.0, 0.0), (0.0, 0.0)), EdgeMeeting::Apart),
        ] {
            assert_eq!(meeting(&e, &f), expected, "{f:?}");
        }
    }

    #[test]
    fn every_pair_of_a_large_ring_is_visited_once_and_positions_are_placed() {
        let ring: Vec<Coord<f64>> = (0..1000)
            .map(|i| f64::from(i) / 1000.0 * std::f64::consts::TAU)
            .map(|t| Coord { x: t.cos(), y: t.sin() })
            .collect();
        let work = StepBudget::of(ring.len(), 0);
        let edges = EdgeTree::new([ring.as_slice()], &work);
        let mut seen = std::collections::HashSet::new();
        edges.pairs(&edges, &mut |a, b| {
            assert!(seen.insert((a.index.min(b.index), a.index.max(b.index))));
            ControlFlow::Continue(())
        });
        assert!((0..1000).all(|i| seen.contains(&(i.min((i + 1) % 1000), i.max((i + 1) % 1000)))));
        assert_eq!(edges.locate(Coord { x: 0.3, y: 0.4 }), Location::Interior);
        assert_eq!(edges.locate(Coord { x: 0.8, y: 0.8 }), Location::Exterior);
        assert_eq!(edges.locate(ring[77]), Location::Boundary);
    }
}
