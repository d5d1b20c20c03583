//! Values and states counted by indicator and period.

use choro_model::{Cell, IndicatorId, Period, Selection, State};
use serde::Serialize;
use std::collections::BTreeMap;

/// Values and states of one indicator and period.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct PeriodCount {
    /// The indicator.
    pub indicator: String,
    /// The period.
    pub period: String,
    /// Cells with a value.
    pub values: u64,
    /// Cells of each state.
    pub missing: u64,
    /// Withheld.
    pub secrecy: u64,
    /// Cannot occur.
    pub invalid: u64,
}

/// Counts of values and states, by selection.
pub(crate) struct PeriodCounts(Vec<PeriodCount>);

impl PeriodCounts {
    pub(crate) fn new(selections: usize) -> Self {
        Self(vec![PeriodCount::default(); selections])
    }

    pub(crate) fn add(&mut self, selection: u32, cell: Cell) {
        if let Some(count) = self.0.get_mut(selection as usize) {
            match cell {
                Cell::Value(_) => count.values += 1,
                Cell::State(State::Missing) => count.missing += 1,
                Cell::State(State::Secrecy) => count.secrecy += 1,
                Cell::State(State::Invalid) => count.invalid += 1,
            }
        }
    }

    /// The sum of all, and the sums of each indicator and period in their order.
    pub(crate) fn of(self, selections: &[Selection]) -> (u64, Vec<PeriodCount>) {
        let mut sums: BTreeMap<(&IndicatorId, Period), PeriodCount> = BTreeMap::new();
        for (selection, count) in selections.iter().zip(&self.0).filter(|(_, count)| count.total() > 0) {
            sums.entry((&selection.indicator, selection.period)).or_default().add(count);
        }
        let named = |((indicator, period), count): ((&IndicatorId, Period), PeriodCount)| PeriodCount {
            indicator: indicator.to_string(),
            period: period.to_string(),
            ..count
        };
        (self.0.iter().map(PeriodCount::total).sum(), sums.into_iter().map(named).collect())
    }
}

impl PeriodCount {
    fn total(&self) -> u64 {
        self.values + self.missing + self.secrecy + self.invalid
    }

    fn add(&mut self, other: &Self) {
        self.values += other.values;
        self.missing += other.missing;
        self.secrecy += other.secrecy;
        self.invalid += other.invalid;
    }
}
