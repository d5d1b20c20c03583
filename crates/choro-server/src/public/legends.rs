//! Legends.

use super::{
    Shared, described,
    document::{self, Document},
    names_in_paths, parameters as p, refusal,
};
use crate::serving::DataQuery;
use axum::{extract::State, response::Response};
use choro_carto::style::Legend;
use choro_http::{
    endpoints::Endpoints,
    extract::{Path, QueryAndDimensions},
    problem::Problem,
};
use utoipa_axum::routes;

pub(super) fn endpoints() -> Endpoints<Shared> {
    Endpoints::default().and(routes!(legend)).map(document::costly).describe(described::of_release)
}

/// Legend of one selection: classes with limits, labels and colours, zero, and the states
#[utoipa::path(
    get,
    path = "/legends/{indicator}.json",
    operation_id = "Legend",
    params(names_in_paths::IndicatorPath, p::Legend, p::FurtherDimensions),
    responses((status = 200, description = "A legend", body = Legend))
)]
async fn legend(
    State(app): State<Shared>,
    Path(path): Path<names_in_paths::IndicatorPath>,
    QueryAndDimensions(query, dimensions): QueryAndDimensions<p::Legend>,
    document: Document,
) -> Result<Response, Problem> {
    let options = query.classing().options().map_err(refusal::of_query)?;
    let ask = DataQuery {
        release: query.release,
        indicator: Some(path.indicator),
        periods: vec![query.period],
        borders: query.borders,
        lang: query.lang,
        dimensions,
        ..DataQuery::of(query.set)
    };
    let answer = app.server.legend(&ask, query.from, options, document.accepted()).await;
    Ok(document.respond(
        &app,
        answer.map_err(|error| refusal::of_data::<p::Legend>(error, &["indicator"]))?,
        "application/json",
    ))
}
