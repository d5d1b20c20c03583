//! A feature of GeoJSON, read member by member, -> a feature as it stands in the file.

use super::{
    coordinates::{Coordinates, CoordinatesSeed, positions},
    lists::{ReadItem, once},
    property_texts::{PropertiesSeed, TextSeed},
};
use crate::boundary::{
    features::{
        feature::{AreaFault, Polygons, RawFeature},
        meter::Meter,
    },
    report::Reason,
};
use geo::Coord;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::{collections::BTreeMap, fmt};

/// The members of a feature that matter here.
#[derive(Debug, Default)]
pub struct GeoJsonFeature {
    id: Option<String>,
    properties: Option<BTreeMap<String, String>>,
    geometry: Option<GeoJsonGeometry>,
}

/// A geometry whose members may come in any order.
#[derive(Debug, Default)]
pub struct GeoJsonGeometry {
    pub kind: Option<String>,
    pub coordinates: Option<Coordinates>,
}

impl GeoJsonFeature {
    /// Reads the member of that name, if it is one of a feature's.
    pub fn take<'de, A: MapAccess<'de>>(
        &mut self,
        name: &str,
        map: &mut A,
        meter: &mut Meter<'_>,
    ) -> Result<bool, A::Error> {
        match name {
            "id" => once(&mut self.id, "id", map.next_value_seed(TextSeed(meter))?)?,
            "properties" => once(&mut self.properties, "properties", map.next_value_seed(PropertiesSeed(meter))?)?,
            "geometry" => once(&mut self.geometry, "geometry", map.next_value_seed(GeometrySeed(meter))?)?,
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// A geometry that stands alone, without id and properties.
    pub fn of_geometry(geometry: GeoJsonGeometry) -> Self {
        Self { geometry: Some(geometry), ..Self::default() }
    }

    /// The feature as it stands in the file, whatever its format.
    pub fn into_area(self) -> RawFeature {
        RawFeature { properties: identified(self.properties, self.id), shape: self.geometry.map(polygons).transpose() }
    }
}

/// Properties, and among them the feature's `id`, unless one of them has that name already.
pub fn identified(properties: Option<BTreeMap<String, String>>, id: Option<String>) -> BTreeMap<String, String> {
    let mut texts = properties.unwrap_or_default();
    if let Some(id) = id {
        texts.entry("id".to_owned()).or_insert(id);
    }
    texts
}

/// Reads each feature by itself.
pub struct ReadFeature<'m, 'a>(pub &'m mut Meter<'a>);

impl ReadItem for ReadFeature<'_, '_> {
    type Item = RawFeature;

    fn next<'de, A: SeqAccess<'de>>(&mut self, list: &mut A) -> Result<Option<RawFeature>, A::Error> {
        Ok(list.next_element_seed(FeatureSeed(self.0))?.map(GeoJsonFeature::into_area))
    }
}

/// The members of a feature.
struct FeatureSeed<'m, 'a>(&'m mut Meter<'a>);

impl<'de> DeserializeSeed<'de> for FeatureSeed<'_, '_> {
    type Value = GeoJsonFeature;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<GeoJsonFeature, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for FeatureSeed<'_, '_> {
    type Value = GeoJsonFeature;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a feature")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<GeoJsonFeature, A::Error> {
        let counted = self.0.bare_area();
        self.0.tell(counted)?;
        let mut feature = GeoJsonFeature::default();
        while let Some(name) = map.next_key::<String>()? {
            if !feature.take(&name, &mut map, self.0)? {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(feature)
    }
}

/// A geometry, or `null`.
struct GeometrySeed<'m, 'a>(pub &'m mut Meter<'a>);

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
                    once(&mut geometry.coordinates, "coordinates", map.next_value_seed(CoordinatesSeed(self.0))?)?;
                }
                _ => _ = map.next_value::<IgnoredAny>()?,
            }
        }
        Ok(Some(geometry))
    }
}

fn polygons(geometry: GeoJsonGeometry) -> Result<Polygons, AreaFault> {
    let missing = || AreaFault::new(Reason::Malformed, "a polygon without coordinates");
    match geometry.kind.as_deref() {
        Some("Polygon") => Ok(vec![polygon(geometry.coordinates.ok_or_else(missing)?)?]),
        Some("MultiPolygon") => match geometry.coordinates.ok_or_else(missing)? {
            Coordinates::List(parts) => parts.into_iter().map(polygon).collect(),
            _ => Err(AreaFault::new(Reason::Malformed, "coordinates that are no list of polygons")),
        },
        Some(other) => Err(AreaFault::new(Reason::NotPolygon, format!("its geometry is a {other:.60}"))),
        None => Err(AreaFault::new(Reason::Malformed, "a geometry without type")),
    }
}

fn polygon(node: Coordinates) -> Result<Vec<Vec<Coord<f64>>>, AreaFault> {
    match node {
        Coordinates::List(rings) => rings.into_iter().map(positions).collect(),
        _ => Err(AreaFault::new(Reason::Malformed, "coordinates that are no list of rings")),
    }
}
