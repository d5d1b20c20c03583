//! What holds for every request, whatever answers it.
//!
//! ```text
//! head (whom it asks, how large it is) -> in_flight (a place) -> what answers, within a deadline, panics caught
//!   -> problem documents, Date -> log, counts
//! ```

mod call;
mod date;
mod fault;
mod head;
mod hosts;
mod in_flight;
mod log_line;
mod pass;
mod request_id;
#[cfg(test)]
mod tests;

pub use call::Call;
pub use hosts::Hosts;

use crate::{
    body::{Request, Response},
    metrics::{Counter, Requests},
    net::{
        clients::Clients,
        peer::{Peer, Peers},
        watch::Watch,
    },
};
use arc_swap::{ArcSwap, ArcSwapOption};
use choro_config::Limits;
use date::Date;
use hyper::HeaderMap;
use in_flight::InFlight;
use ipnet::IpNet;
use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::SystemTime,
};

/// What answers the requests that come through a gate.
pub trait Answers: Send + Sync + 'static {
    /// Answers one request; method and URL stay as they are, for the log. A [`Problem`](crate::problem::Problem) in the extensions
    /// of the answer becomes its body.
    fn answer(&self, request: &mut Request, call: &Call) -> impl Future<Output = Response> + Send;

    /// The path of a request's route as the public reads it, for traces.
    fn route(&self, path: &str) -> Option<&str>;
}

/// What all requests to one listener share.
#[derive(Debug)]
pub struct Gate {
    limits: ArcSwap<Limits>,
    in_flight: InFlight,
    pub(crate) peers: Peers,
    pub(crate) watch: Arc<Watch>,
    /// The names that requests may ask for; all, where there is no list.
    hosts: ArcSwapOption<Hosts>,
    pub(crate) date: Date,
    /// Requests that were refused because their client had too much of something.
    crowded: Counter,
    ids: request_id::Ids,
    /// Headers of the problem documents of this listener.
    headers: HeaderMap,
    /// Cleared when the server begins to stop, so that whoever spreads the load sends no more.
    ready: AtomicBool,
    /// Counts of requests, where somebody watches.
    requests: Option<Requests>,
    started: SystemTime,
}

impl Gate {
    /// A gate with these limits, whose problem documents have these headers besides their own.
    #[must_use]
    pub fn new(limits: Limits, headers: HeaderMap) -> Self {
        let started = SystemTime::now();
        Self {
            in_flight: InFlight::default(),
            peers: Peers::new(Clients::new(&limits)),
            watch: Arc::new(Watch::new(&limits)),
            limits: ArcSwap::from_pointee(limits),
            hosts: ArcSwapOption::empty(),
            date: Date::new(started),
            crowded: Counter::default(),
            ids: request_id::Ids::default(),
            headers,
            ready: AtomicBool::new(true),
            requests: None,
            started,
        }
    }

    /// These proxies say who a client is (`X-Forwarded-For`).
    #[must_use]
    pub fn with_proxies(self, proxies: &[IpNet]) -> Self {
        self.peers.trust(proxies);
        self
    }

    /// Requests may ask for these names alone.
    #[must_use]
    pub fn with_hosts(self, hosts: Hosts) -> Self {
        self.hosts.store(Some(Arc::new(hosts)));
        self
    }

    /// From here on these limits hold, these proxies are trusted, and requests may ask for these names. Connections that are open keep
    /// what was decided when they were opened.
    pub fn change(&self, limits: Limits, proxies: &[IpNet], hosts: Option<Hosts>) {
        self.peers.clients.change(&limits);
        self.peers.trust(proxies);
        self.watch.change(&limits);
        self.hosts.store(hosts.map(Arc::new));
        self.limits.store(Arc::new(limits));
    }

    /// The limits that hold now.
    #[must_use]
    pub fn limits(&self) -> Arc<Limits> {
        self.limits.load_full()
    }

    /// Requests are counted, in rows of these names; the last one counts what belongs to no route.
    #[must_use]
    pub fn with_counts(self, rows: impl IntoIterator<Item = String>) -> Self {
        Self { requests: Some(Requests::new(rows)), ..self }
    }

    /// Answers a request.
    pub async fn answer(&self, request: Request, peer: &Peer, answers: &impl Answers) -> Response {
        pass::answer(self, request, peer, answers).await
    }

    /// Whether the server takes requests and is not about to stop.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        self.ready.load(Ordering::Acquire)
    }

    /// From here on the server is not ready.
    pub fn stop(&self) {
        self.ready.store(false, Ordering::Release);
    }

    /// When it was made.
    #[must_use]
    pub fn started(&self) -> SystemTime {
        self.started
    }

    /// Counts of requests, where they are counted.
    #[must_use]
    pub fn requests(&self) -> Option<&Requests> {
        self.requests.as_ref()
    }

    /// How many requests are being answered.
    #[must_use]
    pub fn in_flight(&self) -> usize {
        self.in_flight.now()
    }

    /// Open connections, those closed for a newcomer, and newcomers for whom none was closed.
    #[must_use]
    pub fn connections(&self) -> (usize, u64, u64) {
        (self.watch.connections(), self.watch.given_way.get(), self.watch.refused.get())
    }

    /// Requests that were refused because their client had too much of something.
    #[must_use]
    pub fn crowded(&self) -> u64 {
        self.crowded.get()
    }

    /// The other end of a connection from this address.
    #[must_use]
    pub fn peer(&self, address: std::net::IpAddr) -> Peer {
        self.peers.of(address)
    }
}
