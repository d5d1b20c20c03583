//! The public interface: what everybody may read, from anywhere.
//!
//! ```text
//! choro_http::gate -> Public -> GET of a tile -> tiles
//!                            -> everything else -> axum's router: CORS, then a handler for each path
//! a handler -> strict path and query -> serving -> respond (the only file that writes caching headers)
//! ```

mod accept_language;
mod areas;
mod catalog;
mod conditions;
mod described;
mod document;
mod embedded;
mod files;
mod headers;
mod health;
mod legends;
mod limits;
mod metrics;
mod names_in_paths;
mod negotiation;
mod openapi;
mod pages;
mod parameters;
mod pictures;
mod purse;
mod refusal;
mod respond;
mod router;
mod styles;
#[cfg(test)]
mod tests;
mod tiles;
mod values;
mod values_in_queries;
mod watchers;

pub use router::{Public, gate, rows, serve};
pub use watchers::{Shown, Watchers, serve_watchers};

use crate::serving::ReleaseServer;
use arc_swap::ArcSwap;
use choro_http::gate::Gate;
use std::sync::{Arc, LazyLock};

/// What all handlers share.
#[derive(Debug)]
struct App {
    server: ReleaseServer,
    gate: Arc<Gate>,
    heads: respond::Heads,
    /// Which sites may show embedded maps and pictures in frames (`frame-ancestors` of a content security policy).
    frame_ancestors: ArcSwap<String>,
    /// Made when it is first asked for.
    openapi: LazyLock<embedded::Embedded>,
}

/// The state of the router.
type Shared = Arc<App>;
