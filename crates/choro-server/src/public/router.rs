//! The router, and what goes past it.

use super::{
    App, Shared, areas, catalog, document::Caller, files, headers, health, legends, limits, openapi, pages, pictures,
    respond, styles, tiles, values,
};
use crate::serving::ReleaseServer;
use arc_swap::ArcSwap;
use axum::Router;
use choro_config::Limits;
use choro_http::{
    Request, Response,
    body::Body,
    endpoints::{self, Endpoints, FoundRow},
    extract::Template,
    gate::{Answers, Call, Gate},
    problem::Problem,
};
use hyper::{Method, StatusCode, header, header::HeaderValue};
use std::{
    io,
    pin::pin,
    sync::{
        Arc, LazyLock,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
    time::Duration,
};
use tokio::net::TcpListener;
use tower_http::cors::{AllowHeaders, Any, CorsLayer};
use tower_service::Service as _;

/// Everything that belongs to no path of the interface: files of the viewer, and paths where nothing is.
const OTHER: &str = "other";
/// How long a browser may remember that it may ask.
const PREFLIGHT: Duration = Duration::from_secs(24 * 60 * 60);

/// The public interface of one server.
#[derive(Debug)]
pub struct Public {
    app: Shared,
    router: Router,
    templates: Vec<(String, Template)>,
    tiles: tiles::TileRows,
}

/// A gate as the public interface needs it.
#[must_use]
pub fn gate(limits: Limits) -> Gate {
    Gate::new(limits, headers::EVERY.clone())
}

/// The rows of the counts of requests.
pub fn rows() -> impl Iterator<Item = String> {
    let paths: Vec<_> = endpoints().paths().map(str::to_owned).collect();
    paths.into_iter().chain([OTHER.to_owned()])
}

/// Every path of the interface, in the order of the OpenAPI document.
pub(super) fn endpoints() -> Endpoints<Shared> {
    pages::endpoints()
        .with(catalog::endpoints())
        .with(tiles::endpoints())
        .with(styles::endpoints())
        .with(legends::endpoints())
        .with(values::endpoints())
        .with(areas::endpoints())
        .with(pictures::endpoints())
        .with(openapi::endpoints())
        .with(limits::endpoints())
        .with(health::endpoints())
}

impl Public {
    /// The interface to a server. `frame_ancestors`: which sites may show embedded maps and pictures in frames, as a content security
    /// policy names them.
    #[must_use]
    pub fn new(server: ReleaseServer, gate: Arc<Gate>, frame_ancestors: &str) -> Self {
        let heads = respond::Heads::default();
        let all = endpoints();
        let frame_ancestors = ArcSwap::from_pointee(frame_ancestors.to_owned());
        let openapi = LazyLock::<_, fn() -> _>::new(|| openapi::served(&endpoints()));
        let app = Arc::new(App { server, gate, heads, frame_ancestors, openapi });
        let templates = all.templates();
        let tiles = tiles::TileRows::of(&templates);
        let router = all
            .router(&app)
            .fallback_service(axum::routing::get(files::file).fallback(endpoints::method_not_allowed))
            .layer(cors());
        Self { app, router, templates, tiles }
    }

    pub(super) fn app(&self) -> Shared {
        Arc::clone(&self.app)
    }

    /// The use cases, for whoever follows the releases.
    #[must_use]
    pub fn server(&self) -> &ReleaseServer {
        &self.app.server
    }

    /// The gate before it.
    #[must_use]
    pub fn gate(&self) -> &Arc<Gate> {
        &self.app.gate
    }

    /// From here on these sites may show embedded maps and pictures in frames.
    pub fn set_frame_ancestors(&self, frame_ancestors: &str) {
        self.app.frame_ancestors.store(Arc::new(frame_ancestors.to_owned()));
    }

    async fn route(&self, request: &mut Request, call: &Call) -> Response {
        let row = RowOf { call, found: FoundRow(Arc::new(AtomicUsize::new(usize::MAX))) };
        let mut routed = hyper::Request::new(std::mem::take(request.body_mut()));
        *routed.method_mut() = request.method().clone();
        *routed.uri_mut() = request.uri().clone();
        *routed.headers_mut() = std::mem::take(request.headers_mut());
        routed.extensions_mut().insert(Caller(call.client(&self.app.gate)));
        routed.extensions_mut().insert(row.found.clone());
        let Ok(response) = self.router.clone().call(routed).await;
        let mut response = response.map(Body::Routed);
        if request.method() == Method::OPTIONS {
            finish_preflight(&mut response);
        }
        if matches!(response.status(), StatusCode::NO_CONTENT | StatusCode::NOT_MODIFIED) {
            // axum writes a zero, which a 304 would say of the whole answer (RFC 9110, 8.6).
            response.headers_mut().remove(header::CONTENT_LENGTH);
        }
        response
    }
}

/// Tells a call the row that the router has found for it, also where the handler panics.
struct RowOf<'c> {
    call: &'c Call,
    found: FoundRow,
}

impl Drop for RowOf<'_> {
    fn drop(&mut self) {
        self.call.count_as(self.found.0.load(Relaxed));
    }
}

/// Everything public may be read from anywhere, with any header, without credentials.
fn cors() -> CorsLayer {
    CorsLayer::new()
        .allow_origin(Any)
        .allow_methods([Method::GET, Method::HEAD, Method::OPTIONS])
        .allow_headers(AllowHeaders::any())
        .max_age(PREFLIGHT)
        .vary([])
}

/// What tower-http leaves out of an answer to OPTIONS.
fn finish_preflight(response: &mut Response) {
    *response.status_mut() = StatusCode::NO_CONTENT;
    let headers = response.headers_mut();
    headers.extend(headers::EVERY.clone());
    headers.insert(header::ALLOW, HeaderValue::from_static("GET, HEAD, OPTIONS"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
}

impl Answers for Public {
    async fn answer(&self, request: &mut Request, call: &Call) -> Response {
        let reads = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
        if reads && call.has_body() {
            let detail = "a request has no body here: expected none";
            return Problem::new(StatusCode::PAYLOAD_TOO_LARGE, detail).into();
        }
        if request.method() == Method::GET
            && let Some((row, format)) = self.tiles.find(request.uri().path())
        {
            call.count_as(row);
            let answer = pin!(tiles::tile(&self.app, request.uri(), request.headers(), format));
            return answer.await.unwrap_or_else(Problem::into);
        }
        // A document needs a future of many kilobytes, which every tile would have to move with its own.
        Box::pin(self.route(request, call)).await
    }

    fn route(&self, path: &str) -> Option<&str> {
        let found = self.templates.iter().find(|(_, template)| template.names(path).is_some());
        found.map(|(route, _)| route.as_str())
    }
}

/// Serves until `stop` is ready, and follows the releases all the while.
pub async fn serve(listener: TcpListener, public: Arc<Public>, stop: impl Future<Output = ()>) -> io::Result<()> {
    let releases = tokio::spawn({
        let public = Arc::clone(&public);
        async move { public.server().watch().await }
    });
    let gate = Arc::clone(public.gate());
    let served = choro_http::serve(listener, gate, public, stop).await;
    releases.abort();
    served
}
