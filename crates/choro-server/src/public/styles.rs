//! Styles.

use super::{
    Shared, described,
    document::{self, Document},
    names_in_paths, parameters as p, refusal,
};
use crate::serving::DataQuery;
use axum::{extract::State, response::Response};
use choro_carto::style::Style;
use choro_http::{
    endpoints::Endpoints,
    extract::{Path, QueryAndDimensions},
    problem::Problem,
};
use choro_model::Encoding;
use utoipa_axum::routes;

pub(super) fn endpoints() -> Endpoints<Shared> {
    Endpoints::default().and(routes!(style)).map(document::costly).describe(described::of_release)
}

/// MapLibre style of one selection, out of the same classes as its legend; its tile URL is pinned to the release
#[utoipa::path(
    get,
    path = "/styles/{style}.json",
    operation_id = "Style",
    params(names_in_paths::StylePath, p::Style, p::FurtherDimensions),
    responses((status = 200, description = "A MapLibre style, version 8", body = Style))
)]
async fn style(
    State(app): State<Shared>,
    Path(path): Path<names_in_paths::StylePath>,
    QueryAndDimensions(query, dimensions): QueryAndDimensions<p::Style>,
    document: Document,
) -> Result<Response, Problem> {
    let options = query.classing().options().map_err(refusal::of_query)?;
    let ask = DataQuery {
        release: query.release,
        set: query.set,
        grid: Some(query.grid),
        encoding: query.encoding.map_or(Encoding::Mvt, |encoding| encoding.0),
        indicator: Some(query.indicator),
        periods: vec![query.period],
        ranges: Vec::new(),
        borders: query.borders,
        lang: query.lang,
        dimensions,
    };
    let answer = app.server.style(&ask, options, path.style, document.accepted()).await;
    Ok(document.respond(&app, answer.map_err(|error| refusal::of_data::<p::Style>(error, &["style"]))?, "application/json"))
}
