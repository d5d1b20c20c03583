//! Areas: as GeoJSON, as files of GIS desktops, without geometry, and one by one.

use super::{
    Shared, described,
    document::{self, Document},
    names_in_paths, parameters as p, refusal,
};
use crate::serving::{Answer, AskedSeries, DataQuery, GisFile};
use axum::{extract::State, response::Response};
use choro_bundle::encode::{area::AreaProfile, area_list::AreaList, feature_collection::FeatureCollection};
use choro_http::{
    endpoints::Endpoints,
    extract::{Dimensions, Path, Query, QueryAndDimensions},
    problem::Problem,
};
use utoipa_axum::routes;

pub(super) fn endpoints() -> Endpoints<Shared> {
    let files = Endpoints::default().and(routes!(geopackage)).and(routes!(qlr)).describe(described::of_file);
    let costly = Endpoints::default().and(routes!(geojson)).with(files).map(document::costly);
    let light = Endpoints::default().and(routes!(areas)).map(document::light);
    let all = costly.with(light).with(Endpoints::default().and(routes!(area)).map(document::costly));
    all.describe(described::of_release)
}

/// All areas as GeoJSON, joined with one selection or alone
#[utoipa::path(
    get,
    path = "/areas/{set}.geojson",
    operation_id = "GeoJson",
    params(names_in_paths::SetPath, p::GeoJson, p::FurtherDimensions),
    responses((status = 200, description = "A collection of features", body = FeatureCollection<'static>, content_type = "application/geo+json"))
)]
async fn geojson(
    State(app): State<Shared>,
    Path(path): Path<names_in_paths::SetPath>,
    QueryAndDimensions(query, dimensions): QueryAndDimensions<p::GeoJson>,
    document: Document,
) -> Result<Response, Problem> {
    let ask = DataQuery {
        release: query.release,
        indicator: query.indicator,
        periods: query.period.into_iter().collect(),
        borders: query.borders,
        lang: query.lang,
        dimensions,
        ..DataQuery::of(path.set)
    };
    let answer = app.server.geojson(&ask, query.zoom.map(|zoom| zoom.0), document.accepted()).await;
    Ok(document.respond(
        &app,
        answer.map_err(|error| refusal::of_data::<p::GeoJson>(error, &["set"]))?,
        "application/geo+json",
    ))
}

/// A GeoPackage of all areas with the values of one selection and its style for QGIS; codes are texts
#[utoipa::path(
    get,
    path = "/areas/{set}.gpkg",
    operation_id = "GeoPackage",
    params(names_in_paths::SetPath, p::Desktop, p::FurtherDimensions),
    responses((status = 200, description = "A GeoPackage", content_type = "application/geopackage+sqlite3"))
)]
async fn geopackage(
    State(app): State<Shared>,
    Path(path): Path<names_in_paths::SetPath>,
    QueryAndDimensions(query, dimensions): QueryAndDimensions<p::Desktop>,
    document: Document,
) -> Result<Response, Problem> {
    let name = format!("{}.gpkg", path.set);
    let answer = desktop(&app, path, query, dimensions, GisFile::GeoPackage, &document).await?;
    document.attach(&app, answer, "application/geopackage+sqlite3", &name)
}

/// A layer definition of QGIS: draws one selection from its address, in the classes of its legend
#[utoipa::path(
    get,
    path = "/areas/{set}.qlr",
    operation_id = "Qlr",
    params(names_in_paths::SetPath, p::Desktop, p::FurtherDimensions),
    responses((status = 200, description = "A layer definition", body = String, content_type = "application/x-qgis-layer-definition"))
)]
async fn qlr(
    State(app): State<Shared>,
    Path(path): Path<names_in_paths::SetPath>,
    QueryAndDimensions(query, dimensions): QueryAndDimensions<p::Desktop>,
    document: Document,
) -> Result<Response, Problem> {
    let name = format!("{}.qlr", path.set);
    let answer = desktop(&app, path, query, dimensions, GisFile::Qlr, &document).await?;
    document.attach(&app, answer, "application/x-qgis-layer-definition", &name)
}

async fn desktop(
    app: &Shared,
    path: names_in_paths::SetPath,
    query: p::Desktop,
    dimensions: Dimensions,
    file: GisFile,
    document: &Document,
) -> Result<Answer, Problem> {
    let options = query.classing().options().map_err(refusal::of_query)?;
    let ask = DataQuery {
        release: query.release,
        indicator: Some(query.indicator),
        periods: vec![query.period],
        borders: query.borders,
        lang: query.lang,
        dimensions,
        ..DataQuery::of(path.set)
    };
    let answer = app.server.gis(&ask, options, file, document.accepted()).await;
    answer.map_err(|error| refusal::of_data::<p::Desktop>(error, &["set"]))
}

/// All areas without geometry: codes, names in all languages, the areas above, a point inside, bounds
#[utoipa::path(
    get,
    path = "/areas/{set}.json",
    operation_id = "Areas",
    params(names_in_paths::SetPath, p::PinnedBorders),
    responses((status = 200, description = "The areas", body = AreaList<'static>))
)]
async fn areas(
    State(app): State<Shared>,
    Path(path): Path<names_in_paths::SetPath>,
    Query(query): Query<p::PinnedBorders>,
    document: Document,
) -> Result<Response, Problem> {
    let ask = DataQuery { release: query.release, borders: query.borders, ..DataQuery::of(path.set) };
    let answer = app.server.areas(&ask, document.accepted()).await.map_err(|error| refusal::of(error, &["set"]))?;
    Ok(document.respond(&app, answer, "application/json"))
}

/// One area: its names, the areas above and right below it, and all its values at the usual codes, or those of one indicator at any codes
#[utoipa::path(
    get,
    path = "/areas/{set}/{code}",
    operation_id = "Area",
    params(names_in_paths::AreaPath, p::Area, p::FurtherDimensions),
    responses((status = 200, description = "The area", body = AreaProfile<'static>))
)]
async fn area(
    State(app): State<Shared>,
    Path(path): Path<names_in_paths::AreaPath>,
    QueryAndDimensions(query, dimensions): QueryAndDimensions<p::Area>,
    document: Document,
) -> Result<Response, Problem> {
    let ask = DataQuery { release: query.release, borders: query.borders, lang: query.lang, ..DataQuery::of(path.set) };
    let series = AskedSeries { indicator: query.indicator, dimensions };
    let answer = app.server.area(&ask, path.code.as_str(), &series, document.accepted()).await;
    Ok(document.respond(
        &app,
        answer.map_err(|error| refusal::of_data::<p::Area>(error, &["set", "code"]))?,
        "application/json",
    ))
}
