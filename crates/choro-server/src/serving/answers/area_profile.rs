//! The document of one area: its values of every indicator, and the areas above and below it.

use super::{document_answer::json, related_areas};
use crate::serving::{
    cache::{documents::Job, kept_data::KeptData},
    error::ServeError,
    release::open_release::VintageKey,
    select::held_vintage::HeldVintage,
};
use choro_bundle::{
    AreaRow, CatalogIndicator, CatalogPeriods, Origin,
    encode::area::{self, AreaCell, AreaSeries, Family},
};
use choro_model::{AreaCode, Cell, Lang, Period, Selection, State};

/// How many columns are read at most for the document of one area.
const MAX_COLUMNS: usize = 4_000;

impl KeptData {
    /// Reads the cells of an area, and writes its document.
    pub(super) async fn profile(
        &self,
        job: &Job,
        held: &HeldVintage,
        row: usize,
        lang: &Lang,
    ) -> Result<Vec<u8>, ServeError> {
        let release = &held.release;
        let mut left = MAX_COLUMNS;
        let mut series: Vec<AreaSeries<'_>> = Vec::new();
        for entry in &release.catalog().indicators {
            let Some(selection) = usual(entry, held)? else { continue };
            let mut cells = Vec::new();
            for period in periods(entry, held) {
                job.go_on()?;
                left = left.checked_sub(1).ok_or_else(too_many)?;
                let selection = Selection { period, ..selection.clone() };
                let Some(mut cell) = self.cell(held, &selection, row).await? else { continue };
                if let (Cell::State(State::Missing), Some(Origin::Aggregated { set, vintage })) = (cell.cell, &cell.origin) {
                    left = left.checked_sub(1).ok_or_else(too_many)?;
                    cell.lacking = self.lacking(held, VintageKey { set, vintage }, &selection, row).await?;
                }
                cells.push(cell);
            }
            series.push(AreaSeries { indicator: &entry.indicator, selection, cells });
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
        let (cell, status) = (column.cell(row), column.status(row));
        let origin = column.origin().cloned();
        Ok(cell.map(|cell| AreaCell { period, cell, status, origin, lacking: Vec::new() }))
    }

    /// The areas below an area that have no value in a column of theirs, which the area's own is the sum of; none where some of the
    /// areas are not published.
    async fn lacking(
        &self,
        held: &HeldVintage,
        below: VintageKey<'_>,
        selection: &Selection,
        row: usize,
    ) -> Result<Vec<AreaCode>, ServeError> {
        let column = match self.columns.get(&held.release, below, selection).await {
            Err(ServeError::NotFound(_)) => return Ok(Vec::new()),
            column => column?,
        };
        let Some(area) = held.vintage()?.areas().rows().get(row) else { return Ok(Vec::new()) };
        let areas = held.release.vintage(below.set, below.vintage.as_str())?.areas().rows();
        let is_lacking =
            |(part, cell): &(&AreaRow, Cell)| part.parent.as_ref() == Some(&area.code) && cell.number().is_none();
        Ok(areas.iter().zip(column.cells()).filter(is_lacking).map(|(part, _)| part.code.clone()).collect())
    }
}

/// The selection that the newest period shows where no code is named. All periods of the document are of its codes.
fn usual(entry: &CatalogIndicator, held: &HeldVintage) -> Result<Option<Selection>, ServeError> {
    let Some(period) = periods(entry, held).max() else { return Ok(None) };
    let there = entry.boundary_sets.iter().find(|e| e.id == held.set && e.vintage == held.vintage);
    let selection = there.map(|there| there.selection(&entry.indicator, period, &[])).transpose();
    selection.map_err(|error| ServeError::Internal(error.to_string()))
}

fn periods(entry: &CatalogIndicator, held: &HeldVintage) -> impl Iterator<Item = Period> {
    let here = entry.boundary_sets.iter().filter(|e| e.id == held.set && e.vintage == held.vintage);
    here.flat_map(CatalogPeriods::all)
}

fn too_many() -> ServeError {
    ServeError::NotFound(format!(
        "this area has more than {MAX_COLUMNS} columns: ask /values for the indicators that you need"
    ))
}
