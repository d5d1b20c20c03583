//! A GeoPackage (OGC 12-128r18) of one layer of areas with its style: one file that GIS desktops open with the colours of the map.

mod rows;
mod write;

pub use rows::features;
pub use write::{Feature, GeoPackage, GeoPackageError, write};
