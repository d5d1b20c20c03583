//! TileJSON documents.

use super::{
    accepted_codings::AcceptedCodings,
    answer::Answer,
    document_answer::{answer, json},
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
        language::lang,
        resolved_query::{PeriodLimit, ResolvedQuery},
        tileset::skeleton,
    },
};
use choro_bundle::encode::tilejson::{self, Tileset};
use choro_model::Encoding;

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
            let tileset = Tileset {
                release: release.id(),
                set: resolved.set,
                vintage: resolved.vintage.id(),
                grid,
                zooms: (skeleton.min_zoom(), skeleton.max_zoom()),
                values: resolved.selection(),
                lang: &lang,
                tiles: &tiles,
                encoding: skeleton.encoding(),
                attribution: &attribution(&resolved),
            };
            let tilejson = tilejson::document(&tileset);
            Ok(move |_| async move { json(&tilejson) })
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
