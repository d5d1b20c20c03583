//! What each fuzz target does with its input, for the short run among the tests too.

pub mod boundaries;
pub mod definitions;
pub mod delimited;
pub mod observations;
pub mod workbook;
