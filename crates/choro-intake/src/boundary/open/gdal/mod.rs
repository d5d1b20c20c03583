//! Everything but JSON, and PostGIS tables, are read by the program `choro-gdal`, which streams features over its standard output.

pub(super) mod features;
mod frames;
pub(super) mod postgis;
mod process;
pub(super) mod program;
mod wkb;
