//! Publishes a release: everything in the store that may be published, as one bundle.
//!
//! Values go through phases, one group of linked tables at a time (`links`), so that memory does not grow with the workspace:
//!
//! ```text
//! collect -> restate and sum -> derive -> protect -> qualify -> write -> audit
//! ```
//!
//! Each phase takes the type that the one before has made (`tables`): what was not protected as part of its whole group cannot be
//! written.

mod audit;
mod borders;
mod breakdown;
mod collect;
mod derive;
mod geography;
mod history;
mod links;
mod protect;
mod qualify;
mod release;
mod restate;
mod set_grids;
mod tables;
mod values;
mod write;

#[cfg(test)]
mod tests;

pub use borders::{Large, Omitted};
pub use geography::Orphans;
pub use release::PublishReport;
