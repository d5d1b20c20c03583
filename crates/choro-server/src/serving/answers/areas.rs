//! Areas without geometry: all areas of a set, or one area with its values.

use super::{
    accepted_codings::AcceptedCodings,
    answer::Answer,
    area_profile::AskedSeries,
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
use choro_bundle::encode::area_list::AreaList;
use std::sync::Arc;

impl ReleaseServer {
    /// All areas of a set without geometry. Each has its code, its names, the area above it, a point inside it and its bounds.
    pub async fn areas(&self, query: &DataQuery, accepted: AcceptedCodings) -> Result<Answer, ServeError> {
        let (release, pinned) = self.release(query.release.as_ref()).await?;
        let resolved = ResolvedQuery::find(&release, query, PeriodLimit::One)?;
        let name = key::name(&["areas", resolved.set.id.as_str(), resolved.vintage.id().as_str()]);
        let prepare = || {
            let held = HeldVintage::of(&release, &resolved);
            Ok(move |_| async move {
                let areas = held.vintage()?.areas().rows();
                json(&AreaList { release: held.release.id(), set: &held.set, borders: &held.vintage, areas })
            })
        };
        let document = self.documents.get(release.id(), name, WorkKind::Document, prepare).await?;
        answer(&release, pinned, &document, accepted)
    }

    /// One area: its names, the areas above and below it, and its values: of every indicator at the usual codes, or of one.
    pub async fn area(
        &self,
        query: &DataQuery,
        code: &str,
        series: &AskedSeries,
        accepted: AcceptedCodings,
    ) -> Result<Answer, ServeError> {
        let (release, pinned) = self.release(query.release.as_ref()).await?;
        let resolved = ResolvedQuery::find(&release, query, PeriodLimit::One)?;
        let lang = lang(&release, query, &self.options.lang);
        let areas = resolved.vintage.areas();
        let Some(row) = areas.index(code) else {
            return Err(ServeError::NotFound(no_area(&release, &resolved, code)));
        };
        let asked = series.found_in(&release)?;
        let values = series.indicator.as_ref().map(|_| format!("{asked:?}")).unwrap_or_default();
        let ids = ["area", resolved.set.id.as_str(), resolved.vintage.id().as_str(), lang.as_str(), code, &values];
        let name = key::name(&ids);
        let prepare = || {
            let (kept, held) = (Arc::clone(&self.kept), HeldVintage::of(&release, &resolved));
            Ok(move |job: Arc<Job>| async move { kept.profile(&job, &held, row, &asked, &lang).await })
        };
        let document = self.documents.get(release.id(), name, WorkKind::Document, prepare).await?;
        answer(&release, pinned, &document, accepted)
    }
}

/// The text for a code that the set does not have in these borders. It names the other borders that have it.
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
