//! URLs, parameters, status codes, headers, OpenAPI: everything that knows HTTP, and nothing else.
//!
//! ```text
//! server (connections, limits of hyper, graceful stop; watch closes what is too slow, and what has to give way)
//!   -> peer (whose connection it is: clients has an account of each)
//!   -> shield (methods, limits, deadline, panics, request id, headers of every answer, log)
//!     -> routes (one table: paths, parameters) -> path, query (strict parsing) -> handlers -> serving
//! ```

mod apart;
mod body;
mod clients;
mod conditional;
mod date;
mod embedded;
mod encoding;
mod fault;
mod guard;
mod handlers;
mod hosts;
mod id;
mod limits;
mod line;
mod look;
mod metrics;
mod openapi;
mod pages;
mod path;
mod peer;
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

pub use apart::{Apart, Shown, serve_apart};
pub use hosts::Hosts;
pub use limits::Limits;
pub use server::{listen, serve, stop_signal, survive_hangup};

use crate::serving::ReleaseServer as Server;
use body::Pieces;
use choro_http::metrics::{Counter, Requests};
use clients::Clients;
use date::Date;
use ipnet::IpNet;
use limits::InFlight;
use peer::{Peer, Peers};
use problem::Problem;
use std::{
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::SystemTime,
};
use watch::Watch;

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
    peers: Peers,
    watch: Arc<Watch>,
    /// The names that requests may ask for; all, where there is no list.
    hosts: Option<Hosts>,
    date: Date,
    /// Requests that were refused because their client had too much of something.
    crowded: Counter,
    ids: id::Ids,
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
        let peers = Peers { clients: Clients::new(&limits), proxies: Vec::new() };
        let watch = Arc::new(Watch::new(&limits));
        let started = SystemTime::now();
        Self {
            server,
            limits,
            in_flight,
            peers,
            watch,
            hosts: None,
            date: Date::new(started),
            crowded: Counter::default(),
            ids: id::Ids::default(),
            heads: respond::Heads::default(),
            frame_ancestors: "*".to_owned(),
            ready: AtomicBool::new(true),
            requests: None,
            started,
        }
    }

    /// The same, where these proxies say who a client is (`X-Forwarded-For`).
    #[must_use]
    pub fn with_proxies(self, proxies: &[IpNet]) -> Self {
        Self { peers: Peers { proxies: proxies.to_owned(), ..self.peers }, ..self }
    }

    /// The same, where requests may ask for these names alone.
    #[must_use]
    pub fn with_hosts(self, hosts: Hosts) -> Self {
        Self { hosts: Some(hosts), ..self }
    }

    /// The same, counting requests for [`serve_apart`].
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
async fn answer(app: &App, request: &Request, peer: &Peer) -> Response {
    let row = shield::Row::default();
    // Pinned here and then lent: each function that took it by value would move a kilobyte and a half.
    let handler = pin!(async { handlers::answer(app, request, peer, &row).await.unwrap_or_else(Problem::into_response) });
    shield::shield(app, request, peer, &row, handler).await
}
