//! What mending a part does to its area. Where an exterior crosses itself, or a hole lies outside, what is meant can only be guessed,
//! and the area tells whether the guess matters.

use crate::boundary::geometry::{
    ground::km2,
    rings::{Parts, Ring},
    stitch::simple_loops,
};

/// The share of a part's area that mending may change.
pub const MAX_CHANGE: f64 = 0.01;

/// The area of one part or of a whole area, before it was mended and afterwards.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct AreaChange {
    /// As its rings are drawn, km2.
    pub before_km2: f64,
    /// Afterwards, km2.
    pub after_km2: f64,
}

impl AreaChange {
    /// Whether it is more than mending may change.
    pub fn is_grave(&self) -> bool {
        (self.after_km2 - self.before_km2).abs() > MAX_CHANGE * self.before_km2.abs().max(self.after_km2.abs())
    }
}

/// What mending did to a part. `rings` are those of the part with a vertex wherever they cross, the exterior first.
///
/// A ring that crosses itself can be drawn in two ways. A hole may be drawn in one line with its exterior, and the other way round: then
/// the signed areas of its loops are what was meant. In a bow tie, the loops differ in sign as well, and each of them is meant. Of both
/// readings that one counts which is nearer to the outcome.
pub fn of_part(rings: &[Ring], mended: &Parts) -> AreaChange {
    let after_km2 = size(mended);
    let loops = |ring: &Ring| simple_loops(ring.clone()).iter().map(|ring| km2(ring)).collect::<Vec<f64>>();
    let exterior = rings.first().map(loops).unwrap_or_default();
    let holes: f64 = rings.iter().skip(1).flat_map(loops).map(f64::abs).sum();
    let readings = [exterior.iter().sum::<f64>().abs(), exterior.iter().copied().map(f64::abs).sum()];
    let distance = |reading: &f64| (reading - holes - after_km2).abs();
    let nearest = readings.into_iter().min_by(|a, b| distance(a).total_cmp(&distance(b))).unwrap_or_default();
    AreaChange { before_km2: nearest - holes, after_km2 }
}

/// The area of valid parts, km2.
pub fn size(parts: &Parts) -> f64 {
    parts.iter().flatten().map(|ring| km2(ring)).sum()
}
