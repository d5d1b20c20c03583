//! What a query means in an open bundle: which codes it shows.

use super::bundle::Bundle;
use crate::format::{
    catalog::CatalogPeriods,
    usual_codes::{KnownCombinations, nearest_selection, usual_selection},
};
use choro_model::{Indicator, IndicatorId, Period, Selection, SelectionError};

impl Bundle {
    /// The combinations of codes of an indicator that have values in a period of an entry of the catalogue; `None`: all have.
    #[must_use]
    pub fn combinations(
        &self,
        indicator: &IndicatorId,
        entry: &CatalogPeriods,
        period: Period,
    ) -> Option<&KnownCombinations> {
        self.known_combinations().of(indicator, entry, period)
    }

    /// The selection of a query that names some dimensions; see [`usual_selection`].
    ///
    /// # Errors
    /// A dimension or a code that the indicator does not have.
    pub fn selection(
        &self,
        indicator: &Indicator,
        entry: &CatalogPeriods,
        period: Period,
        given: &[(&str, &str)],
    ) -> Result<Selection, SelectionError> {
        usual_selection(indicator, period, given, self.combinations(&indicator.id, entry, period))
    }

    /// The selection with values that has most of the codes that are asked for; see [`nearest_selection`].
    #[must_use]
    pub fn nearest(&self, entry: &CatalogPeriods, asked: Selection) -> Selection {
        let there = self.combinations(&asked.indicator, entry, asked.period);
        nearest_selection(asked, there)
    }
}
