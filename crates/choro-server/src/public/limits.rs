//! Limits of the interface, for whoever writes requests. The viewer does not ask for them: it has the same constants in `grammar.ts`.

use super::{Shared, described, embedded::Embedded, parameters as p, respond::CachePolicy, values_in_queries::MAX_PERIODS};
use crate::serving::{MAX_COLUMNS, MOST_VALUES, Tag};
use axum::{extract::State, response::Response};
use bytes::Bytes;
use choro_bundle::{Coding, Fingerprint};
use choro_carto::drawing::{MOST_DRAWN, MOST_ON_PAGE};
use choro_http::{
    endpoints::Endpoints,
    extract::{MAX_PARAMETERS, Query},
    problem::Problem,
};
use hyper::HeaderMap;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::routes;

pub(super) fn endpoints() -> Endpoints<Shared> {
    Endpoints::default().and(routes!(limits)).describe(described::of_program)
}

/// How much one request may ask for, and what is drawn of it.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct RequestLimits {
    /// Bytes of path and query; more is 414. The operator sets it.
    #[schema(example = 2048)]
    url_bytes: usize,
    /// Parameters of a query.
    #[schema(example = 40)]
    parameters: usize,
    /// Periods, or ranges of periods, that one question names.
    #[schema(example = 60)]
    periods: usize,
    /// Values of a table of more periods than that: so many periods times areas.
    #[schema(example = 3600000)]
    values: usize,
    /// Columns of values of an area's profile: one for each indicator and period.
    #[schema(example = 4000)]
    profile_columns: usize,
    /// Areas of a picture.
    #[schema(example = 100000)]
    picture_areas: usize,
    /// Areas up to which a page has its map and table before any script runs.
    #[schema(example = 20000)]
    page_areas: usize,
}

/// How much one request may ask for: bytes of its address, periods, values, columns of a profile, areas of a picture
#[utoipa::path(
    get,
    path = "/limits.json",
    operation_id = "Limits",
    responses((status = 200, description = "The limits", body = RequestLimits))
)]
async fn limits(State(app): State<Shared>, _: Query<p::NoQuery>, headers: HeaderMap) -> Result<Response, Problem> {
    let limits = RequestLimits {
        url_bytes: app.gate.limits().max_url_bytes,
        parameters: MAX_PARAMETERS,
        periods: MAX_PERIODS,
        values: MOST_VALUES,
        profile_columns: MAX_COLUMNS,
        picture_areas: MOST_DRAWN,
        page_areas: MOST_ON_PAGE,
    };
    // Numbers: nothing that JSON has no form for.
    let body = Bytes::from(serde_json::to_vec(&limits).unwrap_or_default());
    let plain = |coding| (coding == Coding::Identity).then(|| body.clone());
    let document = Embedded::new("application/json", Tag::of(Fingerprint::of(&body)), plain);
    Ok(document.respond(&headers, CachePolicy::Revalidate)?.map(axum::body::Body::new))
}
