//! Tile encodings.

/// How a tile is encoded.
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
}
