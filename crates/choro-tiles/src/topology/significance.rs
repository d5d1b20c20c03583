//! Significance: for every vertex of a line the tolerance up to which Douglas and Peucker's simplification keeps it.
//!
//! Douglas & Peucker 1973 keep the vertex farthest from the chord while it is farther than the tolerance, and go on with
//! both halves. Run once without tolerance, each vertex takes the smaller of its own distance and its parent's significance;
//! then the vertices above any tolerance are exactly the result for that tolerance. All zooms follow from one run, and the
//! line never strays from the source by more than the tolerance (Hausdorff), which effective-area weights do not promise.

/// The squared significance of each vertex of `line`; the ends of an open line are infinite. A closed line (last vertex equal
/// to the first) is anchored at its first vertex and the one farthest from it.
#[must_use]
pub fn significance(line: &[[f64; 2]]) -> Vec<f64> {
    let mut result = vec![0.0; line.len()];
    let Some(last) = line.len().checked_sub(1) else { return result };
    set(&mut result, 0, f64::INFINITY);
    set(&mut result, last, f64::INFINITY);
    let mut stack = vec![(0, last, f64::INFINITY)];
    while let Some((from, to, limit)) = stack.pop() {
        let Some((split, distance)) = farthest(line, from, to) else { continue };
        let significance = distance.min(limit);
        set(&mut result, split, significance);
        stack.push((from, split, significance));
        stack.push((split, to, significance));
    }
    result
}

fn set(values: &mut [f64], index: usize, value: f64) {
    if let Some(slot) = values.get_mut(index) {
        *slot = value;
    }
}

/// The inner vertex farthest from the chord and its squared distance.
fn farthest(line: &[[f64; 2]], from: usize, to: usize) -> Option<(usize, f64)> {
    let (a, b) = (*line.get(from)?, *line.get(to)?);
    let inner = line.get(from + 1..to)?;
    let mut best = None;
    for (index, point) in inner.iter().enumerate() {
        let distance = squared_distance(*point, a, b);
        if best.is_none_or(|(_, most)| distance > most) {
            best = Some((from + 1 + index, distance));
        }
    }
    best
}

/// Squared distance of a point from the segment a-b.
pub(super) fn squared_distance(point: [f64; 2], a: [f64; 2], b: [f64; 2]) -> f64 {
    let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
    let length = dx * dx + dy * dy;
    let along = if length > 0.0 { ((point[0] - a[0]) * dx + (point[1] - a[1]) * dy) / length } else { 0.0 };
    let t = along.clamp(0.0, 1.0);
    let (ex, ey) = (point[0] - (a[0] + t * dx), point[1] - (a[1] + t * dy));
    ex * ex + ey * ey
}
