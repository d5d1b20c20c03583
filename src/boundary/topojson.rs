//! TopoJSON: areas as sequences of shared arcs.
//!
//! `[[0, ~1]]` is a ring of arc 0 forwards and arc 1 backwards. Each arc is decoded once, and both neighbours get its
//! positions from there, so the border that they share is the same to the last bit.

use super::{
    BoundaryError, Options, Reason,
    geojson::{Document, Node, positions, properties},
    source::{Fault, Meter, Polygons, Source, SourceArea, SourceCrs, count},
};
use geo::Coord;
use serde::Deserialize;
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// The step and the origin of quantised positions.
#[derive(Debug, Clone, Copy, Deserialize)]
pub struct Transform {
    scale: [f64; 2],
    translate: [f64; 2],
}

/// One geometry object, or a collection of them.
#[derive(Debug, Deserialize)]
struct Object {
    #[serde(rename = "type")]
    kind: Option<String>,
    id: Option<Value>,
    properties: Option<Map<String, Value>>,
    arcs: Option<Value>,
    geometries: Option<Vec<Value>>,
}

type Arcs = Vec<Result<Vec<Coord<f64>>, Fault>>;

/// Takes a topology apart.
pub fn source(document: Document, path: &str, options: &Options) -> Result<Source, BoundaryError> {
    let object = choose(document.objects.unwrap_or_default(), path, options)?;
    let mut meter = Meter::new(path, &options.limits);
    let arcs: Arcs = document.arcs.unwrap_or_default().into_iter().map(|arc| decode(arc, document.transform)).collect();
    meter.coordinates(arcs.iter().flatten().map(Vec::len).sum())?;
    let members = match object.kind.as_deref() {
        Some("GeometryCollection") => object.geometries.unwrap_or_default(),
        _ => return Err(format_error(path, format!("an object of type {:?}", object.kind))),
    };
    // Arcs may be used by any number of rings: what counts is the sum of what they unroll to.
    let mut meter = Meter::new(path, &options.limits);
    let mut areas = Vec::with_capacity(members.len().min(options.limits.areas));
    for member in members {
        let member: Object = serde_json::from_value(member).map_err(|e| format_error(path, format!("an object: {e}")))?;
        let properties = properties(member.properties, member.id);
        meter.area(&properties)?;
        let shape = shape(member.kind.as_deref(), member.arcs.as_ref(), &arcs, options.limits.coordinates);
        meter.coordinates(shape.iter().flatten().map(count).sum())?;
        areas.push(SourceArea { properties, shape });
    }
    let fields: BTreeSet<String> = areas.iter().flat_map(|area| area.properties.keys().cloned()).collect();
    let format = "TopoJSON".to_owned();
    Ok(Source { format, crs: SourceCrs::DegreesByRule, fields: fields.into_iter().collect(), areas })
}

fn format_error(path: &str, what: String) -> BoundaryError {
    let expected = "a Topology whose object is a GeometryCollection of polygons".to_owned();
    BoundaryError::Format { path: path.to_owned(), what, expected }
}

fn choose(mut objects: Map<String, Value>, path: &str, options: &Options) -> Result<Object, BoundaryError> {
    let names = objects.keys().map(|name| format!("{name:?}")).collect::<Vec<_>>().join(", ");
    let name = match (&options.layer, objects.len()) {
        (Some(layer), _) => layer.clone(),
        (None, 1) => objects.keys().next().cloned().unwrap_or_default(),
        (None, 0) => return Err(BoundaryError::Empty { path: path.to_owned() }),
        (None, count) => {
            let expected = format!("one of them, chosen with --layer: {names}");
            return Err(BoundaryError::Format { path: path.to_owned(), what: format!("it has {count} objects"), expected });
        }
    };
    let Some(object) = objects.remove(&name) else {
        let what = format!("it has no object {name:?}");
        return Err(BoundaryError::Format { path: path.to_owned(), what, expected: format!("one of {names}") });
    };
    serde_json::from_value(object).map_err(|e| format_error(path, format!("the object {name:?}: {e}")))
}

/// An arc's positions: quantised ones are steps from one to the next.
fn decode(arc: Node, transform: Option<Transform>) -> Result<Vec<Coord<f64>>, Fault> {
    let mut positions = positions(arc)?;
    if let Some(Transform { scale, translate }) = transform {
        let mut at = Coord { x: 0.0, y: 0.0 };
        for position in &mut positions {
            at = at + *position;
            *position = Coord { x: at.x * scale[0] + translate[0], y: at.y * scale[1] + translate[1] };
        }
    }
    Ok(positions)
}

fn shape(kind: Option<&str>, indices: Option<&Value>, arcs: &Arcs, limit: usize) -> Result<Option<Polygons>, Fault> {
    let list = |value: Option<&Value>| {
        let fault = || Fault::new(Reason::Malformed, "arcs that are no list of rings");
        value.and_then(Value::as_array).cloned().ok_or_else(fault)
    };
    let mut left = limit;
    let mut polygon =
        |rings: Vec<Value>| rings.iter().map(|ring| unroll(ring, arcs, &mut left)).collect::<Result<Vec<_>, _>>();
    match kind {
        Some("Polygon") => Ok(Some(vec![polygon(list(indices)?)?])),
        Some("MultiPolygon") => {
            list(indices)?.iter().map(|rings| polygon(list(Some(rings))?)).collect::<Result<_, _>>().map(Some)
        }
        None => Ok(None),
        Some(other) => Err(Fault::new(Reason::NotPolygon, format!("its geometry is a {other:.60}"))),
    }
}

/// A ring out of its arcs; an arc begins where the one before it ended, and that position is taken once.
fn unroll(ring: &Value, arcs: &Arcs, left: &mut usize) -> Result<Vec<Coord<f64>>, Fault> {
    let fault = |what: String| Fault::new(Reason::Malformed, what);
    let mut positions: Vec<Coord<f64>> = Vec::new();
    for index in ring.as_array().ok_or_else(|| fault("a ring that is no list of arcs".to_owned()))? {
        let index = index.as_i64().ok_or_else(|| fault("an arc's index that is no whole number".to_owned()))?;
        let place = usize::try_from(if index < 0 { !index } else { index }).unwrap_or(usize::MAX);
        let absent = || fault(format!("arc {index}, and there are {}", arcs.len()));
        let arc = arcs.get(place).ok_or_else(absent)?.as_ref().map_err(Clone::clone)?;
        *left = left.checked_sub(arc.len()).ok_or_else(|| fault("more coordinates than the limit allows".to_owned()))?;
        positions.pop();
        if index < 0 { positions.extend(arc.iter().rev()) } else { positions.extend(arc) }
    }
    Ok(positions)
}
