//! What the OpenAPI document says of answers besides their bodies: their headers, and what every operation may refuse.
//!
//! ```text
//! of_release   an answer of a release: 200 and 304, with tag, caching policy and release
//! of_program   a file that the program carries: 200 and 304, with tag and caching policy
//! of_moment    something about this moment: never kept
//! of_file      what a browser saves: with its name
//! ```

use choro_http::problem::{ProblemDocument, RELEASE};
use choro_model::ReleaseId;
use hyper::{StatusCode, header, header::HeaderName};
use utoipa::{
    PartialSchema as _, ToSchema as _,
    openapi::{
        ContentBuilder, Header, HeaderBuilder, ObjectBuilder, Ref, RefOr, Response, ResponseBuilder, Schema, Type,
        path::Operation,
    },
};

/// What can go wrong, with the same words for every path.
const PROBLEMS: [(StatusCode, &str); 13] = [
    (StatusCode::BAD_REQUEST, "A parameter is unknown, repeated, empty or malformed; `parameter` names it"),
    (StatusCode::NOT_FOUND, "There is no such thing in the release"),
    (StatusCode::METHOD_NOT_ALLOWED, "Only GET, HEAD and OPTIONS are allowed"),
    (StatusCode::NOT_ACCEPTABLE, "No coding that there is (br, zstd, gzip, identity) is acceptable"),
    (StatusCode::GONE, "The release is not kept (any more)"),
    (StatusCode::PAYLOAD_TOO_LARGE, "The request has a body"),
    (StatusCode::URI_TOO_LONG, "The URL is too long"),
    (StatusCode::MISDIRECTED_REQUEST, "The request names a host that is not this server's"),
    (StatusCode::TOO_MANY_REQUESTS, "The client asks for more than its share; try again after `Retry-After` seconds"),
    (StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE, "The headers are too large"),
    (StatusCode::INTERNAL_SERVER_ERROR, "The server could not answer; its log has the reason under `request_id`"),
    (
        StatusCode::SERVICE_UNAVAILABLE,
        "The server is answering as many requests as it can, or is stopping; try again after `Retry-After` seconds",
    ),
    (StatusCode::GATEWAY_TIMEOUT, "The answer took too long"),
];

const PROBLEM_MEDIA: &str = "application/problem+json";

/// Answers of a release.
pub(super) fn of_release(operation: &mut Operation) {
    let release = RefOr::T(HeaderBuilder::new().schema(Some(ReleaseId::schema())).description(Some("The release")).build());
    let headers = [(RELEASE, release), (header::ETAG, tag()), (header::CACHE_CONTROL, policy())];
    with_headers(operation, &headers);
}

/// Files that the program carries.
pub(super) fn of_program(operation: &mut Operation) {
    with_headers(operation, &[(header::ETAG, tag()), (header::CACHE_CONTROL, policy())]);
}

/// Answers about this moment.
pub(super) fn of_moment(operation: &mut Operation) {
    let no_store = text("Never kept", &["no-store"]);
    for response in found(operation, |_| true) {
        response.headers.insert(header::CACHE_CONTROL.to_string(), no_store.clone());
    }
}

/// Answers that browsers save as files.
pub(super) fn of_file(operation: &mut Operation) {
    let name = text("The name of the file", &["attachment; filename=\"ru-subjects.csv\""]);
    for response in found(operation, |status| status == "200") {
        response.headers.insert(header::CONTENT_DISPOSITION.to_string(), name.clone());
    }
}

/// Answers of oEmbed, which have one format of two (<https://oembed.com>, 2.3.5).
pub(super) fn of_oembed(operation: &mut Operation) {
    let status = StatusCode::NOT_IMPLEMENTED;
    let refused = problem(status, "The format is xml: there is JSON alone");
    operation.responses.responses.insert(status.as_str().to_owned(), RefOr::T(refused));
}

/// The headers of what may be kept, and that the client's copy is still right.
fn with_headers(operation: &mut Operation, headers: &[(HeaderName, RefOr<Header>)]) {
    let unchanged = ResponseBuilder::new().description("The client's copy is still right").build();
    operation.responses.responses.insert("304".to_owned(), RefOr::T(unchanged));
    for response in found(operation, |status| !status.starts_with(['4', '5'])) {
        response.headers.extend(headers.iter().map(|(name, header)| (name.to_string(), header.clone())));
        let vary = text("What else the answer depends on", &["accept-encoding"]);
        response.headers.insert(header::VARY.to_string(), vary);
    }
    for response in found(operation, |status| status == "200") {
        let coding = ObjectBuilder::new().schema_type(Type::String).enum_values(Some(["br", "gzip", "zstd"]));
        response
            .headers
            .insert(header::CONTENT_ENCODING.to_string(), described("How the body is compressed", coding.into()));
    }
}

fn tag() -> RefOr<Header> {
    text("Tells this content in this coding from any other", &["\"1f3a9c0d5e77b2416c08d94e3a5f7120-gzip\""])
}

fn policy() -> RefOr<Header> {
    let known = ["public, max-age=31536000, immutable", "public, max-age=60, stale-while-revalidate=600"];
    text("For ever where the address names its release, else for a minute", &known)
}

fn text(about: &str, examples: &[&str]) -> RefOr<Header> {
    described(about, ObjectBuilder::new().schema_type(Type::String).examples(examples.iter().copied()).into())
}

fn described(about: &str, schema: Schema) -> RefOr<Header> {
    RefOr::T(HeaderBuilder::new().schema(Some(schema)).description(Some(about)).build())
}

/// The answers of an operation that stand in it themselves, by their status.
fn found(operation: &mut Operation, is_meant: impl Fn(&str) -> bool) -> impl Iterator<Item = &mut Response> {
    let meant = operation.responses.responses.iter_mut().filter(move |(status, _)| is_meant(status.as_str()));
    meant.filter_map(|(_, response)| match response {
        RefOr::T(response) => Some(response),
        RefOr::Ref(_) => None,
    })
}

/// The problems, as components of the document.
pub(super) fn problems() -> impl Iterator<Item = (String, RefOr<Response>)> {
    PROBLEMS.into_iter().map(|(status, about)| (name(status), RefOr::T(problem(status, about))))
}

/// Adds what every operation may refuse.
pub(super) fn with_problems(operation: &mut Operation) {
    let responses = &mut operation.responses.responses;
    for (status, about) in PROBLEMS {
        match responses.get_mut(status.as_str()) {
            None => {
                responses.insert(status.as_str().to_owned(), RefOr::Ref(Ref::from_response_name(name(status))));
            }
            // An answer of its own has this status, and so may a problem.
            Some(RefOr::T(own)) => own.content.extend(problem(status, about).content),
            Some(RefOr::Ref(_)) => {}
        }
    }
}

/// The name of a component, e.g. `BadRequest`.
fn name(status: StatusCode) -> String {
    status.canonical_reason().unwrap_or("Error").split(' ').collect()
}

fn problem(status: StatusCode, about: &str) -> Response {
    let content = ContentBuilder::new().schema(Some(Ref::from_schema_name(ProblemDocument::name()))).build();
    let mut response = ResponseBuilder::new().description(about).content(PROBLEM_MEDIA, content).build();
    response.headers.insert(header::CACHE_CONTROL.to_string(), text("Never kept", &["no-store"]));
    if matches!(status, StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE) {
        let seconds = ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(1)).examples([1]);
        let header = described("Seconds after which to try again", seconds.into());
        response.headers.insert(header::RETRY_AFTER.to_string(), header);
    }
    if status == StatusCode::METHOD_NOT_ALLOWED {
        let methods = text("The methods that there are", &["GET, HEAD, OPTIONS"]);
        response.headers.insert(header::ALLOW.to_string(), methods);
    }
    response
}
