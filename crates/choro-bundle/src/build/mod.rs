//! Builds a release out of boundary sets and published values.

mod archive;
mod area_rows;
pub mod builder;
mod catalog_entries;
mod catalog_sets;
pub mod input;
mod outside;
mod recipe;
mod tiles;
mod vintage;
pub mod writer;
