//! The index of a skeleton file in memory.

use super::format::{ENTRY, STREAMS, TileEntry};

/// The entries, each member by itself: looking for a tile reads keys alone.
#[derive(Debug, Default)]
pub(super) struct Index {
    pub keys: Vec<u64>,
    pub slots: Vec<[u32; 2]>,
    /// Checksums of `shared` and `keyed`, moved by the length of what follows: XOR with the checksum of what follows gives the
    /// checksum of the whole.
    pub checksums: Vec<[u32; 2]>,
    /// Where the bodies begin within their streams, with one more entry for the ends.
    pub offsets: Vec<[u32; STREAMS]>,
    /// Where the streams begin in the file.
    pub streams: [u64; STREAMS],
}

impl Index {
    /// `None`: a stream would be longer than 4 GiB, or the index is cut short.
    pub fn read(bytes: &[u8], mut begin: u64) -> Option<Self> {
        let mut index = Self::default();
        let mut offsets = [0_u32; STREAMS];
        for bytes in bytes.chunks_exact(ENTRY) {
            let entry = TileEntry::from_bytes(bytes)?;
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
    pub fn end(&self) -> u64 {
        let last = self.offsets.last().and_then(|ends| ends.last()).copied().unwrap_or_default();
        self.streams.last().map_or(0, |begin| begin + u64::from(last))
    }
}
