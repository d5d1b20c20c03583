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
    /// The areas of which rings had to be taken apart, before and afterwards.
    pub remeasured: Vec<RemeasuredArea>,
    /// Texts that end within a character, since their column is too narrow.
    pub cut_texts: Vec<CutText>,
    /// Areas that are put together of several ones of the file.
    pub united: Vec<UnitedArea>,
    /// Areas of the file that the filter leaves out.
    pub filtered: usize,
    /// Vertices that were added to straight edges, since a neighbour has them.
    pub tied: usize,
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

/// An area whose rings had to be taken apart.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RemeasuredArea {
    /// Its code.
    pub code: String,
    /// Its area as its rings are drawn, km2.
    pub before_km2: f64,
    /// Its area afterwards, km2.
    pub after_km2: f64,
}

/// A text that ends within a character.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CutText {
    /// The area's code.
    pub code: String,
    /// The field.
    pub field: String,
    /// What is left of the text.
    pub text: String,
}

/// An area that is put together of several ones of the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UnitedArea {
    /// Its code.
    pub code: String,
    /// How many areas of the file it consists of.
    pub areas: usize,
    /// What the others are called or belong to, where that is not what the first says; the first is taken.
    pub differing: Vec<String>,
}

impl UnitedArea {
    /// One that consists of one area so far.
    pub(crate) fn new(code: &choro_model::AreaCode) -> Self {
        Self { code: code.to_string(), areas: 1, differing: Vec::new() }
    }
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
