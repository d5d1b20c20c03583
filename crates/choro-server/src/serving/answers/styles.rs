//! Styles of MapLibre: made of the same classification as legends, so that a colour on the map is always that of a legend entry.

use super::{
    accepted_codings::AcceptedCodings,
    answer::Answer,
    document_answer::{answer, json},
    known::origin_in_words,
    server::ReleaseServer,
};
use crate::serving::{
    cache::{cost::WorkKind, documents::Job, key},
    error::ServeError,
    select::{
        attribution::attribution,
        classing::key_of,
        data_query::DataQuery,
        language::lang,
        map_subject::MapSubject,
        resolved_query::{PeriodLimit, ResolvedQuery},
        tileset::skeleton,
    },
};
use choro_carto::style::{self, CHOROPLETH, Flagged, StyleInput};
use choro_figures::classify::Options;
use choro_model::{Cell, Kind, words::words};
use std::{str::FromStr, sync::Arc};
use utoipa::ToSchema;

/// The name of a style.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ToSchema)]
#[schema(rename_all = "lowercase")]
pub enum StyleName {
    /// Areas in the colour of their class.
    Choropleth,
}

impl StyleName {
    /// All of them.
    pub const ALL: [Self; 1] = [Self::Choropleth];

    /// The name as it stands in URLs.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Choropleth => "choropleth",
        }
    }

    const fn template(self) -> &'static str {
        match self {
            Self::Choropleth => CHOROPLETH,
        }
    }
}

impl FromStr for StyleName {
    type Err = ServeError;

    fn from_str(text: &str) -> Result<Self, ServeError> {
        let found = Self::ALL.into_iter().find(|style| style.as_str() == text);
        found.ok_or_else(|| ServeError::unknown("style", text, Self::ALL.into_iter().map(Self::as_str)))
    }
}

impl ReleaseServer {
    /// The MapLibre style of a selection. Its tile URL names the release, so that map and legend always show the same one.
    pub async fn style(
        &self,
        query: &DataQuery,
        options: Options,
        style: StyleName,
        accepted: AcceptedCodings,
    ) -> Result<Answer, ServeError> {
        let (release, pinned) = self.release(query.release.as_ref()).await?;
        let resolved = ResolvedQuery::find(&release, query, PeriodLimit::One)?;
        let skeleton = skeleton(&release, &resolved, query)?;
        let lang = lang(&release, query, &self.options.lang);
        let tiles = self.tiles_url(&release, &resolved, query.grid(), skeleton.encoding());
        let key = key::name(&["style", style.as_str(), &tiles, &key_of(&options), lang.as_str()]);
        let prepare = || {
            let unknown = || ServeError::Internal(format!("grid {} has no entry", query.grid()));
            let grid = release.grid(query.grid()).ok_or_else(unknown)?.id.clone();
            let subject = MapSubject::of(&release, &resolved)?.in_classes(&options)?;
            let (kept, attribution, bounds) = (Arc::clone(&self.kept), attribution(&resolved), resolved.set.bounds);
            let (encoding, minzoom, maxzoom) = (skeleton.encoding(), skeleton.min_zoom(), skeleton.max_zoom());
            Ok(move |job: Arc<Job>| async move {
                let classification = kept.classes(&subject, &options).await?;
                let column = kept.columns.get(&subject.held.release, subject.held.key(), &subject.selection).await?;
                let cells: Vec<Cell> = column.cells().collect();
                let known = kept.known_of(&job, &subject, &column, &cells).await?;
                let flags = Flagged { flags: &known.flags, is_change: false, lang: &lang }.entries();
                let warning = (subject.indicator.kind == Kind::Count).then(|| words(&lang).count_warning.clone());
                let origins = known.origins.iter().map(|origin| origin_in_words(&subject.held, origin, &lang));
                let notes: Vec<String> = warning.into_iter().chain(origins).collect();
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
                    flags: &flags,
                    notes: &notes,
                };
                json(&style::maplibre(style.template(), &input).map_err(|error| ServeError::Internal(error.to_string()))?)
            })
        };
        let document = self.documents.get(release.id(), key, WorkKind::Legend, prepare).await?;
        answer(&release, pinned, &document, accepted)
    }
}
