//! TopoJSON: areas as sequences of shared arcs.
//!
//! `[[0, ~1]]` is a ring of arc 0 forwards and arc 1 backwards. Each arc is decoded once, and both neighbours get its
//! positions from there, so the border that they share is the same to the last bit.

use super::{
    document::JsonDocument,
    topojson_objects::{ArcList, ArcRefs, GeometryObject, Transform},
};
use crate::boundary::{
    error::BoundaryError,
    features::{
        area_fault::AreaFault,
        feature::{FeatureCollection, RawFeature, Shape, SourceCrs},
        field_text::FieldText,
        meter::Meter,
    },
    limits::Limits,
    options::Options,
    report::Reason,
};
use geo::Coord;

/// How often the coordinates of all arcs may be used: on both sides of a border, on each of eight levels.
const USES: usize = 16;

/// Takes a topology apart.
pub fn source(document: JsonDocument, path: &str, options: &Options) -> Result<FeatureCollection, BoundaryError> {
    let object = choose(document.objects.unwrap_or_default(), path, options)?;
    let mut arcs = document.arcs.unwrap_or_default();
    arcs.iter_mut().flatten().for_each(|arc| decode(arc, document.transform));
    let members = match object.kind.as_deref() {
        Some("GeometryCollection") => object.geometries,
        Some("Polygon" | "MultiPolygon") => vec![object],
        kind => return Err(format_error(path, format!("an object of type {:.60}", kind.unwrap_or("none")))),
    };
    // Any number of rings may use an arc, so the coordinates of all rings are counted.
    let own = arcs.iter().flatten().map(Vec::len).sum::<usize>();
    let limits = Limits {
        coordinates: own.saturating_mul(USES).saturating_add(1000).min(options.limits.coordinates),
        ..options.limits
    };
    let mut meter = Meter::new(path, &limits, options);
    let mut areas = Vec::with_capacity(members.len());
    for member in members {
        let properties = member.properties.clone().unwrap_or_default();
        meter.area(&properties)?;
        let shape = match shape(&member, &arcs, &mut meter) {
            Ok(shape) => Ok(shape),
            Err(FaultOrLimit::Fault(fault)) => Err(fault),
            Err(FaultOrLimit::Limit(error)) => return Err(error),
        };
        areas.push(RawFeature { properties, id: member.id.filter(|id| *id != FieldText::Null), shape });
    }
    let format = "TopoJSON".to_owned();
    let mut all = FeatureCollection { format, crs: SourceCrs::DegreesByRule, fields: meter.fields(&areas)?, areas };
    all.offer_ids("id");
    Ok(all)
}

fn format_error(path: &str, what: String) -> BoundaryError {
    let expected = "a Topology whose object is a polygon or a GeometryCollection of polygons".to_owned();
    BoundaryError::Format { path: path.to_owned(), what, expected }
}

fn choose(
    objects: Vec<(String, Option<GeometryObject>)>,
    path: &str,
    options: &Options,
) -> Result<GeometryObject, BoundaryError> {
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

/// Decodes an arc's positions. Quantised ones are steps from one position to the next.
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
enum FaultOrLimit {
    Fault(AreaFault),
    Limit(BoundaryError),
}

fn malformed(what: impl Into<String>) -> FaultOrLimit {
    FaultOrLimit::Fault(AreaFault::new(Reason::Malformed, what))
}

/// The polygons of a geometry object; `None` where it has no type.
fn shape(object: &GeometryObject, arcs: &ArcList, meter: &mut Meter<'_>) -> Result<Option<Shape>, FaultOrLimit> {
    let Some(kind) = object.kind.as_deref() else { return Ok(None) };
    let mut shape = Shape::default();
    collect(object, kind, arcs, meter, &mut shape)?;
    shape.of_polygons(kind).map(Some).map_err(FaultOrLimit::Fault)
}

/// Adds the polygons of an object, and counts what else stands in it.
fn collect(
    object: &GeometryObject,
    kind: &str,
    arcs: &ArcList,
    meter: &mut Meter<'_>,
    shape: &mut Shape,
) -> Result<(), FaultOrLimit> {
    match (kind, &object.arcs) {
        ("Polygon", rings) => shape.polygons.push(polygon(rings, arcs, meter)?),
        ("MultiPolygon", ArcRefs::List(parts)) => {
            for part in parts {
                shape.polygons.push(polygon(part, arcs, meter)?);
            }
        }
        ("MultiPolygon", _) => return Err(malformed("arcs that are no list of rings")),
        ("GeometryCollection", _) => {
            for member in &object.geometries {
                // One without type is `null`.
                if let Some(kind) = member.kind.as_deref() {
                    collect(member, kind, arcs, meter, shape)?;
                }
            }
        }
        ("Point" | "MultiPoint" | "LineString" | "MultiLineString", _) => shape.others += 1,
        (other, _) => {
            let what = format!("its geometry is a {other:.60}");
            return Err(FaultOrLimit::Fault(AreaFault::new(Reason::NotPolygon, what)));
        }
    }
    Ok(())
}

fn polygon(rings: &ArcRefs, arcs: &ArcList, meter: &mut Meter<'_>) -> Result<Vec<Vec<Coord<f64>>>, FaultOrLimit> {
    match rings {
        ArcRefs::List(rings) => rings.iter().map(|ring| unroll(ring, arcs, meter)).collect(),
        ArcRefs::Ring(_) | ArcRefs::Odd => Err(malformed("a ring that is no list of arcs")),
        ArcRefs::Other => Err(malformed("arcs that are no list of rings")),
    }
}

/// Makes a ring of its arcs. An arc begins where the one before it ended, and that position is taken once.
fn unroll(ring: &ArcRefs, arcs: &ArcList, meter: &mut Meter<'_>) -> Result<Vec<Coord<f64>>, FaultOrLimit> {
    let indices = match ring {
        ArcRefs::Ring(indices) => indices.as_slice(),
        ArcRefs::List(list) if list.is_empty() => &[],
        ArcRefs::List(_) | ArcRefs::Odd => return Err(malformed("an arc's index that is no whole number")),
        ArcRefs::Other => return Err(malformed("a ring that is no list of arcs")),
    };
    let mut positions: Vec<Coord<f64>> = Vec::new();
    for index in indices.iter().copied() {
        let place = usize::try_from(if index < 0 { !index } else { index }).unwrap_or(usize::MAX);
        let absent = || malformed(format!("arc {index}, and there are {}", arcs.len()));
        let arc = arcs.get(place).ok_or_else(absent)?.as_ref().map_err(|fault| FaultOrLimit::Fault(fault.clone()))?;
        meter.coordinates(arc.len()).map_err(FaultOrLimit::Limit)?;
        positions.pop();
        if index < 0 { positions.extend(arc.iter().rev()) } else { positions.extend(arc) }
    }
    Ok(positions)
}
