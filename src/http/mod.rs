//! URLs, parameters, status codes, headers, OpenAPI: everything that knows HTTP, and nothing else.
//!
//! ```text
//! server (connections, limits of hyper, graceful stop)
//!   -> shield (methods, limits, deadline, panics, request id, headers of every answer, log)
//!     -> routes (one table: paths, parameters) -> path, query (strict parsing) -> handlers -> serving
//! ```

mod conditional;
mod encoding;
mod handlers;
mod limits;
mod openapi;
mod pages;
mod path;
mod problem;
mod query;
mod respond;
mod routes;
mod server;
mod shield;
#[cfg(test)]
mod tests;

pub use limits::Limits;
pub use server::{serve, stop_signal};

use crate::serving::Server;
use axum::{Router, extract::State, middleware};
use limits::InFlight;
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};
use tower_http::catch_panic::CatchPanicLayer;

/// What every request shares.
#[derive(Debug)]
pub struct App {
    server: Server,
    limits: Limits,
    in_flight: InFlight,
    ids: shield::Ids,
    openapi: pages::Embedded,
    /// Cleared when the server begins to stop, so that whoever spreads the load sends no more.
    ready: AtomicBool,
}

impl App {
    /// The state of a server.
    #[must_use]
    pub fn new(server: Server, limits: Limits) -> Self {
        let in_flight = InFlight::new(limits.max_in_flight);
        let openapi = pages::Embedded::new(openapi::document().into_bytes(), "application/json");
        Self { server, limits, in_flight, ids: shield::Ids::default(), openapi, ready: AtomicBool::new(true) }
    }

    /// The use cases, for whoever follows the releases.
    #[must_use]
    pub fn server(&self) -> &Server {
        &self.server
    }

    fn is_ready(&self) -> bool {
        self.ready.load(Ordering::Acquire)
    }

    fn stop(&self) {
        self.ready.store(false, Ordering::Release);
    }
}

/// The whole of the HTTP interface.
pub fn router(app: &Arc<App>) -> Router {
    // The table is the router: another one would only decode every segment once more.
    let answer = |State(app): State<Arc<App>>, request| async move { handlers::answer(&app, request).await };
    around(Router::new().fallback(answer), app)
}

/// What stands around every route.
fn around(router: Router<Arc<App>>, app: &Arc<App>) -> Router {
    router
        .layer(CatchPanicLayer::custom(shield::panicked))
        .layer(middleware::from_fn_with_state(Arc::clone(app), shield::shield))
        .with_state(Arc::clone(app))
}
