//! Where areas overlap and where they gape.

pub(super) mod gaps;
pub(super) mod overlaps;
