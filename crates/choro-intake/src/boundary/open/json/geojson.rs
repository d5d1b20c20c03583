//! GeoJSON (RFC 7946), with the `crs` member of the format's first edition (2008).
//!
//! It is read by serde straight into positions. geozero's reader would drop the `id` of features and `crs`, and would refuse the whole
//! file for one malformed position, instead of its area.

use super::{
    document::JsonDocument,
    geojson_feature::{GeoJsonFeature, GeoJsonGeometry},
};
use crate::boundary::{
    error::BoundaryError,
    features::{
        crs,
        feature::{FeatureCollection, SourceCrs},
        meter::Meter,
    },
    options::Options,
};
use serde_json::Value;

/// What a GeoJSON document says.
pub fn source(
    document: JsonDocument,
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
            let geometry = GeoJsonGeometry { kind: document.kind, coordinates: document.coordinates };
            vec![GeoJsonFeature::of_geometry(geometry).into_area()]
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
