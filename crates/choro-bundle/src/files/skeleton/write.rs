//! Writing a skeleton file.

use super::format::{MAGIC, Part, STREAMS, TileEntry, key};
use crate::format::{
    coding::{Coding, Prefixes, QUALITY},
    error::BundleError,
};
use choro_model::Encoding;
use choro_tiles::skeleton::{CutTile, SkeletonTile, keyed_tail, shared_tail};
use std::{
    fs::File,
    io::{self, BufWriter, Seek as _, SeekFrom, Write},
    path::{Path, PathBuf},
};

/// Bytes that a coding must save: its header line alone has as many.
const WORTHWHILE: usize = 24;
/// A part with fewer bytes is not tried in Brotli and Zstandard: nearly none of them shrinks by as much as is worthwhile.
const SMALL: usize = 256;

/// Writes a skeleton file tile by tile.
pub struct SkeletonWriter {
    path: PathBuf,
    encoding: Encoding,
    streams: Vec<BufWriter<File>>,
    entries: Vec<TileEntry>,
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
        let mut entry = TileEntry {
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
