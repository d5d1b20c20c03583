//! What a boundary file may cost: every count and size that comes from it is bounded here.

/// The limits of one import. The defaults hold every national set of municipalities known to us many times over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Largest file, bytes.
    pub file_bytes: u64,
    /// Most coordinates of all areas together.
    pub coordinates: usize,
    /// Most areas.
    pub areas: usize,
    /// Longest property value, bytes.
    pub property_bytes: usize,
    /// Most coordinates that the pairs of overlapping neighbours are measured over; the rest are counted, not measured.
    pub overlap_coordinates: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes: 2 << 30,
            coordinates: 20_000_000,
            areas: 200_000,
            property_bytes: 64 << 10,
            overlap_coordinates: 4_000_000,
        }
    }
}
