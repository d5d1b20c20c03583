//! What a boundary file may cost: every count and size that comes from it is bounded here.

/// The limits of one import. The defaults hold every national set of municipalities known to us many times over.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    /// Largest file, bytes.
    pub file_bytes: u64,
    /// Most coordinates of all areas together.
    pub coordinates: usize,
    /// Most areas.
    pub areas: usize,
    /// Most rings, parts and arcs of all areas together, and whatever stands in their place.
    pub rings: usize,
    /// Most properties of all areas together: twelve for each of the most areas.
    pub properties: usize,
    /// Most properties of different names.
    pub fields: usize,
    /// Longest property value, bytes.
    pub property_bytes: usize,
    /// Most coordinates that the pairs of overlapping neighbours are measured over; the rest are counted, not measured.
    pub overlap_coordinates: usize,
    /// Mean width up to which a hole between areas is a gap of the source, km; a wider one is a lake or foreign land.
    pub gap_width_km: f64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes: 2 << 30,
            coordinates: 20_000_000,
            areas: 200_000,
            rings: 2_000_000,
            properties: 2_400_000,
            fields: 10_000,
            property_bytes: 64 << 10,
            overlap_coordinates: 4_000_000,
            gap_width_km: 1.0,
        }
    }
}
