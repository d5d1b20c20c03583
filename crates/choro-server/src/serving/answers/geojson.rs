//! GeoJSON: the areas of a set with their values.

use super::{accepted_codings::AcceptedCodings, answer::Answer, document_answer::answer, server::ReleaseServer};
use crate::serving::{
    cache::{cost::WorkKind, documents::Job, key},
    error::ServeError,
    select::{
        attribution::attribution,
        canonical_query,
        data_query::DataQuery,
        held_vintage::HeldVintage,
        language::lang,
        resolved_query::{PeriodLimit, ResolvedQuery},
    },
};
use choro_bundle::encode::geojson;
use std::sync::Arc;

impl ReleaseServer {
    /// The areas of a set as GeoJSON, with values where the query names an indicator. `zoom`: generalised as tiles of this zoom
    /// are; `None`: at full detail.
    pub async fn geojson(
        &self,
        query: &DataQuery,
        zoom: Option<u8>,
        accepted: AcceptedCodings,
    ) -> Result<Answer, ServeError> {
        let (release, pinned) = self.release(query.release.as_ref()).await?;
        let resolved = ResolvedQuery::find(&release, query, PeriodLimit::One)?;
        let lang = lang(&release, query, &self.options.lang);
        let canonical = canonical_query::query(&resolved, release.id());
        let detail = zoom.map_or("full".to_owned(), |zoom| zoom.to_string());
        let ids = [resolved.set.id.as_str(), resolved.vintage.id().as_str(), &canonical, &detail, lang.as_str()];
        let name = key::name(&["geojson", ids.join("\n").as_str()]);
        let prepare = || {
            let values = resolved.selection().map(|(indicator, selection)| (indicator.clone(), selection.clone()));
            let (kept, attribution) = (Arc::clone(&self.kept), attribution(&resolved));
            let held = HeldVintage::of(&release, &resolved);
            Ok(move |job: Arc<Job>| async move {
                let column = match &values {
                    None => None,
                    Some((_, selection)) => Some(kept.columns.get(&held.release, held.key(), selection).await?),
                };
                job.go_on()?;
                let vintage = held.vintage()?;
                let geometry = zoom.map_or_else(|| vintage.geometry(), |zoom| vintage.generalised(zoom))?;
                job.go_on()?;
                let values = values.as_ref().zip(column.as_deref());
                let values = values.map(|((indicator, selection), column)| geojson::Values { indicator, selection, column });
                Ok(geojson::collection(&held.context(vintage.areas(), &lang, &attribution), &geometry, values)?)
            })
        };
        let document = self.documents.get(release.id(), name, WorkKind::Document, prepare).await?;
        answer(&release, pinned, &document, accepted)
    }
}
