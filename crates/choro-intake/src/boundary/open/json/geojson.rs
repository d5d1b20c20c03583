//! GeoJSON (RFC 7946), with the `crs` member of the format's first edition (2008).
//!
//! It is read by serde straight into positions. geozero's reader would drop the `id` of features and `crs`, and would refuse the whole
//! file for one malformed position, instead of its area.

use super::{crs_member, document::JsonDocument, geojson_feature::GeoJsonFeature, geojson_geometry::GeoJsonGeometry};
use crate::boundary::{
    error::BoundaryError,
    features::{
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
    let crs = member(&document, path, options)?;
    let format = if document.is_sequence { "GeoJSONSeq" } else { "GeoJSON" }.to_owned();
    let areas = match document.kind.as_deref() {
        Some("FeatureCollection") => {
            document.areas.ok_or_else(|| format_error(path, "a FeatureCollection without features"))?
        }
        Some("Feature") => document.areas.unwrap_or_else(|| vec![document.feature.into_area()]),
        Some("Polygon" | "MultiPolygon" | "GeometryCollection") => {
            let (kind, coordinates, geometries) = (document.kind, document.coordinates, document.geometries);
            let geometry = GeoJsonGeometry { kind, coordinates, geometries, ..GeoJsonGeometry::default() };
            vec![GeoJsonFeature::of_geometry(geometry).into_area()]
        }
        Some(other) => return Err(format_error(path, &format!("JSON of type {other:.60?}"))),
        None => return Err(format_error(path, "JSON without a member \"type\"")),
    };
    let mut all = FeatureCollection { format, crs, fields: meter.fields(&areas)?, areas };
    all.offer_ids("id");
    Ok(all)
}

fn format_error(path: &str, what: &str) -> BoundaryError {
    let expected = "a FeatureCollection, a Feature, a polygon or a Topology".to_owned();
    BoundaryError::Format { path: path.to_owned(), what: what.to_owned(), expected }
}

/// The reference system by the `crs` member of the document, or by those of its features, where they agree.
fn member(document: &JsonDocument, path: &str, options: &Options) -> Result<SourceCrs, BoundaryError> {
    let unusable = |what: String| BoundaryError::MissingCrs { path: path.to_owned(), what };
    match (&document.crs, document.own_crs.as_slice()) {
        (None, []) => Ok(SourceCrs::DegreesByRule),
        _ if options.crs.is_some() => Ok(SourceCrs::Unknown),
        (Some(Value::Null), []) => Ok(SourceCrs::Unknown),
        (Some(member), []) => crs_member::read(member).map_err(unusable),
        (None | Some(Value::Null), [own]) => crs_member::read(own).map_err(unusable),
        (Some(member), [own]) if member == own => crs_member::read(member).map_err(unusable),
        _ => Err(unusable("its features say several, and one file is read in one".to_owned())),
    }
}
