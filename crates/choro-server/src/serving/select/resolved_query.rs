//! A query, looked up in a release.

use super::{data_query::DataQuery, period_range::PeriodRange};
use crate::serving::{
    error::{ServeError, list},
    release::open_release::Release,
};
use choro_bundle::{CatalogIndicator, CatalogPeriods, CatalogSet, Vintage};
use choro_model::{Indicator, IndicatorId, Period, Selection, SelectionError, VintageId};
use std::borrow::Cow;

/// What a query asks for, as the release has it.
#[derive(Debug)]
pub(crate) struct ResolvedQuery<'r> {
    pub set: &'r CatalogSet,
    pub vintage: &'r Vintage,
    /// Whether the query names the borders. All periods are then shown on them.
    pub fixed: bool,
    /// The indicator, and a selection for each period that is asked for; `None`: only geometry.
    pub values: Option<(&'r Indicator, Vec<Selection>)>,
}

impl<'r> ResolvedQuery<'r> {
    /// Looks a query up in a release.
    ///
    /// # Errors
    /// The release lacks something that the query names, or the parameters do not fit each other. The error says what there is.
    pub fn find(release: &'r Release, query: &DataQuery, periods: PeriodLimit) -> Result<Self, ServeError> {
        let catalog = release.catalog();
        let sets = || catalog.boundary_sets.iter().map(|set| set.id.as_str());
        let set = release.set(query.set.as_str()).ok_or_else(|| ServeError::unknown("set", query.set.as_str(), sets()))?;
        if let Some(borders) = query.borders.as_ref().map(VintageId::as_str) {
            let ids = || set.vintages.iter().map(|vintage| vintage.id.as_str());
            if !ids().any(|id| id == borders) {
                return Err(ServeError::unknown("borders", borders, ids()));
            }
        }
        let Some(indicator) = query.indicator.as_ref().map(IndicatorId::as_str) else {
            return Self::geometry(release, set, query);
        };
        let ids = || catalog.indicators.iter().map(|indicator| indicator.indicator.id.as_str());
        let indicator = release.indicator(indicator).ok_or_else(|| ServeError::unknown("indicator", indicator, ids()))?;
        Self::joined(release, set, indicator, query, periods)
    }

    fn geometry(release: &'r Release, set: &'r CatalogSet, query: &DataQuery) -> Result<Self, ServeError> {
        let needs = |name: &str| {
            format!("parameter {name} needs an indicator: add indicator=ID, or leave {name} out for geometry alone")
        };
        // First what may be a misspelt parameter.
        if let Some((name, _)) = query.dimensions.first() {
            return Err(ServeError::NoDimension { name: name.clone(), what: needs(name) });
        }
        if !query.periods.is_empty() {
            return Err(ServeError::parameter("period", needs("period")));
        }
        let newest = set.vintages.last().map(|vintage| vintage.id.as_str());
        let Some(id) = query.borders.as_ref().map(VintageId::as_str).or(newest) else {
            return Err(ServeError::NotFound(format!("set {} has no borders in this release", set.id)));
        };
        Ok(Self { set, vintage: release.vintage(&set.id, id)?, fixed: query.borders.is_some(), values: None })
    }

    fn joined(
        release: &'r Release,
        set: &'r CatalogSet,
        indicator: &'r CatalogIndicator,
        query: &DataQuery,
        limit: PeriodLimit,
    ) -> Result<Self, ServeError> {
        let definition = &indicator.indicator;
        let borders = query.borders.as_ref().and_then(|asked| set.vintages.iter().map(|v| &v.id).find(|id| *id == asked));
        let borders = borders.map(VintageId::as_str);
        let available = AvailablePeriods::of(indicator, set, borders)?;
        let dimensions: Vec<_> = query.dimensions.iter().map(|(id, code)| (id.as_str(), code.as_str())).collect();
        // Before the period, which may be what a misspelt name stands for.
        definition.knows(&dimensions).map_err(selection_error)?;
        let periods = periods(query, limit, &available)?;
        let first = periods.first().ok_or_else(|| ServeError::parameter("period", "no period is given"))?;
        let shown = &available.entry(*first)?.vintage;
        let vintage = release.vintage(&set.id, shown.as_str())?;
        // Before each period is looked up, which is what a request for too many would cost.
        check_size(periods.len(), vintage.areas().rows().len())?;
        let mut selections = Vec::with_capacity(periods.len());
        for period in periods.iter().copied() {
            let entry = available.entry(period)?;
            if entry.vintage != *shown {
                let what = "the periods refer to different borders: ask for those of each vintage apart, or for all on the borders \
                            of one by borders=VINTAGE where the catalogue lists them";
                return Err(ServeError::parameter("period", what));
            }
            let selection = release.bundle().selection(definition, entry, period, &dimensions);
            selections.push(selection.map_err(selection_error)?);
        }
        of_equal_codes(definition, &selections)?;
        Ok(Self { set, vintage, fixed: query.borders.is_some(), values: Some((definition, selections)) })
    }

    /// The first selection: the only one, where a query takes one period.
    pub fn selection(&self) -> Option<(&'r Indicator, &Selection)> {
        let (indicator, selections) = self.values.as_ref()?;
        Some((indicator, selections.first()?))
    }
}

/// Refuses periods of which each would show other codes, because not all have the totals of dimensions that are left out.
fn of_equal_codes(indicator: &Indicator, selections: &[Selection]) -> Result<(), ServeError> {
    let Some(first) = selections.first() else { return Ok(()) };
    let Some(other) = selections.iter().find(|selection| selection.codes != first.codes) else { return Ok(()) };
    let mut each = indicator.dimensions.iter().zip(first.codes.iter().zip(&other.codes));
    let differs = each.find(|(_, (one, other))| one != other);
    differs.map_or(Ok(()), |(dimension, (one, code))| {
        let (id, first, other) = (&dimension.id, first.period, other.period);
        let what = format!(
            "not all of these periods have a total of {id}: {first} would show {one}, and {other} {code}; name the code, e.g. {id}={code}"
        );
        Err(ServeError::parameter(id.as_str(), what))
    })
}

/// What is wrong with dimensions and codes, by the name of the parameter.
pub(crate) fn selection_error(error: SelectionError) -> ServeError {
    let what = error.to_string();
    match error {
        SelectionError::UnknownDimension { dimension, .. } => ServeError::NoDimension { name: dimension, what },
        SelectionError::UnknownCode { dimension, .. } => ServeError::Parameter { name: dimension, what },
    }
}

/// The values that an answer of more than [`MOST_NAMED`] periods holds at most: as many as that many periods of 60,000 areas.
pub(crate) const MOST_VALUES: usize = 3_600_000;
/// Periods that are answered however many areas there are.
const MOST_NAMED: usize = 60;

/// Refuses an answer that would be too large, and says what to ask for instead.
fn check_size(periods: usize, areas: usize) -> Result<(), ServeError> {
    if periods <= MOST_NAMED || periods.saturating_mul(areas) <= MOST_VALUES {
        return Ok(());
    }
    let most = (MOST_VALUES / areas.max(1)).max(MOST_NAMED);
    let what =
        format!("{periods} periods of {areas} areas are too much for one answer: ask for at most {most} periods at a time");
    Err(ServeError::parameter("period", what))
}

/// How many periods a request may name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PeriodLimit {
    One,
    Several,
}

/// The periods that an indicator has in a set: on the borders that are asked for, or each on its own.
struct AvailablePeriods<'r> {
    indicator: &'r str,
    set: &'r str,
    borders: Option<&'r str>,
    entries: Vec<&'r CatalogPeriods>,
}

impl<'r> AvailablePeriods<'r> {
    fn of(indicator: &'r CatalogIndicator, set: &CatalogSet, borders: Option<&'r str>) -> Result<Self, ServeError> {
        let id = indicator.indicator.id.as_str();
        let mut entries: Vec<_> = indicator.boundary_sets.iter().filter(|entry| entry.id == set.id).collect();
        let Some(first) = entries.first() else {
            let sets = list(indicator.boundary_sets.iter().map(|entry| entry.id.as_str()));
            let what = format!("indicator {id} has no values for set {}: it has values for {sets}", set.id);
            return Err(ServeError::parameter("indicator", what));
        };
        let set = first.id.as_str();
        if let Some(borders) = borders {
            let filled = entries.iter().filter(|entry| !entry.all().is_empty());
            let there = list(filled.map(|entry| entry.vintage.as_str()));
            entries.retain(|entry| entry.vintage.as_str() == borders);
            if entries.is_empty() {
                let what = format!("indicator {id} has no values in borders {borders} of set {set}: it has them in {there}");
                return Err(ServeError::parameter("borders", what));
            }
        }
        Ok(Self { indicator: id, set, borders, entries })
    }

    fn entry(&self, period: Period) -> Result<&'r CatalogPeriods, ServeError> {
        let shown = |entry: &&&CatalogPeriods| match self.borders {
            None => entry.periods.contains(&period),
            Some(_) => entry.has(period),
        };
        let found = self.entries.iter().find(shown);
        found.copied().ok_or_else(|| ServeError::parameter("period", self.absent(period)))
    }

    /// Why there are no values of a period, and which periods there are.
    fn absent(&self, period: Period) -> String {
        let Self { indicator, set, .. } = self;
        let mut unavailable = self.entries.iter().flat_map(|entry| &entry.unavailable);
        let why = unavailable.find(|unavailable| unavailable.periods.contains(&period));
        let why = why.map(|u| format!(" (set {} has it on borders {}: {})", u.set, u.vintage, u.reason)).unwrap_or_default();
        let borders = self.borders.map(|borders| format!(" in borders {borders}")).unwrap_or_default();
        format!("indicator {indicator} has no period {period}{borders} for set {set}{why}: it has {}", self.all())
    }

    /// The periods of a range, in order.
    fn in_range(&self, range: PeriodRange) -> Vec<Period> {
        let of = |entry: &&CatalogPeriods| if self.borders.is_some() { entry.all() } else { entry.periods.clone() };
        let mut periods: Vec<Period> = self.entries.iter().flat_map(of).filter(|period| range.has(*period)).collect();
        periods.sort_unstable();
        periods.dedup();
        periods
    }

    fn all(&self) -> String {
        let of = |entry: &&CatalogPeriods| if self.borders.is_some() { entry.all() } else { entry.periods.clone() };
        let periods: Vec<String> = self.entries.iter().flat_map(of).map(|period| period.to_string()).collect();
        list(periods.iter().map(String::as_str))
    }
}

/// The periods that a query asks for: those that it names, then those of its ranges.
fn periods<'q>(
    query: &'q DataQuery,
    limit: PeriodLimit,
    available: &AvailablePeriods<'_>,
) -> Result<Cow<'q, [Period]>, ServeError> {
    let periods = match query.ranges.as_slice() {
        [] => Cow::Borrowed(query.periods.as_slice()),
        ranges => Cow::Owned(with_ranges(&query.periods, ranges, available)?),
    };
    match &*periods {
        [] => {
            let what = format!("parameter period is missing: indicator {} has {}", available.indicator, available.all());
            Err(ServeError::parameter("period", what))
        }
        [_, _, ..] if limit == PeriodLimit::One => {
            Err(ServeError::parameter("period", "several periods are given: expected one"))
        }
        _ => Ok(periods),
    }
}

fn with_ranges(
    named: &[Period],
    ranges: &[PeriodRange],
    available: &AvailablePeriods<'_>,
) -> Result<Vec<Period>, ServeError> {
    let mut periods = named.to_vec();
    for range in ranges {
        let found = available.in_range(*range);
        if found.is_empty() {
            let what = format!("indicator {} has no period in {range}: it has {}", available.indicator, available.all());
            return Err(ServeError::parameter("period", what));
        }
        if let Some(twice) = found.iter().find(|period| periods.contains(period)) {
            return Err(ServeError::parameter("period", format!("period {twice} is given twice")));
        }
        periods.extend(found);
    }
    Ok(periods)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_holds_so_many_values_however_they_fall_on_periods_and_areas() {
        for (periods, areas, expected) in [
            (60, 200_000, Ok(())),
            (288, 2_492, Ok(())),
            (288, 12_500, Ok(())),
            (288, 12_501, Err("ask for at most 287 periods at a time")),
            (61, 200_000, Err("ask for at most 60 periods at a time")),
            (usize::MAX, 0, Ok(())),
            (usize::MAX, 2, Err("periods at a time")),
        ] {
            let checked = check_size(periods, areas).map_err(|error| error.to_string());
            match expected {
                Ok(()) => assert_eq!(checked, Ok(()), "{periods} x {areas}"),
                Err(why) => {
                    assert!(checked.as_ref().is_err_and(|error| error.contains(why)), "{periods} x {areas}: {checked:?}");
                }
            }
        }
    }
}
