//! GeoJSON (RFC 7946), with the `crs` member of the format's first edition (2008).
//!
//! It is read by serde straight into positions. geozero's reader would pass on neither a feature's `id` nor `crs`, and one
//! malformed position would cost the whole file instead of its area.

use super::json::{Document, Properties, Shape, Text, once};
use crate::boundary::{
    error::BoundaryError,
    features::{
        crs,
        source::{AreaFault, FeatureCollection, Meter, Polygons, RawFeature, SourceCrs},
    },
    options::Options,
    report::Reason,
};
use geo::Coord;
use serde::{
    Deserializer,
    de::{DeserializeSeed, Error, IgnoredAny, MapAccess, SeqAccess, Visitor},
};
use serde_json::Value;
use std::{collections::BTreeMap, fmt};

/// What of a feature matters here.
#[derive(Debug, Default)]
pub struct Feature {
    id: Option<String>,
    properties: Option<BTreeMap<String, String>>,
    geometry: Option<Geometry>,
}

/// A geometry whose members may come in any order.
#[derive(Debug, Default)]
pub struct Geometry {
    pub kind: Option<String>,
    pub coordinates: Option<Node>,
}

impl Feature {
    /// Reads the member of that name, if it is one of a feature's.
    pub fn take<'de, A: MapAccess<'de>>(
        &mut self,
        name: &str,
        map: &mut A,
        meter: &mut Meter<'_>,
    ) -> Result<bool, A::Error> {
        match name {
            "id" => once(&mut self.id, "id", map.next_value_seed(Text(meter))?)?,
            "properties" => once(&mut self.properties, "properties", map.next_value_seed(Properties(meter))?)?,
            "geometry" => once(&mut self.geometry, "geometry", map.next_value_seed(Shape(meter))?)?,
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// What it is on its way through the import.
    pub fn into_area(self) -> RawFeature {
        RawFeature { properties: identified(self.properties, self.id), shape: self.geometry.map(polygons).transpose() }
    }
}

/// Properties with the `id` where none of them has that name.
pub fn identified(properties: Option<BTreeMap<String, String>>, id: Option<String>) -> BTreeMap<String, String> {
    let mut texts = properties.unwrap_or_default();
    if let Some(id) = id {
        texts.entry("id".to_owned()).or_insert(id);
    }
    texts
}

/// What a GeoJSON document says.
pub fn source(
    document: Document,
    path: &str,
    meter: &Meter<'_>,
    options: &Options,
) -> Result<FeatureCollection, BoundaryError> {
    let crs = member(document.crs.as_ref(), path, options)?;
    let areas = match document.kind.as_deref() {
        Some("FeatureCollection") => {
            document.areas.ok_or_else(|| format_error(path, "a FeatureCollection without features"))?
        }
        Some("Feature") => vec![document.feature.into_area()],
        Some("Polygon" | "MultiPolygon") => {
            let geometry = Geometry { kind: document.kind, coordinates: document.coordinates };
            vec![Feature { geometry: Some(geometry), ..Feature::default() }.into_area()]
        }
        Some(other) => return Err(format_error(path, &format!("JSON of type {other:.60?}"))),
        None => return Err(format_error(path, "JSON without a member \"type\"")),
    };
    Ok(FeatureCollection { format: "GeoJSON".to_owned(), crs, fields: meter.fields(&areas)?, areas })
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

fn polygons(geometry: Geometry) -> Result<Polygons, AreaFault> {
    let missing = || AreaFault::new(Reason::Malformed, "a polygon without coordinates");
    match geometry.kind.as_deref() {
        Some("Polygon") => Ok(vec![polygon(geometry.coordinates.ok_or_else(missing)?)?]),
        Some("MultiPolygon") => match geometry.coordinates.ok_or_else(missing)? {
            Node::List(parts) => parts.into_iter().map(polygon).collect(),
            _ => Err(AreaFault::new(Reason::Malformed, "coordinates that are no list of polygons")),
        },
        Some(other) => Err(AreaFault::new(Reason::NotPolygon, format!("its geometry is a {other:.60}"))),
        None => Err(AreaFault::new(Reason::Malformed, "a geometry without type")),
    }
}

fn polygon(node: Node) -> Result<Vec<Vec<Coord<f64>>>, AreaFault> {
    match node {
        Node::List(rings) => rings.into_iter().map(positions).collect(),
        _ => Err(AreaFault::new(Reason::Malformed, "coordinates that are no list of rings")),
    }
}

/// A list of positions, or what else stands there.
pub fn positions(node: Node) -> Result<Vec<Coord<f64>>, AreaFault> {
    let Node::List(list) = node else {
        return Err(AreaFault::new(Reason::Malformed, "coordinates that are no list of positions"));
    };
    let position = |(index, node)| match node {
        Node::Position(position) => Ok(position),
        Node::Other(what) => Err(AreaFault::new(Reason::NotFinite, format!("position {index} holds {what} for a number"))),
        _ => Err(AreaFault::new(Reason::Malformed, format!("position {index} has fewer than two numbers"))),
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

/// What a JSON text has where there is nothing.
const NULL: &str = "null";

/// Reads nested arrays of numbers; `None` where there is `null`.
pub struct Nodes<'m, 'a>(pub &'m mut Meter<'a>);

impl<'de> DeserializeSeed<'de> for Nodes<'_, '_> {
    type Value = Option<Node>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<Node>, D::Error> {
        let node = OneNode(self.0).deserialize(deserializer)?;
        Ok(if matches!(node, Node::Other(NULL)) { None } else { Some(node) })
    }
}

/// Reads one node, `null` as well. Whatever takes room and is no position counts as a ring: there are few of these.
pub struct OneNode<'m, 'a>(pub &'m mut Meter<'a>);

impl OneNode<'_, '_> {
    fn counted<E: Error>(&mut self) -> Result<(), E> {
        let counted = self.0.ring();
        self.0.tell(counted)
    }

    fn other<E: Error>(mut self, what: &'static str) -> Result<Node, E> {
        self.counted()?;
        Ok(Node::Other(what))
    }
}

impl<'de> DeserializeSeed<'de> for OneNode<'_, '_> {
    type Value = Node;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for OneNode<'_, '_> {
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

    fn visit_unit<E: Error>(self) -> Result<Node, E> {
        self.other(NULL)
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<Node, E> {
        self.other("a text")
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<Node, E> {
        self.other("true or false")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        self.other("an object")
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut items: A) -> Result<Node, A::Error> {
        let first = items.next_element_seed(OneNode(self.0))?;
        let second = if first.is_some() { items.next_element_seed(OneNode(self.0))? } else { None };
        let mut list = match (first, second) {
            (Some(Node::Number(x)), Some(Node::Number(y))) => {
                let counted = self.0.coordinates(1);
                self.0.tell(counted)?;
                while items.next_element::<IgnoredAny>()?.is_some() {}
                return Ok(Node::Position(Coord { x, y }));
            }
            // A number missing on either side: the position is told apart from a list of lists.
            (Some(Node::Number(_)), Some(Node::Other(what))) | (Some(Node::Other(what)), Some(Node::Number(_))) => {
                while items.next_element::<IgnoredAny>()?.is_some() {}
                return Ok(Node::Other(what));
            }
            (first, second) => first.into_iter().chain(second).collect::<Vec<_>>(),
        };
        self.counted()?;
        while let Some(item) = items.next_element_seed(OneNode(self.0))? {
            if matches!(item, Node::Number(_)) {
                self.counted()?;
            }
            list.push(item);
        }
        Ok(Node::List(list))
    }
}
