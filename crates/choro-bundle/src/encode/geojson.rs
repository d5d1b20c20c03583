//! GeoJSON (RFC 7946): the areas of a set with the values of one selection.
//!
//! An area without polygon keeps its row with `geometry: null`; an area without value has `value: null` beside its `state`.

use super::{
    codes::Codes,
    context::Context,
    error::EncodeError,
    feature_collection::{AreaProperties, CollectionType, Feature, FeatureCollection, FeatureType, MeasuredIndicator},
    number,
    origin::OriginMembers,
    seam,
};
use crate::format::{area_table::AreaRow, column::Column};
use choro_model::{Cell, Indicator, Selection};
use geo::{Coord, Geometry, MapCoords, MultiPolygon};
use geozero::{GeozeroGeometry, geojson::GeoJsonWriter};

/// Decimals of a degree: 0.1 m (RFC 7946, 11.2).
const DECIMALS: f64 = 1e6;

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
        reliability: values.and_then(|values| values.column.reliability(row)),
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
    use super::{
        super::feature_collection::{AreaGeometry, GeometryType},
        *,
    };
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
