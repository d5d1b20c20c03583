//! Figures that the store has, to compare with those of a file. Only how large they are is kept, so that they take little memory.

use super::pairs::Figures;
use crate::join::known_area::KnownArea;
use choro_model::{Code, IndicatorId, Observation, Period};
use rustc_hash::FxHashMap;

/// An indicator with its codes.
pub(super) type SeriesKey = (IndicatorId, Vec<Code>);

/// Figures that the store has, by indicator, codes and period.
#[derive(Debug, Default)]
pub struct StoredFigures {
    /// The index of each area by its code.
    areas: FxHashMap<String, usize>,
    numbers: FxHashMap<(SeriesKey, Period), usize>,
    columns: Vec<Figures>,
    not_read: usize,
}

impl StoredFigures {
    /// None yet, of these areas.
    #[must_use]
    pub fn of(areas: &[KnownArea]) -> Self {
        let areas = areas.iter().enumerate().map(|(number, area)| (area.code.to_string(), number)).collect();
        Self { areas, ..Self::default() }
    }

    /// Adds observations.
    pub fn add(&mut self, observations: &[Observation]) {
        for observation in observations {
            let Some(area) = self.areas.get(observation.area.as_str()) else { continue };
            let Some(number) = observation.cell.number() else { continue };
            let key = ((observation.indicator.clone(), observation.codes.clone()), observation.period);
            let column = *self.numbers.entry(key).or_insert_with(|| {
                self.columns.push(Figures::none(self.areas.len()));
                self.columns.len() - 1
            });
            if let Some(figures) = self.columns.get_mut(column) {
                figures.set(*area, number);
            }
        }
    }

    /// Counts columns that were to be compared and are too many to be read.
    pub fn leave_out(&mut self, columns: usize) {
        self.not_read += columns;
    }

    /// How many were left out.
    pub(super) const fn not_read(&self) -> usize {
        self.not_read
    }

    /// The columns, each with its number.
    pub(super) fn columns(&self) -> impl Iterator<Item = (&SeriesKey, Period, usize)> {
        self.numbers.iter().map(|((key, period), number)| (key, *period, *number))
    }

    /// The figures of a column.
    pub(super) fn figures(&self, number: usize) -> Option<&Figures> {
        self.columns.get(number)
    }
}
