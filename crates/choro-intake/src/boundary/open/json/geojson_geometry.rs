//! A geometry of GeoJSON, read member by member, -> its polygons.

use super::{
    coordinates::{Coordinates, CoordinatesSeed, positions},
    lists::{ListSeed, ReadItem, once},
    property_texts::SmallValueSeed,
};
use crate::boundary::{
    features::{area_fault::AreaFault, feature::Shape, meter::Meter},
    report::Reason,
};
use geo::Coord;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value as JsonValue;
use std::fmt;

/// A geometry whose members may come in any order.
#[derive(Debug, Default)]
pub struct GeoJsonGeometry {
    pub kind: Option<String>,
    pub coordinates: Option<Coordinates>,
    /// The geometries of a collection.
    pub geometries: Option<Vec<Option<GeoJsonGeometry>>>,
    /// A reference system of its own.
    pub crs: Option<JsonValue>,
    /// Whether collections in it were passed over, since they lie too deep.
    pub is_too_deep: bool,
}

/// Geometry collections inside each other that are followed.
const MAX_NESTING: usize = 8;

/// A geometry, or `null`.
pub struct GeometrySeed<'m, 'a> {
    pub meter: &'m mut Meter<'a>,
    /// How many collections it lies in.
    pub nesting: usize,
}

impl<'de> DeserializeSeed<'de> for GeometrySeed<'_, '_> {
    type Value = Option<GeoJsonGeometry>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for GeometrySeed<'_, '_> {
    type Value = Option<GeoJsonGeometry>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a geometry")
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut geometry = GeoJsonGeometry::default();
        while let Some(name) = map.next_key::<String>()? {
            match name.as_str() {
                "type" => once(&mut geometry.kind, "type", map.next_value()?)?,
                "coordinates" => {
                    once(&mut geometry.coordinates, "coordinates", map.next_value_seed(CoordinatesSeed(self.meter))?)?;
                }
                "geometries" if self.nesting < MAX_NESTING => {
                    let each = ReadGeometry { meter: &mut *self.meter, nesting: self.nesting + 1 };
                    once(&mut geometry.geometries, "geometries", map.next_value_seed(ListSeed(each))?)?;
                }
                "geometries" => {
                    map.next_value::<IgnoredAny>()?;
                    geometry.is_too_deep = true;
                }
                "crs" => once(&mut geometry.crs, "crs", Some(map.next_value_seed(SmallValueSeed(self.meter))?))?,
                _ => _ = map.next_value::<IgnoredAny>()?,
            }
        }
        Ok(Some(geometry))
    }
}

/// Reads each geometry of a collection by itself.
pub struct ReadGeometry<'m, 'a> {
    pub meter: &'m mut Meter<'a>,
    /// How many collections each lies in.
    pub nesting: usize,
}

impl ReadItem for ReadGeometry<'_, '_> {
    type Item = Option<GeoJsonGeometry>;

    fn next<'de, A: SeqAccess<'de>>(&mut self, list: &mut A) -> Result<Option<Self::Item>, A::Error> {
        let counted = self.meter.ring();
        self.meter.tell(counted)?;
        list.next_element_seed(GeometrySeed { meter: &mut *self.meter, nesting: self.nesting })
    }
}

/// The polygons of a geometry, and the count of what else stands in it.
pub fn shape(geometry: GeoJsonGeometry) -> Result<Shape, AreaFault> {
    let kind = geometry.kind.clone();
    let mut shape = Shape::default();
    collect(geometry, &mut shape)?;
    shape.of_polygons(kind.as_deref().unwrap_or_default())
}

/// Adds the polygons of a geometry, and counts what else stands in it.
fn collect(geometry: GeoJsonGeometry, shape: &mut Shape) -> Result<(), AreaFault> {
    let missing = || AreaFault::new(Reason::Malformed, "a polygon without coordinates");
    match geometry.kind.as_deref() {
        Some("Polygon") => shape.polygons.push(polygon(geometry.coordinates.ok_or_else(missing)?)?),
        Some("MultiPolygon") => match geometry.coordinates.ok_or_else(missing)? {
            Coordinates::List(parts) => {
                for part in parts {
                    shape.polygons.push(polygon(part)?);
                }
            }
            _ => return Err(AreaFault::new(Reason::Malformed, "coordinates that are no list of polygons")),
        },
        Some("GeometryCollection") if geometry.is_too_deep => {
            let what = format!("its geometry is a GeometryCollection in {MAX_NESTING} others");
            return Err(AreaFault::new(Reason::NotPolygon, what));
        }
        Some("GeometryCollection") => {
            for member in geometry.geometries.into_iter().flatten().flatten() {
                collect(member, shape)?;
            }
        }
        Some("Point" | "MultiPoint" | "LineString" | "MultiLineString") => shape.others += 1,
        Some(other) => return Err(AreaFault::new(Reason::NotPolygon, format!("its geometry is a {other:.60}"))),
        None => return Err(AreaFault::new(Reason::Malformed, "a geometry without type")),
    }
    Ok(())
}

fn polygon(node: Coordinates) -> Result<Vec<Vec<Coord<f64>>>, AreaFault> {
    match node {
        Coordinates::List(rings) => rings.into_iter().map(positions).collect(),
        _ => Err(AreaFault::new(Reason::Malformed, "coordinates that are no list of rings")),
    }
}
