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
use axum::{
    Router,
    extract::Request,
    response::{IntoResponse as _, Response},
};
use limits::InFlight;
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

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
    around(app, |app, request| async move { handlers::answer(&app, request).await.into_response() })
}

/// A handler with all that stands around every request. One boxed future for each request: a stack of axum layers would box
/// one each, which a tile served from constant bytes feels.
fn around<F>(app: &Arc<App>, handler: impl Fn(Arc<App>, Request) -> F + Clone + Send + Sync + 'static) -> Router
where
    F: Future<Output = Response> + Send + 'static,
{
    let app = Arc::clone(app);
    Router::new().fallback(move |request: Request| {
        let (app, handler) = (Arc::clone(&app), handler.clone());
        async move {
            let inner = Arc::clone(&app);
            shield::shield(&app, request, |request| handler(inner, request)).await
        }
    })
}
