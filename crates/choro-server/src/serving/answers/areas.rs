//! Areas without geometry: all of a set, or one with all that is known of it.

use super::{
    accepted_codings::AcceptedCodings,
    answer::Answer,
    document_answer::{answer, json},
    server::ReleaseServer,
};
use crate::serving::{
    cache::{cost::WorkKind, documents::Job, key},
    error::ServeError,
    release::open_release::Release,
    select::{
        data_query::DataQuery,
        held_vintage::HeldVintage,
        language::lang,
        resolved_query::{PeriodLimit, ResolvedQuery},
    },
};
use std::sync::Arc;

impl ReleaseServer {
    /// All areas of a set without geometry: codes, names, the areas above, a point inside, bounds.
    pub async fn areas(&self, query: &DataQuery<'_>, accepted: AcceptedCodings) -> Result<Answer, ServeError> {
        let (release, pinned) = self.release(query).await?;
        let resolved = ResolvedQuery::find(&release, query, PeriodLimit::One)?;
        let name = key::name(&["areas", resolved.set.id.as_str(), resolved.vintage.id().as_str()]);
        let prepare = || {
            let held = HeldVintage::of(&release, &resolved);
            Ok(move |_| async move {
                let areas = held.vintage()?.areas().rows();
                json(
                    &serde_json::json!({"release": held.release.id(), "set": held.set, "borders": held.vintage, "areas": areas}),
                )
            })
        };
        let document = self.documents.get(release.id(), name, WorkKind::Document, prepare).await?;
        answer(&release, pinned, &document, accepted)
    }

    /// One area: names, the areas above it, and the values of every indicator at its total codes.
    pub async fn area(&self, query: &DataQuery<'_>, code: &str, accepted: AcceptedCodings) -> Result<Answer, ServeError> {
        let (release, pinned) = self.release(query).await?;
        let resolved = ResolvedQuery::find(&release, query, PeriodLimit::One)?;
        let lang = lang(&release, query.lang, &self.options.lang)?;
        let areas = resolved.vintage.areas();
        let Some(row) = areas.index(code) else {
            return Err(ServeError::NotFound(no_area(&release, &resolved, code)));
        };
        let ids = ["area", resolved.set.id.as_str(), resolved.vintage.id().as_str(), lang.as_str(), code];
        let name = key::name(&ids);
        let prepare = || {
            let (kept, held) = (Arc::clone(&self.kept), HeldVintage::of(&release, &resolved));
            Ok(move |job: Arc<Job>| async move { kept.profile(&job, &held, row, &lang).await })
        };
        let document = self.documents.get(release.id(), name, WorkKind::Document, prepare).await?;
        answer(&release, pinned, &document, accepted)
    }
}

/// Says in which other borders there is an area of that code.
fn no_area(release: &Release, resolved: &ResolvedQuery<'_>, code: &str) -> String {
    let (set, borders) = (&resolved.set.id, resolved.vintage.id());
    let ids = resolved.set.vintages.iter().map(|vintage| vintage.id.as_str());
    let bundle = release.bundle();
    let has = |id: &&str| bundle.vintage(set.as_str(), Some(id)).is_some_and(|v| v.areas().index(code).is_some());
    let others: Vec<&str> = ids.filter(has).collect();
    let hint =
        if others.is_empty() { String::new() } else { format!(": ask for it by borders={}", others.join(" or borders=")) };
    format!("set {set} has no area of this code in borders {borders}{hint}")
}
