//! Health.

use super::{Shared, parameters as p, respond};
use axum::{extract::State, response::Response};
use choro_http::{endpoints::Endpoints, extract::Query};
use utoipa_axum::routes;

pub(super) fn endpoints() -> Endpoints<Shared> {
    Endpoints::default().and(routes!(live)).and(routes!(ready))
}

/// Whether the server runs
#[utoipa::path(
    get,
    path = "/health/live",
    operation_id = "Live",
    responses((status = 200, description = "It runs", content_type = "application/json"))
)]
async fn live(_: Query<p::NoQuery>) -> Response {
    respond::live().map(axum::body::Body::new)
}

/// Whether the server has a verified release and is not stopping (else 503)
#[utoipa::path(
    get,
    path = "/health/ready",
    operation_id = "Ready",
    responses(
        (status = 200, description = "It has a release and takes requests", content_type = "application/json"),
        (status = 503, description = "It is stopping", content_type = "application/json")
    )
)]
async fn ready(State(app): State<Shared>, _: Query<p::NoQuery>) -> Response {
    respond::ready(app.gate.is_ready()).map(axum::body::Body::new)
}
