//! What an import took, mended, refused and found.

use super::{defect::Repair, rejected_area::RejectedArea};
use serde::Serialize;

/// The report of one import.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct BoundaryReport {
    /// The file.
    pub path: String,
    /// Its format, e.g. `GeoJSON`.
    pub format: String,
    /// Its coordinate reference system.
    pub crs: String,
    /// Areas in the file.
    pub read: usize,
    /// Areas of the set that have polygons.
    pub taken: usize,
    /// Vertices of all rings of the set, without the repeated last one.
    pub vertices: usize,
    /// Westernmost and easternmost longitude of the set, degrees; beyond 180 where it crosses the antimeridian.
    pub longitudes: Option<(f64, f64)>,
    /// What was wrong and could be mended, area by area.
    pub repaired: Vec<Repair>,
    /// Areas that cannot be taken.
    pub rejected: Vec<RejectedArea>,
    /// Areas of which no polygon is known: of the crosswalk, or of the file without geometry.
    pub without_polygon: Vec<Unlocated>,
    /// Codes of the areas that the antimeridian had cut, made whole.
    pub dissolved: Vec<String>,
    /// Pairs of areas that overlap, the largest ten.
    pub overlaps: Vec<Overlap>,
    /// How many pairs overlap.
    pub overlap_pairs: usize,
    /// Area of all measured overlaps, km2.
    pub overlap_km2: f64,
    /// Pairs that overlap and were not measured, because the limit was reached.
    pub overlaps_unmeasured: usize,
    /// Gaps between areas, the largest ten.
    pub gaps: Vec<BorderGap>,
    /// How many gaps there are.
    pub gap_count: usize,
    /// Area of all gaps, km2.
    pub gap_km2: f64,
    /// The mean width up to which a hole between areas counts as a gap, km; a wider one is taken for a lake or foreign land.
    pub gap_width_km: f64,
}

/// An area of which no polygon is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unlocated {
    /// Its code.
    pub code: String,
    /// Its name, where known.
    pub name: Option<String>,
}

/// Two areas that overlap.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Overlap {
    /// One code.
    pub a: String,
    /// The other.
    pub b: String,
    /// The area of both, km2.
    pub km2: f64,
    /// The middle of the largest piece, degrees.
    pub lon: f64,
    /// The middle of the largest piece, degrees.
    pub lat: f64,
}

/// A hole between areas that nobody covers.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BorderGap {
    /// Its area, km2.
    pub km2: f64,
    /// Its mean width, km.
    pub width_km: f64,
    /// A point of it, degrees.
    pub lon: f64,
    /// A point of it, degrees.
    pub lat: f64,
}
