//! What may follow a prefix (`format::coding`): blocks that hold bytes as they are, and the end of the stream.
//!
//! ```text
//! gzip    | 1 byte, length, its complement | bytes |          .. | checksum, length (written by the splice)
//! Brotli  | 3 bytes | bytes |                                 .. | 0x03
//! Zstd    | 3 bytes | bytes |                                 .. (the last block says that it is that)
//! ```

use super::deflate::BlockWriter;
use crate::format::coding::Coding;
use std::cell::RefCell;

/// The longest stored block of deflate (RFC 1951, 3.2.4).
pub(super) const BLOCK: usize = 65_535;
/// The longest uncompressed meta-block of Brotli whose length has five nibbles (RFC 7932, 9.2).
const META_BLOCK: usize = 1 << 20;
/// The longest block of Zstandard (RFC 8878, 3.1.1.2.4).
const ZSTD_BLOCK: usize = 128 << 10;
/// Brotli's last meta-block, empty.
const BROTLI_END: u8 = 0x03;
/// The level of compressed tails: higher ones take several times as long and save a hundredth.
const LEVEL: i32 = 1;

/// Bytes beside `length` bytes that follow: headers of blocks and the end.
pub(super) fn overhead(coding: Coding, length: usize) -> usize {
    match coding {
        Coding::Identity => 0,
        Coding::Gzip => 5 * length.div_ceil(BLOCK).max(1) + 8,
        Coding::Brotli => 3 * length.div_ceil(META_BLOCK) + 1,
        Coding::Zstd => 3 * length.div_ceil(ZSTD_BLOCK).max(1),
    }
}

/// Appends bytes as they are and ends a deflate stream.
pub(super) fn stored(bytes: &[u8], out: &mut Vec<u8>) {
    let mut bits = BlockWriter::new(out);
    let mut blocks = bytes.chunks(BLOCK).peekable();
    while let Some(block) = blocks.next() {
        bits.stored(blocks.peek().is_none(), block.len());
        bits.out.extend_from_slice(block);
    }
}

/// Appends bytes as they are and ends a stream of Brotli.
pub(super) fn brotli(bytes: &[u8], out: &mut Vec<u8>) {
    bytes.chunks(META_BLOCK).for_each(|block| meta_block(block, out));
    out.push(BROTLI_END);
}

/// Appends bytes as they are and ends a frame of Zstandard.
pub(super) fn zstd(bytes: &[u8], out: &mut Vec<u8>) {
    let mut blocks = bytes.chunks(ZSTD_BLOCK).peekable();
    while let Some(block) = blocks.next() {
        let last = u32::from(blocks.peek().is_none());
        // 1 bit whether it is the last one, 2 bits type (0: raw), 21 bits size.
        let head = last | (block.len() as u32) << 3;
        out.extend_from_slice(head.to_le_bytes().get(..3).unwrap_or_default());
        out.extend_from_slice(block);
    }
}

/// 1 bit whether it is the last one, 2 bits for how many nibbles more than four, the length less one in that many nibbles, of
/// which the last must not be zero where it is the fifth, 1 bit that nothing is compressed.
fn meta_block(block: &[u8], out: &mut Vec<u8>) {
    let length = (block.len() - 1) as u32;
    let more = u32::from(length >= 1 << 16);
    let head = more << 1 | length << 3 | 1 << (19 + 4 * more);
    out.extend_from_slice(head.to_le_bytes().get(..3).unwrap_or_default());
    out.extend_from_slice(block);
}

thread_local! {
    /// A compressor's tables take longer to make than most tails to compress.
    static COMPRESSOR: RefCell<Option<libdeflater::Compressor>> = const { RefCell::new(None) };
}

/// Appends bytes as the last blocks of a deflate stream.
pub(super) fn deflated(bytes: &[u8], out: &mut Vec<u8>) {
    COMPRESSOR.with_borrow_mut(|slot| {
        let compressor = slot.get_or_insert_with(|| {
            libdeflater::Compressor::new(libdeflater::CompressionLvl::new(LEVEL).unwrap_or_default())
        });
        let start = out.len();
        out.resize(start + compressor.deflate_compress_bound(bytes.len()), 0);
        let written = out.get_mut(start..).and_then(|room| compressor.deflate_compress(bytes, room).ok());
        out.truncate(start + written.unwrap_or_default());
    });
}
