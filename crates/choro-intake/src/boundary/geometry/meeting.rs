//! How two edges meet, and on which side of an edge a position lies. The side is exact (Shewchuk's predicates).

use super::bounds::Bounds;
use geo::{Coord, GeoNum, Orientation, kernels::Kernel};

/// One edge and where it stands.
#[derive(Debug, Clone, Copy)]
pub struct RingEdge {
    /// The number of its ring among those looked at.
    pub ring: usize,
    /// The number of its first vertex in the ring.
    pub index: usize,
    /// Its beginning.
    pub a: Coord<f64>,
    /// Its end.
    pub b: Coord<f64>,
}

impl RingEdge {
    /// The box around it.
    pub fn bounds(&self) -> Bounds {
        // `Bounds::of` would be slower, and this runs for every pair of edges that could meet.
        let (a, b) = (self.a, self.b);
        let (west, east) = if a.x < b.x { (a.x, b.x) } else { (b.x, a.x) };
        let (south, north) = if a.y < b.y { (a.y, b.y) } else { (b.y, a.y) };
        Bounds { min: Coord { x: west, y: south }, max: Coord { x: east, y: north } }
    }
}

/// Whether the edge crosses the ray from `c` to the east; `None` where `c` lies on it.
pub fn crosses_ray(edge: &RingEdge, c: Coord<f64>) -> Option<bool> {
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
    /// An end of one lies on the other. First come the positions on the first edge, then those on the second.
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

/// The position where two edges cross. It is kept inside both boxes, which rounding might leave.
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
}
