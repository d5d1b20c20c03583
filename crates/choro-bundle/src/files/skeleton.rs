//! The file of a boundary set's skeleton tiles in one grid and one encoding.
//!
//! ```text
//! magic "CHOROSK2" | header: 4 x u32 (tiles, slots, min zoom, max zoom)
//! tiles x Entry, ascending by key | slots x u32 (rows of the area table) | 12 streams
//! a stream: one part in one coding, of all tiles end to end; first the parts as they are, then as gzip, ..
//! ```
//!
//! All numbers little endian. `shared` and `keyed` end where the values begin (`skeleton`); compressed they are prefixes
//! (`coding`), to which values are appended. `plain` is whole in every coding. Brotli and Zstandard are left out where they do not
//! make a tile smaller: the length is 0. Streams lie apart so that codings that nobody asks for are never read.

use crate::{
    format::{
        coding::{Coding, Prefixes, QUALITY},
        error::BundleError,
        fingerprint::Fingerprint,
    },
    storage::verified::VerifiedFile,
};
use bytes::Bytes;
use choro_model::{Encoding, grid::TileCoord};
use choro_tiles::skeleton::{CutTile, SkeletonTile, keyed_tail, shared_tail};
use std::{
    fs::File,
    io::{self, BufWriter, Seek as _, SeekFrom, Write},
    path::{Path, PathBuf},
};

const MAGIC: &[u8; 8] = b"CHOROSK2";
const HEADER: usize = 8 + 4 * 4;
const PARTS: usize = 3;
const CODINGS: usize = Coding::ALL.len();
/// One part in one coding: `coding * PARTS + part`.
const STREAMS: usize = PARTS * CODINGS;
/// Bytes of an entry in the file: key, slots, lengths by stream, checksums.
const ENTRY: usize = 8 + 2 * 4 + STREAMS * 4 + 2 * 4;
/// More tiles or slots than any file that this program writes.
const MOST: u32 = 1 << 28;
/// Bytes that a coding must save: its header line alone has as many.
const WORTHWHILE: usize = 24;
/// A part with fewer bytes is not tried in Brotli and Zstandard: nearly none of them shrinks by as much as is worthwhile.
const SMALL: usize = 256;

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
    const fn stream(self, coding: Coding) -> usize {
        coding as usize * PARTS + self as usize
    }
}

/// A tile of a file, found once and then asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tile(usize);

/// What the file says of a tile.
#[derive(Debug, Clone, Copy)]
struct Entry {
    key: u64,
    slots: [u32; 2],
    lengths: [u32; STREAMS],
    checksums: [u32; 2],
}

impl Entry {
    fn to_bytes(self) -> Vec<u8> {
        let numbers = self.slots.into_iter().chain(self.lengths).chain(self.checksums);
        self.key.to_le_bytes().into_iter().chain(numbers.flat_map(u32::to_le_bytes)).collect()
    }

    fn from_bytes(bytes: &[u8]) -> Option<Self> {
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
fn key(coord: TileCoord) -> u64 {
    (u64::from(coord.z()) << 58) | (u64::from(coord.y()) << 29) | u64::from(coord.x())
}

fn number(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 4).and_then(|four| four.try_into().ok()).map_or(u32::MAX, u32::from_le_bytes)
}

/// Writes a skeleton file tile by tile.
pub struct SkeletonWriter {
    path: PathBuf,
    encoding: Encoding,
    streams: Vec<BufWriter<File>>,
    entries: Vec<Entry>,
    slots: Vec<u32>,
    prefixes: Prefixes,
    zooms: [u32; 2],
}

impl SkeletonWriter {
    /// Begins the file at `path` for these zooms.
    pub fn create(path: &Path, encoding: Encoding, min_zoom: u8, max_zoom: u8) -> Result<Self, BundleError> {
        let folder = path.parent().unwrap_or(path);
        let stream = |_| Ok(BufWriter::with_capacity(1 << 15, tempfile::tempfile_in(folder)?));
        let streams = (0..STREAMS).map(stream).collect::<io::Result<_>>().map_err(BundleError::io(path))?;
        Ok(Self {
            path: path.to_owned(),
            encoding,
            streams,
            entries: Vec::new(),
            slots: Vec::new(),
            prefixes: Prefixes::new(QUALITY).map_err(BundleError::io(path))?,
            zooms: [min_zoom.into(), max_zoom.into()],
        })
    }

    /// Adds a tile, in the order in which they are cut. Returns the whole geometry-only tile as gzip, for an archive beside it.
    pub fn add(&mut self, tile: &CutTile<'_>) -> Result<Vec<u8>, BundleError> {
        let encoded = tile.encoded(self.encoding).map_err(io::Error::other);
        encoded.and_then(|tile| self.add_tile(&tile)).map_err(BundleError::io(&self.path))
    }

    fn add_tile(&mut self, tile: &SkeletonTile) -> io::Result<Vec<u8>> {
        let count = tile.rows.len();
        let size = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let mut entry = Entry {
            key: key(tile.coord),
            slots: [size(self.slots.len()), size(count)],
            lengths: [0; STREAMS],
            checksums: [
                moved_checksum(&tile.shared, shared_tail(self.encoding, count)),
                moved_checksum(&tile.keyed, keyed_tail(self.encoding, count)),
            ],
        };
        if self.entries.last().is_some_and(|last| last.key >= entry.key) {
            return Err(io::Error::other(format!("tile {} was cut out of order", tile.coord)));
        }
        self.slots.extend(&tile.rows);
        let archived = self.prefixes.whole(&tile.plain, Coding::Gzip)?;
        for coding in Coding::ALL {
            for (part, raw) in [(Part::Shared, &tile.shared), (Part::Keyed, &tile.keyed), (Part::Plain, &tile.plain)] {
                let optional = matches!(coding, Coding::Brotli | Coding::Zstd);
                if optional && raw.len() < SMALL {
                    continue;
                }
                let body = match (part, coding) {
                    (Part::Plain, Coding::Gzip) => archived.clone(),
                    (Part::Plain, _) => self.prefixes.whole(raw, coding)?,
                    _ => self.prefixes.make(raw, coding)?,
                };
                if optional && body.len() + WORTHWHILE > raw.len() {
                    continue;
                }
                let stream = part.stream(coding);
                if let (Some(length), Some(out)) = (entry.lengths.get_mut(stream), self.streams.get_mut(stream)) {
                    out.write_all(&body)?;
                    *length = size(body.len());
                }
            }
        }
        self.entries.push(entry);
        Ok(archived)
    }

    /// Writes index and streams to the file.
    pub fn finish(mut self) -> Result<(), BundleError> {
        let path = self.path.clone();
        self.write_file().map_err(BundleError::io(path))
    }

    fn write_file(&mut self) -> io::Result<()> {
        let mut out = BufWriter::with_capacity(1 << 18, File::create(&self.path)?);
        out.write_all(MAGIC)?;
        let counts = [self.entries.len(), self.slots.len()].map(|n| u32::try_from(n).unwrap_or(u32::MAX));
        for number in counts.into_iter().chain(self.zooms) {
            out.write_all(&number.to_le_bytes())?;
        }
        for entry in &self.entries {
            out.write_all(&entry.to_bytes())?;
        }
        for slot in &self.slots {
            out.write_all(&slot.to_le_bytes())?;
        }
        for stream in &mut self.streams {
            stream.flush()?;
            let stream = stream.get_mut();
            stream.seek(SeekFrom::Start(0))?;
            io::copy(stream, &mut out)?;
        }
        out.flush()
    }
}

/// CRC-32 of `raw` followed by `tail` bytes, without their own contribution.
fn moved_checksum(raw: &[u8], tail: usize) -> u32 {
    let mut prefix = crc32fast::Hasher::new();
    prefix.update(raw);
    prefix.combine(&crc32fast::Hasher::new_with_initial_len(0, tail as u64));
    prefix.finalize()
}

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

/// The entries, each member by itself: looking for a tile reads keys alone.
#[derive(Debug, Default)]
struct Index {
    keys: Vec<u64>,
    slots: Vec<[u32; 2]>,
    /// Of `shared` and `keyed`, moved by the length of what follows: XOR with the checksum of what follows is that of the whole.
    checksums: Vec<[u32; 2]>,
    /// Where the bodies begin within their streams, with one more entry for the ends.
    offsets: Vec<[u32; STREAMS]>,
    /// Where the streams begin in the file.
    streams: [u64; STREAMS],
}

impl Index {
    /// `None`: a stream would be longer than 4 GiB, or the index is cut short.
    fn read(bytes: &[u8], mut begin: u64) -> Option<Self> {
        let mut index = Self::default();
        let mut offsets = [0_u32; STREAMS];
        for bytes in bytes.chunks_exact(ENTRY) {
            let entry = Entry::from_bytes(bytes)?;
            index.keys.push(entry.key);
            index.slots.push(entry.slots);
            index.checksums.push(entry.checksums);
            index.offsets.push(offsets);
            for (offset, length) in offsets.iter_mut().zip(entry.lengths) {
                *offset = offset.checked_add(length)?;
            }
        }
        index.offsets.push(offsets);
        for (stream, length) in index.streams.iter_mut().zip(offsets) {
            *stream = begin;
            begin += u64::from(length);
        }
        Some(index)
    }

    /// Where the streams end.
    fn end(&self) -> u64 {
        let last = self.offsets.last().and_then(|ends| ends.last()).copied().unwrap_or_default();
        self.streams.last().map_or(0, |begin| begin + u64::from(last))
    }
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
