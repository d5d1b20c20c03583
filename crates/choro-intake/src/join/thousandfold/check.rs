//! The columns of a file and of the store -> the doubts about those that differ by a thousand.

use super::{
    pairs::{Figures, ThousandfoldPair, compare},
    series::{AllSeries, ColumnSource},
    stored_figures::StoredFigures,
};
use crate::{
    join::joined::Joined,
    statistics::{Doubt, DoubtKind, SpoolError},
};
use choro_model::{Indicator, IndicatorId, Period, Selection};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;

/// Most figures that are held at once.
const MAX_HELD: usize = if cfg!(test) { 24 } else { 4_000_000 };
/// Most passes over the cells of a file. What is beyond them is not compared.
const MAX_PASSES: usize = 8;
/// The columns at each end of a part that stand in the next part too, so that each is compared with its neighbours.
const SHARED: usize = 2;
/// Most pairs that are named in a doubt.
const NAMED: usize = 5;

/// The doubts about figures that are a thousand times those of another period, in the file or among those `stored`.
///
/// # Errors
///
/// Where the cells of the file cannot be read again.
pub fn thousandfold(
    joined: &Joined<'_>,
    indicators: &[Indicator],
    stored: &StoredFigures,
) -> Result<Vec<Doubt>, SpoolError> {
    let mut series = AllSeries::default();
    series.add_file(joined.selections());
    series.add_stored(stored);
    let mut file: Vec<(usize, &Selection)> = joined.selections().iter().enumerate().collect();
    file.sort_by(|(_, a), (_, b)| (&a.indicator, &a.codes, a.period).cmp(&(&b.indicator, &b.codes, b.period)));
    let width = (MAX_HELD / joined.areas().len().max(1)).max(4 * SHARED);
    let (mut lines, mut told) = (BTreeMap::new(), FxHashSet::default());
    for first in (0..file.len()).step_by(width - 2 * SHARED).take(MAX_PASSES) {
        let end = (first + width).min(file.len());
        let held = held(joined, file.get(first..end).unwrap_or_default())?;
        let from = if first == 0 { 0 } else { first + SHARED };
        let to = if end == file.len() { end } else { end - SHARED };
        for (number, selection) in file.get(from..to).unwrap_or_default() {
            let Some(indicator) = indicators.iter().find(|indicator| indicator.id == selection.indicator) else { continue };
            let others = series.others(selection).into_iter().filter_map(|(period, source)| match source {
                ColumnSource::File(number) => Some((period, false, held.get(&number)?)),
                ColumnSource::Stored(number) => Some((period, true, stored.figures(number)?)),
            });
            let others: Vec<(Period, bool, &Figures)> = others.collect();
            let Some(own) = held.get(number) else { continue };
            for pair in compare(own, &others, indicator) {
                if told.insert(key(&pair, selection)) {
                    lines
                        .entry(&selection.indicator)
                        .or_insert_with(Vec::new)
                        .push(line(&pair, selection, indicator, joined));
                }
            }
        }
        if end == file.len() {
            break;
        }
    }
    Ok(lines.into_iter().map(|(indicator, lines)| doubt(indicator, &lines)).collect())
}

/// The figures of these selections.
fn held(joined: &Joined<'_>, part: &[(usize, &Selection)]) -> Result<FxHashMap<usize, Figures>, SpoolError> {
    let areas = joined.areas().len();
    let mut held: FxHashMap<usize, Figures> = part.iter().map(|(number, _)| (*number, Figures::none(areas))).collect();
    for placed in joined.placed() {
        let (area, cell) = placed?;
        if let (Some(figures), Some(number)) = (held.get_mut(&(cell.selection as usize)), cell.cell.number()) {
            figures.set(area, number);
        }
    }
    Ok(held)
}

/// Two periods are told of once, whichever of them is looked at.
fn key(pair: &ThousandfoldPair, of: &Selection) -> (Selection, Period, usize) {
    let (first, second) = (of.period.min(pair.other), of.period.max(pair.other));
    let area = if pair.areas > 1 { usize::MAX } else { pair.area };
    (Selection { period: first, ..of.clone() }, second, area)
}

/// `N2 has 95 in 2013, and 118000 in 2014`; codes other than totals stand behind the area.
fn line(pair: &ThousandfoldPair, of: &Selection, indicator: &Indicator, joined: &Joined<'_>) -> String {
    let codes = of.codes.iter().zip(&indicator.dimensions).filter(|(code, dimension)| **code != dimension.total);
    let codes: String = codes.map(|(code, _)| format!(" {code}")).collect();
    let area = joined.areas().get(pair.area).map(|area| area.code.as_str()).unwrap_or_default();
    let stored = if pair.is_stored { " as stored" } else { "" };
    let all = if pair.areas > 1 { format!(", like most of {} areas", pair.areas) } else { String::new() };
    format!("{area}{codes} has {} in {}, and {} in {}{stored}{all}", pair.value, of.period, pair.other_value, pair.other)
}

fn doubt(indicator: &IndicatorId, lines: &[String]) -> Doubt {
    let first = lines.iter().take(NAMED).cloned().collect::<Vec<_>>().join("; ");
    let more = match lines.len().checked_sub(NAMED).filter(|more| *more > 0) {
        Some(more) => format!("; and {more} more"),
        None => String::new(),
    };
    let what = format!(
        "{indicator} has figures that are a thousand times those of another period, or a thousandth: {first}{more}; correct the \
         cell, or say in the mapping in which power of ten the figures are (power = {{ value = 3 }} for thousands) and which sign is \
         decimal"
    );
    Doubt::new(DoubtKind::Thousandfold, what)
}
