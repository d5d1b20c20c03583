//! The geometry-only tiles as a PMTiles archive (<https://github.com/protomaps/PMTiles>), for readers that know no Choro.

use super::input::ZoomRange;
use crate::format::error::BundleError;
use choro_model::grid::TileCoord;
use choro_tiles::skeleton::{LAYER_AREAS, LAYER_LABELS};
use pmtiles::{Compression, PmTilesStreamWriter, PmTilesWriter, PmtError, TileType};
use std::{
    fs::File,
    path::{Path, PathBuf},
};

/// An archive being written.
pub struct Archive {
    path: PathBuf,
    writer: PmTilesStreamWriter<File>,
}

impl Archive {
    pub fn create(path: &Path, name: &str, zooms: ZoomRange, bounds: [f64; 4]) -> Result<Self, BundleError> {
        let layer = |id: &str| {
            serde_json::json!({
                "id": id, "minzoom": zooms.min, "maxzoom": zooms.max,
                "fields": { "code": "String", "name": "String" },
            })
        };
        let metadata = serde_json::json!({ "name": name, "vector_layers": [layer(LAYER_AREAS), layer(LAYER_LABELS)] });
        // Readers of the format know no box that crosses 180 degrees.
        let [west, east] = if bounds[0] > bounds[2] { [-180.0, 180.0] } else { [bounds[0], bounds[2]] };
        let file = File::create(path).map_err(BundleError::io(path))?;
        let writer = PmTilesWriter::new(TileType::Mvt)
            .precompressed(Compression::Gzip)
            .min_zoom(zooms.min)
            .max_zoom(zooms.max)
            .bounds(west, bounds[1], east, bounds[3])
            .metadata(metadata.to_string())
            .create(file)
            .map_err(failed(path))?;
        Ok(Self { path: path.to_owned(), writer })
    }

    /// Adds a gzip tile.
    pub fn add(&mut self, coord: TileCoord, tile: &[u8]) -> Result<(), BundleError> {
        let coord = pmtiles::TileCoord::new(coord.z(), coord.x(), coord.y()).map_err(failed(&self.path))?;
        self.writer.add_tile(coord, tile).map_err(failed(&self.path))
    }

    pub fn finish(self) -> Result<(), BundleError> {
        self.writer.finalize().map_err(failed(&self.path))
    }
}

fn failed(path: &Path) -> impl FnOnce(PmtError) -> BundleError {
    let path = path.to_owned();
    move |e| {
        // The system's own error, since its kind decides what is advised.
        let source = if let PmtError::Reading(source) = e { source } else { std::io::Error::other(e.to_string()) };
        BundleError::Io { path, source }
    }
}
