//! Which tables are linked, and so are decided upon together.
//!
//! ```text
//! births                                          a group by itself, at each period
//! rate, weighted by people; share, by people too  one group of three: its means are made of people
//! rate, reliable from 1,000 people on             linked to people likewise: its flags are made of them
//! ```
//!
//! A group holds its indicators at one period, on all sets and vintages. Periods are not linked, since the model does not say of
//! which indicators a year is the sum of its months.

use super::geography::Geography;
use choro_model::{Indicator, IndicatorId, Period};
use std::collections::BTreeSet;

/// Indicators that are linked, and a period at which one of them has figures.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Linked<'a> {
    pub indicators: Vec<&'a Indicator>,
    pub period: Period,
}

/// All groups, in the order of the first indicator of each and of the periods.
pub(super) fn groups<'a>(geography: &Geography, indicators: &'a [Indicator]) -> Vec<Linked<'a>> {
    let mut groups = Vec::new();
    for linked in linked(indicators) {
        let ids: BTreeSet<&IndicatorId> = linked.iter().map(|indicator| &indicator.id).collect();
        let keys = geography.sets.values().flat_map(|set| set.on.keys());
        let periods: BTreeSet<Period> = keys.filter(|(id, _)| ids.contains(id)).map(|(_, period)| *period).collect();
        groups.extend(periods.into_iter().map(|period| Linked { indicators: linked.clone(), period }));
    }
    groups
}

/// The indicators, each beside those that it is linked to.
fn linked(indicators: &[Indicator]) -> Vec<Vec<&Indicator>> {
    let mut groups: Vec<Vec<(usize, &Indicator)>> = Vec::new();
    for (place, indicator) in indicators.iter().enumerate() {
        let belongs = |group: &Vec<(usize, &Indicator)>| group.iter().any(|(_, other)| are_linked(indicator, other));
        let (joined, apart): (Vec<_>, Vec<_>) = groups.into_iter().partition(belongs);
        let mut group: Vec<_> = joined.into_iter().flatten().chain([(place, indicator)]).collect();
        group.sort_by_key(|(place, _)| *place);
        groups = apart;
        groups.push(group);
    }
    groups.sort_by_key(|group| group.first().map(|(place, _)| *place));
    groups.into_iter().map(|group| group.into_iter().map(|(_, indicator)| indicator).collect()).collect()
}

fn are_linked(one: &Indicator, other: &Indicator) -> bool {
    is_made_by(one, other) || is_made_by(other, one)
}

/// Whether the means of an indicator, or its flags, are made of another one.
fn is_made_by(indicator: &Indicator, other: &Indicator) -> bool {
    let base = indicator.reliable_from.as_ref().map(|from| &from.base);
    indicator.weighted_by.as_ref() == Some(&other.id) || base == Some(&other.id)
}
