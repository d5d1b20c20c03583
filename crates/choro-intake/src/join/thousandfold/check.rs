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
use std::{collections::BTreeMap, ops::Range};

/// Most figures that are held at once.
const MAX_HELD: usize = if cfg!(test) { 24 } else { 4_000_000 };
/// Most passes over the cells of a file. What is beyond them is not compared.
const MAX_PASSES: usize = 8;
/// The columns at each end of a part that stand in the next part too, so that each is compared with its neighbours.
const SHARED: usize = 2;
/// Most pairs that are named in a doubt.
const NAMED: usize = 5;

/// What was found of figures that are a thousand times those of another period.
#[derive(Debug, Default)]
pub struct ThousandfoldFindings {
    /// A doubt of each indicator that has such figures.
    pub doubts: Vec<Doubt>,
    /// What was not compared, since it is too much.
    pub notes: Vec<String>,
}

/// Looks for figures that are a thousand times those of another period, in the file or among those `stored`.
///
/// # Errors
///
/// Where the cells of the file cannot be read again.
pub fn thousandfold(
    joined: &Joined<'_>,
    indicators: &[Indicator],
    stored: &StoredFigures,
) -> Result<ThousandfoldFindings, SpoolError> {
    let mut series = AllSeries::default();
    series.add_file(joined.selections());
    series.add_stored(stored);
    let mut file: Vec<(usize, &Selection)> = joined.selections().iter().enumerate().collect();
    file.sort_by(|(_, a), (_, b)| (&a.indicator, &a.codes, a.period).cmp(&(&b.indicator, &b.codes, b.period)));
    let mut lines = Lines::default();
    let parts = Parts { columns: file.len(), width: (MAX_HELD / joined.areas().len().max(1)).max(4 * SHARED) };
    let mut compared = 0;
    for part in parts.ranges().take(MAX_PASSES) {
        let held = held(joined, file.get(part.held).unwrap_or_default())?;
        compared = part.compared.end;
        for (number, selection) in file.get(part.compared).unwrap_or_default() {
            let Some(indicator) = indicators.iter().find(|indicator| indicator.id == selection.indicator) else { continue };
            let others = series.others(selection).into_iter().filter_map(|(period, source)| match source {
                ColumnSource::File(number) => Some((period, false, held.get(&number)?)),
                ColumnSource::Stored(number) => Some((period, true, stored.figures(number)?)),
            });
            let others: Vec<(Period, bool, &Figures)> = others.collect();
            let Some(own) = held.get(number) else { continue };
            lines.add(&compare(own, &others, indicator), selection, indicator, joined);
        }
    }
    let notes = [("of the file", file.len() - compared), ("stored before", stored.not_read())];
    Ok(ThousandfoldFindings { doubts: lines.doubts(), notes: notes.into_iter().filter_map(note).collect() })
}

/// That so many columns were not compared; none of them needs no note.
fn note((which, columns): (&str, usize)) -> Option<String> {
    (columns > 0).then(|| {
        format!(
            "{columns} columns of figures {which} were not compared with those of other periods for figures a thousand times as \
             large: they are too many; a file of fewer periods is compared as a whole"
        )
    })
}

/// The columns of a file, in parts that are held one after the other.
struct Parts {
    columns: usize,
    /// Columns that are held at once.
    width: usize,
}

/// A part: the columns that are held, and those among them that are compared with their neighbours.
struct Part {
    held: Range<usize>,
    compared: Range<usize>,
}

impl Parts {
    fn ranges(&self) -> impl Iterator<Item = Part> {
        let step = self.width - 2 * SHARED;
        let part = move |first: usize| {
            let end = (first + self.width).min(self.columns);
            let from = if first == 0 { 0 } else { first + SHARED };
            let to = if end == self.columns { end } else { end - SHARED };
            Part { held: first..end, compared: from..to }
        };
        // Where the columns that are left stand in the last part too, there is nothing more to compare.
        let is_needed = |first: &usize| *first == 0 || first + 2 * SHARED < self.columns;
        (0..self.columns).step_by(step).filter(is_needed).map(part)
    }
}

/// What was found, by indicator, each pair once.
#[derive(Default)]
struct Lines<'a> {
    lines: BTreeMap<&'a IndicatorId, Vec<String>>,
    told: FxHashSet<(Selection, Period, usize)>,
}

impl<'a> Lines<'a> {
    fn add(&mut self, pairs: &[ThousandfoldPair], of: &'a Selection, indicator: &Indicator, joined: &Joined<'_>) {
        for pair in pairs {
            if self.told.insert(key(pair, of)) {
                self.lines.entry(&of.indicator).or_default().push(line(pair, of, indicator, joined));
            }
        }
    }

    fn doubts(self) -> Vec<Doubt> {
        self.lines.into_iter().map(|(indicator, lines)| doubt(indicator, &lines)).collect()
    }
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
