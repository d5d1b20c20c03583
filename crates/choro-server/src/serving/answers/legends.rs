//! Legends: made of the same classification as styles, so that a colour on the map is always that of a legend entry.

use super::{
    accepted_codings::AcceptedCodings,
    answer::Answer,
    document_answer::{answer, json},
    server::ReleaseServer,
};
use crate::serving::{
    cache::{cost::WorkKind, documents::Job, key},
    error::ServeError,
    select::{
        canonical_query,
        classing::key_of,
        data_query::DataQuery,
        language::lang,
        map_subject::MapSubject,
        resolved_query::{PeriodLimit, ResolvedQuery},
    },
};
use choro_figures::classify::Options;
use choro_model::Period;
use std::sync::Arc;

impl ReleaseServer {
    /// The legend of a selection. `from`: an earlier period; the legend is then that of the differences since it.
    pub async fn legend(
        &self,
        query: &DataQuery,
        from: Option<Period>,
        options: Options,
        accepted: AcceptedCodings,
    ) -> Result<Answer, ServeError> {
        let (release, pinned) = self.release(query.release.as_ref()).await?;
        let resolved = ResolvedQuery::find(&release, query, PeriodLimit::One)?;
        let lang = lang(&release, query, &self.options.lang);
        let canonical = canonical_query::query(&resolved, release.id());
        let key = key::name(&[
            "legend",
            resolved.set.id.as_str(),
            resolved.vintage.id().as_str(),
            &canonical,
            &from.map(|from| from.to_string()).unwrap_or_default(),
            &key_of(&options),
            lang.as_str(),
        ]);
        let prepare = || {
            let subject = MapSubject::of(&release, &resolved)?.since(query, from)?.in_classes(&options)?;
            let kept = Arc::clone(&self.kept);
            Ok(move |job: Arc<Job>| async move { json(&kept.figures(&job, &subject, &options, &lang).await?.legend) })
        };
        let document = self.documents.get(release.id(), key, WorkKind::Legend, prepare).await?;
        answer(&release, pinned, &document, accepted)
    }
}
