//! What a file says twice: the area of a row by its label, and once more by a column that is not read.
//!
//! The label CH is Switzerland; where a column beside it says China, one of the two is wrong, and the figure is on the wrong area.

mod check;
mod matched_pairs;
mod names;
mod parents;

#[cfg(test)]
mod tests;

pub(super) use check::{better_column, check};
pub(super) use matched_pairs::CheckedFile;
