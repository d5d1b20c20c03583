//! What `choro-gdal` writes: frames with JSON and WKB, through repair to areas.

use super::areas;
use choro_intake::boundary;

/// Reads made-up input.
pub fn read(data: &[u8]) {
    if let Ok(import) = boundary::import_frames(data, "layer", &areas::options()) {
        areas::check(&import);
    }
}
