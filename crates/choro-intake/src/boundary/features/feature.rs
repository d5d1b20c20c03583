//! The areas of a boundary file as they stand there, which every reader delivers.

use super::{area_fault::AreaFault, field_text::FieldText};
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

impl FeatureCollection {
    /// Makes a field of the ids that the format gives, unless the file has a field of that name. Where it has, an area whose field is
    /// empty has no code: its id is another number.
    pub fn offer_ids(&mut self, field: &str) {
        if self.fields.iter().any(|known| known == field) || self.areas.iter().all(|area| area.id.is_none()) {
            return;
        }
        self.fields.push(field.to_owned());
        for area in &mut self.areas {
            area.properties.extend(area.id.take().map(|id| (field.to_owned(), id)));
        }
    }
}

/// What is known of the coordinate reference system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SourceCrs {
    /// Longitude and latitude (WGS 84), to which positions of another system were brought. Their edges are short.
    Transformed,
    /// Longitude and latitude (WGS 84), said by the file.
    Degrees,
    /// Longitude and latitude by the format's rule; the file itself says nothing.
    DegreesByRule,
    /// Another one, by EPSG code or PROJ string.
    Named(String),
    /// The file says that it is unknown.
    Unknown,
    /// The file says nothing, and its format has no rule.
    Absent,
}

/// One area of the file.
#[derive(Debug)]
pub struct RawFeature {
    /// What its fields hold.
    pub properties: BTreeMap<String, FieldText>,
    /// The id that the format gives it beside its properties.
    pub id: Option<FieldText>,
    /// Its polygons, none where the file has none for it, or why they cannot be taken.
    pub shape: Result<Option<Shape>, AreaFault>,
}

/// What a geometry holds.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Shape {
    /// Its polygons.
    pub polygons: Polygons,
    /// How many points and lines stand among them.
    pub others: usize,
}

impl Shape {
    /// Refuses a geometry of points and lines alone; one of nothing at all passes. `kind` is its type, for the message.
    ///
    /// # Errors
    ///
    /// It has no polygon, and something else.
    pub fn of_polygons(self, kind: &str) -> Result<Self, AreaFault> {
        if self.others > 0 && self.polygons.is_empty() {
            return Err(AreaFault::new(Reason::NotPolygon, format!("its geometry is a {kind:.60}")));
        }
        Ok(self)
    }

    /// Whether it holds no position at all: in some formats that stands for no geometry.
    pub fn is_empty(&self) -> bool {
        self.polygons.iter().flatten().all(Vec::is_empty)
    }
}

impl From<Polygons> for Shape {
    fn from(polygons: Polygons) -> Self {
        Self { polygons, others: 0 }
    }
}

/// How many coordinates polygons have.
pub fn count(polygons: &Polygons) -> usize {
    polygons.iter().flatten().map(Vec::len).sum()
}
