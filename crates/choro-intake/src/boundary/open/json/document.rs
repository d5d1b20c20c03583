//! A GeoJSON or TopoJSON text, taken apart while it is read.
//!
//! In `{"features":[{},{},..]}` an area has three bytes, and as a nested value it would take fifty times as much. So each area becomes
//! a feature as soon as it is read. Everything is counted before room is made for it, and what nobody needs is passed over.

use super::{
    coordinates::{Coordinates, CoordinatesSeed},
    geojson_feature::{GeoJsonFeature, ReadFeature, note_crs},
    geojson_geometry::{GeoJsonGeometry, ReadGeometry},
    lists::{ListSeed, once},
    property_texts::SmallValueSeed,
    topojson_objects::{ArcList, GeometryObject, ObjectsSeed, ReadArc, Transform},
};
use crate::boundary::{
    error::BoundaryError,
    features::{feature::RawFeature, meter::Meter},
};
use serde::de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, Visitor};
use serde_json::Value as JsonValue;
use std::{
    fmt,
    io::{self, Read},
};

/// The members of a document that matter here.
#[derive(Debug, Default)]
pub struct JsonDocument {
    /// Its type.
    pub kind: Option<String>,
    /// The member `crs`; `Some` also where it is `null`.
    pub crs: Option<JsonValue>,
    /// The reference systems that features say for themselves, two different ones at most.
    pub own_crs: Vec<JsonValue>,
    /// Whether it is a sequence of features, one behind the other (RFC 8142, newline-delimited GeoJSON).
    pub is_sequence: bool,
    /// The features of a collection.
    pub areas: Option<Vec<RawFeature>>,
    /// Of a document that is one area.
    pub feature: GeoJsonFeature,
    /// Of a document that is one geometry.
    pub coordinates: Option<Coordinates>,
    /// Of a document that is one collection of geometries.
    pub geometries: Option<Vec<Option<GeoJsonGeometry>>>,
    /// The objects of a topology, by name; `None` for those that were not asked for.
    pub objects: Option<Vec<(String, Option<GeometryObject>)>>,
    /// The arcs of a topology.
    pub arcs: Option<ArcList>,
    /// How the positions of a topology are quantised.
    pub transform: Option<Transform>,
}

/// Reads a document. Of the objects of a TopoJSON text only `layer` is read, if one is named.
pub fn read(text: impl Read, layer: Option<&str>, meter: &mut Meter<'_>) -> Result<JsonDocument, ReadError> {
    let mut parser = serde_json::Deserializer::from_reader(WithoutSeparators(text));
    let read = DocumentSeed { meter: &mut *meter, layer }.deserialize(&mut parser).and_then(|document| match parser.end() {
        Ok(()) => Ok(document),
        Err(_) if document.kind.as_deref() == Some("Feature") => sequence(document, &mut parser, meter),
        Err(error) => Err(error),
    });
    read.map_err(|error| meter.over().map_or(ReadError::Json(error), ReadError::Limit))
}

/// The rest of a sequence of features, of which the first was read as a document.
fn sequence<R: serde_json::de::Read<'static>>(
    first: JsonDocument,
    parser: &mut serde_json::Deserializer<R>,
    meter: &mut Meter<'_>,
) -> serde_json::Result<JsonDocument> {
    let mut all =
        JsonDocument { kind: first.kind.clone(), crs: first.crs.clone(), is_sequence: true, ..JsonDocument::default() };
    let (mut areas, mut next) = (Vec::new(), first);
    loop {
        if next.kind.as_deref() != Some("Feature") {
            let what = format!("a sequence of features holds an object of type {:.60?}", next.kind.unwrap_or_default());
            return Err(serde_json::Error::custom(what));
        }
        next.feature.crs = next.crs.take();
        note_crs(&mut all.own_crs, &mut next.feature);
        areas.push(next.feature.into_area());
        if parser.end().is_ok() {
            break;
        }
        next = DocumentSeed { meter: &mut *meter, layer: None }.deserialize(&mut *parser)?;
    }
    (all.areas, all.crs) = (Some(areas), None);
    Ok(all)
}

/// Takes the record separators (RFC 8142) before each feature of a sequence as blanks. In a text of JSON they stand nowhere.
struct WithoutSeparators<R>(R);

impl<R: Read> Read for WithoutSeparators<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.0.read(buffer)?;
        buffer.iter_mut().take(count).filter(|byte| **byte == 0x1E).for_each(|byte| *byte = b' ');
        Ok(count)
    }
}

/// Why a text is no document.
pub enum ReadError {
    /// It is malformed, or it breaks off.
    Json(serde_json::Error),
    /// It is over a limit.
    Limit(BoundaryError),
}

struct DocumentSeed<'m, 'a> {
    meter: &'m mut Meter<'a>,
    layer: Option<&'m str>,
}

impl<'de> DeserializeSeed<'de> for DocumentSeed<'_, '_> {
    type Value = JsonDocument;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<JsonDocument, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for DocumentSeed<'_, '_> {
    type Value = JsonDocument;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<JsonDocument, A::Error> {
        let Self { meter, layer } = self;
        let mut all = JsonDocument::default();
        while let Some(name) = map.next_key::<String>()? {
            match name.as_str() {
                "type" => once(&mut all.kind, "type", map.next_value()?)?,
                "crs" => once(&mut all.crs, "crs", Some(map.next_value_seed(SmallValueSeed(meter))?))?,
                "features" => {
                    let each = ReadFeature { meter: &mut *meter, own_crs: &mut all.own_crs };
                    once(&mut all.areas, "features", map.next_value_seed(ListSeed(each))?)?;
                }
                "coordinates" => once(&mut all.coordinates, "coordinates", map.next_value_seed(CoordinatesSeed(meter))?)?,
                "geometries" => once(
                    &mut all.geometries,
                    "geometries",
                    map.next_value_seed(ListSeed(ReadGeometry { meter: &mut *meter, nesting: 1 }))?,
                )?,
                "objects" => {
                    let objects = map.next_value_seed(ObjectsSeed { meter: &mut *meter, layer })?;
                    once(&mut all.objects, "objects", Some(objects))?;
                }
                "arcs" => once(&mut all.arcs, "arcs", map.next_value_seed(ListSeed(ReadArc(meter)))?)?,
                "transform" => once(&mut all.transform, "transform", map.next_value()?)?,
                _ if all.feature.take(&name, &mut map, meter)? => {}
                _ => _ = map.next_value::<IgnoredAny>()?,
            }
        }
        Ok(all)
    }
}
