//! Figures about the running server, as Prometheus reads them (text format 0.0.4).
//!
//! ```text
//! # HELP choro_http_requests_total Requests by route and class of status.
//! # TYPE choro_http_requests_total counter
//! choro_http_requests_total{route="/catalog.json",class="2xx"} 7
//! ```
//!
//! Everything counted is a place in a fixed table, so a request costs two additions and no label can come from a client.

mod counter;
mod process;
mod requests;
mod text;

pub use counter::{CachePadded, Counter};
pub use process::write as write_process;
pub use requests::Requests;
pub use text::{MetricKind, Text};
