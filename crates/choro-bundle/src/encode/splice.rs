//! The splice: a tile of any selection is its skeleton's bytes, then what the selection says of each feature, of constant length.
//!
//! Compressed, the skeleton's bytes were made when the bundle was built, and what follows are stored blocks of the same coding
//! (`tail`): nothing is compressed for a request. Varnish joins compressed fragments in the same way.

use super::{deflate::BlockWriter, mlt, tail};
use crate::{
    files::skeleton::{Part, Skeleton, Tile},
    format::{coding::Coding, column::Column, error::BundleError},
};
use bytes::Bytes;
use choro_model::{Encoding, grid::TileCoord};
use choro_tiles::skeleton::{KEY_WIDTH, VALUE_KEY, VALUE_WIDTH, keyed_tail, shared_tail};

/// The key table's entry `state`.
const STATE_KEY: &[u8; KEY_WIDTH] = b"\x1a\x05state";
/// The key of a value, and that of a gap.
const KEYS: [&[u8; KEY_WIDTH]; 2] = [VALUE_KEY, STATE_KEY];
/// Each of them many times over, to be copied in one go.
static MANY_KEYS: [[[u8; KEY_WIDTH]; 64]; 2] = [[*VALUE_KEY; 64], [*STATE_KEY; 64]];
/// Bytes around skeleton and values: headers of blocks, the end of the keys, checksum and length.
const ROOM: usize = 64;
/// Fewer bytes than these are copied: a second piece of an answer costs more.
const SHARED: usize = 2048;
/// What a run of equal keys takes in gzip, about: two matches.
const RUN: usize = 4;

/// What follows the skeleton's bytes in gzip.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tail {
    /// The values as they are: least work.
    Stored,
    /// The values compressed: fewer bytes, for servers behind a cache that asks for each tile once.
    Compressed,
}

/// A tile of a selection, not yet written.
#[derive(Debug, Clone, Copy)]
pub struct Spliced<'a> {
    skeleton: &'a Skeleton,
    tile: Tile,
    part: Part,
    /// The column, and the rows of the areas in the tile.
    values: Option<(&'a Column, &'a [u32])>,
    /// Runs of equal keys, where a table of keys follows: in a Mapbox Vector Tile with gaps.
    runs: usize,
    tail: Tail,
}

impl<'a> Spliced<'a> {
    /// The tile with the values of `column`, or without any. `None`: nothing lies in it.
    #[must_use]
    pub fn new(skeleton: &'a Skeleton, coord: TileCoord, column: Option<&'a Column>, tail: Tail) -> Option<Self> {
        let tile = skeleton.find(coord)?;
        let Some(column) = column else {
            return Some(Self { skeleton, tile, part: Part::Plain, values: None, runs: 0, tail });
        };
        let rows = skeleton.rows(tile);
        let has_gaps = column.has_gaps() && rows.iter().any(|row| column.is_gap(*row));
        let part = if has_gaps { Part::Keyed } else { Part::Shared };
        let has_keys = has_gaps && skeleton.encoding() == Encoding::Mvt;
        let runs = if has_keys { runs(rows, column).count() } else { 0 };
        Some(Self { skeleton, tile, part, values: Some((column, rows)), runs, tail })
    }

    fn rows(&self) -> &'a [u32] {
        self.values.map_or(&[], |(_, rows)| rows)
    }

    /// Bytes in a coding: exactly, but for a compressed tail and the keys in gzip. `None` where the bundle has no such coding of
    /// this tile.
    #[must_use]
    pub fn size(&self, coding: Coding) -> Option<usize> {
        let raw = self.raw_tail();
        let keys = if self.runs > 0 { self.rows().len() * KEY_WIDTH } else { 0 };
        let follows = match coding {
            Coding::Gzip if self.tail == Tail::Compressed => self.runs * RUN + (raw - keys) / 3 * 2,
            Coding::Gzip => self.runs * RUN + raw - keys,
            _ => raw,
        };
        let around = if self.part == Part::Plain { 0 } else { tail::overhead(coding, follows) };
        Some(self.skeleton.length(self.tile, self.part, coding)? + follows + around)
    }

    /// Bytes that follow the skeleton's before compression.
    fn raw_tail(&self) -> usize {
        let (encoding, count) = (self.skeleton.encoding(), self.rows().len());
        match self.part {
            Part::Shared => shared_tail(encoding, count),
            Part::Keyed => keyed_tail(encoding, count),
            Part::Plain => 0,
        }
    }

    /// The tile in a coding that the bundle has of it: the skeleton's bytes, as they lie in memory where they do and are not few,
    /// and what follows them.
    pub fn bytes(&self, coding: Coding) -> Result<[Bytes; 2], BundleError> {
        let length = self.skeleton.length(self.tile, self.part, coding).unwrap_or_default();
        let shared = if length < SHARED { None } else { self.skeleton.shared(self.tile, self.part, coding)? };
        let size = self.size(coding).unwrap_or_default();
        let mut out = Vec::with_capacity(size + ROOM - shared.as_ref().map_or(0, Bytes::len).min(size));
        let shared = match shared {
            Some(shared) => shared,
            None => {
                self.skeleton.read_into(self.tile, self.part, coding, &mut out)?;
                Bytes::new()
            }
        };
        match coding {
            _ if self.part == Part::Plain => {}
            Coding::Identity => self.follow(&mut out),
            Coding::Gzip => self.gzip(&mut out),
            Coding::Brotli => tail::brotli(&self.following(), &mut out),
            Coding::Zstd => tail::zstd(&self.following(), &mut out),
        }
        Ok([shared, out.into()])
    }

    fn gzip(&self, out: &mut Vec<u8>) {
        let mut crc = crc32fast::Hasher::new();
        if self.tail == Tail::Stored && self.skeleton.encoding() == Encoding::Mvt {
            self.stored(out, &mut crc);
        } else {
            let follows = self.following();
            crc.update(&follows);
            match self.tail {
                Tail::Stored => tail::stored(&follows, out),
                Tail::Compressed => tail::deflated(&follows, out),
            }
        }
        out.extend((self.skeleton.checksum(self.tile, self.part) ^ crc.finalize()).to_le_bytes());
        // The length modulo 2^32 (RFC 1952, 2.3.1).
        out.extend(((self.skeleton.raw_length(self.tile, self.part) + self.raw_tail()) as u32).to_le_bytes());
    }

    /// Keys as one block of their own, values as stored blocks.
    fn stored(&self, out: &mut Vec<u8>, crc: &mut crc32fast::Hasher) {
        let mut bits = BlockWriter::new(out);
        if self.part == Part::Keyed {
            let mut raw = Vec::with_capacity(self.rows().len() * KEY_WIDTH);
            self.keys(&mut raw);
            crc.update(&raw);
            bits.write(KEYS, self.runs());
        }
        let mut blocks = self.rows().chunks(tail::BLOCK / VALUE_WIDTH).peekable();
        while let Some(rows) = blocks.next() {
            bits.stored(blocks.peek().is_none(), rows.len() * VALUE_WIDTH);
            let start = bits.out.len();
            self.entries(rows, bits.out);
            crc.update(bits.out.get(start..).unwrap_or_default());
        }
    }

    /// All that follows the skeleton's bytes.
    fn follow(&self, out: &mut Vec<u8>) {
        let Some((column, rows)) = self.values else { return };
        match (self.skeleton.encoding(), self.part) {
            (Encoding::Mlt, Part::Keyed) => mlt::values_and_states(rows, column, out),
            (Encoding::Mlt, _) => mlt::values(rows, column, out),
            (Encoding::Mvt, Part::Keyed) => {
                self.keys(out);
                self.entries(rows, out);
            }
            (Encoding::Mvt, _) => self.entries(rows, out),
        }
    }

    /// The bytes that [`Self::follow`] appends.
    fn following(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.raw_tail());
        self.follow(&mut out);
        out
    }

    fn keys(&self, out: &mut Vec<u8>) {
        let [values, gaps] = &MANY_KEYS;
        for (is_gap, count) in self.runs() {
            let many = if is_gap { gaps } else { values }.as_flattened();
            let mut rest = count * KEY_WIDTH;
            while rest > 0 {
                let some = many.get(..rest.min(many.len())).unwrap_or_default();
                out.extend_from_slice(some);
                rest -= some.len();
            }
        }
    }

    fn runs(&self) -> impl Iterator<Item = (bool, usize)> {
        self.values.into_iter().flat_map(|(column, rows)| runs(rows, column))
    }

    fn entries(&self, rows: &[u32], out: &mut Vec<u8>) {
        let Some((column, _)) = self.values else { return };
        // Neighbours in the table are most often neighbours in the tile.
        for run in rows.chunk_by(|a, b| a.checked_add(1) == Some(*b)) {
            match run.first().and_then(|first| column.span(*first, run.len())) {
                Some(entries) => out.extend_from_slice(entries.as_flattened()),
                None => run.iter().for_each(|row| out.extend_from_slice(column.entry(*row))),
            }
        }
    }
}

/// Whether the areas in a row have no value, and how many they are.
fn runs(rows: &[u32], column: &Column) -> impl Iterator<Item = (bool, usize)> {
    let is_gap = |row: &u32| column.is_gap(*row);
    let runs = rows.chunk_by(move |a, b| is_gap(a) == is_gap(b));
    runs.map(move |run| (run.first().is_some_and(is_gap), run.len()))
}
