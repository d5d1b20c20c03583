//! All that is known of one area: its values of every indicator, and the areas above and below it.

use super::{document_answer::json, related_areas};
use crate::serving::{
    cache::{documents::Job, kept_data::Stock},
    error::ServeError,
    select::held_vintage::Place,
};
use choro_bundle::{
    CatalogIndicator, CatalogPeriods,
    encode::area::{self, AreaCell, Family},
};
use choro_model::{Indicator, Lang, Period, Selection};

/// How many columns the document of one area may read.
const MAX_COLUMNS: usize = 4_000;

impl Stock {
    /// Reads the cells of an area, and writes its document.
    pub(super) async fn profile(&self, job: &Job, place: &Place, row: usize, lang: &Lang) -> Result<Vec<u8>, ServeError> {
        let release = &place.release;
        let mut left = MAX_COLUMNS;
        let mut series: Vec<(&Indicator, Vec<AreaCell>)> = Vec::new();
        for entry in &release.catalog().indicators {
            let mut cells = Vec::new();
            for period in periods(entry, place) {
                job.go_on()?;
                left = left.checked_sub(1).ok_or_else(too_many)?;
                cells.extend(self.cell(place, &entry.indicator, period, row).await?);
            }
            series.push((&entry.indicator, cells));
        }
        series.retain(|(_, cells)| !cells.is_empty());
        let unknown = || ServeError::Internal(format!("set {} has no entry", place.set));
        let (set, vintage) = (release.set(place.set.as_str()).ok_or_else(unknown)?, place.vintage()?);
        let entry = set.vintages.iter().find(|vintage| vintage.id == place.vintage);
        let (areas, attribution) = (vintage.areas(), entry.map_or("", |entry| entry.source.as_str()));
        let context = place.context(areas, lang, attribution);
        let area = areas.rows().get(row).ok_or_else(|| ServeError::Internal(format!("area row {row} is not there")))?;
        let parents = related_areas::parents(release, set, vintage, area);
        let children = related_areas::children(release, set, vintage, area);
        json(&area::document(&context, area, Family { parents: &parents, children: &children }, &series))
    }

    /// The cell of an area at the total codes; `None` where that selection was not published.
    async fn cell(
        &self,
        place: &Place,
        indicator: &Indicator,
        period: Period,
        row: usize,
    ) -> Result<Option<AreaCell>, ServeError> {
        let selection = Selection::new(indicator, period, &[]).map_err(|error| ServeError::Internal(error.to_string()))?;
        let column = match self.columns.get(&place.release, place.borders(), &selection).await {
            Err(ServeError::NotFound(_)) => return Ok(None),
            column => column?,
        };
        let (cell, status) = (column.cell(row), column.status(row));
        Ok(cell.map(|cell| AreaCell { period, cell, status, origin: column.origin().cloned() }))
    }
}

fn periods(entry: &CatalogIndicator, place: &Place) -> impl Iterator<Item = Period> {
    let here = entry.boundary_sets.iter().filter(|e| e.id == place.set && e.vintage == place.vintage);
    here.flat_map(CatalogPeriods::all)
}

fn too_many() -> ServeError {
    ServeError::NotFound(format!(
        "this area has more than {MAX_COLUMNS} columns: ask /values for the indicators that you need"
    ))
}
