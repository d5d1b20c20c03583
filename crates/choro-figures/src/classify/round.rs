//! Breaks that can be read: 1,200 instead of 1,187.4.
//!
//! A break is moved to the nearest multiple of the coarsest step (…, 100, 50, 20, 10, …) that keeps it near its place or
//! parts the values in the same way, and that leaves the same classes empty. Steps finer than the indicator's decimals are
//! taken only where nothing coarser serves, down to the digits of a double.

/// How far a break may move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Snap {
    /// By a twentieth of the narrower class beside it.
    Near,
    /// By that, or anywhere between the two values that it parts, rather near their middle.
    Gap,
}

/// Decimals beyond which nothing is gained, and a hostile number of them bounded.
const MOST_DECIMALS: u8 = 12;

/// `breaks` (ascending, above `from`, not above the last of the ascending values) made readable. None of them is moved onto a number
/// of `kept_free`.
pub(super) fn readable(sorted: &[f64], from: f64, breaks: &[f64], decimals: u8, snap: Snap, kept_free: &[f64]) -> Vec<f64> {
    let mut rounded = breaks.to_vec();
    let Some(to) = sorted.last().copied() else { return rounded };
    let empty = empties(sorted, breaks);
    for (index, original) in breaks.iter().copied().enumerate() {
        let before = index.checked_sub(1).and_then(|i| rounded.get(i)).copied().unwrap_or(from);
        let after = rounded.get(index + 1).copied().unwrap_or(to);
        let room = Room { original, before, after, gap: gap(sorted, original), last: to, snap };
        let keeps = |candidate: &f64| {
            let mut trial = rounded.clone();
            trial.splice(index..=index, [*candidate]);
            !kept_free.contains(candidate) && empties(sorted, &trial) == empty
        };
        if let Some(found) = room.search(decimals, keeps) {
            rounded.splice(index..=index, [found]);
        }
    }
    rounded
}

/// Where one break may go.
struct Room {
    original: f64,
    /// The break before it, as rounded, and the one after it, as found.
    before: f64,
    after: f64,
    /// The two values that it parts.
    gap: (f64, f64),
    /// The highest value, on which a break may stand.
    last: f64,
    snap: Snap,
}

impl Room {
    /// The best place: near, or about the middle of the gap; else anywhere in the gap; with more decimals only if need be.
    fn search(&self, decimals: u8, keeps: impl Fn(&f64) -> bool) -> Option<f64> {
        let above = if self.original < self.after { self.after - self.original } else { f64::INFINITY };
        let width = (self.original - self.before).min(above);
        if !width.is_finite() || width <= 0.0 {
            return None;
        }
        let moved = |c: f64| (c - self.original).abs();
        let near = |c: f64| moved(c) <= width / 20.0 && self.before < c && c < self.after;
        let inside = |c: f64| {
            let same = self.gap.0 < c && c <= self.gap.1 && self.before < c;
            self.snap == Snap::Gap && same && (c < self.after || c == self.last)
        };
        let middle = |c: f64| inside(c) && moved(c) <= (self.gap.1 - self.gap.0) * 0.3;
        let finest = -i32::from(decimals.min(MOST_DECIMALS));
        let coarse = || candidates(self.original, width, finest);
        let fine = || candidates(self.original, width, i32::MIN);
        coarse()
            .find(|c| (near(*c) || middle(*c)) && keeps(c))
            .or_else(|| coarse().find(|c| inside(*c) && keeps(c)))
            .or_else(|| fine().find(|c| (near(*c) || inside(*c)) && keeps(c)))
    }
}

/// The highest value below a break and the lowest one not below it.
fn gap(sorted: &[f64], at: f64) -> (f64, f64) {
    let place = sorted.partition_point(|v| *v < at);
    let below = place.checked_sub(1).and_then(|i| sorted.get(i)).copied().unwrap_or(f64::NEG_INFINITY);
    (below, sorted.get(place).copied().unwrap_or(f64::INFINITY))
}

/// Which classes hold no value.
fn empties(sorted: &[f64], inner: &[f64]) -> Vec<bool> {
    let ends = inner.iter().map(|b| sorted.partition_point(|v| v < b)).chain([sorted.len()]);
    let mut done = 0;
    ends.map(|end| {
        let empty = end <= done;
        done = end;
        empty
    })
    .collect()
}

/// Multiples of ever finer steps around `original`, down to steps of ten to the power of `finest`, the nearer one first.
fn candidates(original: f64, width: f64, finest: i32) -> impl Iterator<Item = f64> {
    let exponent = |x: f64| {
        #[expect(clippy::cast_possible_truncation, reason = "-324 to 308")]
        let exponent = x.log10().ceil() as i32;
        exponent
    };
    let coarsest = exponent(width) + 1;
    // A double carries 15 decimal digits.
    let finest = finest.max(exponent(original.abs().max(width)) - 15);
    let steps = (finest..=coarsest).rev().flat_map(|k| [(1.0, k), (5.0, k - 1), (2.0, k - 1)]);
    steps.filter(move |(_, k)| *k >= finest).flat_map(move |(m, k)| {
        let (down, up) = (multiple(original, m, k, f64::floor), multiple(original, m, k, f64::ceil));
        if original - down < up - original { [down, up] } else { [up, down] }
    })
}

/// The multiple of `m * 10^k` next to `x`, in the direction of `to`: the double nearest to the decimal number.
fn multiple(x: f64, m: f64, k: i32, to: fn(f64) -> f64) -> f64 {
    let power = 10_f64.powi(k.abs());
    let steps = if k < 0 { to(x * power / m) } else { to(x / (m * power)) };
    // Powers of ten beyond 22 are no exact doubles, so the digits are read and not multiplied.
    format!("{:.0}e{k}", steps * m).parse().unwrap_or(x)
}
