//! What every reader delivers: areas as they stand in the file.

use super::{BoundaryError, Limits, Reason};
use geo::Coord;
use std::collections::BTreeMap;

/// Polygons, their rings (the exterior first), their positions as in the file: closed or not, valid or not.
pub type Polygons = Vec<Vec<Vec<Coord<f64>>>>;

/// A boundary file's content.
#[derive(Debug)]
pub struct Source {
    /// The format, for the report.
    pub format: String,
    /// The coordinate reference system of the positions.
    pub crs: SourceCrs,
    /// The fields, in the order of the file or of the alphabet.
    pub fields: Vec<String>,
    /// The areas, in the order of the file.
    pub areas: Vec<SourceArea>,
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
pub struct SourceArea {
    /// Its properties as text; those without a value are left out. A feature id is the property `id`.
    pub properties: BTreeMap<String, String>,
    /// Its polygons, none where the file has none for it, or why they cannot be taken.
    pub shape: Result<Option<Polygons>, Fault>,
}

/// What is wrong with one area.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The rule that it breaks.
    pub reason: Reason,
    /// Where and how.
    pub detail: String,
}

impl Fault {
    /// A fault with its detail.
    pub fn new(reason: Reason, detail: impl Into<String>) -> Self {
        Self { reason, detail: detail.into() }
    }
}

/// Holds a file to its limits while it is read.
#[derive(Debug)]
pub struct Meter<'a> {
    path: &'a str,
    limits: &'a Limits,
    coordinates: usize,
    areas: usize,
}

impl<'a> Meter<'a> {
    /// Nothing counted yet.
    pub fn new(path: &'a str, limits: &'a Limits) -> Self {
        Self { path, limits, coordinates: 0, areas: 0 }
    }

    /// Counts coordinates.
    pub fn coordinates(&mut self, count: usize) -> Result<(), BoundaryError> {
        self.coordinates = self.coordinates.saturating_add(count);
        self.check("the number of coordinates", self.coordinates, self.limits.coordinates)
    }

    /// Counts one area and measures its properties.
    pub fn area(&mut self, properties: &BTreeMap<String, String>) -> Result<(), BoundaryError> {
        self.areas += 1;
        self.check("the number of areas", self.areas, self.limits.areas)?;
        let longest = properties.values().map(String::len).max().unwrap_or(0);
        self.check("the length in bytes of a property", longest, self.limits.property_bytes)
    }

    fn check(&self, what: &'static str, got: usize, limit: usize) -> Result<(), BoundaryError> {
        if got > limit {
            return Err(BoundaryError::Limit { path: self.path.to_owned(), what, got: got as u64, limit: limit as u64 });
        }
        Ok(())
    }
}

/// How many coordinates polygons have.
pub fn count(polygons: &Polygons) -> usize {
    polygons.iter().flatten().map(Vec::len).sum()
}
