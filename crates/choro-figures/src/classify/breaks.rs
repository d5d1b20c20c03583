//! Where the breaks stand: by quantiles, equal widths, ckmeans or as given; mirrored at zero where the indicator diverges.

use super::round::{Snap, readable};
use super::{
    break_rule::{BreakRule, Finder},
    error::ClassifyError,
    manual::ManualBreaks,
    options::Settled,
};
use choro_model::Indicator;

/// Above this number of values `ckmeans` looks at evenly spaced quantiles instead, the extremes among them: its time grows
/// faster than the values, and its breaks hardly move.
pub const CKMEANS_LIMIT: usize = 20_000;

/// Breaks, outer ones included.
pub(super) struct FoundBreaks {
    /// Ascending; empty where there are no values to classify.
    pub all: Vec<f64>,
    /// How many values were looked at, if not all.
    pub sampled: Option<usize>,
}

/// The breaks of ascending values, zeros left out where zero has an entry of its own.
pub(super) fn find(sorted: &[f64], indicator: &Indicator, settled: Settled<'_>) -> Result<FoundBreaks, ClassifyError> {
    let finder = match settled.breaks {
        BreakRule::Manual(inner) => {
            return Ok(FoundBreaks { all: manual(sorted, inner), sampled: None });
        }
        BreakRule::Found(finder) => *finder,
    };
    let (Some(lowest), Some(highest)) = (sorted.first().copied(), sorted.last().copied()) else {
        return Ok(FoundBreaks { all: Vec::new(), sampled: None });
    };
    if indicator.diverging {
        return mirrored(sorted, indicator.decimals, settled.classes, finder);
    }
    let (inner, sampled) = inner(sorted, lowest, settled.classes, finder, indicator.decimals, &[])?;
    Ok(FoundBreaks { all: [vec![lowest], inner, vec![highest]].concat(), sampled })
}

/// The given breaks with the limits of the values around them. A break outside the values leaves its outer class empty: maps
/// with the same manual breaks must keep the same classes.
fn manual(sorted: &[f64], inner: &ManualBreaks) -> Vec<f64> {
    let inner = inner.as_slice();
    let (Some(first), Some(last)) = (inner.first().copied(), inner.last().copied()) else { return Vec::new() };
    let (lowest, highest) = (sorted.first().copied().unwrap_or(first), sorted.last().copied().unwrap_or(last));
    [vec![lowest.min(first)], inner.to_vec(), vec![highest.max(last)]].concat()
}

/// Breaks of the distances from zero, laid on both sides of it and cut to where there are values.
///
/// None is moved onto the lowest or the highest value. A break at 20 with values from -20 to 20 would put 20 into a class of its own
/// and leave -20 in the one before, since a class holds its lower limit on both sides of zero.
fn mirrored(sorted: &[f64], decimals: u8, classes: usize, finder: Finder) -> Result<FoundBreaks, ClassifyError> {
    let lowest = sorted.first().copied().unwrap_or_default().min(0.0);
    let highest = sorted.last().copied().unwrap_or_default().max(0.0);
    let arm = if lowest < 0.0 && highest > 0.0 { classes.div_ceil(2) } else { classes.min(5) };
    // Two runs that ascend, which a stable sort only merges.
    let (negative, positive) = sorted.split_at(sorted.partition_point(|v| *v < 0.0));
    let mut distances: Vec<f64> = negative.iter().rev().map(|v| -v).chain(positive.iter().copied()).collect();
    distances.sort_by(f64::total_cmp);
    let (inner, sampled) = inner(&distances, 0.0, arm, finder, decimals, &[-lowest, highest])?;
    let below = inner.iter().rev().map(|b| -b).filter(|b| *b > lowest);
    let above = inner.iter().copied().filter(|b| *b < highest);
    let outer = |limit: f64| (limit != 0.0).then_some(limit);
    let all = outer(lowest).into_iter().chain(below).chain([0.0]).chain(above).chain(outer(highest)).collect();
    Ok(FoundBreaks { all, sampled })
}

/// Readable breaks that part ascending values in at most `classes` classes, the first of which begins at `from`. `kept_free`: where no
/// break is moved to.
fn inner(
    sorted: &[f64],
    from: f64,
    classes: usize,
    finder: Finder,
    decimals: u8,
    kept_free: &[f64],
) -> Result<(Vec<f64>, Option<usize>), ClassifyError> {
    let classes = classes.min(distinct(sorted, classes));
    let (raw, sampled) = match finder {
        Finder::Quantile => (quantile(sorted, classes), None),
        Finder::Equal => (equal(sorted, from, classes), None),
        Finder::Ckmeans if sorted.len() > CKMEANS_LIMIT => {
            (ckmeans(&sample(sorted, CKMEANS_LIMIT), classes)?, Some(CKMEANS_LIMIT))
        }
        Finder::Ckmeans => (ckmeans(sorted, classes)?, None),
    };
    // Equal widths must stay nearly equal; other breaks may stand anywhere between the two values they part.
    let snap = if finder == Finder::Equal { Snap::Near } else { Snap::Gap };
    Ok((readable(sorted, from, &raw, decimals, snap, kept_free), sampled))
}

/// The number of distinct values, counted up to `enough`.
fn distinct(sorted: &[f64], enough: usize) -> usize {
    let changes = sorted.windows(2).filter(|pair| matches!(pair, [a, b] if a < b));
    changes.take(enough).count() + usize::from(!sorted.is_empty())
}

/// Between the values at equal ranks; within a run of equal values, at the end of the run that is nearer.
fn quantile(sorted: &[f64], classes: usize) -> Vec<f64> {
    let mut places: Vec<usize> = (1..classes)
        .filter_map(|i| {
            let rank = (i * sorted.len() + classes / 2) / classes;
            let value = sorted.get(rank)?;
            let start = sorted.partition_point(|v| v < value);
            let end = sorted.partition_point(|v| v <= value);
            let near_start = start > 0 && (rank - start <= end - rank || end == sorted.len());
            Some(if near_start { start } else { end })
        })
        .collect();
    places.dedup();
    between(sorted, &places)
}

/// At equal distances from `from` to the highest value.
fn equal(sorted: &[f64], from: f64, classes: usize) -> Vec<f64> {
    let Some(to) = sorted.last().copied() else { return Vec::new() };
    // Weighted, since the difference of two huge numbers may overflow.
    let mut breaks: Vec<f64> =
        (1..classes).map(|i| share(i, classes).mul_add(to, (1.0 - share(i, classes)) * from)).collect();
    breaks.retain(|b| *b > from && *b < to);
    breaks.dedup();
    breaks
}

#[expect(clippy::cast_precision_loss, reason = "counts of classes are tiny")]
fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole as f64
}

/// Between neighbouring clusters. Values are scaled to at most 1 first, so that their squares stay finite.
fn ckmeans(sorted: &[f64], classes: usize) -> Result<Vec<f64>, ClassifyError> {
    let failed = |reason: String| ClassifyError::Clustering { values: sorted.len(), classes, reason };
    if classes < 2 {
        return Ok(Vec::new());
    }
    let largest = sorted.iter().fold(0.0_f64, |m, v| m.max(v.abs()));
    let scaled: Vec<f64> = sorted.iter().map(|v| v / largest).collect();
    let clusters = u8::try_from(classes).map_err(|e| failed(e.to_string()))?;
    let (_, ranges) = ckmeans::ckmeans_indices(&scaled, clusters).map_err(|e| failed(e.to_string()))?;
    let places: Vec<usize> = ranges.iter().skip(1).map(|(start, _)| *start).collect();
    Ok(between(sorted, &places))
}

/// `n` evenly spaced quantiles of ascending values, the first and the last among them.
fn sample(sorted: &[f64], n: usize) -> Vec<f64> {
    let last = sorted.len().saturating_sub(1);
    (0..n).filter_map(|i| sorted.get(i * last / (n - 1)).copied()).collect()
}

/// For each place, a number above the value before it and not above the value at it.
fn between(sorted: &[f64], places: &[usize]) -> Vec<f64> {
    let mut breaks: Vec<f64> = places
        .iter()
        .filter_map(|place| {
            let (below, above) = (*sorted.get(place.checked_sub(1)?)?, *sorted.get(*place)?);
            let middle = below / 2.0 + above / 2.0;
            (below < above).then_some(if middle > below { middle.min(above) } else { above })
        })
        .collect();
    breaks.dedup();
    breaks
}
