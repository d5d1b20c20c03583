//! Opening a database, and looking at one without changing it.

mod inspect;
pub(crate) mod postgres;
mod schema;
pub(crate) mod sqlite;

pub use inspect::{Inspection, copy_file, inspect};
