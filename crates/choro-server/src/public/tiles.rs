//! Tiles, and what says where they are.

use super::{
    App, Shared,
    conditions::{etag, known},
    described,
    document::{self, Document},
    names_in_paths, negotiation, parameters as p, refusal, respond,
};
use crate::serving::DataQuery;
use axum::extract::{FromRequestParts, State};
use choro_bundle::encode::tilejson::TileJson;
use choro_http::{
    body::Pieces,
    endpoints::Endpoints,
    extract::{Names, Path, QueryAndDimensions, Template},
    problem::Problem,
};
use choro_model::{
    Encoding, GridId, IdError, SetId,
    grid::{TileCoord, TileCoordError},
};
use hyper::{HeaderMap, StatusCode, Uri, http::request::Parts};
use utoipa_axum::routes;

/// Where tiles begin.
const PREFIX: &str = "/tiles/";

pub(super) fn endpoints() -> Endpoints<Shared> {
    let documents = Endpoints::default().and(routes!(tilejson)).map(document::costly);
    Endpoints::default().and(routes!(mvt)).and(routes!(mlt)).with(documents).describe(described::of_release)
}

/// A kind of tiles.
#[derive(Debug, Clone)]
pub(super) struct Format {
    encoding: Encoding,
    template: Template,
}

/// The rows of tiles in the counts, by what their paths end with. A tile is found here and not by the router: its way through
/// the router costs as much again as all the rest (ARCHITECTURE.md, "HTTP").
#[derive(Debug)]
pub(super) struct TileRows(Vec<(usize, String, Format)>);

impl TileRows {
    pub fn of(templates: &[(String, Template)]) -> Self {
        let of = |(row, (path, template)): (usize, &(String, Template))| {
            let encoding =
                Encoding::ALL.into_iter().find(|encoding| path.ends_with(&format!("{{y}}.{}", encoding.as_str())))?;
            Some((row, format!(".{}", encoding.as_str()), Format { encoding, template: template.clone() }))
        };
        Self(templates.iter().enumerate().filter_map(of).collect())
    }

    pub fn find(&self, path: &str) -> Option<(usize, &Format)> {
        if !path.starts_with(PREFIX) {
            return None;
        }
        self.0.iter().find(|(_, ending, _)| path.ends_with(ending.as_str())).map(|(row, _, format)| (*row, format))
    }
}

/// One tile. Its body is not boxed, and its head was made once for the release.
pub(super) async fn tile(
    app: &App,
    uri: &Uri,
    headers: &HeaderMap,
    format: &Format,
) -> Result<choro_http::Response, Problem> {
    let names = format.template.names(uri.path()).ok_or_else(Problem::nothing)?;
    let ask = AskedTile::read(format.encoding, TileAddress::read(&names)?, TileQuery::read(uri.query())?);
    Ok(ask.answer(app, headers).await?.map(Into::into))
}

/// Where a tile lies. Read without copies of its numbers: this is the way of every tile.
struct TileAddress {
    set: SetId,
    grid: GridId,
    coord: TileCoord,
}

impl TileAddress {
    fn read(names: &Names<'_, '_>) -> Result<Self, Problem> {
        let [(_, set), (_, grid), (_, z), (_, x), (_, y)] = names.as_slice() else { return Err(Problem::nothing()) };
        let id = |error: IdError| Problem::not_found(error.to_string());
        let coord = TileCoord::parse(z, x, y).map_err(|error| {
            let not_a_number = matches!(error, TileCoordError::NotANumber { .. });
            Problem::new(if not_a_number { StatusCode::BAD_REQUEST } else { StatusCode::NOT_FOUND }, error.to_string())
        })?;
        Ok(Self { set: SetId::new(set).map_err(id)?, grid: GridId::new(grid).map_err(id)?, coord })
    }
}

impl<S: Sync> FromRequestParts<S> for TileAddress {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        Self::read(&Template::names_of(parts)?)
    }
}

/// The query of a tile. Parameters of styles are ignored beside the foreign ones.
struct TileQuery(QueryAndDimensions<p::Tile>);

impl TileQuery {
    fn read(query: Option<&str>) -> Result<Self, Problem> {
        QueryAndDimensions::read_ignoring(&p::OF_STYLES, query).map(Self)
    }
}

impl<S: Sync> FromRequestParts<S> for TileQuery {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        Self::read(parts.uri.query())
    }
}

/// A tile that is asked for.
struct AskedTile {
    query: DataQuery,
    coord: TileCoord,
}

impl AskedTile {
    fn read(encoding: Encoding, address: TileAddress, query: TileQuery) -> Self {
        let (TileAddress { set, grid, coord }, TileQuery(QueryAndDimensions(query, dimensions))) = (address, query);
        let query = DataQuery {
            release: query.release,
            set,
            grid: Some(grid),
            encoding,
            indicator: query.indicator,
            periods: query.period.into_iter().collect(),
            ranges: Vec::new(),
            borders: query.borders,
            lang: None,
            dimensions,
        };
        Self { query, coord }
    }

    async fn answer(&self, app: &App, headers: &HeaderMap) -> Result<hyper::Response<Pieces>, Problem> {
        let known = |tag, coding| known(headers, || etag(tag, coding));
        let answer = app.server.tile(&self.query, self.coord, negotiation::accepted(headers), known).await;
        let answer = answer.map_err(|error| refusal::of_data::<p::Tile>(error, &["set", "grid"]))?;
        Ok(respond::release(answer, media(self.query.encoding), &app.heads))
    }
}

const fn media(encoding: Encoding) -> &'static str {
    match encoding {
        Encoding::Mvt => "application/vnd.mapbox-vector-tile",
        Encoding::Mlt => "application/vnd.maplibre-tile",
    }
}

/// A vector tile with the values of one selection; 204 where nothing lies in it. Parameters of styles are ignored
#[utoipa::path(
    get,
    path = "/tiles/{set}/{grid}/{z}/{x}/{y}.mvt",
    operation_id = "Tile",
    params(names_in_paths::TilePath, p::Tile, p::FurtherDimensions),
    responses(
        (status = 200, description = "A vector tile with the values of one selection", content_type = "application/vnd.mapbox-vector-tile"),
        (status = 204, description = "An empty tile"),
    )
)]
async fn mvt(
    State(app): State<Shared>,
    address: TileAddress,
    query: TileQuery,
    headers: HeaderMap,
) -> Result<axum::response::Response, Problem> {
    let answer = AskedTile::read(Encoding::Mvt, address, query).answer(&app, &headers).await?;
    Ok(answer.map(axum::body::Body::new))
}

/// A vector tile encoded as MapLibre Tile, of sets that are published with mlt = true; 204 where nothing lies in it. Parameters of styles are
/// ignored
#[utoipa::path(
    get,
    path = "/tiles/{set}/{grid}/{z}/{x}/{y}.mlt",
    operation_id = "TileMlt",
    params(names_in_paths::TilePath, p::Tile, p::FurtherDimensions),
    responses(
        (status = 200, description = "A vector tile encoded as MapLibre Tile", content_type = "application/vnd.maplibre-tile"),
        (status = 204, description = "An empty tile"),
    )
)]
async fn mlt(
    State(app): State<Shared>,
    address: TileAddress,
    query: TileQuery,
    headers: HeaderMap,
) -> Result<axum::response::Response, Problem> {
    let answer = AskedTile::read(Encoding::Mlt, address, query).answer(&app, &headers).await?;
    Ok(answer.map(axum::body::Body::new))
}

/// TileJSON 3.0.0 of one selection, or of geometry alone; its tile URL is pinned to the release
#[utoipa::path(
    get,
    path = "/tiles/{set}/{grid}.json",
    operation_id = "TileJson",
    params(names_in_paths::GridPath, p::TileJson, p::FurtherDimensions),
    responses((status = 200, description = "TileJSON 3.0.0", body = TileJson<'static>))
)]
async fn tilejson(
    State(app): State<Shared>,
    Path(path): Path<names_in_paths::GridPath>,
    QueryAndDimensions(query, dimensions): QueryAndDimensions<p::TileJson>,
    document: Document,
) -> Result<axum::response::Response, Problem> {
    let ask = DataQuery {
        release: query.release,
        set: path.set,
        grid: Some(path.grid),
        encoding: query.encoding.map_or(Encoding::Mvt, |encoding| encoding.0),
        indicator: query.indicator,
        periods: query.period.into_iter().collect(),
        ranges: Vec::new(),
        borders: query.borders,
        lang: query.lang,
        dimensions,
    };
    let answer = app.server.tilejson(&ask, document.accepted()).await;
    let answer = answer.map_err(|error| refusal::of_data::<p::TileJson>(error, &["set", "grid"]))?;
    Ok(document.respond(&app, answer, "application/json"))
}
