//! Values by area.

use super::{
    Shared, described,
    document::{self, Document},
    names_in_paths, parameters as p, refusal,
};
use crate::serving::{Answer, DataQuery, TableFormat};
use axum::{extract::State, response::Response};
use choro_bundle::encode::values::Values;
use choro_http::{
    endpoints::Endpoints,
    extract::{Dimensions, Path, QueryAndDimensions},
    problem::Problem,
};
use utoipa_axum::routes;

pub(super) fn endpoints() -> Endpoints<Shared> {
    let files = Endpoints::default().and(routes!(csv)).describe(described::of_file);
    Endpoints::default().and(routes!(json)).with(files).map(document::light).describe(described::of_release)
}

/// Values by area, one column a period, as JSON
#[utoipa::path(
    get,
    path = "/values/{set}.json",
    operation_id = "ValuesJson",
    params(names_in_paths::SetPath, p::Values, p::FurtherDimensions),
    responses((status = 200, description = "A table of values", body = Values<'static>))
)]
async fn json(
    State(app): State<Shared>,
    Path(path): Path<names_in_paths::SetPath>,
    QueryAndDimensions(query, dimensions): QueryAndDimensions<p::Values>,
    document: Document,
) -> Result<Response, Problem> {
    let answer = table(&app, path, query, dimensions, TableFormat::Json, &document).await?;
    Ok(document.respond(&app, answer, "application/json"))
}

/// Values by area, for each period value, state and flag, as CSV
#[utoipa::path(
    get,
    path = "/values/{set}.csv",
    operation_id = "ValuesCsv",
    params(names_in_paths::SetPath, p::Values, p::FurtherDimensions),
    responses((status = 200, description = "A table of values", body = String, content_type = "text/csv"))
)]
async fn csv(
    State(app): State<Shared>,
    Path(path): Path<names_in_paths::SetPath>,
    QueryAndDimensions(query, dimensions): QueryAndDimensions<p::Values>,
    document: Document,
) -> Result<Response, Problem> {
    // One period is told by the heads; a file of several is kept beside others, and says which it has.
    let several = query.period.periods.len() + 2 * query.period.ranges.len() > 1;
    let name = if several { format!("{}-{}.csv", path.set, query.period.name()) } else { format!("{}.csv", path.set) };
    let answer = table(&app, path, query, dimensions, TableFormat::Csv, &document).await?;
    document.attach(&app, answer, "text/csv; charset=utf-8", &name)
}

async fn table(
    app: &Shared,
    path: names_in_paths::SetPath,
    query: p::Values,
    dimensions: Dimensions,
    table: TableFormat,
    document: &Document,
) -> Result<Answer, Problem> {
    let ask = DataQuery {
        release: query.release,
        indicator: Some(query.indicator),
        periods: query.period.periods,
        ranges: query.period.ranges,
        borders: query.borders,
        lang: query.lang,
        dimensions,
        ..DataQuery::of(path.set)
    };
    let answer = app.server.values(&ask, table, document.accepted()).await;
    answer.map_err(|error| refusal::of_data::<p::Values>(error, &["set"]))
}
