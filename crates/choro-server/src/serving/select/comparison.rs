//! Which earlier periods a map can be compared with: as long, on the same borders, and with values at the codes that it shows.

use super::{
    data_query::DataQuery,
    offered::{entry_of, periods},
};
use crate::serving::{error::list, release::open_release::Release};
use choro_bundle::{CatalogIndicator, CatalogSet};
use choro_model::{Indicator, Period, Selection, VintageId};
use std::cmp::Ordering;

/// Where a selection stands in a release: its indicator and set, and the borders where a request names them.
#[derive(Debug, Clone, Copy)]
pub(super) struct ComparedMap<'r> {
    pub release: &'r Release,
    pub indicator: &'r CatalogIndicator,
    pub set: &'r CatalogSet,
    pub borders: Option<&'r VintageId>,
}

impl ComparedMap<'_> {
    /// Whether the change from an earlier period to a selection can be shown.
    pub fn can_compare(&self, from: Period, shown: &Selection) -> bool {
        let entry = |period| entry_of(self.indicator, self.set, self.borders, period);
        let (before, after) = (entry(from), entry(shown.period));
        let on_same_borders = before.zip(after).is_some_and(|(before, after)| before.vintage == after.vintage);
        check_periods(from, shown.period).is_ok() && on_same_borders && self.has(from, shown)
    }

    /// Whether a period has values at the codes of a selection.
    fn has(&self, period: Period, shown: &Selection) -> bool {
        let entry = entry_of(self.indicator, self.set, self.borders, period);
        let there = entry.and_then(|entry| self.release.bundle().combinations(&shown.indicator, entry, period));
        there.is_none_or(|there| there.has(&shown.codes))
    }
}

/// Checks that an earlier period has values at the codes of a selection of a query; says which periods have where it lacks them.
pub(super) fn check_codes(release: &Release, query: &DataQuery, shown: &Selection, from: Period) -> Result<(), String> {
    let found = release.indicator(shown.indicator.as_str()).zip(release.set(query.set.as_str()));
    let Some((indicator, set)) = found else { return Ok(()) };
    let map = ComparedMap { release, indicator, set, borders: query.borders.as_ref() };
    // Codes that the later period lacks as well are told where its own values are read.
    if map.has(from, shown) || !map.has(shown.period, shown) {
        return Ok(());
    }
    let all = periods(indicator, set, query.borders.as_ref()).into_iter();
    let others: Vec<String> = all.filter(|other| map.can_compare(*other, shown)).map(|other| other.to_string()).collect();
    let (codes, period) = (named(&indicator.indicator, shown), shown.period);
    let remedy = match others.as_slice() {
        [] => "no earlier period has such values, leave from out".to_owned(),
        _ => format!("periods to compare with are {}", list(others.iter().map(String::as_str))),
    };
    Err(format!("{from} has no values at {codes}, which {period} shows: {remedy}"))
}

/// The codes of a selection as a query names them: `sex=F age=_T`.
fn named(indicator: &Indicator, selection: &Selection) -> String {
    let each = indicator.dimensions.iter().zip(&selection.codes).map(|(dimension, code)| format!("{}={code}", dimension.id));
    each.collect::<Vec<_>>().join(" ")
}

/// Checks that two periods are of one kind and in order; says what can be shown where they are not.
pub(crate) fn check_periods(from: Period, to: Period) -> Result<(), String> {
    let (before, after) = (from.kind(), to.kind());
    if before != after {
        return Err(format!(
            "from={from} and period={to} are of unlike kinds ({before} and {after}): compare two of one kind"
        ));
    }
    match from.cmp(&to) {
        Ordering::Less => Ok(()),
        Ordering::Equal => Err(format!("from={from} is the period itself: give an earlier one, or leave from out")),
        Ordering::Greater => Err(format!("from={from} comes after period={to}: exchange them, from={to} and period={from}")),
    }
}
