//! A deflate writer (RFC 1951) for the one thing that general compressors are too slow for here: a table of keys of which
//! most repeat the one before. One block with fixed codes: a key that was seen is a match, a run of equal keys a few
//! matches at the distance of one key.

use choro_tiles::skeleton::KEY_WIDTH;

/// The longest match.
const LONGEST: usize = 258;
/// The farthest match.
const WINDOW: usize = 32_768;
/// First distance and extra bits of each distance code (RFC 1951, 3.2.5).
const DISTANCES: [(usize, u8); 30] = [
    (1, 0),
    (2, 0),
    (3, 0),
    (4, 0),
    (5, 1),
    (7, 1),
    (9, 2),
    (13, 2),
    (17, 3),
    (25, 3),
    (33, 4),
    (49, 4),
    (65, 5),
    (97, 5),
    (129, 6),
    (193, 6),
    (257, 7),
    (385, 7),
    (513, 8),
    (769, 8),
    (1025, 9),
    (1537, 9),
    (2049, 10),
    (3073, 10),
    (4097, 11),
    (6145, 11),
    (8193, 12),
    (12_289, 12),
    (16_385, 13),
    (24_577, 13),
];
/// First length and extra bits of each length code from 257 on.
const LENGTHS: [(usize, u8); 29] = [
    (3, 0),
    (4, 0),
    (5, 0),
    (6, 0),
    (7, 0),
    (8, 0),
    (9, 0),
    (10, 0),
    (11, 1),
    (13, 1),
    (15, 1),
    (17, 1),
    (19, 2),
    (23, 2),
    (27, 2),
    (31, 2),
    (35, 3),
    (43, 3),
    (51, 3),
    (59, 3),
    (67, 4),
    (83, 4),
    (99, 4),
    (115, 4),
    (131, 5),
    (163, 5),
    (195, 5),
    (227, 5),
    (258, 0),
];

/// Writes keys and stored blocks behind deflated bytes that ended byte-aligned.
pub struct BlockWriter<'a> {
    /// Where the bytes go. Between blocks it may be written to only after [`Self::stored`].
    pub out: &'a mut Vec<u8>,
    bits: u64,
    count: u8,
}

impl<'a> BlockWriter<'a> {
    pub fn new(out: &'a mut Vec<u8>) -> Self {
        Self { out, bits: 0, count: 0 }
    }

    /// A block that holds `runs`: which of the two keys, and how often in a row.
    pub fn write(&mut self, keys: [&[u8; KEY_WIDTH]; 2], runs: impl Iterator<Item = (bool, usize)>) {
        self.put(0b010, 3);
        // Where each key stood last.
        let mut last: [Option<usize>; 2] = [None; 2];
        let mut at = 0;
        for (which, count) in runs.filter(|(_, count)| *count > 0) {
            let which = usize::from(which);
            let (Some(key), Some(last)) = (keys.get(which), last.get_mut(which)) else { continue };
            match last.map(|last| (at - last) * KEY_WIDTH) {
                Some(distance) if distance <= WINDOW => self.matched(KEY_WIDTH, distance),
                _ => key.iter().for_each(|byte| self.literal(*byte)),
            }
            let mut rest = (count - 1) * KEY_WIDTH;
            while rest > 0 {
                // A rest shorter than 3 could not be a match; a whole key always can.
                let length = if rest > LONGEST { LONGEST / KEY_WIDTH * KEY_WIDTH } else { rest };
                self.matched(length, KEY_WIDTH);
                rest -= length;
            }
            at += count;
            *last = Some(at - 1);
        }
        // End of block.
        self.code(0, 7);
    }

    /// The header of a stored block of `length` bytes, which the caller then appends to `out`.
    pub fn stored(&mut self, last: bool, length: usize) {
        self.put(u64::from(last), 3);
        self.align();
        let length = length as u16;
        self.out.extend(length.to_le_bytes());
        self.out.extend((!length).to_le_bytes());
    }

    /// Fixed codes of literals below 144, all that keys hold.
    fn literal(&mut self, byte: u8) {
        self.code(0x30 + u16::from(byte), 8);
    }

    fn matched(&mut self, length: usize, distance: usize) {
        let (index, extra, bits) = find(&LENGTHS, length);
        // Codes 257 to 279 have 7 bits from 1 on, 280 to 285 8 bits from 192 on.
        let (code, width) = if index < 23 { (index + 1, 7) } else { (192 + index - 23, 8) };
        self.code(code, width);
        self.put(extra, bits);
        let (index, extra, bits) = find(&DISTANCES, distance);
        self.code(index, 5);
        self.put(extra, bits);
    }

    /// A Huffman code: its most significant bit first.
    fn code(&mut self, code: u16, bits: u8) {
        self.put(u64::from(code.reverse_bits() >> (16 - bits)), bits);
    }

    fn put(&mut self, value: u64, bits: u8) {
        self.bits |= value << self.count;
        self.count += bits;
        while self.count >= 8 {
            self.out.push(self.bits as u8);
            self.bits >>= 8;
            self.count -= 8;
        }
    }

    fn align(&mut self) {
        if self.count > 0 {
            self.put(0, 8 - self.count);
        }
    }
}

/// The code of a number: index, what is added to its first number, and in how many bits.
fn find(table: &[(usize, u8)], number: usize) -> (u16, u64, u8) {
    let index = table.partition_point(|(first, _)| *first <= number).saturating_sub(1);
    let (first, bits) = table.get(index).copied().unwrap_or_default();
    (index as u16, (number - first) as u64, bits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn an_independent_inflater_reads_back_any_table_of_keys(kinds in prop::collection::vec(any::<bool>(), 1..20_000), rare in 1_usize..40) {
            let raw: Vec<u8> = kinds.iter().enumerate()
                .flat_map(|(i, odd)| if *odd && i % rare == 0 { *b"\x1a\x05state" } else { *b"\x1a\x05value" }).collect();
            let mut packed = Vec::new();
            let mut keys = BlockWriter::new(&mut packed);
            let odd = |i: usize| kinds[i] && i.is_multiple_of(rare);
            let all: Vec<bool> = (0..kinds.len()).map(odd).collect();
            keys.write([b"\x1a\x05value", b"\x1a\x05state"], all.chunk_by(|a, b| a == b).map(|run| (run[0], run.len())));
            keys.stored(true, 3);
            packed.extend(b"end");
            let mut out = vec![0; raw.len() + 3];
            let size = libdeflater::Decompressor::new().deflate_decompress(&packed, &mut out).unwrap();
            prop_assert_eq!(size, raw.len() + 3);
            prop_assert_eq!(&out[..raw.len()], &raw[..]);
            prop_assert_eq!(&out[raw.len()..], b"end");
        }
    }
}
