//! Connections: accepted, counted for each client, and closed where they are too slow or have to give way.

mod accept;
pub mod clients;
pub(crate) mod guard;
mod listen;
pub mod peer;
pub(crate) mod stream;
mod terms;
pub(crate) mod watch;

pub use accept::{accept, refuse};
pub use listen::listen;
