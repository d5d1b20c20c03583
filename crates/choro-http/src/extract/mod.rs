//! Paths and queries into types, strictly: whatever is unknown, repeated, empty or malformed is a problem that names it.

mod named_texts;
mod path;
mod query;
mod texts;

pub use path::{Names, Path, Template};
pub use query::{Dimensions, Query, QueryAndDimensions, lenient};
pub use texts::{decode, pieces};
