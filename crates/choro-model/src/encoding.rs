//! Tile encodings.

use serde::Serialize;
use utoipa::ToSchema;

/// How a tile is encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Encoding {
    /// Mapbox Vector Tile 2.1.
    Mvt,
    /// MapLibre Tile 1.
    Mlt,
}

impl Encoding {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Mvt, Self::Mlt];

    /// Its name: the ending of a tile's URL, and `encoding` of a source in a MapLibre style.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Mvt => "mvt",
            Self::Mlt => "mlt",
        }
    }

    /// What a TileJSON document or a source of a style must say of it: MapLibre takes tiles for Mapbox Vector Tiles, and its
    /// versions before 5.12 do not know the member.
    #[must_use]
    pub fn announced(self) -> Option<&'static str> {
        (self != Self::Mvt).then(|| self.as_str())
    }
}
