//! The combinations of codes of a catalogue, made ready once when a bundle is opened, since every tile asks for one.

use crate::format::{
    catalog::{CatalogIndicator, CatalogPeriods},
    usual_codes::KnownCombinations,
};
use choro_model::{Indicator, IndicatorId, Period, SetId, VintageId};
use rustc_hash::FxHashMap;

/// The combinations of all entries of the catalogue in which not all have values, by indicator.
pub(super) struct CombinationsOfIndicators(FxHashMap<IndicatorId, Vec<CombinationsOfEntry>>);

/// The combinations that have values in one vintage of a set.
struct CombinationsOfEntry {
    set: SetId,
    vintage: VintageId,
    lists: Vec<KnownCombinations>,
    /// Which of the lists a period has.
    of_periods: FxHashMap<Period, usize>,
}

impl CombinationsOfEntry {
    fn new(indicator: &Indicator, entry: &CatalogPeriods) -> Self {
        let lists = entry.combinations.iter().map(|list| KnownCombinations::new(indicator, &list.codes)).collect();
        let of_list = entry.combinations.iter().zip(0..);
        let of_periods = of_list.flat_map(|(list, at)| list.periods.iter().map(move |period| (*period, at))).collect();
        Self { set: entry.id.clone(), vintage: entry.vintage.clone(), lists, of_periods }
    }
}

impl CombinationsOfIndicators {
    /// Puts the combinations of a catalogue in order.
    pub fn new(indicators: &[CatalogIndicator]) -> Self {
        let of = |indicator: &CatalogIndicator| {
            let some = indicator.boundary_sets.iter().filter(|entry| !entry.combinations.is_empty());
            let entries = some.map(|entry| CombinationsOfEntry::new(&indicator.indicator, entry)).collect();
            (indicator.indicator.id.clone(), entries)
        };
        Self(indicators.iter().map(of).collect())
    }

    /// The combinations of an indicator in a period of an entry; `None`: all have values.
    pub fn of(&self, indicator: &IndicatorId, entry: &CatalogPeriods, period: Period) -> Option<&KnownCombinations> {
        let mut entries = self.0.get(indicator)?.iter();
        let known = entries.find(|known| known.set == entry.id && known.vintage == entry.vintage)?;
        known.lists.get(*known.of_periods.get(&period)?)
    }
}
