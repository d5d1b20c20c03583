//! Builds a release out of boundary sets and published values.

pub mod archive;
pub mod area_rows;
pub mod builder;
pub mod catalog_entries;
pub mod input;
mod recipe;
pub mod writer;
