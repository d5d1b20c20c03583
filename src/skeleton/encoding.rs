//! How tiles are encoded, and how many bytes of values follow a skeleton tile.

use super::{encode, mlt};

/// A tile encoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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

    /// Bytes that follow `shared` of a tile of `count` areas.
    #[must_use]
    pub fn shared_tail(self, count: usize) -> usize {
        match self {
            Self::Mvt => encode::VALUE_WIDTH * count,
            Self::Mlt => mlt::Streams::new(count).shared_tail(),
        }
    }

    /// Bytes that follow `keyed` of a tile of `count` areas, however many of them have a value.
    #[must_use]
    pub fn keyed_tail(self, count: usize) -> usize {
        match self {
            Self::Mvt => (encode::KEY_WIDTH + encode::VALUE_WIDTH) * count,
            Self::Mlt => mlt::Streams::new(count).keyed_tail(),
        }
    }
}
