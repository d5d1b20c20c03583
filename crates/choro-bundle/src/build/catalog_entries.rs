//! Enters values into the catalogue, and says where there are none.

use super::input::{Unavailable, ValuesInput};
use crate::format::{
    catalog::{CatalogGap, CatalogIndicator, CatalogOrigin, CatalogPeriods, CatalogUnavailable, Origin},
    combinations::{CatalogCombinations, are_all},
};
use choro_model::{Code, Indicator, ObsStatus, Period, SetId, VintageId};

/// Enters what was written.
pub(crate) fn values(indicators: &mut Vec<CatalogIndicator>, input: ValuesInput<'_>) {
    let (table, period) = (input.table, input.table.period());
    let Some(entry) = entry(indicators, input.indicator, table.set(), table.vintage()) else { return };
    match input.origin {
        None => push(&mut entry.periods, period),
        Some(Origin::Restated { set, vintage }) => origin(&mut entry.restated, set, vintage, input.gaps, period),
        Some(Origin::Aggregated { set, vintage }) => {
            push(&mut entry.periods, period);
            origin(&mut entry.aggregated, set, vintage, input.gaps, period);
        }
    }
    let mut figures = table.columns().iter().flat_map(|column| column.figures());
    if figures.any(|figure| figure.status == Some(ObsStatus::B)) {
        push(&mut entry.breaks, period);
    }
    let codes = table.columns().iter().map(|column| column.codes().to_vec()).collect();
    combinations(entry, input.indicator, codes, period);
}

/// Enters which combinations of codes there are, unless all are.
fn combinations(entry: &mut CatalogPeriods, indicator: &Indicator, codes: Vec<Vec<Code>>, period: Period) {
    if are_all(indicator, &codes) {
        return;
    }
    match entry.combinations.iter_mut().find(|entry| entry.codes == codes) {
        Some(entry) => push(&mut entry.periods, period),
        None => entry.combinations.push(CatalogCombinations { periods: vec![period], codes }),
    }
}

/// Enters indicators that may have values, in the order in which they are listed.
pub(crate) fn known(indicators: &mut Vec<CatalogIndicator>, known: &[Indicator]) {
    indicators
        .extend(known.iter().map(|indicator| CatalogIndicator { indicator: indicator.clone(), boundary_sets: Vec::new() }));
}

/// Gives the catalogue an order that does not tell which tables were written first: the sets of an indicator by their ids, the
/// indicators by the first set that they have. Indicators without values go.
pub(crate) fn put_in_order(indicators: &mut Vec<CatalogIndicator>) {
    indicators.retain(|indicator| !indicator.boundary_sets.is_empty());
    indicators.iter_mut().for_each(|indicator| indicator.boundary_sets.sort_by(|a, b| a.id.cmp(&b.id)));
    let first = |indicator: &CatalogIndicator| indicator.boundary_sets.first().map(|set| set.id.clone());
    indicators.sort_by_cached_key(first);
}

/// Says why there are no values.
pub(crate) fn unavailable(indicators: &mut Vec<CatalogIndicator>, input: Unavailable<'_>) {
    let Some(entry) = entry(indicators, input.indicator, input.set, input.vintage) else { return };
    let (set, vintage) = input.from;
    let alike = |u: &&mut CatalogUnavailable| u.set == *set && u.vintage == *vintage && u.reason == input.reason;
    match entry.unavailable.iter_mut().find(alike) {
        Some(unavailable) => push(&mut unavailable.periods, input.period),
        None => entry.unavailable.push(CatalogUnavailable {
            set: set.clone(),
            vintage: vintage.clone(),
            periods: vec![input.period],
            reason: input.reason.to_owned(),
        }),
    }
}

/// The place of an indicator's values in a vintage, made where it is not there yet.
fn entry<'c>(
    indicators: &'c mut Vec<CatalogIndicator>,
    indicator: &Indicator,
    set: &SetId,
    vintage: &VintageId,
) -> Option<&'c mut CatalogPeriods> {
    let new = || CatalogIndicator { indicator: indicator.clone(), boundary_sets: Vec::new() };
    let sets = &mut of(indicators, |entry| entry.indicator.id == indicator.id, new)?.boundary_sets;
    of(sets, |entry| entry.id == *set && entry.vintage == *vintage, || CatalogPeriods::new(set, vintage))
}

/// The item that `is` says; where there is none, a new one. Never `None`.
fn of<T>(items: &mut Vec<T>, is: impl Fn(&T) -> bool, new: impl FnOnce() -> T) -> Option<&mut T> {
    if !items.iter().any(&is) {
        items.push(new());
    }
    items.iter_mut().find(|item| is(item))
}

fn origin(list: &mut Vec<CatalogOrigin>, set: &SetId, vintage: &VintageId, gaps: &[CatalogGap], period: Period) {
    let alike = |o: &&mut CatalogOrigin| o.set == *set && o.vintage == *vintage && o.gaps == gaps;
    match list.iter_mut().find(alike) {
        Some(origin) => push(&mut origin.periods, period),
        None => list.push(CatalogOrigin {
            set: set.clone(),
            vintage: vintage.clone(),
            periods: vec![period],
            gaps: gaps.to_vec(),
        }),
    }
}

fn push(periods: &mut Vec<Period>, period: Period) {
    if let Err(place) = periods.binary_search(&period) {
        periods.insert(place, period);
    }
}
