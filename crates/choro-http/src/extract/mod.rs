//! Paths and queries into types, strictly: whatever is unknown, repeated, empty or malformed is a problem that names it.
//! Foreign parameters are ignored, whatever they hold (`choro_model::is_foreign`).

mod known_parameters;
mod named_texts;
mod path;
mod query;
mod query_rules;
mod texts;

pub use known_parameters::{nearest_parameter, parameter_names};
pub use path::{Names, Path, Template};
pub use query::{Query, QueryAndDimensions, lenient};
pub use query_rules::{Dimensions, MAX_PARAMETERS};
pub use texts::{decode, pieces};
