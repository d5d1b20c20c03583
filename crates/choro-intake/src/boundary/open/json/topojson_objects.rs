//! The objects and arcs of a TopoJSON text, taken while they are read.

use super::{
    coordinates::{AnyCoordinatesSeed, positions},
    lists::{ListSeed, ReadItem, once},
    property_texts::{FieldSeed, PropertiesSeed},
};
use crate::boundary::features::{area_fault::AreaFault, field_text::FieldText, meter::Meter};
use geo::Coord;
use serde::{
    Deserialize, Deserializer,
    de::{DeserializeSeed, Error, IgnoredAny, MapAccess, SeqAccess, Visitor},
};
use std::{collections::BTreeMap, fmt};

/// The step and the origin of quantised positions.
#[derive(Debug, Clone, Copy, Deserialize)]
pub struct Transform {
    pub scale: [f64; 2],
    pub translate: [f64; 2],
}

/// The positions of each arc, as they stand in the file.
pub type ArcList = Vec<Result<Vec<Coord<f64>>, AreaFault>>;

/// One geometry object, or a collection of them.
#[derive(Debug, Default)]
pub struct GeometryObject {
    pub kind: Option<String>,
    pub id: Option<FieldText>,
    pub properties: Option<BTreeMap<String, FieldText>>,
    pub arcs: ArcRefs,
    pub geometries: Vec<GeometryObject>,
}

/// Numbers of arcs as they are nested.
#[derive(Debug, Default)]
pub enum ArcRefs {
    /// A list that begins with a number.
    Ring(Vec<i64>),
    List(Vec<ArcRefs>),
    /// Numbers, and something else among them.
    Odd,
    /// No list, or nothing.
    #[default]
    Other,
}

/// Reads each arc by itself.
pub struct ReadArc<'m, 'a>(pub &'m mut Meter<'a>);

impl ReadItem for ReadArc<'_, '_> {
    type Item = Result<Vec<Coord<f64>>, AreaFault>;

    fn next<'de, A: SeqAccess<'de>>(&mut self, list: &mut A) -> Result<Option<Self::Item>, A::Error> {
        let counted = self.0.ring();
        self.0.tell(counted)?;
        Ok(list.next_element_seed(AnyCoordinatesSeed(self.0))?.map(positions))
    }
}

/// Reads the objects by name. If one was asked for, the others are passed over.
pub struct ObjectsSeed<'m, 'a> {
    pub meter: &'m mut Meter<'a>,
    pub layer: Option<&'m str>,
}

impl<'de> DeserializeSeed<'de> for ObjectsSeed<'_, '_> {
    type Value = Vec<(String, Option<GeometryObject>)>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for ObjectsSeed<'_, '_> {
    type Value = Vec<(String, Option<GeometryObject>)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of geometry objects")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut objects = Vec::new();
        while let Some(name) = map.next_key::<String>()? {
            let counted = self.meter.bare_area();
            self.meter.tell(counted)?;
            let wanted = self.layer.is_none_or(|layer| layer == name);
            let object = if wanted { Some(map.next_value_seed(ObjectSeed(self.meter))?) } else { None };
            if object.is_none() {
                map.next_value::<IgnoredAny>()?;
            }
            objects.push((name, object));
        }
        Ok(objects)
    }
}

struct ObjectSeed<'m, 'a>(&'m mut Meter<'a>);

impl ReadItem for ObjectSeed<'_, '_> {
    type Item = GeometryObject;

    fn next<'de, A: SeqAccess<'de>>(&mut self, list: &mut A) -> Result<Option<GeometryObject>, A::Error> {
        list.next_element_seed(ObjectSeed(self.0))
    }
}

impl<'de> DeserializeSeed<'de> for ObjectSeed<'_, '_> {
    type Value = GeometryObject;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<GeometryObject, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for ObjectSeed<'_, '_> {
    type Value = GeometryObject;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a geometry object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<GeometryObject, A::Error> {
        let meter = self.0;
        let counted = meter.bare_area();
        meter.tell(counted)?;
        let (mut object, mut arcs, mut members) = (GeometryObject::default(), None, None);
        while let Some(name) = map.next_key::<String>()? {
            match name.as_str() {
                "type" => once(&mut object.kind, "type", map.next_value()?)?,
                "id" => once(&mut object.id, "id", Some(map.next_value_seed(FieldSeed(meter))?))?,
                "properties" => once(&mut object.properties, "properties", map.next_value_seed(PropertiesSeed(meter))?)?,
                "arcs" => once(&mut arcs, "arcs", Some(map.next_value_seed(ArcRefsSeed(meter))?.unwrap_or_default()))?,
                "geometries" => once(&mut members, "geometries", map.next_value_seed(ListSeed(ObjectSeed(meter)))?)?,
                _ => _ = map.next_value::<IgnoredAny>()?,
            }
        }
        (object.arcs, object.geometries) = (arcs.unwrap_or_default(), members.unwrap_or_default());
        Ok(object)
    }
}

/// Reads nested lists of whole numbers. A number that stands alone comes as `Err`.
struct ArcRefsSeed<'m, 'a>(&'m mut Meter<'a>);

impl<'de> DeserializeSeed<'de> for ArcRefsSeed<'_, '_> {
    type Value = Result<ArcRefs, i64>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for ArcRefsSeed<'_, '_> {
    type Value = Result<ArcRefs, i64>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("nested lists of arcs")
    }

    fn visit_i64<E>(self, number: i64) -> Result<Self::Value, E> {
        Ok(Err(number))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Self::Value, E> {
        Ok(Err(i64::try_from(number).unwrap_or(i64::MAX)))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
        Ok(Ok(ArcRefs::Other))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
        Ok(Ok(ArcRefs::Other))
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Ok(ArcRefs::Other))
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<Self::Value, E> {
        Ok(Ok(ArcRefs::Other))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Ok(ArcRefs::Other))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
        let meter = self.0;
        let counted = meter.ring();
        meter.tell(counted)?;
        let (mut indices, mut list, mut odd) = (Vec::new(), Vec::new(), false);
        while let Some(item) = items.next_element_seed(ArcRefsSeed(meter))? {
            let counted = if item.is_ok() { meter.ring() } else { meter.coordinates(1) };
            meter.tell(counted)?;
            match item {
                Err(index) if list.is_empty() => indices.push(index),
                Ok(refs) if indices.is_empty() => list.push(refs),
                _ => odd = true,
            }
        }
        Ok(Ok(match (odd, indices.is_empty()) {
            (true, _) => ArcRefs::Odd,
            (false, false) => ArcRefs::Ring(indices),
            (false, true) => ArcRefs::List(list),
        }))
    }
}
