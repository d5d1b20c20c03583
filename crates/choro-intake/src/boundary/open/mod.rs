//! A boundary file, archive or table of any format -> the areas as they stand there.

mod archive;
mod file_format;
mod gdal;
mod json;
pub(super) mod read;
mod shapefile;
mod xml;

pub use gdal::{features::take as take_frames, postgis::shown, program::find as find_gdal};
