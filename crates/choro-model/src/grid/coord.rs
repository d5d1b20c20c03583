//! Tile coordinates.

use std::fmt;

/// The deepest zoom of any grid: `x` and `y` then still fit 31 bits with room for the buffer.
pub const MAX_ZOOM: u8 = 22;

/// A tile of a grid: zoom, column from the left, row from the top. Cannot lie outside its zoom's matrix.
///
/// ```
/// use choro_model::grid::TileCoord;
/// assert_eq!(TileCoord::parse("3", "7", "0").unwrap().to_string(), "3/7/0");
/// for (z, x, y) in [("3", "8", "0"), ("23", "0", "0"), ("1e3", "0", "0"), ("+1", "0", "0"), ("01", "0", "0"),
///                   ("１", "0", "0"), ("-1", "0", "0"), ("0", "", "0"), ("0", "4294967296", "0")] {
///     assert!(TileCoord::parse(z, x, y).is_err(), "{z}/{x}/{y}");
/// }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TileCoord {
    z: u8,
    x: u32,
    y: u32,
}

/// Why three numbers are no tile.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TileCoordError {
    /// A part is not a plain decimal number.
    #[error("{part} {got:?} is not a tile number: expected decimal digits without sign or leading zeros")]
    NotANumber {
        /// `z`, `x` or `y`.
        part: &'static str,
        /// As received, cut to 20 characters.
        got: String,
    },
    /// The zoom is too deep.
    #[error("zoom {0} is too deep: expected 0 to {MAX_ZOOM}")]
    Zoom(u64),
    /// The column or row lies outside the matrix.
    #[error("{part} {got} lies outside zoom {z}: expected 0 to {max}")]
    Outside {
        /// `x` or `y`.
        part: &'static str,
        /// As received.
        got: u64,
        /// The zoom.
        z: u8,
        /// The largest number there.
        max: u32,
    },
}

impl TileCoord {
    /// The tile, if it exists.
    pub fn new(z: u8, x: u32, y: u32) -> Result<Self, TileCoordError> {
        Self::checked(u64::from(z), u64::from(x), u64::from(y))
    }

    /// The tile of three texts: digits only, so that one tile has one URL.
    pub fn parse(z: &str, x: &str, y: &str) -> Result<Self, TileCoordError> {
        Self::checked(number("z", z)?, number("x", x)?, number("y", y)?)
    }

    fn checked(z: u64, x: u64, y: u64) -> Result<Self, TileCoordError> {
        let zoom = u8::try_from(z).ok().filter(|z| *z <= MAX_ZOOM).ok_or(TileCoordError::Zoom(z))?;
        let max = (1_u32 << zoom) - 1;
        let within = |part, got| {
            u32::try_from(got).ok().filter(|n| *n <= max).ok_or(TileCoordError::Outside { part, got, z: zoom, max })
        };
        Ok(Self { z: zoom, x: within("x", x)?, y: within("y", y)? })
    }

    /// Zoom.
    #[must_use]
    pub const fn z(self) -> u8 {
        self.z
    }

    /// Column from the left.
    #[must_use]
    pub const fn x(self) -> u32 {
        self.x
    }

    /// Row from the top.
    #[must_use]
    pub const fn y(self) -> u32 {
        self.y
    }
}

impl fmt::Display for TileCoord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}/{}", self.z, self.x, self.y)
    }
}

fn number(part: &'static str, text: &str) -> Result<u64, TileCoordError> {
    let plain = (1..=19).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_digit())
        && (text.len() == 1 || !text.starts_with('0'));
    let parsed = if plain { text.parse().ok() } else { None };
    parsed.ok_or_else(|| TileCoordError::NotANumber { part, got: text.chars().take(20).collect() })
}
