//! GeoJSON (RFC 7946): the areas of a set with the values of one selection.
//!
//! An area without polygon keeps its row with `geometry: null`; an area without value has `value: null` beside its `state`.

use super::{codes::Codes, context::Context, error::EncodeError, number, origin::OriginMembers, seam};
use crate::format::{area_table::AreaRow, column::Column};
use choro_model::{
    AreaCode, Cell, Indicator, IndicatorId, ObsStatus, Period, ReleaseId, Selection, SetId, State, VintageId,
};
use geo::{Coord, Geometry, MapCoords, MultiPolygon};
use geozero::{GeozeroGeometry, geojson::GeoJsonWriter};
use serde::Serialize;
use utoipa::ToSchema;

/// Decimals of a degree: 0.1 m (RFC 7946, 11.2).
const DECIMALS: f64 = 1e6;

/// The areas of a set. What GeoJSON has no words for stands in foreign members (RFC 7946, 6.1).
#[derive(Debug, Serialize, ToSchema)]
pub struct FeatureCollection<'a> {
    /// As GeoJSON wants it.
    #[serde(rename = "type")]
    kind: CollectionType,
    /// The release.
    release: &'a ReleaseId,
    /// The boundary set.
    set: &'a SetId,
    /// Its vintage.
    borders: &'a VintageId,
    /// Who is to be named.
    #[schema(example = "Rosstat; OpenStreetMap contributors")]
    attribution: &'a str,
    /// What is measured; left out where there are no values.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    indicator: Option<MeasuredIndicator<'a>>,
    /// When.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    period: Option<Period>,
    /// Whose figures the values were made of.
    #[serde(flatten)]
    origin: OriginMembers<'a>,
    /// The code of each dimension.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    selection: Option<Codes>,
    /// One for each area.
    features: Vec<Feature<'a>>,
}

/// The type of a collection.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
enum CollectionType {
    FeatureCollection,
}

/// What the values of a collection measure.
#[derive(Debug, Serialize, ToSchema)]
pub struct MeasuredIndicator<'a> {
    /// The indicator.
    id: &'a IndicatorId,
    /// Its name in the language of the answer.
    #[schema(example = "Net migration rate")]
    name: &'a str,
    /// Its unit in the language of the answer.
    #[schema(example = "per 10,000 inhabitants")]
    unit: &'a str,
    /// Who made the figures.
    #[schema(example = "Rosstat")]
    source: &'a str,
}

/// An area.
#[derive(Debug, Serialize, ToSchema)]
pub struct Feature<'a> {
    /// As GeoJSON wants it.
    #[serde(rename = "type")]
    kind: FeatureType,
    /// Its code.
    id: &'a AreaCode,
    /// What is known of it.
    properties: AreaProperties<'a>,
    /// Its polygons in longitude and latitude; `null` where none is known.
    #[schema(required = true)]
    geometry: Option<AreaGeometry>,
}

/// The type of a feature.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
enum FeatureType {
    Feature,
}

/// The properties of an area, and its value where values were asked for.
#[derive(Debug, Serialize, ToSchema)]
pub struct AreaProperties<'a> {
    /// Its code.
    code: &'a AreaCode,
    /// Its name in the language of the answer.
    #[schema(example = "Leningrad Region")]
    name: &'a str,
    /// The code of the area that contains it.
    #[schema(required = true)]
    parent: Option<&'a AreaCode>,
    /// How much; `null` where there is a state instead, left out where no values were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<f64>, example = 120.35)]
    value: Option<Option<f64>>,
    /// Why there is no value.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    state: Option<State>,
    /// The observation's flag.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    status: Option<ObsStatus>,
}

/// Polygons of an area, cut at 180 degrees (RFC 7946, 3.1.9).
// geozero writes them, and a test reads what it wrote as this type.
#[derive(Debug, Serialize, ToSchema)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct AreaGeometry {
    /// As GeoJSON wants it.
    #[serde(rename = "type")]
    kind: GeometryType,
    /// Polygons of rings of positions, each longitude and latitude in degrees.
    #[schema(value_type = Vec<Vec<Vec<Vec<f64>>>>, example = json!([[[[29.0, 59.0], [30.0, 59.0], [30.0, 60.0], [29.0, 59.0]]]]))]
    coordinates: Vec<Vec<Vec<[f64; 2]>>>,
}

/// The type of polygons.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[cfg_attr(test, derive(serde::Deserialize))]
pub enum GeometryType {
    /// Any number of polygons.
    MultiPolygon,
}

/// The values to join: what they measure, which ones, and the cells.
#[derive(Debug, Clone, Copy)]
pub struct Values<'a> {
    /// What is measured.
    pub indicator: &'a Indicator,
    /// Which column.
    pub selection: &'a Selection,
    /// The cells in table order.
    pub column: &'a Column,
}

/// The feature collection of all areas, with values where there are any. A feature a line: a collection may be large, and is written
/// piece by piece.
pub fn collection(
    context: &Context<'_>,
    geometry: &[Option<MultiPolygon<f64>>],
    values: Option<Values<'_>>,
) -> Result<Vec<u8>, EncodeError> {
    context.check("the geometry", geometry.len())?;
    if let Some(values) = values {
        context.check("the column", values.column.rows())?;
    }
    let mut out = Vec::new();
    number::json(&mut out, &without_features(context, values))?;
    cut(&mut out, b"]}");
    for (row, (area, shape)) in context.areas.rows().iter().zip(geometry).enumerate() {
        out.extend(if row == 0 { b"\n".as_slice() } else { b",\n" });
        number::json(&mut out, &without_geometry(context, area, values, row))?;
        if let Some(shape) = shape {
            cut(&mut out, b"null}");
            write_geometry(&mut out, shape)
                .map_err(|error| EncodeError::Geometry { area: area.code.to_string(), reason: error.to_string() })?;
            out.push(b'}');
        }
    }
    out.extend(b"\n]}\n");
    Ok(out)
}

/// Takes an end off that the text has, so that something can stand before it.
fn cut(out: &mut Vec<u8>, end: &[u8]) {
    debug_assert!(out.ends_with(end), "the last member of the type");
    out.truncate(out.len() - end.len());
}

fn without_features<'a>(context: &Context<'a>, values: Option<Values<'a>>) -> FeatureCollection<'a> {
    let indicator = |Values { indicator, .. }: Values<'a>| MeasuredIndicator {
        id: &indicator.id,
        name: indicator.name.pick(context.lang, indicator.id.as_str()),
        unit: indicator.unit.name.pick(context.lang, &indicator.unit.id),
        source: &indicator.source,
    };
    FeatureCollection {
        kind: CollectionType::FeatureCollection,
        release: context.release,
        set: context.set,
        borders: context.vintage,
        attribution: context.attribution,
        indicator: values.map(indicator),
        period: values.map(|values| values.selection.period),
        origin: OriginMembers::of(values.and_then(|values| values.column.origin())),
        selection: values.map(|values| Codes::of(values.indicator, values.selection)),
        features: Vec::new(),
    }
}

fn without_geometry<'a>(context: &Context<'a>, area: &'a AreaRow, values: Option<Values<'a>>, row: usize) -> Feature<'a> {
    let cell = values.and_then(|values| values.column.cell(row));
    let state = match cell {
        Some(Cell::State(state)) => Some(state),
        Some(Cell::Value(_)) | None => None,
    };
    let properties = AreaProperties {
        code: &area.code,
        name: area.names.pick(context.lang, area.code.as_str()),
        parent: area.parent.as_ref(),
        value: cell.map(Cell::number),
        state,
        status: values.and_then(|values| values.column.status(row)),
    };
    Feature { kind: FeatureType::Feature, id: &area.code, properties, geometry: None }
}

fn write_geometry(out: &mut Vec<u8>, shape: &MultiPolygon<f64>) -> geozero::error::Result<()> {
    let round = |c: Coord<f64>| Coord { x: (c.x * DECIMALS).round() / DECIMALS, y: (c.y * DECIMALS).round() / DECIMALS };
    let shape = Geometry::MultiPolygon(seam::within_180(shape).map_coords(round));
    shape.process_geom(&mut GeoJsonWriter::new(out))
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::polygon;

    #[test]
    fn what_geozero_writes_is_the_geometry_that_the_type_describes() {
        let square = polygon![(x: 1.0, y: 2.0), (x: 3.5, y: 2.0), (x: 3.5, y: 4.0000001), (x: 1.0, y: 2.0)];
        let mut written = Vec::new();
        write_geometry(&mut written, &MultiPolygon(vec![square])).unwrap();
        let read: AreaGeometry = serde_json::from_slice(&written).unwrap();
        assert_eq!(read.kind, GeometryType::MultiPolygon);
        assert_eq!(read.coordinates, [[[[1.0, 2.0], [3.5, 2.0], [3.5, 4.0], [1.0, 2.0]]]]);
    }
}
