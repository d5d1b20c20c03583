//! The splice: a tile of any selection is its skeleton's bytes, then one entry of constant width for each feature.
//!
//! As gzip the skeleton was deflated when the bundle was built; its bytes are copied, the values follow as stored blocks
//! (RFC 1951, 3.2.4), and the checksum of the whole is that of the skeleton, moved in advance by the length that follows,
//! XOR that of the values. Varnish joins compressed fragments in the same way.

use super::deflate::Keys;
use crate::{
    bundle::{BundleError, Column, Part, Skeleton, TileEntry},
    grid::TileCoord,
    model::{Cell, State},
    skeleton::{KEY_WIDTH, VALUE_KEY, VALUE_WIDTH},
};

/// The encodings that a tile can be spliced in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// As it is.
    Identity,
    /// RFC 1952.
    Gzip,
}

/// The key table's entry `state`.
const STATE_KEY: &[u8; KEY_WIDTH] = b"\x1a\x05state";
/// Value message of 9 bytes that holds a double (field 3, 64-bit).
const DOUBLE: [u8; 3] = [0x22, 9, 0x19];
/// Value message of 9 bytes that holds a text of 7.
const TEXT: [u8; 4] = [0x22, 9, 0x0a, 7];
/// Whole entries that fit a stored block.
const BLOCK: usize = 65_535 / VALUE_WIDTH;
/// Bytes around the skeleton and the values of a gzip tile: block headers, checksum, length, and the end of the keys.
const ROOM: usize = 64;

/// The tile with the values of `column`, or without any. `None`: the tile holds nothing.
pub fn tile(
    skeleton: &Skeleton,
    coord: TileCoord,
    column: Option<&Column>,
    encoding: Encoding,
) -> Result<Option<Vec<u8>>, BundleError> {
    let Some(entry) = skeleton.find(coord) else { return Ok(None) };
    let Some(column) = column else {
        let mut out = Vec::new();
        skeleton.read_into(entry, Part::Plain, encoding == Encoding::Gzip, &mut out)?;
        return Ok(Some(out));
    };
    let slots = Slots { rows: skeleton.rows(entry), cells: column.cells() };
    match encoding {
        Encoding::Identity => identity(skeleton, entry, slots),
        Encoding::Gzip => gzip(skeleton, entry, slots),
    }
    .map(Some)
}

/// The cells of a tile's features.
#[derive(Clone, Copy)]
struct Slots<'a> {
    rows: &'a [u32],
    cells: &'a [Cell],
}

impl Slots<'_> {
    fn cell(self, row: u32) -> Cell {
        self.cells.get(row as usize).copied().unwrap_or(Cell::State(State::Missing))
    }

    fn part(self) -> Part {
        let gap = self.rows.iter().any(|row| matches!(self.cell(*row), Cell::State(_)));
        if gap { Part::Keyed } else { Part::Shared }
    }

    fn keys(self, mut put: impl FnMut(&[u8; KEY_WIDTH])) {
        for row in self.rows {
            put(match self.cell(*row) {
                Cell::Value(_) => VALUE_KEY,
                Cell::State(_) => STATE_KEY,
            });
        }
    }

    fn values(self, rows: &[u32], out: &mut Vec<u8>) {
        for row in rows {
            let mut entry = [0; VALUE_WIDTH];
            match self.cell(*row) {
                Cell::Value(number) => {
                    entry[..3].copy_from_slice(&DOUBLE);
                    entry[3..].copy_from_slice(&number.to_le_bytes());
                }
                Cell::State(state) => {
                    entry[..4].copy_from_slice(&TEXT);
                    entry[4..].copy_from_slice(state.as_str().as_bytes());
                }
            }
            out.extend_from_slice(&entry);
        }
    }
}

fn identity(skeleton: &Skeleton, entry: &TileEntry, slots: Slots<'_>) -> Result<Vec<u8>, BundleError> {
    let part = slots.part();
    let mut out = Vec::with_capacity(entry.raw_length(part) + slots.rows.len() * (KEY_WIDTH + VALUE_WIDTH));
    skeleton.read_into(entry, part, false, &mut out)?;
    if part == Part::Keyed {
        slots.keys(|key| out.extend_from_slice(key));
    }
    slots.values(slots.rows, &mut out);
    Ok(out)
}

fn gzip(skeleton: &Skeleton, entry: &TileEntry, slots: Slots<'_>) -> Result<Vec<u8>, BundleError> {
    let part = slots.part();
    let tail = slots.rows.len() * if part == Part::Keyed { KEY_WIDTH + VALUE_WIDTH } else { VALUE_WIDTH };
    let mut out = Vec::with_capacity(entry.gzip_length(part) + tail + ROOM);
    skeleton.read_into(entry, part, true, &mut out)?;
    let mut crc = crc32fast::Hasher::new();
    let mut bits = Keys::new(&mut out);
    if part == Part::Keyed {
        let mut raw = Vec::with_capacity(slots.rows.len() * KEY_WIDTH);
        slots.keys(|key| raw.extend_from_slice(key));
        crc.update(&raw);
        bits.write(&raw);
    }
    let mut blocks = slots.rows.chunks(BLOCK).peekable();
    while let Some(rows) = blocks.next() {
        bits.stored(blocks.peek().is_none(), rows.len() * VALUE_WIDTH);
        let start = bits.out.len();
        slots.values(rows, bits.out);
        crc.update(bits.out.get(start..).unwrap_or_default());
    }
    out.extend((entry.checksum(part) ^ crc.finalize()).to_le_bytes());
    // The length modulo 2^32 (RFC 1952, 2.3.1).
    out.extend(((entry.raw_length(part) + tail) as u32).to_le_bytes());
    Ok(out)
}
