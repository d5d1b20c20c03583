//! The OpenAPI document, made of the handlers.

use super::{Shared, described, embedded::Embedded, parameters as p, respond::CachePolicy};
use crate::serving::Tag;
use axum::{extract::State, response::Response};
use bytes::Bytes;
use choro_bundle::{Coding, Fingerprint, Prefixes, QUALITY};
use choro_http::{
    endpoints::Endpoints,
    extract::Query,
    problem::{Problem, ProblemDocument},
};
use choro_model::{FOREIGN_BEGINNINGS, FOREIGN_NAMES};
use hyper::HeaderMap;
use utoipa::{
    PartialSchema as _, ToSchema as _,
    openapi::{Components, InfoBuilder, OpenApi, OpenApiBuilder},
};
use utoipa_axum::routes;

pub(super) fn endpoints() -> Endpoints<Shared> {
    Endpoints::default().and(routes!(openapi)).describe(described::of_program)
}

/// This document
#[utoipa::path(
    get,
    path = "/openapi.json",
    operation_id = "OpenApi",
    responses((status = 200, description = "An OpenAPI document", body = Object))
)]
async fn openapi(State(app): State<Shared>, _: Query<p::NoQuery>, headers: HeaderMap) -> Result<Response, Problem> {
    Ok(app.openapi.respond(&headers, CachePolicy::Revalidate)?.map(axum::body::Body::new))
}

/// The document of these handlers as it is served.
pub(super) fn served(endpoints: &Endpoints<Shared>) -> Embedded {
    // The builder's types hold nothing that JSON does not.
    let plain = Bytes::from(document(endpoints).to_json().unwrap_or_default());
    // Compressing in memory does not fail.
    let gzip = Prefixes::new(QUALITY).and_then(|mut maker| maker.whole(&plain, Coding::Gzip)).ok().map(Bytes::from);
    Embedded::new("application/json", Tag::of(Fingerprint::of(&plain)), |coding| match coding {
        Coding::Identity => Some(plain.clone()),
        Coding::Gzip => gzip.clone(),
        Coding::Brotli | Coding::Zstd => None,
    })
}

/// The document of these handlers.
pub(super) fn document(endpoints: &Endpoints<Shared>) -> OpenApi {
    let (mut paths, schemas) = endpoints.documented();
    paths.paths.values_mut().filter_map(|item| item.get.as_mut()).for_each(described::with_problems);
    let info = InfoBuilder::new().title("Choro").version(env!("CARGO_PKG_VERSION")).description(Some(about())).build();
    let mut components = Components::new();
    components.schemas.extend(schemas);
    components.schemas.insert(ProblemDocument::name().into_owned(), ProblemDocument::schema());
    components.responses.extend(described::problems());
    OpenApiBuilder::new().info(info).paths(paths).components(Some(components)).build()
}

/// What holds for all operations.
fn about() -> String {
    let code = |names: &[&str]| names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    format!(
        "Statistics about regions as vector tiles, GeoJSON and tables. Answers that name their release never change; the others \
         show the current one. Errors are problem documents (RFC 9457). In a query a plus sign is a blank. Parameters that caches, \
         trackers and frames append are ignored everywhere: {}, and those that begin with {}.",
        code(&FOREIGN_NAMES),
        code(&FOREIGN_BEGINNINGS)
    )
}
