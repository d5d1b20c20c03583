//! GeoJSON and TopoJSON, read without choro-gdal.
//!
//! `document` takes a text apart while it is read; `geojson` and `topojson` make features of what it holds.

mod coordinates;
mod crs_member;
pub(super) mod document;
pub(super) mod geojson;
mod geojson_feature;
mod geojson_geometry;
mod lists;
mod property_texts;
pub(super) mod topojson;
mod topojson_objects;
