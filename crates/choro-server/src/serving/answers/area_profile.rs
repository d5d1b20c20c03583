//! The document of one area: its values of every indicator or of one, and the areas above and below it.

use super::{document_answer::json, related_areas};
use crate::serving::{
    cache::{documents::Job, kept_data::KeptData},
    error::ServeError,
    release::open_release::Release,
    select::held_vintage::HeldVintage,
};
use choro_bundle::{
    CatalogIndicator, CatalogPeriods,
    encode::area::{self, AreaCell, AreaSeries, Family},
};
use choro_model::{Code, Indicator, IndicatorId, Lang, Period, Selection, SelectionError};

/// How many columns are read at most for the document of one area.
const MAX_COLUMNS: usize = 4_000;

/// Which values of an area a request asks for.
#[derive(Debug, Clone, Default)]
pub struct AskedSeries {
    /// The indicator; `None`: all of them.
    pub indicator: Option<IndicatorId>,
    /// Dimensions of the indicator and their codes. A dimension that is left out has its total.
    pub dimensions: Vec<(String, String)>,
}

impl AskedSeries {
    /// The indicators of a release that are asked for, each with its codes.
    ///
    /// # Errors
    /// There is no such indicator, it has no such dimension or code, or dimensions are given without an indicator.
    pub(super) fn found_in(&self, release: &Release) -> Result<Vec<(usize, Vec<Code>)>, ServeError> {
        let all = &release.catalog().indicators;
        let Some(id) = &self.indicator else {
            if let Some((dimension, _)) = self.dimensions.first() {
                let what = format!("parameter {dimension} needs an indicator: add indicator=ID, or leave {dimension} out");
                return Err(ServeError::parameter(dimension, what));
            }
            return all.iter().enumerate().map(|(place, entry)| Ok((place, codes(&entry.indicator, &[])?))).collect();
        };
        let unknown = || ServeError::unknown("indicator", id.as_str(), all.iter().map(|entry| entry.indicator.id.as_str()));
        let place = all.iter().position(|entry| entry.indicator.id == *id).ok_or_else(unknown)?;
        let entry = all.get(place).ok_or_else(unknown)?;
        Ok(vec![(place, codes(&entry.indicator, &self.dimensions)?)])
    }
}

/// The code of each dimension: those given, and totals.
fn codes(indicator: &Indicator, dimensions: &[(String, String)]) -> Result<Vec<Code>, ServeError> {
    let given: Vec<(&str, &str)> = dimensions.iter().map(|(id, code)| (id.as_str(), code.as_str())).collect();
    // Codes do not depend on the period.
    let any = Period::year(2000).map_err(|error| ServeError::Internal(error.to_string()))?;
    Selection::new(indicator, any, &given).map(|selection| selection.codes).map_err(wrong_dimension)
}

fn wrong_dimension(error: SelectionError) -> ServeError {
    let name = match &error {
        SelectionError::UnknownDimension { dimension, .. } | SelectionError::UnknownCode { dimension, .. } => {
            dimension.clone()
        }
    };
    ServeError::parameter(&name, error)
}

impl KeptData {
    /// Reads the cells of an area, and writes its document. `asked`: indicators by their places in the catalogue, with their codes.
    pub(super) async fn profile(
        &self,
        job: &Job,
        held: &HeldVintage,
        row: usize,
        asked: &[(usize, Vec<Code>)],
        lang: &Lang,
    ) -> Result<Vec<u8>, ServeError> {
        let release = &held.release;
        let mut left = MAX_COLUMNS;
        let mut series: Vec<AreaSeries<'_>> = Vec::new();
        for (place, codes) in asked {
            let Some(entry) = release.catalog().indicators.get(*place) else { continue };
            let mut cells = Vec::new();
            for period in periods(entry, held) {
                job.go_on()?;
                left = left.checked_sub(1).ok_or_else(too_many)?;
                cells.extend(self.cell(held, &entry.indicator, codes, period, row).await?);
            }
            series.push(AreaSeries { indicator: &entry.indicator, codes: codes.clone(), cells });
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
    async fn cell(
        &self,
        held: &HeldVintage,
        indicator: &Indicator,
        codes: &[Code],
        period: Period,
        row: usize,
    ) -> Result<Option<AreaCell>, ServeError> {
        let selection = Selection { indicator: indicator.id.clone(), period, codes: codes.to_vec() };
        let column = match self.columns.get(&held.release, held.key(), &selection).await {
            Err(ServeError::NotFound(_)) => return Ok(None),
            column => column?,
        };
        let (status, reliability) = (column.status(row), column.reliability(row));
        let of_cell = |cell| AreaCell { period, cell, status, reliability, origin: column.origin().cloned() };
        Ok(column.cell(row).map(of_cell))
    }
}

fn periods(entry: &CatalogIndicator, held: &HeldVintage) -> impl Iterator<Item = Period> {
    let here = entry.boundary_sets.iter().filter(|e| e.id == held.set && e.vintage == held.vintage);
    here.flat_map(CatalogPeriods::all)
}

fn too_many() -> ServeError {
    ServeError::NotFound(format!(
        "this area has more than {MAX_COLUMNS} columns: ask for one of its indicators by indicator=ID"
    ))
}
