//! Pictures of a map with title, legend, notes and source.

use super::{
    Shared, described,
    document::{self, Document},
    parameters as p, refusal,
};
use crate::serving::PictureFormat;
use axum::{extract::State, response::Response};
use choro_http::{
    endpoints::Endpoints,
    extract::{Dimensions, QueryAndDimensions},
    problem::Problem,
};
use hyper::{header, header::HeaderValue};
use utoipa_axum::routes;

pub(super) fn endpoints() -> Endpoints<Shared> {
    Endpoints::default()
        .and(routes!(svg))
        .and(routes!(png))
        .and(routes!(pdf))
        .map(document::costly)
        .describe(described::of_release)
}

/// A map with title, legend, notes and source as SVG
#[utoipa::path(
    get,
    path = "/picture.svg",
    operation_id = "PictureSvg",
    params(p::Picture, p::FurtherDimensions),
    responses((status = 200, description = "A drawing", body = String, content_type = "image/svg+xml"))
)]
async fn svg(
    State(app): State<Shared>,
    QueryAndDimensions(query, dimensions): QueryAndDimensions<p::Picture>,
    document: Document,
) -> Result<Response, Problem> {
    picture(&app, &query, dimensions, PictureFormat::Svg, "image/svg+xml", &document).await
}

/// A map with title, legend, notes and source as PNG; pages have two pixels for each of the drawing's
#[utoipa::path(
    get,
    path = "/picture.png",
    operation_id = "PicturePng",
    params(p::Picture, p::FurtherDimensions),
    responses((status = 200, description = "A picture", content_type = "image/png"))
)]
async fn png(
    State(app): State<Shared>,
    QueryAndDimensions(query, dimensions): QueryAndDimensions<p::Picture>,
    document: Document,
) -> Result<Response, Problem> {
    picture(&app, &query, dimensions, PictureFormat::Png, "image/png", &document).await
}

/// A map with title, legend, notes and source as PDF
#[utoipa::path(
    get,
    path = "/picture.pdf",
    operation_id = "PicturePdf",
    params(p::Picture, p::FurtherDimensions),
    responses((status = 200, description = "A page", content_type = "application/pdf"))
)]
async fn pdf(
    State(app): State<Shared>,
    QueryAndDimensions(query, dimensions): QueryAndDimensions<p::Picture>,
    document: Document,
) -> Result<Response, Problem> {
    picture(&app, &query, dimensions, PictureFormat::Pdf, "application/pdf", &document).await
}

async fn picture(
    app: &Shared,
    query: &p::Picture,
    dimensions: Dimensions,
    format: PictureFormat,
    media: &'static str,
    document: &Document,
) -> Result<Response, Problem> {
    let (release, size) = (query.release.as_ref(), query.size.unwrap_or_default());
    let pairs = query.pairs(dimensions);
    let answer = app.server.picture(release, &pairs, size, format, document.accepted()).await;
    let mut response = document.respond(app, answer.map_err(refusal::of_query)?, media);
    // A picture in a frame is framed as a page is.
    let policy = format!("default-src 'none'; frame-ancestors {}", app.frame_ancestors.load());
    let policy = HeaderValue::try_from(policy).map_err(|error| Problem::internal(error.to_string()))?;
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    Ok(response)
}
