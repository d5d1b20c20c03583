//! WKB (OGC Simple Features 8) -> polygons.

use crate::boundary::{
    features::{area_fault::AreaFault, feature::Shape},
    report::Reason,
};
use geo::Coord;
use geozero::{
    GeomProcessor, GeozeroGeometry,
    error::{GeozeroError, Result as GeozeroResult},
    wkb::Wkb,
};

/// Geometry collections inside each other.
const MAX_NESTING: usize = 8;

/// The polygons of WKB, and the count of what else stands in it; `None` where there is nothing. More than `limit` coordinates are a
/// fault.
pub fn decode(wkb: &[u8], limit: usize) -> Result<Option<Shape>, AreaFault> {
    if wkb.is_empty() {
        return Ok(None);
    }
    let mut collector = PolygonCollector { left: limit, ..PolygonCollector::default() };
    match (Wkb(wkb).process_geom(&mut collector), collector.fault) {
        (_, Some(fault)) => Err(fault),
        (Err(error), None) => Err(AreaFault::new(Reason::Malformed, format!("its WKB: {error}"))),
        (Ok(()), None) => collector.shape.of_polygons(collector.other_kind).map(Some),
    }
}

/// Collects polygons, passes over points and lines, and stops at any other geometry.
#[derive(Default)]
struct PolygonCollector {
    shape: Shape,
    left: usize,
    /// Collections around the present place.
    nesting: usize,
    /// Points and lines around the present place: a multipoint around its points.
    passing: usize,
    other_kind: &'static str,
    fault: Option<AreaFault>,
}

impl PolygonCollector {
    fn refuse(&mut self, kind: &str) -> GeozeroResult<()> {
        self.fault = Some(AreaFault::new(Reason::NotPolygon, format!("its geometry is a {kind}")));
        Err(GeozeroError::GeometryFormat)
    }

    fn pass(&mut self, kind: &'static str) {
        if self.passing == 0 {
            self.shape.others += 1;
            self.other_kind = kind;
        }
        self.passing += 1;
    }

    fn passed(&mut self) {
        self.passing = self.passing.saturating_sub(1);
    }
}

impl GeomProcessor for PolygonCollector {
    fn xy(&mut self, x: f64, y: f64, _: usize) -> GeozeroResult<()> {
        let Some(left) = self.left.checked_sub(1) else { return Err(GeozeroError::Coord) };
        self.left = left;
        if self.passing == 0
            && let Some(ring) = self.shape.polygons.last_mut().and_then(|polygon| polygon.last_mut())
        {
            ring.push(Coord { x, y });
        }
        Ok(())
    }

    fn polygon_begin(&mut self, _: bool, _: usize, _: usize) -> GeozeroResult<()> {
        self.shape.polygons.push(Vec::new());
        Ok(())
    }

    fn linestring_begin(&mut self, tagged: bool, _: usize, _: usize) -> GeozeroResult<()> {
        if tagged || self.passing > 0 {
            self.pass("line");
        } else if let Some(polygon) = self.shape.polygons.last_mut() {
            polygon.push(Vec::new());
        }
        Ok(())
    }

    fn linestring_end(&mut self, tagged: bool, _: usize) -> GeozeroResult<()> {
        if tagged || self.passing > 0 {
            self.passed();
        }
        Ok(())
    }

    fn point_begin(&mut self, _: usize) -> GeozeroResult<()> {
        self.pass("point");
        Ok(())
    }

    fn empty_point(&mut self, _: usize) -> GeozeroResult<()> {
        self.pass("point");
        self.passed();
        Ok(())
    }

    fn point_end(&mut self, _: usize) -> GeozeroResult<()> {
        self.passed();
        Ok(())
    }

    fn multipoint_begin(&mut self, _: usize, _: usize) -> GeozeroResult<()> {
        self.pass("multipoint");
        Ok(())
    }

    fn multipoint_end(&mut self, _: usize) -> GeozeroResult<()> {
        self.passed();
        Ok(())
    }

    fn multilinestring_begin(&mut self, _: usize, _: usize) -> GeozeroResult<()> {
        self.pass("multiline");
        Ok(())
    }

    fn multilinestring_end(&mut self, _: usize) -> GeozeroResult<()> {
        self.passed();
        Ok(())
    }

    fn geometrycollection_begin(&mut self, _: usize, _: usize) -> GeozeroResult<()> {
        self.nesting += 1;
        if self.nesting > MAX_NESTING { self.refuse("geometry collection in too many others") } else { Ok(()) }
    }

    fn geometrycollection_end(&mut self, _: usize) -> GeozeroResult<()> {
        self.nesting = self.nesting.saturating_sub(1);
        Ok(())
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
        assert_eq!(decode(&wkb(3, &[1, 4], &square), 100).unwrap().unwrap().polygons[0][0].len(), 4);
        let beside =
            [wkb(7, &[3], &[]), wkb(1, &[], &[1.0, 2.0]), wkb(3, &[1, 4], &square), wkb(2, &[2], &square[..4])].concat();
        let shape = decode(&beside, 100).unwrap().unwrap();
        assert_eq!((shape.polygons.len(), shape.polygons[0][0].len(), shape.others), (1, 4, 2));
        let nested = [vec![wkb(7, &[1], &[]); 9].concat(), wkb(3, &[1, 4], &square)].concat();
        assert!(decode(&nested, 100).is_err_and(|fault| fault.detail.contains("too many")));
        assert!(decode(&wkb(3, &[0], &[]), 100).unwrap().unwrap().is_empty());
        assert_eq!(decode(&[], 100), Ok(None));
        for (bytes, reason) in [
            (wkb(1, &[], &[1.0, 2.0]), Reason::NotPolygon),
            (wkb(2, &[2], &[1.0, 2.0, 3.0, 4.0]), Reason::NotPolygon),
            (wkb(7, &[1], &[]), Reason::Malformed),
            (wkb(15, &[0], &[]), Reason::NotPolygon),
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
        let shape = decode(&wkb(3, &[1, 4], &[0.0, 0.0, f64::NAN, 0.0, 1.0, 1.0, 0.0, 0.0]), 100).unwrap().unwrap();
        let fault = crate::boundary::geometry::rings::from_source(shape, &mut Default::default()).unwrap_err();
        assert_eq!((fault.reason, fault.detail.contains("position 1")), (Reason::NotFinite, true));
    }
}
