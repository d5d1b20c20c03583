//! Coordinate reference systems, by EPSG code or PROJ string, and the way from them to longitude and latitude (WGS 84).

use super::feature::{Polygons, SourceCrs};
use crate::boundary::error::BoundaryError;
use geo::Coord;
use proj4rs::{Proj, transform::transform};

/// The transformation from a reference system to longitude and latitude.
pub struct ToDegrees {
    from: Proj,
    to: Proj,
}

impl ToDegrees {
    /// The transformation from an EPSG code or a PROJ string. `None` if its coordinates are longitude and latitude already.
    pub fn new(text: &str) -> Result<Option<Self>, BoundaryError> {
        if is_wgs84(text) {
            return Ok(None);
        }
        let unknown = |what: String| BoundaryError::UnknownCrs { got: text.to_owned(), what };
        // proj4rs takes the authority in capitals only.
        let definition = text.split_once(':').map(|(authority, code)| format!("{}:{code}", authority.to_uppercase()));
        let definition = if text.starts_with('+') { text.to_owned() } else { definition.unwrap_or_else(|| text.to_owned()) };
        let from = Proj::from_user_string(&definition).map_err(|e| unknown(e.to_string()))?;
        if !from.has_inverse() {
            return Err(unknown("there is no way back from it to longitude and latitude".to_owned()));
        }
        let to = Proj::from_proj_string("+proj=longlat +datum=WGS84").map_err(|e| unknown(e.to_string()))?;
        Ok(Some(Self { from, to }))
    }

    /// Transforms all positions. A position that cannot be transformed becomes not finite, so that its area is rejected.
    pub fn apply(&self, polygons: &mut Polygons) {
        for position in polygons.iter_mut().flatten().flatten() {
            *position = self.position(*position);
        }
    }

    fn position(&self, from: Coord<f64>) -> Coord<f64> {
        // proj4rs takes and gives angles in radians.
        let (x, y) = if self.from.is_latlong() { (from.x.to_radians(), from.y.to_radians()) } else { (from.x, from.y) };
        let mut point = (x, y, 0.0);
        match transform(&self.from, &self.to, &mut point) {
            Ok(()) => Coord { x: point.0.to_degrees(), y: point.1.to_degrees() },
            Err(_) => Coord { x: f64::NAN, y: f64::NAN },
        }
    }
}

fn is_wgs84(text: &str) -> bool {
    let text = text.trim().to_uppercase();
    matches!(text.as_str(), "EPSG:4326" | "OGC:CRS84" | "CRS84" | "WGS84" | "WGS 84")
}

/// Reads the name in a GeoJSON `crs` member, which is a URN or `EPSG:CODE`.
pub fn from_urn(name: &str) -> Result<SourceCrs, BoundaryError> {
    let parts: Vec<&str> = name.strip_prefix("urn:ogc:def:crs:").unwrap_or(name).split(':').collect();
    let (authority, code) = match parts.as_slice() {
        [authority, .., code] => (authority.to_uppercase(), *code),
        _ => (String::new(), name),
    };
    if is_wgs84(code) || is_wgs84(&format!("{authority}:{code}")) {
        return Ok(SourceCrs::Degrees);
    }
    let text = format!("{authority}:{code}");
    ToDegrees::new(&text).map_err(|error| match error {
        BoundaryError::UnknownCrs { what, .. } => BoundaryError::UnknownCrs { got: name.to_owned(), what },
        other => other,
    })?;
    Ok(SourceCrs::Named(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn projected_positions_come_to_known_longitudes_and_latitudes() {
        // Expected values: PROJ 9 (cs2cs).
        for (crs, x, y, lon, lat) in [
            ("EPSG:3857", 4_187_402.0, 7_509_136.0, 37.616_072_2, 55.751_659_0),
            ("EPSG:3035", 4_321_000.0, 3_210_000.0, 10.0, 52.0),
            ("epsg:3035", 4_321_000.0, 3_210_000.0, 10.0, 52.0),
            ("+proj=aea +lat_1=52 +lat_2=64 +lat_0=0 +lon_0=105 +datum=WGS84 +units=m", 0.0, 0.0, 105.0, 0.0),
        ] {
            let mut polygons = vec![vec![vec![Coord { x, y }]]];
            ToDegrees::new(crs).unwrap().unwrap().apply(&mut polygons);
            let got = polygons[0][0][0];
            assert!((got.x - lon).abs() < 1e-5 && (got.y - lat).abs() < 1e-5, "{crs}: {got:?}");
        }
        assert!(ToDegrees::new("EPSG:4326").unwrap().is_none());
    }

    #[test]
    fn crs_members_are_taken_in_all_their_spellings_or_refused_by_name() {
        for name in ["urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:EPSG::4326", "EPSG:4326"] {
            assert_eq!(from_urn(name).unwrap(), SourceCrs::Degrees, "{name}");
        }
        assert_eq!(from_urn("urn:ogc:def:crs:EPSG::3857").unwrap(), SourceCrs::Named("EPSG:3857".to_owned()));
        for name in ["urn:ogc:def:crs:EPSG::999999", "EPSG:1", "hello", ""] {
            assert!(from_urn(name).unwrap_err().to_string().contains(name), "{name}");
        }
    }
}
