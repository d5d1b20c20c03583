//! A mapping for a file that has none, for the operator to see, save and edit.
//!
//! What cannot be known from the file is never invented. It is left open, and the operator is asked; the mapping is not accepted
//! before it is filled in.
//!
//! `survey` looks at the columns and rows of a table, `draft` concludes what they are, the files `ask_..` find what could be
//! otherwise, and `render` writes all that down. `words` and `units` hold what is known of languages.

mod answers;
mod area_columns;
mod ask_dimensions;
mod ask_meaning;
mod ask_rows;
mod draft;
mod first_rows;
mod indicator_draft;
mod number_signs;
mod period_draft;
mod proposal;
mod question;
mod render;
mod survey;
mod units;
mod words;
mod written_period;

pub use proposal::{Proposal, ROWS, propose};
pub use question::{Answer, DimensionChoice, Question, Wants};
