//! A GeoJSON or TopoJSON text, taken apart while it is read.
//!
//! In `{"features":[{},{},..]}` three bytes make an area, and as nested values they would take fifty times as much. So each area
//! becomes what it is for as soon as it is there, everything is counted before there is room made for it, and what no one asks for
//! is passed over.

use super::{
    geojson::{Feature, Geometry, Node, Nodes},
    topojson::{Arcs, Object, Objects, Transform},
};
use crate::boundary::{
    error::BoundaryError,
    features::source::{Meter, RawFeature},
};
use serde::{
    Deserialize as _,
    de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor},
};
use serde_json::Value;
use std::{collections::BTreeMap, fmt, io::Read};

/// The members of a document that matter here.
#[derive(Debug, Default)]
pub struct Document {
    pub kind: Option<String>,
    /// Also where it is `null`.
    pub crs: Option<Value>,
    pub areas: Option<Vec<RawFeature>>,
    /// Of a document that is one area.
    pub feature: Feature,
    /// Of a document that is one geometry.
    pub coordinates: Option<Node>,
    // TopoJSON
    pub objects: Option<Vec<(String, Option<Object>)>>,
    pub arcs: Option<Arcs>,
    pub transform: Option<Transform>,
}

/// Reads a document; of the objects of a TopoJSON text only `layer`, where one is named.
pub fn read(text: impl Read, layer: Option<&str>, meter: &mut Meter<'_>) -> Result<Document, ReadError> {
    let mut parser = serde_json::Deserializer::from_reader(text);
    let read = Whole { meter, layer }.deserialize(&mut parser).and_then(|document| parser.end().map(|()| document));
    read.map_err(|error| meter.over().map_or(ReadError::Json(error), ReadError::Limit))
}

/// Why a text is no document.
pub enum ReadError {
    /// It is malformed, or it breaks off.
    Json(serde_json::Error),
    /// It is over a limit.
    Limit(BoundaryError),
}

/// A member that may stand there once.
pub fn once<T, E: Error>(slot: &mut Option<T>, name: &'static str, value: Option<T>) -> Result<(), E> {
    if slot.is_some() {
        return Err(E::duplicate_field(name));
    }
    *slot = value;
    Ok(())
}

struct Whole<'m, 'a> {
    meter: &'m mut Meter<'a>,
    layer: Option<&'m str>,
}

impl<'de> DeserializeSeed<'de> for Whole<'_, '_> {
    type Value = Document;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Document, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Whole<'_, '_> {
    type Value = Document;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Document, A::Error> {
        let Self { meter, layer } = self;
        let mut all = Document::default();
        while let Some(name) = map.next_key::<String>()? {
            match name.as_str() {
                "type" => once(&mut all.kind, "type", map.next_value()?)?,
                "crs" => once(&mut all.crs, "crs", Some(map.next_value_seed(Small(meter))?))?,
                "features" => once(&mut all.areas, "features", map.next_value_seed(Each(Areas(meter)))?)?,
                "coordinates" => once(&mut all.coordinates, "coordinates", map.next_value_seed(Nodes(meter))?)?,
                "objects" => {
                    let objects = map.next_value_seed(Objects { meter: &mut *meter, layer })?;
                    once(&mut all.objects, "objects", Some(objects))?;
                }
                "arcs" => once(&mut all.arcs, "arcs", map.next_value_seed(Each(super::topojson::ArcList(meter)))?)?,
                "transform" => once(&mut all.transform, "transform", map.next_value()?)?,
                _ if all.feature.take(&name, &mut map, meter)? => {}
                _ => _ = map.next_value::<IgnoredAny>()?,
            }
        }
        Ok(all)
    }
}

/// A list whose items are read one by one, or `null`.
pub struct Each<T>(pub T);

/// How an item of a list is read.
pub trait Item {
    type Item;

    /// The next one.
    fn next<'de, A: SeqAccess<'de>>(&mut self, list: &mut A) -> Result<Option<Self::Item>, A::Error>;
}

impl<'de, T: Item> DeserializeSeed<'de> for Each<T> {
    type Value = Option<Vec<T::Item>>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de, T: Item> Visitor<'de> for Each<T> {
    type Value = Option<Vec<T::Item>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = self.0.next(&mut list)? {
            items.push(item);
        }
        Ok(Some(items))
    }
}

struct Areas<'m, 'a>(&'m mut Meter<'a>);

impl Item for Areas<'_, '_> {
    type Item = RawFeature;

    fn next<'de, A: SeqAccess<'de>>(&mut self, list: &mut A) -> Result<Option<RawFeature>, A::Error> {
        Ok(list.next_element_seed(Members(self.0))?.map(Feature::into_area))
    }
}

/// The members of a feature.
struct Members<'m, 'a>(&'m mut Meter<'a>);

impl<'de> DeserializeSeed<'de> for Members<'_, '_> {
    type Value = Feature;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Feature, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Members<'_, '_> {
    type Value = Feature;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a feature")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Feature, A::Error> {
        let counted = self.0.bare_area();
        self.0.tell(counted)?;
        let mut feature = Feature::default();
        while let Some(name) = map.next_key::<String>()? {
            if !feature.take(&name, &mut map, self.0)? {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(feature)
    }
}

/// A geometry, or `null`.
pub struct Shape<'m, 'a>(pub &'m mut Meter<'a>);

impl<'de> DeserializeSeed<'de> for Shape<'_, '_> {
    type Value = Option<Geometry>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Shape<'_, '_> {
    type Value = Option<Geometry>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a geometry")
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut geometry = Geometry::default();
        while let Some(name) = map.next_key::<String>()? {
            match name.as_str() {
                "type" => once(&mut geometry.kind, "type", map.next_value()?)?,
                "coordinates" => once(&mut geometry.coordinates, "coordinates", map.next_value_seed(Nodes(self.0))?)?,
                _ => _ = map.next_value::<IgnoredAny>()?,
            }
        }
        Ok(Some(geometry))
    }
}

/// Properties as texts, without those that are `null`; none where there is `null` for all.
pub struct Properties<'m, 'a>(pub &'m mut Meter<'a>);

impl<'de> DeserializeSeed<'de> for Properties<'_, '_> {
    type Value = Option<BTreeMap<String, String>>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Properties<'_, '_> {
    type Value = Option<BTreeMap<String, String>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of properties")
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut texts = BTreeMap::new();
        while let Some(name) = map.next_key::<String>()? {
            if let Some(text) = map.next_value_seed(Text(self.0))? {
                let counted = self.0.property(text.len());
                self.0.tell(counted)?;
                texts.insert(name, text);
            }
        }
        Ok(Some(texts))
    }
}

/// A value as text, or `None` where it is `null`: 5.0 as 5, since many writers make every number a double.
pub struct Text<'m, 'a>(pub &'m mut Meter<'a>);

impl<'de> DeserializeSeed<'de> for Text<'_, '_> {
    type Value = Option<String>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<String>, D::Error> {
        let mut out = String::new();
        match (Written { out: &mut out, meter: self.0, inner: false }).deserialize(deserializer)? {
            true => Ok(Some(out)),
            false => Ok(None),
        }
    }
}

/// A small value, as it stands.
struct Small<'m, 'a>(&'m mut Meter<'a>);

impl<'de> DeserializeSeed<'de> for Small<'_, '_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        let mut out = String::new();
        Written { out: &mut out, meter: self.0, inner: true }.deserialize(deserializer)?;
        Value::deserialize(&mut serde_json::Deserializer::from_str(&out)).map_err(D::Error::custom)
    }
}

/// Writes a value as compact JSON while it is read, a text or number that stands alone without its quotes or fraction; says
/// whether there was one.
struct Written<'m, 'a> {
    out: &'m mut String,
    meter: &'m mut Meter<'a>,
    /// Whether it is a part of another value.
    inner: bool,
}

impl<'a> Written<'_, 'a> {
    fn push<E: Error>(self, text: &str) -> Result<bool, E> {
        let measured = self.meter.property_length(self.out.len() + text.len());
        self.meter.tell(measured)?;
        self.out.push_str(text);
        Ok(true)
    }

    fn part(&mut self) -> Written<'_, 'a> {
        Written { out: &mut *self.out, meter: &mut *self.meter, inner: true }
    }
}

impl<'de> DeserializeSeed<'de> for Written<'_, '_> {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Written<'_, '_> {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E: Error>(self) -> Result<bool, E> {
        if self.inner { self.push("null") } else { Ok(false) }
    }

    fn visit_bool<E: Error>(self, truth: bool) -> Result<bool, E> {
        self.push(if truth { "true" } else { "false" })
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<bool, E> {
        self.push(&number.to_string())
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<bool, E> {
        self.push(&number.to_string())
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<bool, E> {
        if !self.inner && number.fract() == 0.0 && number.abs() < 1e15 {
            return self.push(&format!("{number:.0}"));
        }
        self.push(&Value::from(number).to_string())
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<bool, E> {
        if self.inner { self.push(&Value::from(text).to_string()) } else { self.push(text) }
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut list: A) -> Result<bool, A::Error> {
        self.part().push("[")?;
        let start = self.out.len();
        loop {
            let before = self.out.len();
            if before > start {
                self.part().push(",")?;
            }
            if list.next_element_seed(self.part())?.is_none() {
                self.out.truncate(before);
                return self.push("]");
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<bool, A::Error> {
        self.part().push("{")?;
        let mut first = true;
        while let Some(name) = map.next_key::<String>()? {
            let comma = if std::mem::take(&mut first) { "" } else { "," };
            self.part().push(&format!("{comma}{}:", Value::from(name)))?;
            map.next_value_seed(self.part())?;
        }
        self.push("}")
    }
}
