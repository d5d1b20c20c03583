//! GeoJSON (RFC 7946): the areas of a set with the values of one selection.
//!
//! An area without polygon keeps its row with `geometry: null`; an area without value has `value: null` beside its `state`.

use super::{
    context::{Context, codes},
    error::EncodeError,
    number, origin, seam,
};
use crate::format::column::Column;
use choro_model::{Cell, Indicator, Selection};
use geo::{Coord, Geometry, MapCoords, MultiPolygon};
use geozero::{GeozeroGeometry, geojson::GeoJsonWriter};
use serde::Serialize;
use serde_json::json;

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

/// The feature collection of all areas, with values where there are any.
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
    out.extend(b"{\"type\":\"FeatureCollection\",");
    members(&mut out, context, values)?;
    out.extend(b"\"features\":[");
    for (row, shape) in geometry.iter().enumerate() {
        out.extend(if row == 0 { b"\n".as_slice() } else { b",\n" });
        feature(&mut out, context, row, shape.as_ref(), values)?;
    }
    out.extend(b"\n]}\n");
    Ok(out)
}

/// Foreign members (RFC 7946, 6.1): what the collection shows.
fn members(out: &mut Vec<u8>, context: &Context<'_>, values: Option<Values<'_>>) -> Result<(), EncodeError> {
    member(out, "release", context.release)?;
    member(out, "set", context.set)?;
    member(out, "borders", context.vintage)?;
    member(out, "attribution", context.attribution)?;
    let Some(values) = values else { return Ok(()) };
    let indicator = json!({
        "id": values.indicator.id,
        "name": values.indicator.name.pick(context.lang, values.indicator.id.as_str()),
        "unit": values.indicator.unit.name.pick(context.lang, &values.indicator.unit.id),
        "source": values.indicator.source,
    });
    member(out, "indicator", &indicator)?;
    member(out, "period", &values.selection.period)?;
    for (name, value) in values.column.origin().map(origin::members).into_iter().flatten() {
        member(out, &name, &value)?;
    }
    member(out, "selection", &codes(values.indicator, values.selection))
}

fn member(out: &mut Vec<u8>, name: &str, value: &(impl Serialize + ?Sized)) -> Result<(), EncodeError> {
    serde_json::to_writer(&mut *out, name)?;
    out.push(b':');
    serde_json::to_writer(&mut *out, value)?;
    out.push(b',');
    Ok(())
}

fn feature(
    out: &mut Vec<u8>,
    context: &Context<'_>,
    row: usize,
    shape: Option<&MultiPolygon<f64>>,
    values: Option<Values<'_>>,
) -> Result<(), EncodeError> {
    let Some(area) = context.areas.rows().get(row) else { return Ok(()) };
    out.extend(b"{\"type\":\"Feature\",");
    member(out, "id", &area.code)?;
    out.extend(b"\"properties\":{");
    member(out, "code", &area.code)?;
    member(out, "name", area.names.pick(context.lang, area.code.as_str()))?;
    member(out, "parent", &area.parent)?;
    if let Some(values) = values {
        value(out, values, row)?;
    }
    out.pop();
    out.extend(b"},\"geometry\":");
    match shape {
        None => out.extend(b"null"),
        Some(shape) => write_geometry(out, shape)
            .map_err(|error| EncodeError::Geometry { area: area.code.to_string(), reason: error.to_string() })?,
    }
    out.push(b'}');
    Ok(())
}

fn value(out: &mut Vec<u8>, values: Values<'_>, row: usize) -> Result<(), EncodeError> {
    match values.column.cell(row) {
        Some(Cell::Value(value)) => {
            out.extend(b"\"value\":");
            number::push(out, value);
            out.push(b',');
        }
        Some(Cell::State(state)) => {
            out.extend(b"\"value\":null,");
            member(out, "state", &state)?;
        }
        None => {}
    }
    match values.column.status(row) {
        Some(status) => member(out, "status", &status),
        None => Ok(()),
    }
}

fn write_geometry(out: &mut Vec<u8>, shape: &MultiPolygon<f64>) -> geozero::error::Result<()> {
    let round = |c: Coord<f64>| Coord { x: (c.x * DECIMALS).round() / DECIMALS, y: (c.y * DECIMALS).round() / DECIMALS };
    let shape = Geometry::MultiPolygon(seam::within_180(shape).map_coords(round));
    shape.process_geom(&mut GeoJsonWriter::new(out))
}
