//! Reading a skeleton file.

use super::{
    format::{ENTRY, HEADER, MAGIC, MOST, Part, key, number},
    index::Index,
};
use crate::{
    format::{coding::Coding, error::BundleError, fingerprint::Fingerprint},
    storage::verified::VerifiedFile,
};
use bytes::Bytes;
use choro_model::{Encoding, grid::TileCoord};

/// A tile of a file, found once and then asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tile(usize);

/// A skeleton file opened for reading: the index in memory, the bodies read by position.
#[derive(Debug)]
pub struct Skeleton {
    file: VerifiedFile,
    encoding: Encoding,
    index: Index,
    slots: Vec<u32>,
    zooms: [u8; 2],
    fingerprint: Fingerprint,
}

impl Skeleton {
    pub(crate) fn open(file: VerifiedFile, encoding: Encoding) -> Result<Self, BundleError> {
        let damaged = |what: &str| BundleError::damaged(file.path(), what);
        let header = file.read(0, HEADER)?;
        if header.get(..8) != Some(MAGIC) {
            return Err(damaged("it does not begin with CHOROSK2: publish again with this program"));
        }
        let [tiles, slots, min_zoom, max_zoom] = [8, 12, 16, 20].map(|at| number(&header, at));
        let length = u64::from(tiles) * ENTRY as u64 + u64::from(slots) * 4;
        if tiles > MOST || slots > MOST || HEADER as u64 + length > file.size() {
            return Err(damaged("its header counts more tiles than it can hold"));
        }
        let zoom = |n: u32| u8::try_from(n).ok().filter(|z| *z <= choro_model::grid::MAX_ZOOM);
        let (Some(min_zoom), Some(max_zoom)) = (zoom(min_zoom), zoom(max_zoom)) else {
            return Err(damaged("its zooms are out of range"));
        };
        let bytes = file.read(HEADER as u64, usize::try_from(length).unwrap_or(usize::MAX))?;
        let (entries, slot_bytes) = bytes.split_at(tiles as usize * ENTRY);
        let index = Index::read(entries, HEADER as u64 + length).filter(|index| index.end() == file.size());
        let index = index.ok_or_else(|| damaged("its index does not fit its size"))?;
        let slots = slot_bytes.chunks_exact(4).map(|four| number(four, 0)).collect();
        let fingerprint = file.fingerprint()?;
        Ok(Self { file, encoding, index, slots, zooms: [min_zoom, max_zoom], fingerprint })
    }

    /// How its tiles are encoded.
    #[must_use]
    pub fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// What tells its content from any other.
    #[must_use]
    pub fn fingerprint(&self) -> Fingerprint {
        self.fingerprint
    }

    /// The first zoom that has tiles.
    #[must_use]
    pub fn min_zoom(&self) -> u8 {
        self.zooms[0]
    }

    /// The last zoom that has tiles.
    #[must_use]
    pub fn max_zoom(&self) -> u8 {
        self.zooms[1]
    }

    /// A tile, if it holds anything.
    #[must_use]
    pub fn find(&self, coord: TileCoord) -> Option<Tile> {
        self.index.keys.binary_search(&key(coord)).ok().map(Tile)
    }

    /// Every tile that holds anything.
    pub fn tiles(&self) -> impl Iterator<Item = TileCoord> {
        const MASK: u64 = (1 << 29) - 1;
        self.index.keys.iter().filter_map(|key| {
            let part = |shift: u32| u32::try_from((key >> shift) & MASK).ok();
            TileCoord::new((key >> 58) as u8, part(0)?, part(29)?).ok()
        })
    }

    /// The rows of the area table that a tile's features stand for, in feature order.
    #[must_use]
    pub fn rows(&self, tile: Tile) -> &[u32] {
        let [start, count] = self.index.slots.get(tile.0).copied().unwrap_or_default().map(|n| n as usize);
        self.slots.get(start..start.saturating_add(count)).unwrap_or_default()
    }

    /// Bytes of a part in a coding; `None` where the coding was left out.
    #[must_use]
    pub fn length(&self, tile: Tile, part: Part, coding: Coding) -> Option<usize> {
        Some(self.place(tile, part, coding).1).filter(|length| *length > 0)
    }

    /// Bytes of a part before compression.
    #[must_use]
    pub fn raw_length(&self, tile: Tile, part: Part) -> usize {
        self.length(tile, part, Coding::Identity).unwrap_or_default()
    }

    /// The moved checksum (CRC-32, as gzip has it) of a part that values follow.
    #[must_use]
    pub fn checksum(&self, tile: Tile, part: Part) -> u32 {
        let both = self.index.checksums.get(tile.0);
        both.and_then(|both| both.get(part as usize)).copied().unwrap_or_default()
    }

    /// Appends a part of a tile in a coding to `out`: nothing where the coding was left out.
    pub fn read_into(&self, tile: Tile, part: Part, coding: Coding, out: &mut Vec<u8>) -> Result<(), BundleError> {
        let (offset, length) = self.place(tile, part, coding);
        self.file.read_into(offset, length, out)
    }

    /// A part of a tile in a coding without copying it, where it lies whole in memory.
    pub fn shared(&self, tile: Tile, part: Part, coding: Coding) -> Result<Option<Bytes>, BundleError> {
        let (offset, length) = self.place(tile, part, coding);
        self.file.shared(offset, length)
    }

    /// Where a part lies in the file, and its length: 0 where the coding was left out.
    fn place(&self, tile: Tile, part: Part, coding: Coding) -> (u64, usize) {
        let stream = part.stream(coding);
        let offset = |tile: usize| self.index.offsets.get(tile).and_then(|all| all.get(stream)).copied().unwrap_or_default();
        let (begin, end) = (offset(tile.0), offset(tile.0 + 1));
        let base = self.index.streams.get(stream).copied().unwrap_or_default();
        (base + u64::from(begin), (end - begin) as usize)
    }
}
