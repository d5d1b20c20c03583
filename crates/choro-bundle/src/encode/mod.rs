//! Where geometry and values meet: tiles, GeoJSON, tables. Pure, and deterministic to the byte.

pub mod area;
pub mod area_list;
pub mod codes;
pub mod context;
pub mod csv;
mod deflate;
pub mod error;
pub mod feature_collection;
pub mod geojson;
pub mod geopackage;
mod mlt;
mod number;
pub mod origin;
pub mod seam;
pub mod splice;
mod tail;
#[cfg(test)]
mod tests;
pub mod tilejson;
pub mod values;
