//! Values without geometry: tables of a set and all that is known of one area.

use super::{
    accepted_codings::Accepted,
    answer::Answer,
    document_answer::{answer, json},
    related_areas,
    server::Server,
};
use crate::serving::{
    cache::{cost::Work, documents::Job, kept_data::Stock, key},
    error::{self, ServeError},
    release::open_release::Release,
    select::{
        attribution::attribution,
        data_query::Ask,
        held_vintage::Place,
        language::lang,
        target::{Periods, Target},
    },
};
use choro_bundle::{
    CatalogIndicator, CatalogPeriods, Column,
    encode::{
        area::{self, AreaCell, Family},
        csv, values,
    },
};
use choro_model::{Indicator, Lang, Period, Selection};
use std::sync::Arc;

/// How many columns the document of one area may read.
const MAX_COLUMNS: usize = 4_000;

/// How a table of values is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Table {
    /// JSON, by columns.
    Json,
    /// CSV, by rows.
    Csv,
}

impl Server {
    /// The values of one indicator, one column a period.
    pub async fn values(&self, ask: &Ask<'_>, table: Table, accepted: Accepted) -> Result<Answer, ServeError> {
        let (release, pinned) = self.release(ask).await?;
        if ask.indicator.is_none() {
            let ids = error::list(release.catalog().indicators.iter().map(|i| i.indicator.id.as_str()));
            return Err(ServeError::parameter("indicator", format!("parameter indicator is missing: there is {ids}")));
        }
        let target = Target::find(&release, ask, Periods::Several)?;
        let lang = lang(&release, ask.lang, &self.options.lang)?;
        let name = name_of(&target, table, &lang);
        let (indicator, selections) =
            target.values.as_ref().ok_or_else(|| ServeError::Internal("a table without indicator".to_owned()))?;
        let (indicator, selections) = (Indicator::clone(indicator), selections.clone());
        let (stock, attribution) = (Arc::clone(&self.stock), attribution(&target));
        let place = Place::of(&release, &target);
        let make = move |job: Arc<Job>| async move {
            let mut columns = Vec::with_capacity(selections.len());
            for selection in selections {
                job.go_on()?;
                let column = stock.columns.get(&place.release, place.borders(), &selection).await?;
                columns.push((selection, column));
            }
            let context = place.context(place.vintage()?.areas(), &lang, &attribution);
            let columns: Vec<(Selection, &Column)> =
                columns.iter().map(|(s, column)| (s.clone(), column.as_ref())).collect();
            match table {
                Table::Json => Ok(values::json(&context, &indicator, &columns)?),
                Table::Csv => Ok(csv::table(&context, &columns)?),
            }
        };
        let document = self.documents.get(release.id(), name, Work::Document, make).await?;
        answer(&release, pinned, &document, accepted)
    }

    /// All areas of a set without geometry: codes, names, the areas above, a point inside, bounds.
    pub async fn areas(&self, ask: &Ask<'_>, accepted: Accepted) -> Result<Answer, ServeError> {
        let (release, pinned) = self.release(ask).await?;
        let target = Target::find(&release, ask, Periods::One)?;
        let place = Place::of(&release, &target);
        let name = key::name(&["areas", place.set.as_str(), place.vintage.as_str()]);
        let make = move |_| async move {
            let areas = place.vintage()?.areas().rows();
            json(
                &serde_json::json!({"release": place.release.id(), "set": place.set, "borders": place.vintage, "areas": areas}),
            )
        };
        let document = self.documents.get(release.id(), name, Work::Document, make).await?;
        answer(&release, pinned, &document, accepted)
    }

    /// One area: names, the areas above it, and the values of every indicator at its total codes.
    pub async fn area(&self, ask: &Ask<'_>, code: &str, accepted: Accepted) -> Result<Answer, ServeError> {
        let (release, pinned) = self.release(ask).await?;
        let target = Target::find(&release, ask, Periods::One)?;
        let lang = lang(&release, ask.lang, &self.options.lang)?;
        let areas = target.vintage.areas();
        let Some(row) = areas.index(code) else {
            return Err(ServeError::NotFound(no_area(&release, &target, code)));
        };
        let ids = ["area", target.set.id.as_str(), target.vintage.id().as_str(), lang.as_str(), code];
        let name = key::name(&ids);
        let (stock, place) = (Arc::clone(&self.stock), Place::of(&release, &target));
        let make = move |job: Arc<Job>| async move { stock.profile(&job, &place, row, &lang).await };
        let document = self.documents.get(release.id(), name, Work::Document, make).await?;
        answer(&release, pinned, &document, accepted)
    }
}

impl Stock {
    /// Reads the cells of an area, and writes its document.
    async fn profile(&self, job: &Job, place: &Place, row: usize, lang: &Lang) -> Result<Vec<u8>, ServeError> {
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

fn name_of(target: &Target<'_>, table: Table, lang: &Lang) -> String {
    let (indicator, selections) = target.values.as_ref().map_or((None, [].as_slice()), |(i, s)| (Some(*i), s.as_slice()));
    let borders = target.vintage.id().to_string();
    let mut parts = vec![format!("{table:?}"), target.set.id.to_string(), borders, lang.to_string()];
    parts.extend(indicator.map(|indicator| indicator.id.to_string()));
    parts.extend(selections.first().into_iter().flat_map(|s| &s.codes).map(ToString::to_string));
    parts.extend(selections.iter().map(|selection| format!("={}", selection.period)));
    parts.join("\n")
}

fn periods(entry: &CatalogIndicator, place: &Place) -> impl Iterator<Item = Period> {
    let here = entry.boundary_sets.iter().filter(|e| e.id == place.set && e.vintage == place.vintage);
    here.flat_map(CatalogPeriods::all)
}

/// Says in which other borders there is an area of that code.
fn no_area(release: &Release, target: &Target<'_>, code: &str) -> String {
    let (set, borders) = (&target.set.id, target.vintage.id());
    let ids = target.set.vintages.iter().map(|vintage| vintage.id.as_str());
    let bundle = release.bundle();
    let has = |id: &&str| bundle.vintage(set.as_str(), Some(id)).is_some_and(|v| v.areas().index(code).is_some());
    let others: Vec<&str> = ids.filter(has).collect();
    let hint =
        if others.is_empty() { String::new() } else { format!(": ask for it by borders={}", others.join(" or borders=")) };
    format!("set {set} has no area of this code in borders {borders}{hint}")
}

fn too_many() -> ServeError {
    ServeError::NotFound(format!(
        "this area has more than {MAX_COLUMNS} columns: ask /values for the indicators that you need"
    ))
}
