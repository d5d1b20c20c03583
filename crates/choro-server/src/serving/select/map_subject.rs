//! What a map is about. It borrows nothing from the request, so a job can hold it.

use super::{
    comparison::{check_codes, check_periods},
    data_query::DataQuery,
    held_vintage::HeldVintage,
    resolved_query::{PeriodLimit, ResolvedQuery},
};
use crate::serving::{
    error::ServeError,
    release::open_release::{Release, VintageKey},
};
use choro_figures::classify::Options;
use choro_model::{Indicator, Period, Selection, VintageId};
use std::sync::Arc;

/// One selection on the borders of a vintage, or its change since an earlier period.
#[derive(Debug, Clone)]
pub(crate) struct MapSubject {
    pub held: HeldVintage,
    /// Whether the request names the borders. All periods are then shown on them.
    pub fixed: bool,
    pub indicator: Indicator,
    pub selection: Selection,
    /// The earlier period, where differences are shown.
    pub from: Option<Period>,
}

impl MapSubject {
    /// The subject of a query with one selection.
    ///
    /// # Errors
    /// The query names no indicator.
    pub fn of(release: &Arc<Release>, resolved: &ResolvedQuery<'_>) -> Result<Self, ServeError> {
        #[cfg(test)]
        MADE.set(MADE.get() + 1);
        let (indicator, selection) = resolved.selection().ok_or_else(no_indicator)?;
        Ok(Self {
            held: HeldVintage::of(release, resolved),
            fixed: resolved.fixed,
            indicator: indicator.clone(),
            selection: selection.clone(),
            from: None,
        })
    }

    /// Turns it into the differences since `from`; leaves it as it is where that is `None`.
    ///
    /// # Errors
    /// The earlier period is not earlier, or of another kind; it has no values at these codes, or has them on other borders.
    pub fn since(self, query: &DataQuery, from: Option<Period>) -> Result<Self, ServeError> {
        let Some(from) = from else { return Ok(self) };
        check_periods(from, self.selection.period).map_err(|what| ServeError::parameter("from", what))?;
        let earlier =
            ResolvedQuery::find(&self.held.release, &DataQuery { periods: vec![from], ..query.clone() }, PeriodLimit::One)
                .map_err(|error| ServeError::parameter("from", error))?;
        let (before, after) = (earlier.vintage.id(), &self.held.vintage);
        if before != after {
            let what = format!(
                "{from} refers to borders {before} and {} to {after}: compare them on the borders of one by borders=VINTAGE where the \
                 catalogue lists them",
                self.selection.period
            );
            return Err(ServeError::parameter("from", what));
        }
        check_codes(&self.held.release, query, &self.selection, from).map_err(|what| ServeError::parameter("from", what))?;
        if let Some((_, earlier)) = earlier.selection().filter(|(_, earlier)| earlier.codes != self.selection.codes) {
            let codes = |selection: &Selection| selection.codes.iter().map(|c| c.as_str()).collect::<Vec<_>>().join(" ");
            let what = format!(
                "{from} would show {}, and {} {}, since not both have all totals: name the codes of the dimensions",
                codes(earlier),
                self.selection.period,
                codes(&self.selection)
            );
            return Err(ServeError::parameter("from", what));
        }
        Ok(Self { from: Some(from), ..self })
    }

    /// Checks that the options of the classification fit.
    ///
    /// # Errors
    /// They do not fit. This is found out before anybody pays for the answer.
    pub fn in_classes(self, options: &Options) -> Result<Self, ServeError> {
        options.check(self.indicator.diverging || self.from.is_some())?;
        Ok(self)
    }

    /// The key of a vintage of its set.
    pub fn key_of<'a>(&'a self, vintage: &'a VintageId) -> VintageKey<'a> {
        VintageKey { set: &self.held.set, vintage }
    }
}

#[cfg(test)]
thread_local! {
    /// How often this thread has begun to make a subject.
    pub(crate) static MADE: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

fn no_indicator() -> ServeError {
    ServeError::parameter("indicator", "parameter indicator is missing: a style and a legend show values")
}
