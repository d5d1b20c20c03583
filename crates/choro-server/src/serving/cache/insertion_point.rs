//! A text that is compressed once, with a point at which each request can insert a few words of its own.
//!
//! ```text
//! gzip:  header | head, up to a sync flush | tail, which looks back at nothing before it | check
//! told:  header | head                     | a stored block with the words | tail | the check of all three
//! ```

use flate2::{Compression, write::DeflateEncoder};
use std::io::{self, Write as _};

/// The header of gzip, without name, time or system (RFC 1952, 2.3).
const HEADER: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
/// Length of the trailer of gzip: CRC-32 and the length of the text.
const TRAILER: usize = 8;
/// How many bytes a stored block holds at most (RFC 1951, 3.2.4).
const MOST: usize = 65_535;

/// Where the words are inserted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct InsertionPoint {
    /// The byte offset in the text.
    plain: usize,
    /// The byte offset in its gzip stream.
    packed: usize,
    /// The CRC-32 of the text before the point and of the text after it.
    checks: [u32; 2],
}

/// Compresses a text with an insertion point at a byte offset, or at its end where it is shorter.
pub(super) fn pack(text: &[u8], at: usize, level: u32) -> io::Result<(Vec<u8>, InsertionPoint)> {
    let (head, tail) = text.split_at(at.min(text.len()));
    let level = Compression::new(level);
    let mut encoder = DeflateEncoder::new(HEADER.to_vec(), level);
    encoder.write_all(head)?;
    encoder.flush()?;
    let packed = encoder.get_ref().len();
    let mut out = encoder.finish()?;
    // The block that ends the stream is cut off, since the tail follows.
    out.truncate(packed);
    let mut encoder = DeflateEncoder::new(out, level);
    encoder.write_all(tail)?;
    let mut out = encoder.finish()?;
    let checks = [head, tail].map(crc32fast::hash);
    out.extend(trailer(text.len(), joined(checks, tail.len())));
    Ok((out, InsertionPoint { plain: head.len(), packed, checks }))
}

impl InsertionPoint {
    /// The text with the words inserted.
    pub fn told(&self, text: &[u8], words: &str) -> Vec<u8> {
        let (head, tail) = text.split_at(self.plain.min(text.len()));
        [head, words.as_bytes(), tail].concat()
    }

    /// The gzip stream of the text with the words inserted. `text`: length of the text without them. `None`: the words do not fit
    /// into one stored block.
    pub fn packed(&self, gzip: &[u8], text: usize, words: &str) -> Option<Vec<u8>> {
        let length = u16::try_from(words.len()).ok().filter(|_| words.len() <= MOST)?;
        let (head, rest) = gzip.split_at_checked(self.packed)?;
        let tail = rest.get(..rest.len().checked_sub(TRAILER)?)?;
        let mut stored = vec![0];
        stored.extend(length.to_le_bytes());
        stored.extend((!length).to_le_bytes());
        let check = joined([self.checks[0], crc32fast::hash(words.as_bytes())], words.len());
        let check = joined([check, self.checks[1]], text.checked_sub(self.plain)?);
        Some([head, &stored, words.as_bytes(), tail, &trailer(text + words.len(), check)].concat())
    }
}

/// The CRC-32 of two pieces in a row. `length`: of the second piece.
fn joined([first, second]: [u32; 2], length: usize) -> u32 {
    let mut all = crc32fast::Hasher::new_with_initial_len(first, 0);
    all.combine(&crc32fast::Hasher::new_with_initial_len(second, length as u64));
    all.finalize()
}

/// The trailer: CRC-32 and length. The length is taken modulo 2^32.
fn trailer(length: usize, check: u32) -> [u8; TRAILER] {
    let mut trailer = [0; TRAILER];
    trailer[..4].copy_from_slice(&check.to_le_bytes());
    trailer[4..].copy_from_slice(&(length as u32).to_le_bytes());
    trailer
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::read::GzDecoder;
    use std::io::Read as _;

    fn unpacked(gzip: &[u8]) -> String {
        let mut text = String::new();
        GzDecoder::new(gzip).read_to_string(&mut text).unwrap();
        text
    }

    #[test]
    fn words_stand_where_the_opening_is_in_both_codings() {
        let long = "a line that comes again and again; ".repeat(4_000);
        for (text, at) in [("before|after", 7), ("", 0), ("all before", 99), ("all after", 0), (long.as_str(), 70_000)] {
            let (gzip, insertion_point) = pack(text.as_bytes(), at, 5).unwrap();
            assert_eq!(unpacked(&gzip), text);
            for words in ["", "x", "<p>what was not understood</p>"] {
                let told = String::from_utf8(insertion_point.told(text.as_bytes(), words)).unwrap();
                let (head, tail) = text.split_at(at.min(text.len()));
                assert_eq!(told, format!("{head}{words}{tail}"));
                assert_eq!(unpacked(&insertion_point.packed(&gzip, text.len(), words).unwrap()), told);
            }
            assert_eq!(insertion_point.packed(&gzip, text.len(), &"x".repeat(MOST + 1)), None);
        }
    }
}
