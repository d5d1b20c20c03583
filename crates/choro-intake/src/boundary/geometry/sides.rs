//! Positions beside a path. They tell what lies on either side of it.

use geo::Coord;

/// Positions just left and right of the middle of a path's longest edge.
pub fn sides(path: &[Coord<f64>]) -> Option<(Coord<f64>, Coord<f64>)> {
    let longest =
        path.iter().zip(path.iter().skip(1)).max_by(|(a, b), (c, d)| length(**a, **b).total_cmp(&length(**c, **d)));
    longest.map(|(a, b)| beside(*a, *b))
}

/// Positions just left and right of the middle of an edge.
pub fn beside(a: Coord<f64>, b: Coord<f64>) -> (Coord<f64>, Coord<f64>) {
    // So far that it is another number at longitude 360, and so near that it stays within any sliver that matters.
    let step = (length(a, b) * 1e-8).max(1e-12) / length(a, b);
    let middle = Coord { x: a.x + (b.x - a.x) / 2.0, y: a.y + (b.y - a.y) / 2.0 };
    let normal = Coord { x: -(b.y - a.y) * step, y: (b.x - a.x) * step };
    (middle + normal, middle - normal)
}

fn length(a: Coord<f64>, b: Coord<f64>) -> f64 {
    (b.x - a.x).hypot(b.y - a.y)
}
