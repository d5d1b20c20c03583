//! Health.

use super::{
    Shared, described,
    headers::{RESOURCE_POLICY, SAME_ORIGIN},
    parameters as p,
    respond::{self, CachePolicy},
};
use axum::{extract::State, response::Response};
use bytes::Bytes;
use choro_http::{endpoints::Endpoints, extract::Query};
use hyper::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::routes;

pub(super) fn endpoints() -> Endpoints<Shared> {
    Endpoints::default().and(routes!(live)).and(routes!(ready)).describe(described::of_moment)
}

/// How the server is.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Health {
    /// In a word.
    status: HealthStatus,
}

/// How the server is, in a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum HealthStatus {
    /// It runs.
    Live,
    /// It has a release and takes requests.
    Ready,
    /// It takes no more requests.
    Stopping,
}

/// Whether the server runs
#[utoipa::path(
    get,
    path = "/health/live",
    operation_id = "Live",
    responses((status = 200, description = "It runs", body = Health))
)]
async fn live(_: Query<p::NoQuery>) -> Response {
    is_live().map(axum::body::Body::new)
}

/// Whether the server has a verified release and is not stopping (else 503)
#[utoipa::path(
    get,
    path = "/health/ready",
    operation_id = "Ready",
    responses(
        (status = 200, description = "It has a release and takes requests", body = Health),
        (status = 503, description = "It is stopping", body = Health)
    )
)]
async fn ready(State(app): State<Shared>, _: Query<p::NoQuery>) -> Response {
    is_ready(app.gate.is_ready()).map(axum::body::Body::new)
}

/// The process answers.
pub(super) fn is_live() -> respond::Response {
    answer(StatusCode::OK, HealthStatus::Live)
}

/// Whether it has a release and is not stopping.
pub(super) fn is_ready(is_ready: bool) -> respond::Response {
    match is_ready {
        true => answer(StatusCode::OK, HealthStatus::Ready),
        false => answer(StatusCode::SERVICE_UNAVAILABLE, HealthStatus::Stopping),
    }
}

fn answer(status: StatusCode, word: HealthStatus) -> respond::Response {
    // A word: nothing that JSON has no form for.
    let mut body = serde_json::to_vec(&Health { status: word }).unwrap_or_default();
    body.push(b'\n');
    let mut response = respond::plain(Bytes::from(body), "application/json", CachePolicy::NoStore, None);
    *response.status_mut() = status;
    // For whoever watches, and no part of a page.
    response.headers_mut().insert(RESOURCE_POLICY, SAME_ORIGIN);
    response
}
