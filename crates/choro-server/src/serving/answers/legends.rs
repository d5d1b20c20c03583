//! Legends.

use super::{
    accepted_codings::Accepted,
    answer::Answer,
    document_answer::{answer, json},
    server::Server,
};
use crate::serving::{
    cache::{cost::Work, documents::Job, key},
    error::ServeError,
    select::{
        canonical_query,
        classing::{Classing, key_of},
        data_query::Ask,
        language::lang,
        map_subject::MapSubject,
        resolved_query::{PeriodLimit, ResolvedQuery},
    },
};
use choro_model::Period;
use std::sync::Arc;

impl Server {
    /// The legend of a selection, out of the same classification as its style; of its differences since period `from`, where that
    /// is given.
    pub async fn legend(
        &self,
        ask: &Ask<'_>,
        from: Option<&str>,
        classing: &Classing<'_>,
        accepted: Accepted,
    ) -> Result<Answer, ServeError> {
        let (release, pinned) = self.release(ask).await?;
        let resolved = ResolvedQuery::find(&release, ask, PeriodLimit::One)?;
        let options = classing.options()?;
        let from: Option<Period> = from
            .map(str::parse)
            .transpose()
            .map_err(|error: choro_model::PeriodError| ServeError::parameter("from", error))?;
        let lang = lang(&release, ask.lang, &self.options.lang)?;
        let query = canonical_query::query(&resolved, release.id());
        let key = key::name(&[
            "legend",
            resolved.set.id.as_str(),
            resolved.vintage.id().as_str(),
            &query,
            &from.map(|from| from.to_string()).unwrap_or_default(),
            &key_of(&options),
            lang.as_str(),
        ]);
        let prepare = || {
            let subject = MapSubject::of(&release, &resolved)?.since(ask, from)?.in_classes(&options)?;
            let kept = Arc::clone(&self.kept);
            Ok(move |job: Arc<Job>| async move { json(&kept.figures(&job, &subject, &options, &lang).await?.legend) })
        };
        let document = self.documents.get(release.id(), key, Work::Legend, prepare).await?;
        answer(&release, pinned, &document, accepted)
    }
}
