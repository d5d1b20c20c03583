//! WKB (OGC Simple Features 8) -> polygons.

use crate::boundary::{
    features::feature::{AreaFault, Polygons},
    report::Reason,
};
use geo::Coord;
use geozero::{
    GeomProcessor, GeozeroGeometry,
    error::{GeozeroError, Result as GeozeroResult},
    wkb::Wkb,
};

/// Polygons out of WKB; `None` where there is none. More than `limit` coordinates are a fault.
pub fn decode(wkb: &[u8], limit: usize) -> Result<Option<Polygons>, AreaFault> {
    if wkb.is_empty() {
        return Ok(None);
    }
    let mut collector = PolygonCollector { polygons: Vec::new(), left: limit, fault: None };
    match (Wkb(wkb).process_geom(&mut collector), collector.fault) {
        (_, Some(fault)) => Err(fault),
        (Err(error), None) => Err(AreaFault::new(Reason::Malformed, format!("its WKB: {error}"))),
        (Ok(()), None) => Ok(Some(collector.polygons)),
    }
}

/// Collects polygons and stops at any other geometry, so that nested collections are not followed.
struct PolygonCollector {
    polygons: Polygons,
    left: usize,
    fault: Option<AreaFault>,
}

impl PolygonCollector {
    fn refuse(&mut self, kind: &str) -> GeozeroResult<()> {
        self.fault = Some(AreaFault::new(Reason::NotPolygon, format!("its geometry is a {kind}")));
        Err(GeozeroError::GeometryFormat)
    }
}

impl GeomProcessor for PolygonCollector {
    fn xy(&mut self, x: f64, y: f64, _: usize) -> GeozeroResult<()> {
        let Some(left) = self.left.checked_sub(1) else { return Err(GeozeroError::Coord) };
        self.left = left;
        if let Some(ring) = self.polygons.last_mut().and_then(|polygon| polygon.last_mut()) {
            ring.push(Coord { x, y });
        }
        Ok(())
    }

    fn polygon_begin(&mut self, _: bool, _: usize, _: usize) -> GeozeroResult<()> {
        self.polygons.push(Vec::new());
        Ok(())
    }

    fn linestring_begin(&mut self, tagged: bool, _: usize, _: usize) -> GeozeroResult<()> {
        match self.polygons.last_mut() {
            Some(polygon) if !tagged => {
                polygon.push(Vec::new());
                Ok(())
            }
            _ => self.refuse("line"),
        }
    }

    fn point_begin(&mut self, _: usize) -> GeozeroResult<()> {
        self.refuse("point")
    }

    fn multipoint_begin(&mut self, _: usize, _: usize) -> GeozeroResult<()> {
        self.refuse("multipoint")
    }

    fn multilinestring_begin(&mut self, _: usize, _: usize) -> GeozeroResult<()> {
        self.refuse("multiline")
    }

    fn geometrycollection_begin(&mut self, _: usize, _: usize) -> GeozeroResult<()> {
        self.refuse("geometry collection")
    }

    fn circularstring_begin(&mut self, _: usize, _: usize) -> GeozeroResult<()> {
        self.refuse("circular string")
    }

    fn compoundcurve_begin(&mut self, _: usize, _: usize) -> GeozeroResult<()> {
        self.refuse("compound curve")
    }

    fn curvepolygon_begin(&mut self, _: usize, _: usize) -> GeozeroResult<()> {
        self.refuse("curve polygon")
    }

    fn multicurve_begin(&mut self, _: usize, _: usize) -> GeozeroResult<()> {
        self.refuse("multicurve")
    }

    fn multisurface_begin(&mut self, _: usize, _: usize) -> GeozeroResult<()> {
        self.refuse("multisurface")
    }

    fn triangle_begin(&mut self, _: bool, _: usize, _: usize) -> GeozeroResult<()> {
        self.refuse("triangle")
    }

    fn polyhedralsurface_begin(&mut self, _: usize, _: usize) -> GeozeroResult<()> {
        self.refuse("polyhedral surface")
    }

    fn tin_begin(&mut self, _: usize, _: usize) -> GeozeroResult<()> {
        self.refuse("triangulated network")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Little-endian WKB of a geometry type: counts and coordinates.
    fn wkb(kind: u32, counts: &[u32], numbers: &[f64]) -> Vec<u8> {
        let words = [kind].into_iter().chain(counts.iter().copied()).flat_map(u32::to_le_bytes);
        std::iter::once(1).chain(words).chain(numbers.iter().flat_map(|n| n.to_le_bytes())).collect()
    }

    #[test]
    fn wkb_becomes_polygons_or_a_fault_of_its_area() {
        let square = [0.0, 0.0, 1.0, 0.0, 1.0, 1.0, 0.0, 0.0];
        assert_eq!(decode(&wkb(3, &[1, 4], &square), 100).unwrap().unwrap()[0][0].len(), 4);
        assert_eq!(decode(&[], 100), Ok(None));
        for (bytes, reason) in [
            (wkb(1, &[], &[1.0, 2.0]), Reason::NotPolygon),
            (wkb(2, &[2], &[1.0, 2.0, 3.0, 4.0]), Reason::NotPolygon),
            (wkb(7, &[1], &[]), Reason::NotPolygon),
            (wkb(3, &[u32::MAX, u32::MAX], &square), Reason::Malformed),
            (wkb(3, &[1, 4], &square[..5]), Reason::Malformed),
            (wkb(3, &[1, 4], &square).split_off(3), Reason::Malformed),
        ] {
            assert_eq!(decode(&bytes, 100).unwrap_err().reason, reason, "{bytes:?}");
        }
        assert!(decode(&wkb(3, &[1, 4], &square), 3).is_err());
    }

    #[test]
    fn not_a_number_in_wkb_is_kept_to_be_rejected_with_its_place() {
        let polygons = decode(&wkb(3, &[1, 4], &[0.0, 0.0, f64::NAN, 0.0, 1.0, 1.0, 0.0, 0.0]), 100).unwrap().unwrap();
        let fault = crate::boundary::geometry::rings::from_source(polygons, &mut Default::default()).unwrap_err();
        assert_eq!((fault.reason, fault.detail.contains("position 1")), (Reason::NotFinite, true));
    }
}
