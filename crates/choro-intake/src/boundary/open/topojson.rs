//! TopoJSON: areas as sequences of shared arcs.
//!
//! `[[0, ~1]]` is a ring of arc 0 forwards and arc 1 backwards. Each arc is decoded once, and both neighbours get its
//! positions from there, so the border that they share is the same to the last bit.

use super::{
    geojson::{OneNode, identified, positions},
    json::{Document, Each, Item, Properties, Text, once},
};
use crate::boundary::{
    error::BoundaryError,
    features::source::{AreaFault, FeatureCollection, Meter, Polygons, RawFeature, SourceCrs},
    limits::Limits,
    options::Options,
    report::Reason,
};
use geo::Coord;
use serde::{
    Deserialize, Deserializer,
    de::{DeserializeSeed, Error, IgnoredAny, MapAccess, SeqAccess, Visitor},
};
use std::{collections::BTreeMap, fmt};

/// How many times the coordinates of all arcs may be used: once on either side of a border, and so on each of eight levels.
const USES: usize = 16;

/// The step and the origin of quantised positions.
#[derive(Debug, Clone, Copy, Deserialize)]
pub struct Transform {
    scale: [f64; 2],
    translate: [f64; 2],
}

/// The positions of each arc, as they stand in the file.
pub type Arcs = Vec<Result<Vec<Coord<f64>>, AreaFault>>;

/// Takes a topology apart.
pub fn source(document: Document, path: &str, options: &Options) -> Result<FeatureCollection, BoundaryError> {
    let object = choose(document.objects.unwrap_or_default(), path, options)?;
    let mut arcs = document.arcs.unwrap_or_default();
    arcs.iter_mut().flatten().for_each(|arc| decode(arc, document.transform));
    let members = match object.kind.as_deref() {
        Some("GeometryCollection") => object.geometries,
        _ => return Err(format_error(path, format!("an object of type {:.60?}", object.kind))),
    };
    // Arcs may be used by any number of rings: what counts is the sum of what they unroll to.
    let own = arcs.iter().flatten().map(Vec::len).sum::<usize>();
    let limits = Limits {
        coordinates: own.saturating_mul(USES).saturating_add(1000).min(options.limits.coordinates),
        ..options.limits
    };
    let mut meter = Meter::new(path, &limits);
    let mut areas = Vec::with_capacity(members.len());
    for member in members {
        let properties = identified(member.properties, member.id);
        meter.area(&properties)?;
        let shape = match shape(member.kind.as_deref(), &member.arcs, &arcs, &mut meter) {
            Ok(shape) => Ok(shape),
            Err(Wrong::Fault(fault)) => Err(fault),
            Err(Wrong::Limit(error)) => return Err(error),
        };
        areas.push(RawFeature { properties, shape });
    }
    let format = "TopoJSON".to_owned();
    Ok(FeatureCollection { format, crs: SourceCrs::DegreesByRule, fields: meter.fields(&areas)?, areas })
}

fn format_error(path: &str, what: String) -> BoundaryError {
    let expected = "a Topology whose object is a GeometryCollection of polygons".to_owned();
    BoundaryError::Format { path: path.to_owned(), what, expected }
}

fn choose(objects: Vec<(String, Option<Object>)>, path: &str, options: &Options) -> Result<Object, BoundaryError> {
    let names = objects.iter().take(60).map(|(name, _)| format!("{name:.60?}")).collect::<Vec<_>>().join(", ");
    if options.layer.is_none() && objects.len() > 1 {
        let expected = format!("one of them, chosen with --layer: {names}");
        let what = format!("it has {} objects", objects.len());
        return Err(BoundaryError::Format { path: path.to_owned(), what, expected });
    }
    match (objects.into_iter().find_map(|(_, object)| object), &options.layer) {
        (Some(object), _) => Ok(object),
        (None, None) => Err(BoundaryError::Empty { path: path.to_owned() }),
        (None, Some(name)) => {
            let (what, expected) = (format!("it has no object {name:?}"), format!("one of {names}"));
            Err(BoundaryError::Format { path: path.to_owned(), what, expected })
        }
    }
}

/// An arc's positions: quantised ones are steps from one to the next.
fn decode(positions: &mut [Coord<f64>], transform: Option<Transform>) {
    if let Some(Transform { scale, translate }) = transform {
        let mut at = Coord { x: 0.0, y: 0.0 };
        for position in positions {
            at = at + *position;
            *position = Coord { x: at.x * scale[0] + translate[0], y: at.y * scale[1] + translate[1] };
        }
    }
}

/// Why an area has no shape: it is at fault, or the file is over a limit.
enum Wrong {
    Fault(AreaFault),
    Limit(BoundaryError),
}

fn malformed(what: impl Into<String>) -> Wrong {
    Wrong::Fault(AreaFault::new(Reason::Malformed, what))
}

fn shape(kind: Option<&str>, refs: &Refs, arcs: &Arcs, meter: &mut Meter<'_>) -> Result<Option<Polygons>, Wrong> {
    let mut polygon = |rings: &Refs| match rings {
        Refs::List(rings) => rings.iter().map(|ring| unroll(ring, arcs, meter)).collect::<Result<Vec<_>, _>>(),
        Refs::Ring(_) | Refs::Odd => Err(malformed("a ring that is no list of arcs")),
        Refs::Other => Err(malformed("arcs that are no list of rings")),
    };
    match (kind, refs) {
        (Some("Polygon"), rings) => Ok(Some(vec![polygon(rings)?])),
        (Some("MultiPolygon"), Refs::List(parts)) => parts.iter().map(polygon).collect::<Result<_, _>>().map(Some),
        (Some("MultiPolygon"), _) => Err(malformed("arcs that are no list of rings")),
        (None, _) => Ok(None),
        (Some(other), _) => Err(Wrong::Fault(AreaFault::new(Reason::NotPolygon, format!("its geometry is a {other:.60}")))),
    }
}

/// A ring out of its arcs; an arc begins where the one before it ended, and that position is taken once.
fn unroll(ring: &Refs, arcs: &Arcs, meter: &mut Meter<'_>) -> Result<Vec<Coord<f64>>, Wrong> {
    let indices = match ring {
        Refs::Ring(indices) => indices.as_slice(),
        Refs::List(list) if list.is_empty() => &[],
        Refs::List(_) | Refs::Odd => return Err(malformed("an arc's index that is no whole number")),
        Refs::Other => return Err(malformed("a ring that is no list of arcs")),
    };
    let mut positions: Vec<Coord<f64>> = Vec::new();
    for index in indices.iter().copied() {
        let place = usize::try_from(if index < 0 { !index } else { index }).unwrap_or(usize::MAX);
        let absent = || malformed(format!("arc {index}, and there are {}", arcs.len()));
        let arc = arcs.get(place).ok_or_else(absent)?.as_ref().map_err(|fault| Wrong::Fault(fault.clone()))?;
        meter.coordinates(arc.len()).map_err(Wrong::Limit)?;
        positions.pop();
        if index < 0 { positions.extend(arc.iter().rev()) } else { positions.extend(arc) }
    }
    Ok(positions)
}

/// One geometry object, or a collection of them.
#[derive(Debug, Default)]
pub struct Object {
    kind: Option<String>,
    id: Option<String>,
    properties: Option<BTreeMap<String, String>>,
    arcs: Refs,
    geometries: Vec<Object>,
}

/// Numbers of arcs as they are nested.
#[derive(Debug, Default)]
enum Refs {
    /// A list that begins with a number.
    Ring(Vec<i64>),
    List(Vec<Refs>),
    /// Numbers, and something else among them.
    Odd,
    /// No list, or nothing.
    #[default]
    Other,
}

/// Reads each arc by itself.
pub struct ArcList<'m, 'a>(pub &'m mut Meter<'a>);

impl Item for ArcList<'_, '_> {
    type Item = Result<Vec<Coord<f64>>, AreaFault>;

    fn next<'de, A: SeqAccess<'de>>(&mut self, list: &mut A) -> Result<Option<Self::Item>, A::Error> {
        let counted = self.0.ring();
        self.0.tell(counted)?;
        Ok(list.next_element_seed(OneNode(self.0))?.map(positions))
    }
}

/// Reads the objects by name, of several only the one that was asked for.
pub struct Objects<'m, 'a> {
    pub meter: &'m mut Meter<'a>,
    pub layer: Option<&'m str>,
}

impl<'de> DeserializeSeed<'de> for Objects<'_, '_> {
    type Value = Vec<(String, Option<Object>)>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Objects<'_, '_> {
    type Value = Vec<(String, Option<Object>)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of geometry objects")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut objects = Vec::new();
        while let Some(name) = map.next_key::<String>()? {
            let counted = self.meter.bare_area();
            self.meter.tell(counted)?;
            let wanted = self.layer.is_none_or(|layer| layer == name);
            let object = if wanted { Some(map.next_value_seed(OneObject(self.meter))?) } else { None };
            if object.is_none() {
                map.next_value::<IgnoredAny>()?;
            }
            objects.push((name, object));
        }
        Ok(objects)
    }
}

struct OneObject<'m, 'a>(&'m mut Meter<'a>);

impl Item for OneObject<'_, '_> {
    type Item = Object;

    fn next<'de, A: SeqAccess<'de>>(&mut self, list: &mut A) -> Result<Option<Object>, A::Error> {
        list.next_element_seed(OneObject(self.0))
    }
}

impl<'de> DeserializeSeed<'de> for OneObject<'_, '_> {
    type Value = Object;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Object, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for OneObject<'_, '_> {
    type Value = Object;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a geometry object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object, A::Error> {
        let meter = self.0;
        let counted = meter.bare_area();
        meter.tell(counted)?;
        let (mut object, mut arcs, mut members) = (Object::default(), None, None);
        while let Some(name) = map.next_key::<String>()? {
            match name.as_str() {
                "type" => once(&mut object.kind, "type", map.next_value()?)?,
                "id" => once(&mut object.id, "id", map.next_value_seed(Text(meter))?)?,
                "properties" => once(&mut object.properties, "properties", map.next_value_seed(Properties(meter))?)?,
                "arcs" => once(&mut arcs, "arcs", Some(map.next_value_seed(Numbers(meter))?.unwrap_or_default()))?,
                "geometries" => once(&mut members, "geometries", map.next_value_seed(Each(OneObject(meter)))?)?,
                _ => _ = map.next_value::<IgnoredAny>()?,
            }
        }
        (object.arcs, object.geometries) = (arcs.unwrap_or_default(), members.unwrap_or_default());
        Ok(object)
    }
}

/// Reads nested lists of whole numbers; a number that stands alone is `Err`.
struct Numbers<'m, 'a>(&'m mut Meter<'a>);

impl<'de> DeserializeSeed<'de> for Numbers<'_, '_> {
    type Value = Result<Refs, i64>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Numbers<'_, '_> {
    type Value = Result<Refs, i64>;

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
        Ok(Ok(Refs::Other))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
        Ok(Ok(Refs::Other))
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Ok(Refs::Other))
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<Self::Value, E> {
        Ok(Ok(Refs::Other))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Ok(Refs::Other))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
        let meter = self.0;
        let counted = meter.ring();
        meter.tell(counted)?;
        let (mut indices, mut list, mut odd) = (Vec::new(), Vec::new(), false);
        while let Some(item) = items.next_element_seed(Numbers(meter))? {
            let counted = if item.is_ok() { meter.ring() } else { meter.coordinates(1) };
            meter.tell(counted)?;
            match item {
                Err(index) if list.is_empty() => indices.push(index),
                Ok(refs) if indices.is_empty() => list.push(refs),
                _ => odd = true,
            }
        }
        Ok(Ok(match (odd, indices.is_empty()) {
            (true, _) => Refs::Odd,
            (false, false) => Refs::Ring(indices),
            (false, true) => Refs::List(list),
        }))
    }
}
