//! The OpenAPI document, made of the handlers.

use super::{Shared, embedded::Embedded, parameters as p, respond::CachePolicy};
use crate::serving::Tag;
use axum::{extract::State, response::Response};
use bytes::Bytes;
use choro_bundle::{Coding, Fingerprint, Prefixes, QUALITY};
use choro_http::{
    endpoints::Endpoints,
    extract::Query,
    problem::{Problem, ProblemDocument},
};
use hyper::HeaderMap;
use utoipa::{
    PartialSchema as _, ToSchema as _,
    openapi::{Components, ContentBuilder, InfoBuilder, OpenApi, OpenApiBuilder, PathItem, Ref, RefOr, ResponseBuilder},
};
use utoipa_axum::routes;

/// What can go wrong, with the same words for every path.
const ERRORS: [(&str, &str); 13] = [
    ("400", "A parameter is unknown, repeated, empty or malformed; `parameter` names it"),
    ("404", "There is no such thing in the release"),
    ("405", "Only GET, HEAD and OPTIONS are allowed"),
    ("406", "No coding that there is (br, zstd, gzip, identity) is acceptable"),
    ("410", "The release is not kept (any more)"),
    ("413", "The request has a body"),
    ("414", "The URL is too long"),
    ("421", "The request names a host that is not this server's"),
    ("429", "The client asks for more than its share; try again after `Retry-After` seconds"),
    ("431", "The headers are too large"),
    ("500", "The server could not answer; its log has the reason under `request_id`"),
    ("503", "The server is answering as many requests as it can, or is stopping; try again after `Retry-After` seconds"),
    ("504", "The answer took too long"),
];

pub(super) fn endpoints() -> Endpoints<Shared> {
    Endpoints::default().and(routes!(openapi))
}

/// This document
#[utoipa::path(
    get,
    path = "/openapi.json",
    operation_id = "OpenApi",
    responses((status = 200, description = "An OpenAPI document", content_type = "application/json"))
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
    paths.paths.values_mut().for_each(with_errors);
    let info = InfoBuilder::new()
        .title("Choro")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(
            "Statistics about regions as vector tiles, GeoJSON and tables. Answers that name their release never change; the \
             others show the current one. Errors are problem documents (RFC 9457).",
        ))
        .build();
    let mut components = Components::new();
    components.schemas.extend(schemas);
    components.schemas.insert(ProblemDocument::name().into_owned(), ProblemDocument::schema());
    OpenApiBuilder::new().info(info).paths(paths).components(Some(components)).build()
}

/// Adds what every operation may answer.
fn with_errors(item: &mut PathItem) {
    let Some(operation) = item.get.as_mut() else { return };
    let responses = &mut operation.responses.responses;
    let unchanged = ResponseBuilder::new().description("The client's copy is still right").build();
    responses.entry("304".to_owned()).or_insert(RefOr::T(unchanged));
    for (status, about) in ERRORS {
        let schema = Ref::from_schema_name(ProblemDocument::name());
        let content = ContentBuilder::new().schema(Some(schema)).build();
        let problem = ResponseBuilder::new().description(about).content("application/problem+json", content).build();
        responses.entry(status.to_owned()).or_insert(RefOr::T(problem));
    }
}
