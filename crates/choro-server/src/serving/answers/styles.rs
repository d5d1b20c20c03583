//! Styles of MapLibre: made of the same classification as legends, so that a colour on the map is always that of a legend entry.

use super::{
    accepted_codings::AcceptedCodings,
    answer::Answer,
    document_answer::{answer, json},
    server::ReleaseServer,
};
use crate::serving::{
    cache::{cost::WorkKind, key},
    error::ServeError,
    select::{
        attribution::attribution,
        classing::{ClassingQuery, key_of},
        data_query::DataQuery,
        language::lang,
        map_subject::MapSubject,
        resolved_query::{PeriodLimit, ResolvedQuery},
        tileset::skeleton,
    },
};
use choro_carto::style::{self, CHOROPLETH, StyleInput};
use std::sync::Arc;

/// The template of each style, by its name.
const STYLES: [(&str, &str); 1] = [("choropleth", CHOROPLETH)];

impl ReleaseServer {
    /// The MapLibre style of a selection. Its tile URL names the release, so that map and legend always show the same one.
    pub async fn style(
        &self,
        query: &DataQuery,
        classing: &ClassingQuery<'_>,
        name: &str,
        accepted: AcceptedCodings,
    ) -> Result<Answer, ServeError> {
        let template = STYLES.iter().find(|(id, _)| *id == name).map(|(_, template)| *template);
        let template = template.ok_or_else(|| ServeError::unknown("style", name, STYLES.iter().map(|(id, _)| *id)))?;
        let (release, pinned) = self.release(query.release.as_ref()).await?;
        let resolved = ResolvedQuery::find(&release, query, PeriodLimit::One)?;
        let skeleton = skeleton(&release, &resolved, query)?;
        let options = classing.options()?;
        let lang = lang(&release, query, &self.options.lang);
        let tiles = self.tiles_url(&release, &resolved, query.grid(), skeleton.encoding());
        let key = key::name(&["style", name, &tiles, &key_of(&options), lang.as_str()]);
        let prepare = || {
            let unknown = || ServeError::Internal(format!("grid {} has no entry", query.grid()));
            let grid = release.grid(query.grid()).ok_or_else(unknown)?.id.clone();
            let subject = MapSubject::of(&release, &resolved)?.in_classes(&options)?;
            let (kept, attribution, bounds) = (Arc::clone(&self.kept), attribution(&resolved), resolved.set.bounds);
            let (encoding, minzoom, maxzoom) = (skeleton.encoding(), skeleton.min_zoom(), skeleton.max_zoom());
            Ok(move |_| async move {
                let classification = kept.classes(&subject, &options).await?;
                let input = StyleInput {
                    tiles: &tiles,
                    encoding,
                    set: &subject.held.set,
                    grid: &grid,
                    mercator: grid.as_str() == "WebMercatorQuad",
                    indicator: &subject.indicator,
                    period: subject.selection.period,
                    classification: &classification,
                    attribution: &attribution,
                    lang: &lang,
                    bounds,
                    minzoom,
                    maxzoom,
                    release: subject.held.release.id(),
                };
                json(&style::maplibre(template, &input).map_err(|error| ServeError::Internal(error.to_string()))?)
            })
        };
        let document = self.documents.get(release.id(), key, WorkKind::Legend, prepare).await?;
        answer(&release, pinned, &document, accepted)
    }
}
