//! A mapping for a file that has none, for the operator to see, save and edit. What cannot be known from the file is left
//! open and said, never invented: the mapping then is not accepted until it is filled in.
//!
//! `survey` looks at the columns and rows of a table, `draft` concludes what they are, and `render` writes that down.

mod draft;
mod proposal;
mod render;
mod survey;
mod years;

pub use proposal::{Proposal, ROWS, propose};
