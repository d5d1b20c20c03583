//! `choro check`: everything that a workspace needs, looked at without changing anything.

mod database;
mod disk;
mod finding;
mod releases;
mod settings;
mod signatures;
mod workspace;

pub use finding::{Finding, Level};
pub use releases::check_bundle;
pub use workspace::check;
