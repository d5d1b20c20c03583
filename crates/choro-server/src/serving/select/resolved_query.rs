//! A query, looked up in a release.

use super::data_query::DataQuery;
use crate::serving::{
    error::{ServeError, list},
    release::open_release::Release,
};
use choro_bundle::{CatalogIndicator, CatalogPeriods, CatalogSet, Vintage};
use choro_model::{Indicator, IndicatorId, Period, Selection, SelectionError, VintageId};

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
        let mut shown = None;
        let mut selections = Vec::with_capacity(periods.len());
        for period in periods.iter().copied() {
            let entry = available.entry(period)?;
            if *shown.get_or_insert(&entry.vintage) != &entry.vintage {
                let what = "the periods refer to different borders: ask for those of each vintage apart, or for all on the borders \
                            of one by borders=VINTAGE where the catalogue lists them";
                return Err(ServeError::parameter("period", what));
            }
            selections.push(entry.selection(definition, period, &dimensions).map_err(selection_error)?);
        }
        of_equal_codes(definition, &selections)?;
        let shown = shown.ok_or_else(|| ServeError::parameter("period", "no period is given"))?;
        let vintage = release.vintage(&set.id, shown.as_str())?;
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
fn selection_error(error: SelectionError) -> ServeError {
    let what = error.to_string();
    match error {
        SelectionError::UnknownDimension { dimension, .. } => ServeError::NoDimension { name: dimension, what },
        SelectionError::UnknownCode { dimension, .. } => ServeError::Parameter { name: dimension, what },
    }
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

    fn all(&self) -> String {
        let of = |entry: &&CatalogPeriods| if self.borders.is_some() { entry.all() } else { entry.periods.clone() };
        let periods: Vec<String> = self.entries.iter().flat_map(of).map(|period| period.to_string()).collect();
        list(periods.iter().map(String::as_str))
    }
}

/// The periods that a query asks for.
fn periods<'q>(
    query: &'q DataQuery,
    limit: PeriodLimit,
    available: &AvailablePeriods<'_>,
) -> Result<&'q [Period], ServeError> {
    match query.periods.as_slice() {
        [] => {
            let what = format!("parameter period is missing: indicator {} has {}", available.indicator, available.all());
            Err(ServeError::parameter("period", what))
        }
        [_, _, ..] if limit == PeriodLimit::One => {
            Err(ServeError::parameter("period", "several periods are given: expected one"))
        }
        periods => Ok(periods),
    }
}
