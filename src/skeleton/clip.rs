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
    fn keeps(self, point: [i32; 2]) -> bool {
        if self.below { point[self.axis] <= self.at } else { point[self.axis] >= self.at }
    }

    /// Where the segment a-b crosses the line: the same point for a-b and b-a, so that neighbours are cut alike.
    fn crossing(self, a: [i32; 2], b: [i32; 2]) -> End {
        let (a, b) = if (a[self.axis], a[1 - self.axis]) <= (b[self.axis], b[1 - self.axis]) { (a, b) } else { (b, a) };
        let other = 1 - self.axis;
        let along = f64::from(self.at - a[self.axis]) / f64::from(b[self.axis] - a[self.axis]);
        let exact = f64::from(a[other]) + along * f64::from(b[other] - a[other]);
        let mut point = [self.at; 2];
        point[other] = exact.round() as i32;
        End { exact, point }
    }
}

#[derive(Debug, Clone, Copy)]
struct End {
    exact: f64,
    point: [i32; 2],
}

/// A run of points on the kept side, from where the ring comes in to where it goes out.
struct Chain {
    points: Ring,
    entry: f64,
    exit: f64,
}

/// The part of a polygon in a half-plane.
pub fn clip(shape: &Shape, plane: HalfPlane) -> Vec<Shape> {
    let kept = |point: &[i32; 2]| plane.keeps(*point);
    let Some(exterior) = shape.first() else { return Vec::new() };
    // A hole lies within the exterior.
    if exterior.iter().all(kept) {
        return vec![shape.clone()];
    }
    let mut whole = Vec::new();
    let mut chains = Vec::new();
    for ring in shape {
        if ring.iter().all(kept) {
            whole.push(ring.clone());
        } else {
            cut(ring, plane, &mut chains);
        }
    }
    let Some(rings) = join(chains) else { return overlay(shape, plane) };
    distribute(rings, whole)
}

/// Cuts a ring into chains.
fn cut(ring: &Ring, plane: HalfPlane, chains: &mut Vec<Chain>) {
    let Some(start) = ring.iter().position(|point| !plane.keeps(*point)) else { return };
    let other = 1 - plane.axis;
    let mut chain: Option<Chain> = None;
    let mut before = ring.get(start).copied().unwrap_or_default();
    for point in ring.iter().cycle().skip(start + 1).take(ring.len()) {
        match (chain.as_mut(), plane.keeps(*point)) {
            (None, false) => {}
            (None, true) => {
                let end = plane.crossing(before, *point);
                let mut points = vec![end.point];
                push(&mut points, *point);
                chain = Some(Chain { points, entry: end.exact, exit: f64::from(point[other]) });
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

fn push(points: &mut Ring, point: [i32; 2]) {
    if points.last() != Some(&point) {
        points.push(point);
    }
}

/// Joins chains to rings. `None` where ends do not pair an exit with an entry: the polygon was not valid.
fn join(chains: Vec<Chain>) -> Option<Vec<Ring>> {
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
    let mut parts: Vec<Option<Ring>> = chains.into_iter().map(|chain| Some(chain.points)).collect();
    let mut rings = Vec::new();
    for first in 0..parts.len() {
        let Some(mut ring) = parts.get_mut(first)?.take() else { continue };
        let mut at = *next.get(first)?;
        while at != first {
            let part = parts.get_mut(at)?.take()?;
            part.into_iter().for_each(|point| push(&mut ring, point));
            at = *next.get(at)?;
        }
        while ring.len() > 1 && ring.first() == ring.last() {
            ring.pop();
        }
        if super::shapes::ring_area(&ring) != 0 {
            rings.push(ring);
        }
    }
    Some(rings)
}

/// Gives every untouched ring to the part that it lies in. Cut rings are exteriors: a cut hole became part of one.
fn distribute(rings: Vec<Ring>, whole: Vec<Ring>) -> Vec<Shape> {
    let mut shapes: Vec<Shape> = rings.into_iter().map(|ring| vec![ring]).collect();
    for ring in whole {
        let inside = |shape: &Shape| match (shape.first(), ring.first()) {
            (Some(exterior), Some(point)) => contains(exterior, *point),
            _ => false,
        };
        let home = if shapes.len() == 1 { Some(0) } else { shapes.iter().position(inside) };
        if let Some(shape) = home.and_then(|home| shapes.get_mut(home)) {
            shape.push(ring);
        }
    }
    shapes
}

/// Whether a point lies in a ring (even-odd), points on the border either way.
fn contains(ring: &[[i32; 2]], [x, y]: [i32; 2]) -> bool {
    let ends = ring.iter().zip(ring.iter().cycle().skip(1));
    let crossings = ends.filter(|([ax, ay], [bx, by])| {
        (*ay > y) != (*by > y) && {
            let [ax, ay, bx, by] = [*ax, *ay, *bx, *by].map(i64::from);
            let side = (bx - ax) * (i64::from(y) - ay) - (i64::from(x) - ax) * (by - ay);
            (side > 0) == (by > ay)
        }
    });
    crossings.count() % 2 == 1
}

/// The general way, for a polygon that is not valid: vertex by vertex, then resolved.
fn overlay(shape: &Shape, plane: HalfPlane) -> Vec<Shape> {
    let flattened = shape.iter().map(|ring| {
        let mut points = Ring::new();
        for (a, b) in ring.iter().zip(ring.iter().cycle().skip(1)) {
            if plane.keeps(*a) {
                push(&mut points, *a);
            }
            if plane.keeps(*a) != plane.keeps(*b) {
                push(&mut points, plane.crossing(*a, *b).point);
            }
        }
        points
    });
    resolve(&[flattened.filter(|ring| ring.len() > 2).collect()])
}
