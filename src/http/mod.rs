//! URLs, parameters, status codes, headers, OpenAPI: everything that knows HTTP, and nothing else.
//!
//! ```text
//! server (connections, limits of hyper, graceful stop; watch closes what is too slow)
//!   -> shield (methods, limits, deadline, panics, request id, headers of every answer, log)
//!     -> routes (one table: paths, parameters) -> path, query (strict parsing) -> handlers -> serving
//! ```

mod body;
mod conditional;
mod embedded;
mod encoding;
mod fault;
mod guard;
mod handlers;
mod limits;
mod metrics;
mod openapi;
mod pages;
mod path;
mod problem;
mod query;
mod respond;
mod routes;
mod server;
mod shield;
mod stream;
#[cfg(test)]
mod tests;
mod watch;

pub use limits::Limits;
pub use metrics::serve_metrics;
pub use server::{serve, stop_signal};

use crate::{metrics::Requests, serving::Server};
use body::Pieces;
use limits::InFlight;
use problem::Problem;
use std::{
    pin::pin,
    sync::atomic::{AtomicBool, Ordering},
    time::SystemTime,
};

/// A request without its body: nothing here takes one.
type Request = hyper::Request<()>;
/// A response, whole.
type Response = hyper::Response<Pieces>;

/// What every request shares.
#[derive(Debug)]
pub struct App {
    server: Server,
    limits: Limits,
    in_flight: InFlight,
    ids: shield::Ids,
    heads: respond::Heads,
    /// Which sites may show embedded maps.
    frame_ancestors: String,
    /// Cleared when the server begins to stop, so that whoever spreads the load sends no more.
    ready: AtomicBool,
    /// Counts of requests, where somebody watches.
    requests: Option<Requests>,
    started: SystemTime,
}

impl App {
    /// The state of a server.
    #[must_use]
    pub fn new(server: Server, limits: Limits) -> Self {
        let in_flight = InFlight::new(limits.max_in_flight);
        Self {
            server,
            limits,
            in_flight,
            ids: shield::Ids::default(),
            heads: respond::Heads::default(),
            frame_ancestors: "*".to_owned(),
            ready: AtomicBool::new(true),
            requests: None,
            started: SystemTime::now(),
        }
    }

    /// The same, counting requests for [`serve_metrics`].
    #[must_use]
    pub fn with_metrics(self) -> Self {
        Self { requests: Some(metrics::requests()), ..self }
    }

    /// The same, where only these sites may show embedded maps (`frame-ancestors` of a content security policy).
    #[must_use]
    pub fn with_frame_ancestors(self, sources: &str) -> Self {
        Self { frame_ancestors: sources.to_owned(), ..self }
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

/// Answers a request: the whole of the HTTP interface.
///
/// The table of routes is the router, and hyper keeps this future in its place: a router of axum's would box a future and a
/// body for each request and decode every path twice, which a tile feels (docs/performance.md).
async fn answer(app: &App, request: &Request) -> Response {
    let row = shield::Row::default();
    // Pinned here and then lent: each function that took it by value would move a kilobyte and a half.
    let handler = pin!(async { handlers::answer(app, request, &row).await.unwrap_or_else(Problem::into_response) });
    shield::shield(app, request, &row, handler).await
}
