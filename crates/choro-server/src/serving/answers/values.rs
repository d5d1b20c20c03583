//! Values without geometry: tables of a set.

use super::{accepted_codings::AcceptedCodings, answer::Answer, document_answer::answer, server::ReleaseServer};
use crate::serving::{
    cache::{cost::WorkKind, documents::Job},
    error::{self, ServeError},
    select::{
        attribution::attribution,
        data_query::DataQuery,
        held_vintage::HeldVintage,
        language::lang,
        resolved_query::{PeriodLimit, ResolvedQuery},
    },
};
use choro_bundle::{
    Column,
    encode::{csv, values},
};
use choro_model::{Indicator, Lang, Selection};
use std::sync::Arc;

/// The format of a table of values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableFormat {
    /// JSON, column by column.
    Json,
    /// CSV, row by row.
    Csv,
}

impl ReleaseServer {
    /// The values of one indicator without geometry, one column for each period.
    pub async fn values(
        &self,
        query: &DataQuery,
        table: TableFormat,
        accepted: AcceptedCodings,
    ) -> Result<Answer, ServeError> {
        let (release, pinned) = self.release(query.release.as_ref()).await?;
        if query.indicator.is_none() {
            let ids = error::list(release.catalog().indicators.iter().map(|i| i.indicator.id.as_str()));
            return Err(ServeError::parameter("indicator", format!("parameter indicator is missing: there is {ids}")));
        }
        let resolved = ResolvedQuery::find(&release, query, PeriodLimit::Several)?;
        let lang = lang(&release, query, &self.options.lang);
        let name = name_of(&resolved, table, &lang);
        let prepare = || {
            let without = || ServeError::Internal("a table without indicator".to_owned());
            let (indicator, selections) = resolved.values.as_ref().ok_or_else(without)?;
            let (indicator, selections) = (Indicator::clone(indicator), selections.clone());
            let (kept, attribution) = (Arc::clone(&self.kept), attribution(&resolved));
            let held = HeldVintage::of(&release, &resolved);
            Ok(move |job: Arc<Job>| async move {
                let mut columns = Vec::with_capacity(selections.len());
                for selection in selections {
                    job.go_on()?;
                    let column = kept.columns.get(&held.release, held.key(), &selection).await?;
                    columns.push((selection, column));
                }
                let context = held.context(held.vintage()?.areas(), &lang, &attribution);
                let columns: Vec<(Selection, &Column)> =
                    columns.iter().map(|(s, column)| (s.clone(), column.as_ref())).collect();
                match table {
                    TableFormat::Json => Ok(values::json(&context, &indicator, &columns)?),
                    TableFormat::Csv => Ok(csv::table(&context, &columns)?),
                }
            })
        };
        let document = self.documents.get(release.id(), name, WorkKind::Document, prepare).await?;
        answer(&release, pinned, &document, accepted)
    }
}

fn name_of(resolved: &ResolvedQuery<'_>, table: TableFormat, lang: &Lang) -> String {
    let (indicator, selections) = resolved.values.as_ref().map_or((None, [].as_slice()), |(i, s)| (Some(*i), s.as_slice()));
    let borders = resolved.vintage.id().to_string();
    let mut parts = vec![format!("{table:?}"), resolved.set.id.to_string(), borders, lang.to_string()];
    parts.extend(indicator.map(|indicator| indicator.id.to_string()));
    parts.extend(selections.first().into_iter().flat_map(|s| &s.codes).map(ToString::to_string));
    parts.extend(selections.iter().map(|selection| format!("={}", selection.period)));
    parts.join("\n")
}
