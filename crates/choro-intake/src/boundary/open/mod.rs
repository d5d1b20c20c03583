//! A boundary file, archive or table of any format -> the areas as they stand there.

pub(super) mod archive;
pub(super) mod gdal;
pub(super) mod geojson;
pub(super) mod helper;
pub(super) mod json;
pub(super) mod members;
pub(super) mod postgis;
pub(super) mod read;
pub(super) mod shapefile;
pub(super) mod topojson;
pub(super) mod wire;
pub(super) mod xml;
