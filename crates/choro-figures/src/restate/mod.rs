//! Restates values: from the borders of one vintage to those of another, and from areas to the areas above them.
//!
//! ```text
//! A = 30, B = 10            A and B merge into C:    C = 40
//! C = 40                    C splits into A (3/4), B (1/4):  A = 30 E, B = 10 E
//! A = 30, B secrecy         A and B merge into C:    C secrecy, since a sum less A would reveal B
//! A = 5 per 1,000, B = 7    A and B merge into C:    C missing, unless the rate says by what to weight it
//! ```
//!
//! Nothing here decides what may be published: draft columns go through `disclosure` like any other values.

mod column;
mod gap;
mod path;
mod plan;
mod rule;
mod way;

#[cfg(test)]
mod tests;

pub use column::{DraftColumn, DraftRow};
pub use gap::Gap;
pub use path::{Direction, Step, paths, steps};
pub use plan::Plan;
pub use rule::{Rule, restate};
pub use way::Way;
