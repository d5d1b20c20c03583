//! The columns of figures that can be compared: those of one indicator and its codes at several periods.

use super::stored_figures::{SeriesKey, StoredFigures};
use choro_model::{Code, IndicatorId, Period, Selection};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// How many other periods one is compared with.
const OTHERS: usize = 2;

/// Where a column of figures comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnSource {
    /// The selection of this number of the file.
    File(usize),
    /// The stored column of this number.
    Stored(usize),
}

/// All columns, by indicator and codes, then by period and whether they are stored.
#[derive(Default)]
pub struct AllSeries(FxHashMap<SeriesKey, Series>);

type Series = BTreeMap<(Period, bool), ColumnSource>;

impl AllSeries {
    /// Adds the selections of a file.
    pub fn add_file(&mut self, selections: &[Selection]) {
        for (number, selection) in selections.iter().enumerate() {
            self.of(&selection.indicator, &selection.codes).insert((selection.period, false), ColumnSource::File(number));
        }
    }

    /// Adds what is stored.
    pub fn add_stored(&mut self, stored: &StoredFigures) {
        for ((indicator, codes), period, number) in stored.columns() {
            self.of(indicator, codes).insert((period, true), ColumnSource::Stored(number));
        }
    }

    /// What a selection is compared with: the same period as it is stored, and the two nearest others of its kind, one on each side if
    /// there is one. Of a period that the file has, what is stored counts for that period alone.
    pub fn others(&self, of: &Selection) -> Vec<(Period, ColumnSource)> {
        let Some(series) = self.0.get(&(of.indicator.clone(), of.codes.clone())) else { return Vec::new() };
        let in_file = |period: &Period| series.contains_key(&(*period, false));
        let counts = |((period, is_stored), _): &(&(Period, bool), &ColumnSource)| {
            *period != of.period && period.kind() == of.period.kind() && !(*is_stored && in_file(period))
        };
        let near = |((period, _), column): (&(Period, bool), &ColumnSource)| (*period, *column);
        let mut before = series.range(..(of.period, false)).rev().filter(counts).map(near);
        let mut after = series.range((of.period, true)..).filter(counts).map(near);
        let mut found: Vec<_> = before.next().into_iter().chain(after.next()).collect();
        found.extend(before.chain(after).take(OTHERS.saturating_sub(found.len())));
        let same = series.get(&(of.period, true)).map(|column| (of.period, *column));
        same.into_iter().chain(found).collect()
    }

    fn of(&mut self, indicator: &IndicatorId, codes: &[Code]) -> &mut Series {
        self.0.entry((indicator.clone(), codes.to_vec())).or_default()
    }
}
