//! Where areas overlap and where they gape.

mod contacts;
mod gaps;
mod measure_budget;
mod overlaps;
pub(super) mod seams;
mod suspects;
