//! The file of a boundary set's skeleton tiles in one grid and one encoding.
//!
//! ```text
//! magic "CHOROSK2" | header: 4 x u32 (tiles, slots, min zoom, max zoom)
//! tiles x TileEntry, ascending by key | slots x u32 (rows of the area table) | 12 streams
//! a stream: one part in one coding, of all tiles end to end; first the parts as they are, then as gzip, ..
//! ```
//!
//! All numbers little endian. `shared` and `keyed` end where the values begin (`skeleton`); compressed they are prefixes
//! (`coding`), to which values are appended. `plain` is whole in every coding. Brotli and Zstandard are left out where they do not
//! make a tile smaller: the length is 0. Streams lie apart so that codings that nobody asks for are never read.

mod format;
mod index;
mod read;
mod write;

pub use format::Part;
pub use read::{Skeleton, Tile};
pub use write::SkeletonWriter;
