//! How many bytes of values follow a skeleton tile.

use super::{
    encode::{KEY_WIDTH, VALUE_WIDTH},
    mlt::Streams,
};
use choro_model::Encoding;

/// Bytes that follow `shared` of a tile of `count` areas.
#[must_use]
pub fn shared_tail(encoding: Encoding, count: usize) -> usize {
    match encoding {
        Encoding::Mvt => VALUE_WIDTH * count,
        Encoding::Mlt => Streams::new(count).shared_tail(),
    }
}

/// Bytes that follow `keyed` of a tile of `count` areas, however many of them have a value.
#[must_use]
pub fn keyed_tail(encoding: Encoding, count: usize) -> usize {
    match encoding {
        Encoding::Mvt => (KEY_WIDTH + VALUE_WIDTH) * count,
        Encoding::Mlt => Streams::new(count).keyed_tail(),
    }
}
