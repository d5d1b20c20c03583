//! TileJSON documents.

use super::{
    accepted_codings::AcceptedCodings,
    answer::Answer,
    document_answer::{answer, json},
    known::known_of_column,
    server::ReleaseServer,
};
use crate::serving::{
    cache::{cost::WorkKind, key},
    error::ServeError,
    release::open_release::Release,
    select::{
        attribution::attribution,
        canonical_query,
        data_query::DataQuery,
        held_vintage::HeldVintage,
        language::lang,
        resolved_query::{PeriodLimit, ResolvedQuery},
        tileset::skeleton,
    },
};
use choro_bundle::encode::tilejson::{self, Tileset};
use choro_model::Encoding;
use std::sync::Arc;

impl ReleaseServer {
    /// The TileJSON document of a selection, or of geometry alone. Its tile URL names the release.
    pub async fn tilejson(&self, query: &DataQuery, accepted: AcceptedCodings) -> Result<Answer, ServeError> {
        let (release, pinned) = self.release(query.release.as_ref()).await?;
        let resolved = ResolvedQuery::find(&release, query, PeriodLimit::One)?;
        let skeleton = skeleton(&release, &resolved, query)?;
        let grid =
            release.grid(query.grid()).ok_or_else(|| ServeError::Internal(format!("grid {} has no entry", query.grid())))?;
        let lang = lang(&release, query, &self.options.lang);
        let tiles = self.tiles_url(&release, &resolved, query.grid(), skeleton.encoding());
        let name = key::name(&["tilejson", &tiles, resolved.vintage.id().as_str(), lang.as_str()]);
        let prepare = || {
            let (held, kept, grid) = (HeldVintage::of(&release, &resolved), Arc::clone(&self.kept), grid.clone());
            let values = resolved.selection().map(|(indicator, selection)| (indicator.clone(), selection.clone()));
            let (set, attribution) = (resolved.set.clone(), attribution(&resolved));
            let (zooms, encoding) = ((skeleton.min_zoom(), skeleton.max_zoom()), skeleton.encoding());
            Ok(move |_| async move {
                let values = values.as_ref().map(|(indicator, selection)| (indicator, selection));
                let column = match values {
                    None => None,
                    // A selection that was not published has no tiles either, and they say why.
                    Some((_, selection)) => match kept.columns.get(&held.release, held.key(), selection).await {
                        Err(ServeError::NotFound(_)) => None,
                        column => Some(column?),
                    },
                };
                let column = column.as_deref();
                let description = column.map(|column| known_of_column(&held, column, &lang)).unwrap_or_default();
                let tileset = Tileset {
                    release: held.release.id(),
                    set: &set,
                    vintage: &held.vintage,
                    grid: &grid,
                    zooms,
                    values,
                    column,
                    description: &description,
                    lang: &lang,
                    tiles: &tiles,
                    encoding,
                    attribution: &attribution,
                };
                json(&tilejson::document(&tileset))
            })
        };
        let document = self.documents.get(release.id(), name, WorkKind::Legend, prepare).await?;
        answer(&release, pinned, &document, accepted)
    }

    /// The absolute URL of the tiles that a query means, with places for zoom, column and row.
    pub(super) fn tiles_url(
        &self,
        release: &Release,
        resolved: &ResolvedQuery<'_>,
        grid: &str,
        encoding: Encoding,
    ) -> String {
        let canonical = canonical_query::query(resolved, release.id());
        let (server, ending) = (&self.options.public_url, encoding.as_str());
        format!("{server}/tiles/{}/{grid}/{{z}}/{{x}}/{{y}}.{ending}{canonical}", resolved.set.id)
    }
}
