//! A feature of GeoJSON, read member by member, -> a feature as it stands in the file.

use super::{
    geojson_geometry::{GeoJsonGeometry, GeometrySeed, shape},
    lists::{ReadItem, once},
    property_texts::{FieldSeed, PropertiesSeed, SmallValueSeed},
};
use crate::boundary::features::{feature::RawFeature, field_text::FieldText, meter::Meter};
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value as JsonValue;
use std::{collections::BTreeMap, fmt};

/// The members of a feature that matter here.
#[derive(Debug, Default)]
pub struct GeoJsonFeature {
    id: Option<FieldText>,
    properties: Option<BTreeMap<String, FieldText>>,
    geometry: Option<GeoJsonGeometry>,
    /// A reference system of its own, or of its geometry.
    pub crs: Option<JsonValue>,
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
            "id" => once(&mut self.id, "id", Some(map.next_value_seed(FieldSeed(meter))?))?,
            "properties" => once(&mut self.properties, "properties", map.next_value_seed(PropertiesSeed(meter))?)?,
            "geometry" => once(&mut self.geometry, "geometry", map.next_value_seed(GeometrySeed { meter, nesting: 0 })?)?,
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// A geometry that stands alone, without id and properties.
    pub fn of_geometry(geometry: GeoJsonGeometry) -> Self {
        Self { geometry: Some(geometry), ..Self::default() }
    }

    /// The reference system that it or its geometry says for itself, as the format's first edition allows.
    pub fn own_crs(&mut self) -> Option<JsonValue> {
        self.crs.take().or_else(|| self.geometry.as_mut()?.crs.take()).filter(|crs| !crs.is_null())
    }

    /// The feature as it stands in the file, whatever its format.
    pub fn into_area(self) -> RawFeature {
        RawFeature {
            properties: self.properties.unwrap_or_default(),
            id: self.id.filter(|id| *id != FieldText::Null),
            shape: self.geometry.map(shape).transpose(),
        }
    }
}

/// Reads each feature by itself, and notes the reference systems that features say for themselves.
pub struct ReadFeature<'m, 'a> {
    pub meter: &'m mut Meter<'a>,
    pub own_crs: &'m mut Vec<JsonValue>,
}

/// Notes one more, unless it is known.
pub fn note_crs(known: &mut Vec<JsonValue>, feature: &mut GeoJsonFeature) {
    // Two are enough to tell that they differ.
    if let Some(crs) = feature.own_crs()
        && known.len() < 2
        && !known.contains(&crs)
    {
        known.push(crs);
    }
}

impl ReadItem for ReadFeature<'_, '_> {
    type Item = RawFeature;

    fn next<'de, A: SeqAccess<'de>>(&mut self, list: &mut A) -> Result<Option<RawFeature>, A::Error> {
        let Some(mut feature) = list.next_element_seed(FeatureSeed(self.meter))? else { return Ok(None) };
        note_crs(self.own_crs, &mut feature);
        Ok(Some(feature.into_area()))
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
            if feature.take(&name, &mut map, self.0)? {
                continue;
            }
            match name.as_str() {
                "crs" => once(&mut feature.crs, "crs", Some(map.next_value_seed(SmallValueSeed(self.0))?))?,
                _ => _ = map.next_value::<IgnoredAny>()?,
            }
        }
        Ok(feature)
    }
}
