//! The areas of a boundary file as they stand there, which every reader delivers.

use crate::boundary::report::Reason;
use geo::Coord;
use std::collections::BTreeMap;

/// Polygons, each a list of rings (the exterior first), each a list of positions as in the file: closed or not, valid or not.
pub type Polygons = Vec<Vec<Vec<Coord<f64>>>>;

/// A boundary file's content.
#[derive(Debug)]
pub struct FeatureCollection {
    /// The format, for the report.
    pub format: String,
    /// The coordinate reference system of the positions.
    pub crs: SourceCrs,
    /// The fields, in the order of the file or of the alphabet.
    pub fields: Vec<String>,
    /// The areas, in the order of the file.
    pub areas: Vec<RawFeature>,
}

/// What is known of the coordinate reference system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SourceCrs {
    /// Longitude and latitude (WGS 84), said by the file or brought there by GDAL.
    Degrees,
    /// Longitude and latitude by the format's rule; the file itself says nothing.
    DegreesByRule,
    /// Another one, by EPSG code or PROJ string.
    Named(String),
    /// The file says that it is unknown.
    Unknown,
}

/// One area of the file.
#[derive(Debug)]
pub struct RawFeature {
    /// Its properties as text; those without a value are left out. A feature id is the property `id`.
    pub properties: BTreeMap<String, String>,
    /// Its polygons, none where the file has none for it, or why they cannot be taken.
    pub shape: Result<Option<Polygons>, AreaFault>,
}

/// What is wrong with one area.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AreaFault {
    /// The rule that it breaks.
    pub reason: Reason,
    /// Where and how.
    pub detail: String,
}

impl AreaFault {
    /// A fault with its detail.
    pub fn new(reason: Reason, detail: impl Into<String>) -> Self {
        Self { reason, detail: detail.into() }
    }
}

/// How many coordinates polygons have.
pub fn count(polygons: &Polygons) -> usize {
    polygons.iter().flatten().map(Vec::len).sum()
}
