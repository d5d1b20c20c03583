//! What an import took, mended, refused and found.

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

/// One mended fault of one area.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Repair {
    /// The area's code.
    pub code: String,
    /// What was wrong.
    pub problem: GeometryDefect,
    /// How often.
    pub count: usize,
    /// Where it was first, degrees.
    pub lon: f64,
    /// Where it was first, degrees.
    pub lat: f64,
    /// How it was mended.
    pub mended: &'static str,
}

/// Faults that can be mended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum GeometryDefect {
    /// A ring's last position is not its first.
    OpenRing,
    /// A position stands twice in a row.
    RepeatedPoint,
    /// A ring encloses nothing.
    CollapsedRing,
    /// A ring runs out and back on the same line.
    Spike,
    /// A ring touches itself.
    SelfTouch,
    /// A ring crosses itself.
    SelfCrossing,
    /// Two rings of an area cross.
    RingsCross,
    /// Two rings of an area run along the same line.
    SharedEdge,
    /// A part lies in another part, or a hole outside of its part.
    Nesting,
    /// A part lies in another part, and the ground is another area's.
    Enclave,
}

impl GeometryDefect {
    /// What is done about it.
    #[must_use]
    pub fn mended(self) -> &'static str {
        match self {
            Self::OpenRing => "closed",
            Self::RepeatedPoint => "the repetition dropped",
            Self::CollapsedRing => "the ring dropped",
            Self::Spike => "the spike dropped",
            Self::SelfTouch => "split at that vertex",
            Self::SelfCrossing => "split where it crosses (even-odd rule)",
            Self::RingsCross => "parts united, holes cut out",
            Self::SharedEdge => "the line dissolved",
            Self::Nesting => "parts united, holes cut out",
            Self::Enclave => "turned into a hole",
        }
    }

    /// What is wrong, in words.
    #[must_use]
    pub fn text(self) -> &'static str {
        match self {
            Self::OpenRing => "ring not closed",
            Self::RepeatedPoint => "repeated point",
            Self::CollapsedRing => "ring without area",
            Self::Spike => "spike",
            Self::SelfTouch => "ring touches itself",
            Self::SelfCrossing => "ring crosses itself",
            Self::RingsCross => "rings cross",
            Self::SharedEdge => "rings share an edge",
            Self::Nesting => "part inside a part, or hole outside of its part",
            Self::Enclave => "part inside a part, where another area lies",
        }
    }
}

/// One area that cannot be taken.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RejectedArea {
    /// Its place in the file, from 0.
    pub index: usize,
    /// Its code, as far as known.
    pub code: Option<String>,
    /// Its name, as far as known.
    pub name: Option<String>,
    /// The rule that it breaks.
    pub reason: Reason,
    /// Where and how.
    pub detail: String,
    /// How to mend it.
    pub remedy: &'static str,
}

/// Why an area cannot be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// Its geometry is not a polygon.
    NotPolygon,
    /// Its geometry is malformed.
    Malformed,
    /// A coordinate is not a finite number.
    NotFinite,
    /// A coordinate lies outside of the world.
    OutsideWorld,
    /// A ring has fewer than three points.
    Ring,
    /// None of its rings encloses anything.
    NoArea,
    /// It crosses itself in a way that cannot be resolved.
    Unmendable,
    /// It has no code.
    NoCode,
    /// Its code is not valid.
    BadCode,
    /// Other areas have the same code.
    DuplicateCode,
    /// The crosswalk does not know it.
    NotInCrosswalk,
    /// A text holds what cannot be shown.
    Text,
}

impl Reason {
    /// How to mend it.
    #[must_use]
    pub fn remedy(self) -> &'static str {
        match self {
            Self::NotPolygon => "keep only polygons and multipolygons in the file",
            Self::Malformed => "export the geometry again",
            Self::NotFinite => "give the position its coordinates, or leave it out",
            Self::OutsideWorld => "mend the position, or name the coordinate reference system with --crs",
            Self::Ring => "leave the ring out, or give it three points or more",
            Self::NoArea => "give the area a polygon, or leave it out",
            Self::Unmendable => "mend the polygon in a GIS (ST_MakeValid, Fix geometries)",
            Self::NoCode => "fill the code field, or map the area in a crosswalk",
            Self::BadCode => "use letters, digits, space and _ - . : / + ( ) , or map the area in a crosswalk",
            Self::DuplicateCode => "add a field to the code (--code A+B), merge the parts of one area, or use a crosswalk",
            Self::NotInCrosswalk => "add a row for it to the crosswalk",
            Self::Text => "remove the character; after a shapefile's wrong encoding, name the right one with --encoding",
        }
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
