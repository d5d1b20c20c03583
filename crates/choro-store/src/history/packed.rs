//! A published table as bytes: what a release's reference leads to.
//!
//! ```text
//! 1                                   the version of this form
//! 2, "A", "B"                         the areas, each a text with its length before it
//! 1                                   the columns,
//! 1, "F"                                  each by its codes
//! 8 x (areas x columns)               the numbers, column by column: first the lowest byte of all, then the next one
//! areas x columns                     what each cell is: 0 a value, from 1 a state; and 16 times its flag
//! ```
//!
//! Counts and lengths are of 4 bytes, the lowest first. Bytes of like meaning stand together, since counts are small and their high
//! bytes are equal. The hash is of these bytes; they are stored deflated.

use super::{cell_kind, content::ContentHash};
use choro_model::{AreaCode, Code, Figure, hex};
use flate2::{Compression, write::DeflateEncoder};
use sha2::{Digest as _, Sha256};
use std::io::Write as _;

/// The version of this form.
pub(super) const VERSION: u8 = 1;

/// A table as bytes.
#[derive(Debug, Clone)]
pub struct PackedTable {
    pub(super) bytes: Vec<u8>,
    pub(super) hash: ContentHash,
}

impl PackedTable {
    /// Packs a table. Each column has a figure for every area.
    #[must_use]
    pub fn pack(areas: &[AreaCode], columns: &[(&[Code], &[Figure])]) -> Self {
        let mut bytes = vec![VERSION];
        put_texts(&mut bytes, areas.iter().map(AreaCode::as_str));
        put_count(&mut bytes, columns.len());
        columns.iter().for_each(|(codes, _)| put_texts(&mut bytes, codes.iter().map(Code::as_str)));
        let figures = || columns.iter().flat_map(|(_, figures)| *figures);
        for place in 0..8 {
            let byte = |figure: &Figure| figure.cell.number().unwrap_or_default().to_le_bytes().get(place).copied();
            bytes.extend(figures().filter_map(byte));
        }
        bytes.extend(figures().map(|figure| cell_kind::byte(*figure)));
        let hash = ContentHash(hex(&Sha256::digest(&bytes)));
        Self { bytes, hash }
    }

    /// What tells it from every other.
    #[must_use]
    pub fn hash(&self) -> &ContentHash {
        &self.hash
    }

    /// The bytes as they are stored.
    pub fn deflated(&self) -> std::io::Result<Vec<u8>> {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(&self.bytes)?;
        encoder.finish()
    }
}

fn put_count(bytes: &mut Vec<u8>, count: usize) {
    bytes.extend(u32::try_from(count).unwrap_or(u32::MAX).to_le_bytes());
}

fn put_texts<'a>(bytes: &mut Vec<u8>, texts: impl ExactSizeIterator<Item = &'a str>) {
    put_count(bytes, texts.len());
    for text in texts {
        put_count(bytes, text.len());
        bytes.extend_from_slice(text.as_bytes());
    }
}
