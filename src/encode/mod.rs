//! Encoders: areas and a column of published values to the formats that clients read. Pure, and deterministic to the byte.

pub mod area;
pub mod csv;
pub mod geojson;
mod number;
pub mod seam;
pub mod splice;
pub mod tilejson;
pub mod values;
