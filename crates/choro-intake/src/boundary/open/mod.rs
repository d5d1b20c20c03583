//! A boundary file, archive or table of any format -> the areas as they stand there.

mod archive;
mod bend;
mod degrees;
mod file_format;
mod gdal;
mod json;
mod proj;
pub(super) mod read;
mod shapefile;
mod xml;

pub use degrees::to_degrees;
pub use gdal::{features::take as take_frames, postgis::shown, program::find as find_gdal};
