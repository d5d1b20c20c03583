//! GeoJSON (RFC 7946), with the `crs` member of the format's first edition (2008).
//!
//! It is read by serde straight into positions. geozero's reader would pass on neither a feature's `id` nor `crs`, and one
//! malformed position would cost the whole file instead of its area.

use super::{
    BoundaryError, Options, Reason, crs,
    source::{Fault, Meter, Polygons, Source, SourceArea, SourceCrs, count},
};
use geo::Coord;
use serde::{
    Deserialize, Deserializer,
    de::{IgnoredAny, MapAccess, SeqAccess, Visitor},
};
use serde_json::{Map, Value};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

/// The members of a GeoJSON or TopoJSON text that matter here.
#[derive(Debug, Deserialize)]
pub struct Document {
    #[serde(rename = "type")]
    pub kind: Option<String>,
    #[serde(default, deserialize_with = "present")]
    crs: Option<Value>,
    features: Option<Vec<Feature>>,
    properties: Option<Map<String, Value>>,
    geometry: Option<Geometry>,
    coordinates: Option<Node>,
    id: Option<Value>,
    // TopoJSON
    pub objects: Option<Map<String, Value>>,
    pub arcs: Option<Vec<Node>>,
    pub transform: Option<super::topojson::Transform>,
}

#[derive(Debug, Deserialize)]
struct Feature {
    id: Option<Value>,
    properties: Option<Map<String, Value>>,
    geometry: Option<Geometry>,
}

#[derive(Debug, Deserialize)]
struct Geometry {
    #[serde(rename = "type")]
    kind: Option<String>,
    coordinates: Option<Node>,
}

/// `null` is said, absence is not.
fn present<'de, D: Deserializer<'de>>(value: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(value).map(Some)
}

/// Takes a GeoJSON document apart.
pub fn source(document: Document, path: &str, options: &Options) -> Result<Source, BoundaryError> {
    let crs = member(document.crs.as_ref(), path, options)?;
    let features = match document.kind.as_deref() {
        Some("FeatureCollection") => {
            document.features.ok_or_else(|| format_error(path, "a FeatureCollection without features"))?
        }
        Some("Feature") => {
            vec![Feature { id: document.id, properties: document.properties, geometry: document.geometry }]
        }
        Some("Polygon" | "MultiPolygon") => {
            let geometry = Geometry { kind: document.kind, coordinates: document.coordinates };
            vec![Feature { id: None, properties: None, geometry: Some(geometry) }]
        }
        Some(other) => return Err(format_error(path, &format!("JSON of type {other:?}"))),
        None => return Err(format_error(path, "JSON without a member \"type\"")),
    };
    let mut meter = Meter::new(path, &options.limits);
    let mut areas = Vec::with_capacity(features.len().min(options.limits.areas));
    for feature in features {
        let properties = properties(feature.properties, feature.id);
        meter.area(&properties)?;
        let shape = feature.geometry.map(polygons).transpose();
        meter.coordinates(shape.iter().flatten().map(count).sum())?;
        areas.push(SourceArea { properties, shape });
    }
    let fields: BTreeSet<String> = areas.iter().flat_map(|area| area.properties.keys().cloned()).collect();
    Ok(Source { format: "GeoJSON".to_owned(), crs, fields: fields.into_iter().collect(), areas })
}

fn format_error(path: &str, what: &str) -> BoundaryError {
    let expected = "a FeatureCollection, a Feature, a polygon or a Topology".to_owned();
    BoundaryError::Format { path: path.to_owned(), what: what.to_owned(), expected }
}

/// The `crs` member: `{"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}`.
fn member(member: Option<&Value>, path: &str, options: &Options) -> Result<SourceCrs, BoundaryError> {
    let name = match member {
        None => return Ok(SourceCrs::DegreesByRule),
        _ if options.crs.is_some() => return Ok(SourceCrs::Unknown),
        Some(Value::Null) => return Ok(SourceCrs::Unknown),
        Some(value) => value.pointer("/properties/name").and_then(Value::as_str),
    };
    let Some(name) = name else {
        return Err(format_error(path, "a crs member that names no coordinate reference system"));
    };
    crs::from_urn(name)
}

/// A feature's properties as text, with its `id` where no property has that name.
pub fn properties(properties: Option<Map<String, Value>>, id: Option<Value>) -> BTreeMap<String, String> {
    let mut texts: BTreeMap<String, String> =
        properties.into_iter().flatten().filter_map(|(name, value)| Some((name, text(value)?))).collect();
    if let Some(id) = id.and_then(text) {
        texts.entry("id".to_owned()).or_insert(id);
    }
    texts
}

/// A value as text: 5.0 as 5, since many writers make every number a double.
fn text(value: Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text),
        Value::Number(number) => Some(match number.as_f64() {
            Some(float) if number.is_f64() && float.fract() == 0.0 && float.abs() < 1e15 => format!("{float:.0}"),
            _ => number.to_string(),
        }),
        other => Some(other.to_string()),
    }
}

fn polygons(geometry: Geometry) -> Result<Polygons, Fault> {
    let missing = || Fault::new(Reason::Malformed, "a polygon without coordinates");
    match geometry.kind.as_deref() {
        Some("Polygon") => Ok(vec![polygon(geometry.coordinates.ok_or_else(missing)?)?]),
        Some("MultiPolygon") => match geometry.coordinates.ok_or_else(missing)? {
            Node::List(parts) => parts.into_iter().map(polygon).collect(),
            _ => Err(Fault::new(Reason::Malformed, "coordinates that are no list of polygons")),
        },
        Some(other) => Err(Fault::new(Reason::NotPolygon, format!("its geometry is a {other:.60}"))),
        None => Err(Fault::new(Reason::Malformed, "a geometry without type")),
    }
}

fn polygon(node: Node) -> Result<Vec<Vec<Coord<f64>>>, Fault> {
    match node {
        Node::List(rings) => rings.into_iter().map(positions).collect(),
        _ => Err(Fault::new(Reason::Malformed, "coordinates that are no list of rings")),
    }
}

/// A list of positions, or what else stands there.
pub fn positions(node: Node) -> Result<Vec<Coord<f64>>, Fault> {
    let Node::List(list) = node else {
        return Err(Fault::new(Reason::Malformed, "coordinates that are no list of positions"));
    };
    let position = |(index, node)| match node {
        Node::Position(position) => Ok(position),
        Node::Other(what) => Err(Fault::new(Reason::NotFinite, format!("position {index} holds {what} for a number"))),
        _ => Err(Fault::new(Reason::Malformed, format!("position {index} has fewer than two numbers"))),
    };
    list.into_iter().enumerate().map(position).collect()
}

/// Nested arrays of numbers, as compact as they come: a position is two numbers, further ones (height) are passed over.
#[derive(Debug, Clone)]
pub enum Node {
    Number(f64),
    Position(Coord<f64>),
    List(Vec<Node>),
    Other(&'static str),
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NodeVisitor)
    }
}

struct NodeVisitor;

impl<'de> Visitor<'de> for NodeVisitor {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("nested arrays of numbers")
    }

    fn visit_f64<E>(self, number: f64) -> Result<Node, E> {
        Ok(Node::Number(number))
    }

    #[expect(clippy::cast_precision_loss, reason = "a coordinate is a double whichever way it is written")]
    fn visit_i64<E>(self, number: i64) -> Result<Node, E> {
        Ok(Node::Number(number as f64))
    }

    #[expect(clippy::cast_precision_loss, reason = "a coordinate is a double whichever way it is written")]
    fn visit_u64<E>(self, number: u64) -> Result<Node, E> {
        Ok(Node::Number(number as f64))
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Other("null"))
    }

    fn visit_str<E>(self, _: &str) -> Result<Node, E> {
        Ok(Node::Other("a text"))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Node, E> {
        Ok(Node::Other("true or false"))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Node::Other("an object"))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Node, A::Error> {
        let Some(first) = items.next_element::<Node>()? else { return Ok(Node::List(Vec::new())) };
        let mut list = match (first, items.next_element::<Node>()?) {
            (Node::Number(x), Some(Node::Number(y))) => {
                while items.next_element::<IgnoredAny>()?.is_some() {}
                return Ok(Node::Position(Coord { x, y }));
            }
            // A number missing on either side: the position is told apart from a list of lists.
            (Node::Number(_), Some(Node::Other(what))) | (Node::Other(what), Some(Node::Number(_))) => {
                while items.next_element::<IgnoredAny>()?.is_some() {}
                return Ok(Node::Other(what));
            }
            (first, None) => return Ok(Node::List(vec![first])),
            (first, Some(second)) => vec![first, second],
        };
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Node::List(list))
    }
}
