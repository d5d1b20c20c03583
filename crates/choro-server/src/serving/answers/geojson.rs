//! Documents about a set: catalogue, TileJSON, GeoJSON.

use super::{
    accepted_codings::Accepted,
    answer::Answer,
    document_answer::{answer, json},
    server::Server,
};
use crate::serving::{
    cache::{cost::Work, documents::Job, key},
    error::ServeError,
    release::open_release::Release,
    select::{
        attribution::attribution,
        canonical_query,
        data_query::Ask,
        held_vintage::Place,
        language::lang,
        target::{Periods, Target},
        tileset::skeleton,
    },
};
use choro_bundle::encode::{
    geojson,
    tilejson::{self, Tileset},
};
use choro_model::{Encoding, grid::MAX_ZOOM};
use std::sync::Arc;

impl Server {
    /// The catalogue of a release.
    pub async fn catalog(&self, ask: &Ask<'_>, accepted: Accepted) -> Result<Answer, ServeError> {
        let (release, pinned) = self.release(ask).await?;
        let held = Arc::clone(&release);
        let make = move |_| async move { json(held.catalog()) };
        let document = self.documents.get(release.id(), key::name(&["catalog"]), Work::Legend, make).await?;
        answer(&release, pinned, &document, accepted)
    }

    /// The TileJSON document of a selection, or of geometry alone. Its tile URL is pinned to the release.
    pub async fn tilejson(&self, ask: &Ask<'_>, accepted: Accepted) -> Result<Answer, ServeError> {
        let (release, pinned) = self.release(ask).await?;
        let target = Target::find(&release, ask, Periods::One)?;
        let skeleton = skeleton(&release, &target, ask)?;
        let grid = release.grid(ask.grid).ok_or_else(|| ServeError::Internal(format!("grid {} has no entry", ask.grid)))?;
        let lang = lang(&release, ask.lang, &self.options.lang)?;
        let tiles = self.tiles_url(&release, &target, ask.grid, skeleton.encoding());
        let tileset = Tileset {
            release: release.id(),
            set: target.set,
            vintage: target.vintage.id(),
            grid,
            zooms: (skeleton.min_zoom(), skeleton.max_zoom()),
            values: target.selection(),
            lang: &lang,
            tiles: &tiles,
            encoding: skeleton.encoding(),
            attribution: &attribution(&target),
        };
        let name = key::name(&["tilejson", &tiles, target.vintage.id().as_str(), lang.as_str()]);
        // A small text, made where it is asked for.
        let tilejson = tilejson::document(&tileset);
        let make = move |_| async move { json(&tilejson) };
        let document = self.documents.get(release.id(), name, Work::Legend, make).await?;
        answer(&release, pinned, &document, accepted)
    }

    /// The absolute URL template of a target's tiles.
    pub(super) fn tiles_url(&self, release: &Release, target: &Target<'_>, grid: &str, encoding: Encoding) -> String {
        let query = canonical_query::query(target, release.id());
        let (server, ending) = (&self.options.public_url, encoding.as_str());
        format!("{server}/tiles/{}/{grid}/{{z}}/{{x}}/{{y}}.{ending}{query}", target.set.id)
    }

    /// The areas of a set as GeoJSON, with values where an indicator is asked for, at full detail or generalised for `zoom`.
    pub async fn geojson(&self, ask: &Ask<'_>, zoom: Option<&str>, accepted: Accepted) -> Result<Answer, ServeError> {
        let (release, pinned) = self.release(ask).await?;
        let target = Target::find(&release, ask, Periods::One)?;
        let zoom = zoom.map(parse_zoom).transpose()?;
        let lang = lang(&release, ask.lang, &self.options.lang)?;
        let query = canonical_query::query(&target, release.id());
        let detail = zoom.map_or("full".to_owned(), |zoom| zoom.to_string());
        let ids = [target.set.id.as_str(), target.vintage.id().as_str(), &query, &detail, lang.as_str()];
        let name = key::name(&["geojson", ids.join("\n").as_str()]);
        let values = target.selection().map(|(indicator, selection)| (indicator.clone(), selection.clone()));
        let (stock, attribution) = (Arc::clone(&self.stock), attribution(&target));
        let place = Place::of(&release, &target);
        let make = move |job: Arc<Job>| async move {
            let column = match &values {
                None => None,
                Some((_, selection)) => Some(stock.columns.get(&place.release, place.borders(), selection).await?),
            };
            job.go_on()?;
            let vintage = place.vintage()?;
            let geometry = zoom.map_or_else(|| vintage.geometry(), |zoom| vintage.generalised(zoom))?;
            job.go_on()?;
            let values = values.as_ref().zip(column.as_deref());
            let values = values.map(|((indicator, selection), column)| geojson::Values { indicator, selection, column });
            Ok(geojson::collection(&place.context(vintage.areas(), &lang, &attribution), &geometry, values)?)
        };
        let document = self.documents.get(release.id(), name, Work::Document, make).await?;
        answer(&release, pinned, &document, accepted)
    }
}

fn parse_zoom(text: &str) -> Result<u8, ServeError> {
    let plain = (1..=2).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_digit())
        && (text.len() == 1 || !text.starts_with('0'));
    let zoom = if plain { text.parse().ok().filter(|zoom| *zoom <= MAX_ZOOM) } else { None };
    zoom.ok_or_else(|| {
        ServeError::parameter("zoom", format!("zoom is not valid: expected a whole number from 0 to {MAX_ZOOM}"))
    })
}
