//! The parts of a skeleton file as numbers and bytes.

use crate::format::coding::Coding;
use choro_model::grid::TileCoord;

pub(super) const MAGIC: &[u8; 8] = b"CHOROSK2";
pub(super) const HEADER: usize = 8 + 4 * 4;
pub(super) const PARTS: usize = 3;
pub(super) const CODINGS: usize = Coding::ALL.len();
/// One part in one coding: `coding * PARTS + part`.
pub(super) const STREAMS: usize = PARTS * CODINGS;
/// Bytes of an entry in the file: key, slots, lengths by stream, checksums.
pub(super) const ENTRY: usize = 8 + 2 * 4 + STREAMS * 4 + 2 * 4;
/// More tiles or slots than any file that this program writes.
pub(super) const MOST: u32 = 1 << 28;
/// Which form of a tile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Up to the values, for a tile without gaps.
    Shared,
    /// Up to keys and values, for a tile with gaps.
    Keyed,
    /// The whole tile without values.
    Plain,
}

impl Part {
    /// Which stream holds this part in a coding.
    pub(super) const fn stream(self, coding: Coding) -> usize {
        coding as usize * PARTS + self as usize
    }
}

/// What the file says of a tile.
#[derive(Debug, Clone, Copy)]
pub(super) struct TileEntry {
    pub key: u64,
    pub slots: [u32; 2],
    pub lengths: [u32; STREAMS],
    pub checksums: [u32; 2],
}

impl TileEntry {
    /// The entry as it stands in the file.
    pub fn to_bytes(self) -> Vec<u8> {
        let numbers = self.slots.into_iter().chain(self.lengths).chain(self.checksums);
        self.key.to_le_bytes().into_iter().chain(numbers.flat_map(u32::to_le_bytes)).collect()
    }

    /// `None`: the bytes are too few.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let key = u64::from_le_bytes(bytes.get(..8)?.try_into().ok()?);
        let mut numbers = bytes.get(8..)?.chunks_exact(4).map(|four| number(four, 0));
        let mut next = || numbers.next();
        let slots = [next()?, next()?];
        let mut lengths = [0; STREAMS];
        for length in &mut lengths {
            *length = next()?;
        }
        Some(Self { key, slots, lengths, checksums: [next()?, next()?] })
    }
}

/// Ascends in the order in which tiles are cut: by zoom, row, column.
pub(super) fn key(coord: TileCoord) -> u64 {
    (u64::from(coord.z()) << 58) | (u64::from(coord.y()) << 29) | u64::from(coord.x())
}

/// The number at a place; the greatest one where there are too few bytes.
pub(super) fn number(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 4).and_then(|four| four.try_into().ok()).map_or(u32::MAX, u32::from_le_bytes)
}
