//! Counts what a file holds while it is read, and ends the reading at a limit.

use super::{feature::RawFeature, field_text::FieldText};
use crate::boundary::{error::BoundaryError, limits::Limits, options::Options};
use std::collections::{BTreeMap, BTreeSet};

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
    wanted: BTreeSet<&'a str>,
}

impl<'a> Meter<'a> {
    /// Nothing counted yet. Of the fields, those are wanted that the options name.
    pub fn new(path: &'a str, limits: &'a Limits, options: &'a Options) -> Self {
        let wanted = options.fields().collect();
        Self { path, limits, coordinates: 0, areas: 0, rings: 0, properties: 0, over: None, wanted }
    }

    /// Whether somebody asks for the field. Others are passed over, so that nothing in them can be at fault.
    pub fn wants(&self, field: &str) -> bool {
        self.wanted.contains(field)
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
    pub fn area(&mut self, properties: &BTreeMap<String, FieldText>) -> Result<(), BoundaryError> {
        self.bare_area()?;
        properties.values().try_for_each(|value| self.property(value.length()))
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

    /// Measures a value of which more may come.
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

    /// Makes an error of a parser of what is over a limit. The error itself is kept until the parser has ended.
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
