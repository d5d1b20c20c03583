//! The program `choro-gdal` reads PostGIS tables and every format but JSON. It writes features to its standard output.

pub(super) mod features;
mod frames;
pub(super) mod positions;
pub(super) mod postgis;
mod process;
pub(super) mod program;
mod run;
mod wkb;
