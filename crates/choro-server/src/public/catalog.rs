//! What the release holds.

use super::{
    Shared, described,
    document::{self, Document},
    parameters as p, refusal,
};
use axum::{extract::State, response::Response};
use choro_bundle::Catalog;
use choro_http::{endpoints::Endpoints, extract::Query, problem::Problem};
use utoipa_axum::routes;

pub(super) fn endpoints() -> Endpoints<Shared> {
    Endpoints::default().and(routes!(catalog)).map(document::costly).describe(described::of_release)
}

/// What the release holds: boundary sets, grids, indicators with their periods and dimensions
#[utoipa::path(
    get,
    path = "/catalog.json",
    operation_id = "Catalog",
    params(p::Pinned),
    responses((status = 200, description = "The catalogue", body = Catalog))
)]
async fn catalog(
    State(app): State<Shared>,
    Query(query): Query<p::Pinned>,
    document: Document,
) -> Result<Response, Problem> {
    let answer = app.server.catalog(query.release.as_ref(), document.accepted()).await.map_err(refusal::of_query)?;
    Ok(document.respond(&app, answer, "application/json"))
}
