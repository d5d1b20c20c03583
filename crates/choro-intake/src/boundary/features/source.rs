//! What every reader delivers: areas as they stand in the file.

use crate::boundary::{error::BoundaryError, limits::Limits, report::Reason};
use geo::Coord;
use std::collections::{BTreeMap, BTreeSet};

/// Polygons, their rings (the exterior first), their positions as in the file: closed or not, valid or not.
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

/// Holds a file to its limits while it is read.
#[derive(Debug)]
pub struct Meter<'a> {
    path: &'a str,
    limits: &'a Limits,
    coordinates: usize,
    areas: usize,
    rings: usize,
    properties: usize,
    over: Option<BoundaryError>,
}

impl<'a> Meter<'a> {
    /// Nothing counted yet.
    pub fn new(path: &'a str, limits: &'a Limits) -> Self {
        Self { path, limits, coordinates: 0, areas: 0, rings: 0, properties: 0, over: None }
    }

    /// Counts coordinates.
    pub fn coordinates(&mut self, count: usize) -> Result<(), BoundaryError> {
        self.coordinates = self.coordinates.saturating_add(count);
        self.check("the number of coordinates", self.coordinates, self.limits.coordinates)
    }

    /// Counts a ring, a part, an arc, or what stands in its place.
    pub fn ring(&mut self) -> Result<(), BoundaryError> {
        self.rings += 1;
        self.check("the number of rings", self.rings, self.limits.rings)
    }

    /// Counts one area and measures its properties.
    pub fn area(&mut self, properties: &BTreeMap<String, String>) -> Result<(), BoundaryError> {
        self.bare_area()?;
        properties.values().try_for_each(|value| self.property(value.len()))
    }

    /// Counts one area, whose properties are measured one by one.
    pub fn bare_area(&mut self) -> Result<(), BoundaryError> {
        self.areas += 1;
        self.check("the number of areas", self.areas, self.limits.areas)
    }

    /// Counts one property and measures its value.
    pub fn property(&mut self, length: usize) -> Result<(), BoundaryError> {
        self.properties += 1;
        self.check("the number of properties", self.properties, self.limits.properties)?;
        self.property_length(length)
    }

    /// Measures a value, of which there may be more to come.
    pub fn property_length(&self, length: usize) -> Result<(), BoundaryError> {
        self.check("the length in bytes of a property", length, self.limits.property_bytes)
    }

    /// The names of all properties.
    pub fn fields(&self, areas: &[RawFeature]) -> Result<Vec<String>, BoundaryError> {
        let mut fields: BTreeSet<&str> = BTreeSet::new();
        for name in areas.iter().flat_map(|area| area.properties.keys()) {
            fields.insert(name);
            self.check("the number of different properties", fields.len(), self.limits.fields)?;
        }
        Ok(fields.into_iter().map(str::to_owned).collect())
    }

    /// The same for a parser, which has errors of its own: what is over the limit is kept until it has ended.
    pub fn tell<T, E: serde::de::Error>(&mut self, checked: Result<T, BoundaryError>) -> Result<T, E> {
        checked.map_err(|error| {
            let said = E::custom(&error);
            self.over = Some(error);
            said
        })
    }

    /// What was over a limit, if anything.
    pub fn over(&mut self) -> Option<BoundaryError> {
        self.over.take()
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
