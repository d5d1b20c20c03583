//! Polygons as well-known binary (OGC 06-103r4, 8.2), which PostGIS and GDAL read too. Coordinates come back bit by bit.

use geo::{Geometry, MultiPolygon};
use geozero::{CoordDimensions, ToGeo, ToWkb, wkb::Wkb};

/// The polygons as WKB.
pub(crate) fn write(polygons: &MultiPolygon<f64>) -> Result<Vec<u8>, String> {
    // geozero writes the enum only; one copy of one area at a time is small against the insert.
    Geometry::MultiPolygon(polygons.clone()).to_wkb(CoordDimensions::xy()).map_err(|e| e.to_string())
}

/// The inverse of [`write`].
pub(crate) fn read(wkb: &[u8]) -> Result<MultiPolygon<f64>, String> {
    match Wkb(wkb).to_geo().map_err(|e| e.to_string())? {
        Geometry::MultiPolygon(polygons) => Ok(polygons),
        other => Err(format!("expected a multipolygon, got {}", kind(&other))),
    }
}

fn kind(geometry: &Geometry<f64>) -> &'static str {
    match geometry {
        Geometry::Point(_) => "a point",
        Geometry::LineString(_) => "a line",
        Geometry::Polygon(_) => "a polygon",
        _ => "another geometry",
    }
}
