//! Areas as they stand in a file -> identified areas in longitude and latitude, in one continuous run of longitudes.

pub(super) mod antimeridian;
pub(super) mod area_identity;
mod clean_text;
mod code_lookup;
pub(super) mod filter;
pub(super) mod identify;
pub(super) mod longitude;
mod pole;
mod unite;
