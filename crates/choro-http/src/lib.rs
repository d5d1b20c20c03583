//! What the HTTP listeners of Choro share: connections and their limits (`net`), what holds for every request (`gate`), strict paths
//! and queries (`extract`), problem documents, metrics.
//!
//! ```text
//! serve (a socket, until the server is asked to stop)
//!   -> net (connections: watch closes what is too slow and what has to give way; clients has an account of each client)
//!     -> gate (head, limits, a place, a deadline, panics; request id, problem documents, log, counts)
//!       -> what answers: a router of axum's, with layers of its own
//!         -> extract (path and query into types, or a problem that names the parameter)
//! ```

pub mod body;
pub mod endpoints;
pub mod extract;
pub mod gate;
pub mod metrics;
pub mod net;
pub mod problem;
mod serve;

pub use body::{Request, Response};
pub use serve::{Hangups, serve, stop_signal};
