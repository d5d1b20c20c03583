//! Handlers: parse, call, respond.

use super::{
    App, Request, Response,
    conditional::{etag, known},
    encoding, fault, openapi, pages,
    path::{self, Named},
    peer::{Peer, Purse},
    problem::Problem,
    query::{self, Query},
    respond::{self, CachePolicy},
    routes::{Endpoint, Route},
    shield::Row,
};
use crate::serving::{
    AcceptedCodings as Accepted, Answer, AnswerContent as Content, ClassingQuery as Classing, DataQuery as Ask, GisFile,
    PageKind as Page, PictureFormat as Format, ServeError, TableFormat as Table, paid_by,
};
use choro_model::{
    Encoding,
    grid::{TileCoord, TileCoordError},
};
use hyper::{HeaderMap, StatusCode, header, header::HeaderValue};
use std::sync::Arc;

/// Answers a request: by the first route that its path is one of, else with a file of the viewer.
pub(super) async fn answer(app: &App, request: &Request, peer: &Peer, row: &Row) -> Result<Response, Problem> {
    fault::strike(request.headers());
    let Some((route, names)) = path::find(request.uri().path()) else { return pages::asset(request) };
    row.set(route.endpoint as usize);
    // The query of a page says which map it shows, and a mistake in it is told there.
    let page = match route.endpoint {
        Endpoint::Page => Some(Page::Viewer),
        Endpoint::Embed => Some(Page::Embed { controls: true }),
        _ => None,
    };
    if let Some(page) = page {
        return Box::pin(paid_by(purse(app, request, peer, route), pages::page(app, request, page))).await;
    }
    let query = query::parse(route, request.uri().query())?;
    let call = Call { app, route, names, query, headers: request.headers() };
    match route.endpoint {
        Endpoint::Tile | Endpoint::TileMlt => call.tile().await,
        Endpoint::OpenApi => openapi::DOCUMENT.respond(call.headers, CachePolicy::Revalidate),
        Endpoint::Live => Ok(respond::live()),
        Endpoint::Ready => Ok(respond::ready(app.is_ready())),
        // Documents need a future of many kilobytes, which every tile would have to move with its own.
        _ => Box::pin(paid_by(purse(app, request, peer, route), call.document())).await,
    }
}

/// Who pays for what has to be made.
fn purse(app: &App, request: &Request, peer: &Peer, route: &Route) -> Arc<Purse> {
    let is_of_values = matches!(route.endpoint, Endpoint::ValuesJson | Endpoint::ValuesCsv | Endpoint::Areas);
    Arc::new(Purse { client: app.peers.client(peer, request.headers()), is_of_values })
}

/// One request, parsed.
struct Call<'a> {
    app: &'a App,
    route: &'static Route,
    names: Named<'a>,
    query: Query<'a>,
    headers: &'a HeaderMap,
}

impl Call<'_> {
    async fn tile(&self) -> Result<Response, Problem> {
        let coord = TileCoord::parse(self.names.get("z"), self.names.get("x"), self.names.get("y")).map_err(|error| {
            let not_a_number = matches!(error, TileCoordError::NotANumber { .. });
            Problem::new(if not_a_number { StatusCode::BAD_REQUEST } else { StatusCode::NOT_FOUND }, error.to_string())
        })?;
        let known = |tag, coding| known(self.headers, || etag(tag, coding));
        let answer = self.app.server.tile(&self.ask(), coord, encoding::accepted(self.headers), known).await;
        Ok(respond::release(answer.map_err(|error| self.problem(error))?, self.route.media, &self.app.heads))
    }

    /// Any answer that is kept whole, and so has its tag before it is asked for.
    async fn document(&self) -> Result<Response, Problem> {
        let mut answer = self.ask_for(encoding::accepted(self.headers)).await.map_err(|error| self.problem(error))?;
        if known(self.headers, || etag(answer.tag, answer.coding)) {
            answer.content = Content::Unchanged;
        }
        let mut response = respond::release(answer, self.route.media, &self.app.heads);
        let file = match self.route.endpoint {
            Endpoint::ValuesCsv => Some("csv"),
            Endpoint::GeoPackage => Some("gpkg"),
            Endpoint::Qlr => Some("qlr"),
            _ => None,
        };
        if let Some(ending) = file {
            let name = format!("attachment; filename=\"{}.{ending}\"", self.names.get("set"));
            let name = HeaderValue::try_from(name).map_err(|error| Problem::internal(error.to_string()))?;
            response.headers_mut().insert(header::CONTENT_DISPOSITION, name);
        }
        Ok(response)
    }

    async fn ask_for(&self, accepted: Accepted) -> Result<Answer, ServeError> {
        let (server, ask) = (&self.app.server, self.ask());
        match self.route.endpoint {
            Endpoint::Catalog => server.catalog(&ask, accepted).await,
            Endpoint::TileJson => server.tilejson(&ask, accepted).await,
            Endpoint::Style => server.style(&ask, &self.classing(), self.names.get("style"), accepted).await,
            Endpoint::Legend => server.legend(&ask, self.query.get("from"), &self.classing(), accepted).await,
            Endpoint::ValuesJson => server.values(&ask, Table::Json, accepted).await,
            Endpoint::ValuesCsv => server.values(&ask, Table::Csv, accepted).await,
            Endpoint::GeoJson => server.geojson(&ask, self.query.get("zoom"), accepted).await,
            Endpoint::GeoPackage => server.gis(&ask, &self.classing(), GisFile::GeoPackage, accepted).await,
            Endpoint::Qlr => server.gis(&ask, &self.classing(), GisFile::Qlr, accepted).await,
            Endpoint::Areas => server.areas(&ask, accepted).await,
            Endpoint::Area => server.area(&ask, self.names.get("code"), accepted).await,
            Endpoint::PictureSvg => self.picture(Format::Svg, accepted).await,
            Endpoint::PicturePng => self.picture(Format::Png, accepted).await,
            Endpoint::PicturePdf => self.picture(Format::Pdf, accepted).await,
            Endpoint::OEmbed => self.oembed(accepted).await,
            Endpoint::Page
            | Endpoint::Embed
            | Endpoint::Tile
            | Endpoint::TileMlt
            | Endpoint::OpenApi
            | Endpoint::Live
            | Endpoint::Ready => Err(ServeError::Internal(format!("{:?} is no document of a release", self.route.endpoint))),
        }
    }

    async fn picture(&self, format: Format, accepted: Accepted) -> Result<Answer, ServeError> {
        let (release, size) = (self.query.get("release"), self.query.get("size"));
        self.app.server.picture(release, &self.query.pairs(), size, format, accepted).await
    }

    async fn oembed(&self, accepted: Accepted) -> Result<Answer, ServeError> {
        let address = self.query.get("url").unwrap_or_default();
        let page = self.app.server.own(address)?;
        let query = query::lenient(page.split_once('?').map(|(_, query)| query));
        let limit = |name| self.query.get(name);
        let limits = [limit("maxwidth"), limit("maxheight")];
        self.app.server.oembed(&query, limits, self.query.get("format"), accepted).await
    }

    fn ask(&self) -> Ask<'_> {
        // Of a tile the path says it.
        let encoding =
            if self.route.endpoint == Endpoint::TileMlt { Some(Encoding::Mlt.as_str()) } else { self.query.get("encoding") };
        Ask {
            release: self.query.get("release"),
            set: self.either("set").unwrap_or_default(),
            grid: self.either("grid").unwrap_or_default(),
            encoding,
            indicator: self.either("indicator"),
            period: self.query.get("period"),
            borders: self.query.get("borders"),
            lang: self.query.get("lang"),
            dimensions: self.query.dimensions(),
        }
    }

    /// What the path names, or else the query.
    fn either(&self, name: &str) -> Option<&str> {
        self.names.find(name).or_else(|| self.query.get(name))
    }

    fn classing(&self) -> Classing<'_> {
        Classing {
            method: self.query.get("method"),
            classes: self.query.get("classes"),
            breaks: self.query.get("breaks"),
            scope: self.query.get("scope"),
            palette: self.query.get("palette"),
        }
    }

    fn problem(&self, error: ServeError) -> Problem {
        Problem::of(error, |name| self.names.find(name).is_some())
    }
}
