//! The file of a boundary set's skeleton tiles in one grid.
//!
//! ```text
//! magic "CHOROSK1" | header: 4 x u32 (tiles, slots, min zoom, max zoom)
//! tiles x Entry, ascending by key | slots x u32 (rows of the area table) | bodies
//! a body: shared raw, shared gzip, keyed raw, keyed gzip, plain raw, plain gzip, end to end
//! ```
//!
//! All numbers little endian. `shared` and `keyed` end where the values begin (`skeleton`); their gzip forms are a gzip
//! header and deflate blocks that end byte-aligned by a sync flush (RFC 1951; zlib's `Z_SYNC_FLUSH`), so that a last block,
//! the checksum and the length may follow. `plain` is whole in both forms.

use super::{BundleError, verified::VerifiedFile};
use crate::{
    grid::TileCoord,
    skeleton::{KEY_WIDTH, SkeletonTile, VALUE_WIDTH},
};
use flate2::{Compress, Compression, Crc, FlushCompress, Status};
use std::{
    fs::File,
    io::{self, BufWriter, Seek as _, SeekFrom, Write},
    path::{Path, PathBuf},
};

const MAGIC: &[u8; 8] = b"CHOROSK1";
const HEADER: usize = 8 + 4 * 4;
/// Bytes of an [`Entry`] in the file.
const ENTRY: usize = 8 + 8 + 2 * 4 + 3 * 8 + 2 * 4;
/// Gzip without name, time or system (RFC 1952, 2.3).
const GZIP_HEADER: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 255];
/// More tiles or slots than any file that this program writes.
const MOST: u32 = 1 << 28;

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

/// Where a tile stands in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TileEntry {
    key: u64,
    offset: u64,
    slots: [u32; 2],
    /// Raw and gzip lengths of each part.
    lengths: [[u32; 2]; 3],
    /// The checksum of `shared` and `keyed` moved by the length of what follows: XOR with the checksum of what follows is
    /// that of the whole.
    checksums: [u32; 2],
}

impl TileEntry {
    /// Bytes of a part before compression.
    #[must_use]
    pub fn raw_length(&self, part: Part) -> usize {
        self.lengths[part as usize][0] as usize
    }

    /// Bytes of a part as gzip.
    #[must_use]
    pub fn gzip_length(&self, part: Part) -> usize {
        self.lengths[part as usize][1] as usize
    }

    /// The moved checksum of a part that values follow.
    #[must_use]
    pub fn checksum(&self, part: Part) -> u32 {
        self.checksums.get(part as usize).copied().unwrap_or_default()
    }

    fn to_bytes(self) -> Vec<u8> {
        let numbers = self.slots.into_iter().chain(self.lengths.into_iter().flatten()).chain(self.checksums);
        let wide = [self.key, self.offset].into_iter().flat_map(u64::to_le_bytes);
        wide.chain(numbers.flat_map(u32::to_le_bytes)).collect()
    }

    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let wide = |at: usize| Some(u64::from_le_bytes(bytes.get(at..at + 8)?.try_into().ok()?));
        let number = |i: usize| Some(u32::from_le_bytes(bytes.get(16 + 4 * i..20 + 4 * i)?.try_into().ok()?));
        Some(Self {
            key: wide(0)?,
            offset: wide(8)?,
            slots: [number(0)?, number(1)?],
            lengths: [[number(2)?, number(3)?], [number(4)?, number(5)?], [number(6)?, number(7)?]],
            checksums: [number(8)?, number(9)?],
        })
    }
}

fn key(coord: TileCoord) -> u64 {
    (u64::from(coord.z()) << 58) | (u64::from(coord.x()) << 29) | u64::from(coord.y())
}

/// Writes a skeleton file tile by tile.
pub struct SkeletonWriter {
    path: PathBuf,
    bodies: BufWriter<File>,
    offset: u64,
    entries: Vec<TileEntry>,
    slots: Vec<u32>,
    deflate: Compress,
    zooms: [u32; 2],
}

impl SkeletonWriter {
    /// Begins the file at `path` for these zooms.
    pub fn create(path: &Path, min_zoom: u8, max_zoom: u8) -> Result<Self, BundleError> {
        let bodies = tempfile::tempfile_in(path.parent().unwrap_or(path)).map_err(BundleError::io(path))?;
        Ok(Self {
            path: path.to_owned(),
            bodies: BufWriter::with_capacity(1 << 18, bodies),
            offset: 0,
            entries: Vec::new(),
            slots: Vec::new(),
            deflate: Compress::new(Compression::best(), false),
            zooms: [min_zoom.into(), max_zoom.into()],
        })
    }

    /// Adds a tile. Returns the whole geometry-only tile as gzip, for an archive beside it.
    pub fn add(&mut self, tile: &SkeletonTile) -> Result<Vec<u8>, BundleError> {
        let count = tile.rows.len();
        let start = u32::try_from(self.slots.len()).unwrap_or(u32::MAX);
        self.slots.extend(&tile.rows);
        let tails = [count * VALUE_WIDTH, count * (KEY_WIDTH + VALUE_WIDTH)];
        let mut lengths = [[0; 2]; 3];
        let mut checksums = [0; 2];
        let offset = self.offset;
        for (part, (raw, tail)) in [&tile.shared, &tile.keyed].into_iter().zip(tails).enumerate() {
            let packed = self.prefix(raw).map_err(BundleError::io(&self.path))?;
            lengths[part] = self.put(raw, &packed)?;
            checksums[part] = moved_checksum(raw, tail);
        }
        let plain = self.whole(&tile.plain).map_err(BundleError::io(&self.path))?;
        lengths[2] = self.put(&tile.plain, &plain)?;
        let slots = [start, u32::try_from(count).unwrap_or(u32::MAX)];
        self.entries.push(TileEntry { key: key(tile.coord), offset, slots, lengths, checksums });
        Ok(plain)
    }

    fn put(&mut self, raw: &[u8], packed: &[u8]) -> Result<[u32; 2], BundleError> {
        let written = self.bodies.write_all(raw).and_then(|()| self.bodies.write_all(packed));
        written.map_err(BundleError::io(&self.path))?;
        self.offset += (raw.len() + packed.len()) as u64;
        Ok([raw.len(), packed.len()].map(|length| u32::try_from(length).unwrap_or(u32::MAX)))
    }

    /// Header and deflated bytes, ended by a sync flush.
    fn prefix(&mut self, raw: &[u8]) -> io::Result<Vec<u8>> {
        self.deflate(raw, FlushCompress::Sync)
    }

    /// A whole gzip member.
    fn whole(&mut self, raw: &[u8]) -> io::Result<Vec<u8>> {
        let mut out = self.deflate(raw, FlushCompress::Finish)?;
        let mut crc = Crc::new();
        crc.update(raw);
        out.extend(crc.sum().to_le_bytes());
        out.extend((raw.len() as u32).to_le_bytes());
        Ok(out)
    }

    fn deflate(&mut self, raw: &[u8], flush: FlushCompress) -> io::Result<Vec<u8>> {
        self.deflate.reset();
        let mut out = Vec::with_capacity(GZIP_HEADER.len() + raw.len() + 64);
        out.extend(GZIP_HEADER);
        loop {
            let taken = usize::try_from(self.deflate.total_in()).unwrap_or(usize::MAX);
            let rest = raw.get(taken..).unwrap_or_default();
            let status = self.deflate.compress_vec(rest, &mut out, flush)?;
            let all_in = usize::try_from(self.deflate.total_in()).is_ok_and(|taken| taken == raw.len());
            // Room left over means that the flush is complete.
            if status == Status::StreamEnd || (all_in && flush == FlushCompress::Sync && out.len() < out.capacity()) {
                return Ok(out);
            }
            out.reserve(raw.len() / 2 + 64);
        }
    }

    /// Writes index and bodies to the file.
    pub fn finish(mut self) -> Result<(), BundleError> {
        let path = self.path.clone();
        self.write_file().map_err(BundleError::io(path))
    }

    fn write_file(&mut self) -> io::Result<()> {
        self.entries.sort_unstable_by_key(|entry| entry.key);
        let mut out = BufWriter::with_capacity(1 << 18, File::create(&self.path)?);
        out.write_all(MAGIC)?;
        let counts = [self.entries.len(), self.slots.len()].map(|n| u32::try_from(n).unwrap_or(u32::MAX));
        for number in counts.into_iter().chain(self.zooms) {
            out.write_all(&number.to_le_bytes())?;
        }
        let bodies_at = (HEADER + self.entries.len() * ENTRY + self.slots.len() * 4) as u64;
        for entry in &self.entries {
            out.write_all(&TileEntry { offset: entry.offset + bodies_at, ..*entry }.to_bytes())?;
        }
        for slot in &self.slots {
            out.write_all(&slot.to_le_bytes())?;
        }
        self.bodies.flush()?;
        let bodies = self.bodies.get_mut();
        bodies.seek(SeekFrom::Start(0))?;
        io::copy(bodies, &mut out)?;
        out.flush()
    }
}

/// CRC-32 of `raw` followed by `tail` zero bits' worth of bytes, without their own contribution.
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
    entries: Vec<TileEntry>,
    slots: Vec<u32>,
    zooms: [u8; 2],
    hash: u64,
}

impl Skeleton {
    pub(super) fn open(file: VerifiedFile) -> Result<Self, BundleError> {
        let damaged = |what: &str| BundleError::damaged(file.path(), what);
        let header = file.read(0, HEADER)?;
        if header.get(..8) != Some(MAGIC) {
            return Err(damaged("it does not begin with CHOROSK1"));
        }
        let number = |bytes: &[u8], at: usize| {
            bytes.get(at..at + 4).and_then(|four| four.try_into().ok()).map_or(u32::MAX, u32::from_le_bytes)
        };
        let [tiles, slots, min_zoom, max_zoom] = [8, 12, 16, 20].map(|at| number(&header, at));
        let index = u64::from(tiles) * ENTRY as u64 + u64::from(slots) * 4;
        if tiles > MOST || slots > MOST || HEADER as u64 + index > file.size() {
            return Err(damaged("its header counts more tiles than it can hold"));
        }
        let zoom = |n: u32| u8::try_from(n).ok().filter(|z| *z <= crate::grid::MAX_ZOOM);
        let (Some(min_zoom), Some(max_zoom)) = (zoom(min_zoom), zoom(max_zoom)) else {
            return Err(damaged("its zooms are out of range"));
        };
        let bytes = file.read(HEADER as u64, usize::try_from(index).unwrap_or(usize::MAX))?;
        let (entry_bytes, slot_bytes) = bytes.split_at(tiles as usize * ENTRY);
        let entries: Option<Vec<_>> = entry_bytes.chunks_exact(ENTRY).map(TileEntry::from_bytes).collect();
        let entries = entries.ok_or_else(|| damaged("its index is cut short"))?;
        let slots = slot_bytes.chunks_exact(4).map(|four| number(four, 0)).collect();
        let hash = xxhash_rust::xxh3::xxh3_64(file.sha256().as_bytes());
        Ok(Self { file, entries, slots, zooms: [min_zoom, max_zoom], hash })
    }

    /// Hash of the content.
    #[must_use]
    pub fn hash(&self) -> u64 {
        self.hash
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
    pub fn find(&self, coord: TileCoord) -> Option<&TileEntry> {
        let index = self.entries.binary_search_by_key(&key(coord), |entry| entry.key).ok()?;
        self.entries.get(index)
    }

    /// Every tile that holds anything.
    pub fn tiles(&self) -> impl Iterator<Item = TileCoord> {
        const MASK: u64 = (1 << 29) - 1;
        self.entries.iter().filter_map(|entry| {
            let part = |shift: u32| u32::try_from((entry.key >> shift) & MASK).ok();
            TileCoord::new((entry.key >> 58) as u8, part(29)?, part(0)?).ok()
        })
    }

    /// The rows of the area table that a tile's features stand for, in feature order.
    #[must_use]
    pub fn rows(&self, tile: &TileEntry) -> &[u32] {
        let [start, count] = tile.slots.map(|n| n as usize);
        self.slots.get(start..start.saturating_add(count)).unwrap_or_default()
    }

    /// Appends a part of a tile to `out`.
    pub fn read_into(&self, tile: &TileEntry, part: Part, gzip: bool, out: &mut Vec<u8>) -> Result<(), BundleError> {
        let before = tile.lengths.iter().take(part as usize).flatten().map(|n| u64::from(*n)).sum::<u64>();
        let [raw, packed] = tile.lengths[part as usize];
        let (offset, length) = if gzip { (u64::from(raw), packed) } else { (0, raw) };
        self.file.read_into(tile.offset + before + offset, length as usize, out)
    }
}
