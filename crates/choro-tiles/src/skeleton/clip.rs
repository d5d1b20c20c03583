//! Clips valid polygons at a line parallel to an axis, splitting them there.
//!
//! ```text
//!        |                 A ring that leaves and comes back is cut into chains. The chains' ends stand on the line; sorted
//!   .----1---.             along it they pair up, 1-2 and 3-4: between the ends of a pair lies the inside. Joining each
//!   |    |    '            chain's end to its partner closes the parts, without bridges along the line as clipping vertex by
//!   |  .-2---'             vertex (Sutherland-Hodgman) leaves them.
//!   |  '-3---.
//!   '----4---'
//! ```

use super::shapes::{Ring, Shape, resolve};

/// A polygon on its way through the cuts.
pub type CutShape = Vec<CutRing>;
/// One of its rings.
pub type CutRing = Vec<Point>;
/// Two ends in a fixed order.
type Edge = [[i32; 2]; 2];

/// A point and, if a cut made it, the edge of the uncut polygon on which it lies. Every later cut is computed from the ends of that
/// uncut edge. So the order of the cuts does not matter, and neighbours agree although each is cut along lines of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Point {
    pub at: [i32; 2],
    edge: Option<Edge>,
}

/// A polygon that was not cut yet.
pub fn uncut(shape: &Shape) -> CutShape {
    shape.iter().map(|ring| ring.iter().map(|at| Point { at: *at, edge: None }).collect()).collect()
}

/// The points of a polygon.
pub fn points(shape: &CutShape) -> Shape {
    shape.iter().map(|ring| ring.iter().map(|point| point.at).collect()).collect()
}

/// The uncut edge on which the segment a-b lies. Segments along a cut are parallel to an axis: any cut of them is exact.
fn edge_of(a: Point, b: Point) -> Edge {
    let end = |edge: Edge, point: Point| point.edge == Some(edge) || (point.edge.is_none() && edge.contains(&point.at));
    match (a.edge, b.edge) {
        (Some(edge), _) if end(edge, b) => edge,
        (_, Some(edge)) if end(edge, a) => edge,
        _ => [a.at.min(b.at), a.at.max(b.at)],
    }
}

/// The side of a line on which everything is kept.
#[derive(Debug, Clone, Copy)]
pub struct HalfPlane {
    /// 0: the line is `x = at`; 1: `y = at`.
    pub axis: usize,
    /// Where the line is.
    pub at: i32,
    /// Whether smaller coordinates are kept, or larger ones.
    pub below: bool,
}

impl HalfPlane {
    fn keeps(self, point: Point) -> bool {
        let along = point.at[self.axis];
        if self.below { along <= self.at } else { along >= self.at }
    }

    /// Where the segment a-b crosses the line.
    fn crossing(self, a: Point, b: Point) -> End {
        let edge = edge_of(a, b);
        let [from, to] = edge;
        let other = 1 - self.axis;
        let along = f64::from(self.at - from[self.axis]) / f64::from(to[self.axis] - from[self.axis]);
        let exact = f64::from(from[other]) + along * f64::from(to[other] - from[other]);
        let mut at = [self.at; 2];
        at[other] = exact.round() as i32;
        End { exact, point: Point { at, edge: Some(edge) } }
    }
}

#[derive(Debug, Clone, Copy)]
struct End {
    exact: f64,
    point: Point,
}

/// A run of points on the kept side, from where the ring comes in to where it goes out.
struct Chain {
    points: CutRing,
    entry: f64,
    exit: f64,
}

/// The part of a polygon in a half-plane.
pub fn clip(shape: CutShape, plane: HalfPlane) -> Vec<CutShape> {
    let kept = |point: &Point| plane.keeps(*point);
    let Some(exterior) = shape.first() else { return Vec::new() };
    // A hole lies within the exterior.
    if exterior.iter().all(kept) {
        return vec![shape];
    }
    let mut whole = Vec::new();
    let mut chains = Vec::new();
    for ring in &shape {
        if ring.iter().all(kept) {
            whole.push(ring.clone());
        } else {
            cut(ring, plane, &mut chains);
        }
    }
    let Some(rings) = join(chains) else { return overlay(&shape, plane) };
    distribute(rings, whole)
}

/// Cuts a ring into chains.
fn cut(ring: &CutRing, plane: HalfPlane, chains: &mut Vec<Chain>) {
    let Some(start) = ring.iter().position(|point| !plane.keeps(*point)) else { return };
    let Some(mut before) = ring.get(start).copied() else { return };
    let mut chain: Option<Chain> = None;
    for point in ring.iter().cycle().skip(start + 1).take(ring.len()) {
        match (chain.as_mut(), plane.keeps(*point)) {
            (None, false) => {}
            (None, true) => {
                let end = plane.crossing(before, *point);
                let mut points = Vec::new();
                push(&mut points, end.point);
                push(&mut points, *point);
                chain = Some(Chain { points, entry: end.exact, exit: end.exact });
            }
            (Some(chain), true) => push(&mut chain.points, *point),
            (Some(open), false) => {
                let end = plane.crossing(before, *point);
                push(&mut open.points, end.point);
                open.exit = end.exact;
                // A chain of one point touches the line from outside.
                chains.extend(chain.take().filter(|chain| chain.points.len() > 1));
            }
        }
        before = *point;
    }
}

/// Appends a point. Of two in one place the one of the uncut polygon stays: it ends its edges.
fn push(points: &mut CutRing, point: Point) {
    match points.last_mut() {
        Some(last) if last.at == point.at => {
            if point.edge.is_none() {
                *last = point;
            }
        }
        _ => points.push(point),
    }
}

/// Joins chains to rings. `None` where ends do not pair an exit with an entry: the polygon was not valid.
fn join(chains: Vec<Chain>) -> Option<Vec<CutRing>> {
    let mut ends: Vec<(f64, usize, bool)> = Vec::with_capacity(chains.len() * 2);
    for (index, chain) in chains.iter().enumerate() {
        ends.push((chain.entry, index, true));
        ends.push((chain.exit, index, false));
    }
    ends.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut next = vec![usize::MAX; chains.len()];
    for pair in ends.chunks(2) {
        let [(_, one, one_enters), (_, two, two_enters)] = pair else { return None };
        if one_enters == two_enters {
            return None;
        }
        let (exit, entry) = if *one_enters { (*two, *one) } else { (*one, *two) };
        *next.get_mut(exit)? = entry;
    }
    let mut parts: Vec<Option<CutRing>> = chains.into_iter().map(|chain| Some(chain.points)).collect();
    let mut rings = Vec::new();
    for first in 0..parts.len() {
        let Some(mut ring) = parts.get_mut(first)?.take() else { continue };
        let mut at = *next.get(first)?;
        while at != first {
            let part = parts.get_mut(at)?.take()?;
            part.into_iter().for_each(|point| push(&mut ring, point));
            at = *next.get(at)?;
        }
        while ring.len() > 1 && ring.first().map(|p| p.at) == ring.last().map(|p| p.at) {
            ring.pop();
        }
        if ring.len() > 2 {
            rings.push(ring);
        }
    }
    Some(rings)
}

/// Gives every untouched ring to the part that it lies in. Cut rings are exteriors: a cut hole became part of one.
fn distribute(rings: Vec<CutRing>, whole: Vec<CutRing>) -> Vec<CutShape> {
    let mut shapes: Vec<CutShape> = rings.into_iter().map(|ring| vec![ring]).collect();
    for ring in whole {
        let inside = |shape: &CutShape| shape.first().is_some_and(|exterior| lies_in(&ring, exterior));
        let home = if shapes.len() == 1 { Some(0) } else { shapes.iter().position(inside) };
        if let Some(shape) = home.and_then(|home| shapes.get_mut(home)) {
            shape.push(ring);
        }
    }
    shapes
}

/// Whether a hole lies in an exterior. It may touch it: points on the exterior say nothing.
fn lies_in(hole: &CutRing, exterior: &CutRing) -> bool {
    let ends = hole.iter().zip(hole.iter().cycle().skip(1));
    // The points and the middles of the edges, in half units, so that all are whole numbers.
    let probes = ends.flat_map(|(a, b)| [a.at.map(|c| 2 * c), [a.at[0] + b.at[0], a.at[1] + b.at[1]]]);
    probes.into_iter().find_map(|probe| side(probe, exterior)).unwrap_or(false)
}

/// Whether a point, in half units, lies within a ring; `None` on its border.
fn side(probe: [i32; 2], ring: &CutRing) -> Option<bool> {
    let [x, y] = probe.map(i64::from);
    let mut within = false;
    for (a, b) in ring.iter().zip(ring.iter().cycle().skip(1)) {
        let ([ax, ay], [bx, by]) = (a.at.map(|c| 2 * i64::from(c)), b.at.map(|c| 2 * i64::from(c)));
        let turn = (bx - ax) * (y - ay) - (x - ax) * (by - ay);
        if turn == 0 && x >= ax.min(bx) && x <= ax.max(bx) && y >= ay.min(by) && y <= ay.max(by) {
            return None;
        }
        if (ay > y) != (by > y) && (turn > 0) == (by > ay) {
            within = !within;
        }
    }
    Some(within)
}

/// The general way, for a polygon that is not valid: vertex by vertex, then resolved.
fn overlay(shape: &CutShape, plane: HalfPlane) -> Vec<CutShape> {
    let flattened = shape.iter().map(|ring| {
        let mut points = CutRing::new();
        for (a, b) in ring.iter().zip(ring.iter().cycle().skip(1)) {
            if plane.keeps(*a) {
                push(&mut points, *a);
            }
            if plane.keeps(*a) != plane.keeps(*b) {
                push(&mut points, plane.crossing(*a, *b).point);
            }
        }
        points.iter().map(|point| point.at).collect::<Ring>()
    });
    resolve(&[flattened.filter(|ring| ring.len() > 2).collect()]).iter().map(uncut).collect()
}
