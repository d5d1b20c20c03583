//! RunningCounts for each of many points how many others lie near it. To compare each with each would take minutes for 60,000 areas.
//!
//! ```text
//! A .  B C      reach: two dots     A: 1 (itself), B: 2, C: 2
//! ```

/// For each point, how many there are, itself among them, at most `reach` away both across and down.
pub(super) fn crowds(points: &[[f64; 2]], reach: f64) -> Vec<usize> {
    let mut order: Vec<usize> = (0..points.len()).collect();
    let of = |index: usize| points.get(index).copied().unwrap_or_default();
    order.sort_by(|a, b| of(*a)[0].total_cmp(&of(*b)[0]));
    let across: Vec<[f64; 2]> = order.iter().map(|index| of(*index)).collect();
    let mut down: Vec<f64> = points.iter().map(|point| point[1]).collect();
    down.sort_by(f64::total_cmp);
    let mut window = RunningCounts(vec![0; points.len() + 1]);
    let mut crowds = vec![0; points.len()];
    // The window holds the points that are near from left to right. It moves over all points in that order, and counts its points by
    // how far down they lie.
    let (mut first, mut end) = (0, 0);
    for (index, [x, y]) in order.iter().zip(&across) {
        while let Some([_, y]) = across.get(end).filter(|next| next[0] - x <= reach) {
            window.add(rank(&down, *y), 1);
            end += 1;
        }
        while let Some([_, y]) = across.get(first).filter(|last| x - last[0] > reach) {
            window.add(rank(&down, *y), -1);
            first += 1;
        }
        let (top, bottom) =
            (down.partition_point(|other| y - other > reach), down.partition_point(|other| other - y <= reach));
        if let Some(crowd) = crowds.get_mut(*index) {
            *crowd = usize::try_from(window.below(bottom) - window.below(top)).unwrap_or_default();
        }
    }
    crowds
}

/// The place of the first equal number among ascending ones.
fn rank(ascending: &[f64], number: f64) -> usize {
    ascending.partition_point(|other| *other < number)
}

/// Counts by place, summed up to any of them in as many steps as their number has bits (Fenwick 1994).
struct RunningCounts(Vec<i64>);

impl RunningCounts {
    fn add(&mut self, place: usize, count: i64) {
        let mut at = place + 1;
        while let Some(sum) = self.0.get_mut(at) {
            *sum += count;
            at += at & at.wrapping_neg();
        }
    }

    /// The sum of what lies before a place.
    fn below(&self, place: usize) -> i64 {
        let (mut at, mut all) = (place, 0);
        while at > 0 {
            all += self.0.get(at).copied().unwrap_or_default();
            at -= at & at.wrapping_neg();
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn as_many_as_comparing_each_with_each_finds(
            points in prop::collection::vec((0_i32..40, 0_i32..40), 0..60),
            reach in 0_i32..20,
        ) {
            let points: Vec<[f64; 2]> = points.iter().map(|(x, y)| [f64::from(*x) / 4.0, f64::from(*y) / 4.0]).collect();
            let reach = f64::from(reach) / 4.0;
            let near = |a: &[f64; 2], b: &[f64; 2]| (a[0] - b[0]).abs() <= reach && (a[1] - b[1]).abs() <= reach;
            let expected: Vec<usize> = points.iter().map(|a| points.iter().filter(|b| near(a, b)).count()).collect();
            prop_assert_eq!(crowds(&points, reach), expected);
        }
    }
}
