//! A mapping for a file that has none, for the operator to see, save and edit.
//!
//! What cannot be known from the file is never invented. It is left open, and the operator is told; the mapping is not accepted
//! before it is filled in.
//!
//! `survey` looks at the columns and rows of a table, `draft` concludes what they are, and `render` writes that down.

mod draft;
mod proposal;
mod render;
mod survey;
mod years;

pub use proposal::{Proposal, ROWS, propose};
