//! Pages of the viewer, as the server draws them.

use super::{
    App, Shared,
    accept_language::languages,
    conditions::{etag, known},
    described,
    document::{self, Document},
    files::{Viewer, policy},
    headers::{RESOURCE_POLICY, SAME_ORIGIN},
    negotiation, parameters as p, refusal, respond,
    values_in_queries::OEmbedFormat,
};
use crate::serving::{AnswerContent, OEmbed, PageKind, PageQuery};
use axum::{extract::State, response::Response};
use choro_http::{
    endpoints::Endpoints,
    extract::{Query, lenient},
    problem::Problem,
};
use hyper::{HeaderMap, StatusCode, Uri, header, header::HeaderValue};
use std::sync::LazyLock;
use utoipa_axum::routes;

pub(super) fn endpoints() -> Endpoints<Shared> {
    Endpoints::default()
        .and(routes!(viewer))
        .and(routes!(embed))
        .with(Endpoints::default().and(routes!(oembed)).describe(described::of_oembed))
        .map(document::costly)
        .describe(described::of_release)
}

/// The pages of the build, with places for what the server draws.
static TEMPLATES: LazyLock<[Option<String>; 2]> = LazyLock::new(|| {
    ["index.html", "embed/index.html"].map(|name| String::from_utf8(Viewer::get(name)?.data.into_owned()).ok())
});

/// The viewer. What its query says and the server does not understand is named on the page, and the rest is shown
#[utoipa::path(
    get,
    path = "/",
    operation_id = "Page",
    params(p::Picture, p::FurtherDimensions),
    responses((status = 200, description = "The viewer", body = String, content_type = "text/html"))
)]
async fn viewer(State(app): State<Shared>, uri: Uri, headers: HeaderMap) -> Result<Response, Problem> {
    page(&app, &uri, &headers, PageKind::Viewer).await
}

/// The map alone, for frames on other sites, with the query of the viewer's page
#[utoipa::path(
    get,
    path = "/embed",
    operation_id = "Embed",
    params(p::Picture, p::Frame, p::FurtherDimensions),
    responses((status = 200, description = "The map alone", body = String, content_type = "text/html"))
)]
async fn embed(State(app): State<Shared>, uri: Uri, headers: HeaderMap) -> Result<Response, Problem> {
    page(&app, &uri, &headers, PageKind::Embed { controls: true }).await
}

/// oEmbed 1.0 of a page of the viewer
#[utoipa::path(
    get,
    path = "/oembed",
    operation_id = "OEmbed",
    params(p::OEmbed),
    responses((status = 200, description = "An oEmbed document", body = OEmbed))
)]
async fn oembed(State(app): State<Shared>, Query(query): Query<p::OEmbed>, document: Document) -> Result<Response, Problem> {
    if query.format == Some(OEmbedFormat::Xml) {
        let detail = "an oEmbed document is there as JSON alone: ask with format=json";
        return Err(Problem::new(StatusCode::NOT_IMPLEMENTED, detail));
    }
    let page = app.server.own(&query.url).map_err(refusal::of_query)?;
    let shown = lenient(page.split_once('?').map(|(_, query)| query));
    let limits = [query.maxwidth, query.maxheight];
    let answer = app.server.oembed(&shown, limits, document.accepted()).await;
    Ok(document.respond(&app, answer.map_err(refusal::of_query)?, "application/json"))
}

/// A page of what its query shows. Where there is no release to draw from, the page is as it was built, and its script says why.
async fn page(app: &App, uri: &Uri, headers: &HeaderMap, page: PageKind) -> Result<Response, Problem> {
    let query = lenient(uri.query());
    let given = |name: &str, value: &str| query.iter().any(|(n, v)| n == name && v == value);
    let page = match page {
        PageKind::Embed { .. } if given("mode", "full") => PageKind::Full,
        PageKind::Embed { .. } => PageKind::Embed { controls: !given("controls", "0") },
        page => page,
    };
    let template = TEMPLATES.get(usize::from(!page.is_viewer())).and_then(Option::as_deref);
    let Some(template) = template else {
        return Err(Problem::not_found("this server was built without the viewer: see /catalog.json and /openapi.json"));
    };
    let languages = languages(headers);
    let ask = PageQuery { page, template, query: &query, languages: &languages };
    let answer = app.server.page(&ask, negotiation::accepted(headers)).await;
    let mut answer = answer.map_err(refusal::of_query)?;
    if known(headers, || etag(answer.tag, answer.coding)) {
        answer.content = AnswerContent::Unchanged;
    }
    let mut response = respond::release(answer, "text/html; charset=utf-8", &app.heads);
    let headers = response.headers_mut();
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding, accept-language"));
    if page == PageKind::Viewer {
        // The page itself is for its own site alone, in frames and otherwise.
        headers.insert(header::CONTENT_SECURITY_POLICY, policy("'self'")?);
        headers.insert(RESOURCE_POLICY, SAME_ORIGIN);
    } else {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy(&app.frame_ancestors.load())?);
    }
    Ok(response.map(axum::body::Body::new))
}
