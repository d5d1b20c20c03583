//! The document of one area: its values of every indicator or of one, and the areas above and below it.

use super::{document_answer::json, related_areas};
use crate::serving::{
    cache::{documents::Job, kept_data::KeptData},
    error::ServeError,
    release::open_release::{Release, VintageKey},
    select::{held_vintage::HeldVintage, resolved_query::selection_error},
};
use choro_bundle::{
    AreaRow, CatalogIndicator, CatalogPeriods, Origin,
    encode::area::{self, AreaCell, AreaSeries, Family, LackingAreas},
};
use choro_model::{Cell, IndicatorId, Lang, Period, Selection, State};

/// How many columns are read at most for the document of one area.
pub(crate) const MAX_COLUMNS: usize = 4_000;

/// The place of an indicator in the catalogue, and the dimensions that are named with their codes.
pub(super) type AskedIndicator = (usize, Vec<(String, String)>);

/// Which values of an area a request asks for.
#[derive(Debug, Clone, Default)]
pub struct AskedSeries {
    /// The indicator; `None`: all of them.
    pub indicator: Option<IndicatorId>,
    /// Dimensions of the indicator and their codes. A dimension that is left out has its total, or the first code with values.
    pub dimensions: Vec<(String, String)>,
}

impl AskedSeries {
    /// The indicators of a release that are asked for, by their places in the catalogue, each with the codes that are named.
    ///
    /// # Errors
    /// There is no such indicator, it has no such dimension or code, or dimensions are given without an indicator.
    pub(super) fn found_in(&self, release: &Release) -> Result<Vec<AskedIndicator>, ServeError> {
        let all = &release.catalog().indicators;
        let Some(id) = &self.indicator else {
            if let Some((name, _)) = self.dimensions.first() {
                return Err(without_indicator(all, name));
            }
            return Ok((0..all.len()).map(|place| (place, Vec::new())).collect());
        };
        let unknown = || ServeError::unknown("indicator", id.as_str(), all.iter().map(|entry| entry.indicator.id.as_str()));
        let place = all.iter().position(|entry| entry.indicator.id == *id).ok_or_else(unknown)?;
        let entry = all.get(place).ok_or_else(unknown)?;
        entry.indicator.codes(&pairs(&self.dimensions)).map_err(selection_error)?;
        Ok(vec![(place, self.dimensions.clone())])
    }
}

fn pairs(dimensions: &[(String, String)]) -> Vec<(&str, &str)> {
    dimensions.iter().map(|(id, code)| (id.as_str(), code.as_str())).collect()
}

/// Why a parameter means nothing where no indicator is named: it is a dimension of some, or of none and so perhaps misspelt.
fn without_indicator(all: &[CatalogIndicator], name: &str) -> ServeError {
    let mut dimensions = all.iter().flat_map(|entry| &entry.indicator.dimensions);
    if dimensions.any(|dimension| dimension.id.as_str() == name) {
        let what = format!("parameter {name} needs an indicator: add indicator=ID, or leave {name} out");
        return ServeError::parameter(name, what);
    }
    let shown: String = name.chars().take(80).collect();
    ServeError::NoDimension { name: shown.clone(), what: format!("no indicator has a dimension {shown:?}") }
}

impl KeptData {
    /// Reads the cells of an area, and writes its document. `asked`: see [`AskedSeries::found_in`].
    pub(super) async fn profile(
        &self,
        job: &Job,
        held: &HeldVintage,
        row: usize,
        asked: &[AskedIndicator],
        lang: &Lang,
    ) -> Result<Vec<u8>, ServeError> {
        let release = &held.release;
        let mut left = ColumnsLeft { count: MAX_COLUMNS, of_one: asked.len() == 1 };
        let mut series: Vec<AreaSeries<'_>> = Vec::new();
        for (place, given) in asked {
            let Some(entry) = release.catalog().indicators.get(*place) else { continue };
            let Some(selection) = usual(entry, held, given)? else { continue };
            let mut cells = Vec::new();
            for period in periods(entry, held) {
                job.go_on()?;
                left.take()?;
                let selection = Selection { period, ..selection.clone() };
                let Some(mut cell) = self.cell(held, &selection, row).await? else { continue };
                if let (Cell::State(State::Missing), Some(Origin::Aggregated { set, vintage })) = (cell.cell, &cell.origin) {
                    left.take()?;
                    cell.lacking = self.lacking(held, VintageKey { set, vintage }, &selection, row).await?;
                }
                cells.push(cell);
            }
            series.push(AreaSeries { indicator: &entry.indicator, codes: selection.codes, cells });
        }
        series.retain(|series| !series.cells.is_empty());
        let unknown = || ServeError::Internal(format!("set {} has no entry", held.set));
        let (set, vintage) = (release.set(held.set.as_str()).ok_or_else(unknown)?, held.vintage()?);
        let entry = set.vintages.iter().find(|vintage| vintage.id == held.vintage);
        let (areas, attribution) = (vintage.areas(), entry.map_or("", |entry| entry.source.as_str()));
        let context = held.context(areas, lang, attribution);
        let area = areas.rows().get(row).ok_or_else(|| ServeError::Internal(format!("area row {row} is not there")))?;
        let parents = related_areas::parents(release, set, vintage, area);
        let children = related_areas::children(release, set, vintage, area);
        json(&area::profile(&context, area, Family { parents: &parents, children: &children }, &series))
    }

    /// The value or state of an area; `None` where that selection was not published.
    async fn cell(&self, held: &HeldVintage, selection: &Selection, row: usize) -> Result<Option<AreaCell>, ServeError> {
        let period = selection.period;
        let column = match self.columns.get(&held.release, held.key(), selection).await {
            Err(ServeError::NotFound(_)) => return Ok(None),
            column => column?,
        };
        let (status, reliability, origin) = (column.status(row), column.reliability(row), column.origin().cloned());
        let lacking = None;
        Ok(column.cell(row).map(|cell| AreaCell { period, cell, status, reliability, origin, lacking }))
    }

    /// The areas below an area that have no value in a column of theirs, which the area's own is the sum of; `None` where none lacks
    /// one, or some of the areas are not published.
    async fn lacking(
        &self,
        held: &HeldVintage,
        below: VintageKey<'_>,
        selection: &Selection,
        row: usize,
    ) -> Result<Option<LackingAreas>, ServeError> {
        let column = match self.columns.get(&held.release, below, selection).await {
            Err(ServeError::NotFound(_)) => return Ok(None),
            column => column?,
        };
        let Some(area) = held.vintage()?.areas().rows().get(row) else { return Ok(None) };
        let areas = held.release.vintage(below.set, below.vintage.as_str())?.areas().rows();
        let is_lacking =
            |(part, cell): &(&AreaRow, Cell)| part.parent.as_ref() == Some(&area.code) && cell.number().is_none();
        Ok(LackingAreas::of(areas.iter().zip(column.cells()).filter(is_lacking).map(|(part, _)| &part.code)))
    }
}

/// The selection of the newest period. All periods of the document are of its codes.
fn usual(entry: &CatalogIndicator, held: &HeldVintage, given: &[(String, String)]) -> Result<Option<Selection>, ServeError> {
    let Some(period) = periods(entry, held).max() else { return Ok(None) };
    let there = entry.boundary_sets.iter().find(|e| e.id == held.set && e.vintage == held.vintage);
    let of = |there| held.release.bundle().selection(&entry.indicator, there, period, &pairs(given));
    let selection = there.map(of).transpose();
    selection.map_err(|error| ServeError::Internal(error.to_string()))
}

fn periods(entry: &CatalogIndicator, held: &HeldVintage) -> impl Iterator<Item = Period> {
    let here = entry.boundary_sets.iter().filter(|e| e.id == held.set && e.vintage == held.vintage);
    here.flat_map(CatalogPeriods::all)
}

/// How many columns may still be read for a document.
struct ColumnsLeft {
    count: usize,
    /// Whether the document is about one indicator, so that there is none to be left out.
    of_one: bool,
}

impl ColumnsLeft {
    /// Counts one column.
    fn take(&mut self) -> Result<(), ServeError> {
        let left = self.count.checked_sub(1);
        self.count = left.ok_or_else(|| ServeError::parameter("indicator", self.refusal()))?;
        Ok(())
    }

    /// Why there are too many, and what to ask for instead.
    fn refusal(&self) -> String {
        let remedy = match self.of_one {
            true => "ask for some of its periods at a time by /values/{set}.json",
            false => "ask for one of its indicators by indicator=ID",
        };
        format!("this area has more than {MAX_COLUMNS} columns of values, which are too much for one answer: {remedy}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_of_too_many_columns_is_a_bad_request_that_says_what_to_ask_for() {
        for (of_one, remedy) in [(false, "ask for one of its indicators by indicator=ID"), (true, "by /values/{set}.json")] {
            let mut left = ColumnsLeft { count: 2, of_one };
            assert!(left.take().is_ok() && left.take().is_ok());
            let error = left.take().unwrap_err();
            assert!(matches!(&error, ServeError::Parameter { name, .. } if name == "indicator"), "{error:?}");
            assert!(error.to_string().contains("more than 4000 columns") && error.to_string().ends_with(remedy), "{error}");
        }
    }
}
