//! Rings as vertex numbers.

use geo::{LineString, MultiPolygon};
use rustc_hash::FxHashMap;

/// All rings of all areas, flat.
#[derive(Debug, Default)]
pub struct Rings {
    /// Every vertex once.
    pub vertices: Vec<[f64; 2]>,
    /// Vertex numbers of all rings, each ring open (its first vertex is not repeated).
    pub numbers: Vec<u32>,
    /// Where each ring stands in `numbers`.
    pub rings: Vec<std::ops::Range<usize>>,
    /// For every area its polygons, for each polygon its rings as numbers into `rings`.
    pub areas: Vec<Vec<Vec<usize>>>,
}

pub fn extract<'a>(areas: impl Iterator<Item = Option<&'a MultiPolygon<f64>>>) -> Rings {
    let mut extraction = Extraction::default();
    for area in areas {
        let polygons = area.map_or_else(Vec::new, |area| extraction.area(area));
        extraction.rings.areas.push(polygons);
    }
    extraction.rings
}

#[derive(Default)]
struct Extraction {
    rings: Rings,
    known: FxHashMap<[u64; 2], u32>,
}

impl Extraction {
    fn area(&mut self, area: &MultiPolygon<f64>) -> Vec<Vec<usize>> {
        let mut polygons = Vec::with_capacity(area.0.len());
        for polygon in area {
            // A hole of an exterior that collapsed has nothing to stand in.
            let Some(exterior) = self.ring(polygon.exterior()) else { continue };
            let holes = polygon.interiors().iter().filter_map(|hole| self.ring(hole));
            polygons.push(std::iter::once(exterior).chain(holes.collect::<Vec<_>>()).collect());
        }
        polygons
    }

    /// Adds a ring; `None` where it has fewer than three different vertices in a row.
    fn ring(&mut self, line: &LineString<f64>) -> Option<usize> {
        let start = self.rings.numbers.len();
        for coord in &line.0 {
            let number = self.vertex([coord.x + 0.0, coord.y + 0.0]);
            if self.rings.numbers.get(start..).and_then(<[u32]>::last) != Some(&number) {
                self.rings.numbers.push(number);
            }
        }
        while self.rings.numbers.len() > start + 1 && self.rings.numbers.last() == self.rings.numbers.get(start) {
            self.rings.numbers.pop();
        }
        if self.rings.numbers.len() < start + 3 {
            self.rings.numbers.truncate(start);
            return None;
        }
        self.rings.rings.push(start..self.rings.numbers.len());
        Some(self.rings.rings.len() - 1)
    }

    fn vertex(&mut self, point: [f64; 2]) -> u32 {
        let next = u32::try_from(self.rings.vertices.len()).unwrap_or(u32::MAX);
        let number = *self.known.entry(point.map(f64::to_bits)).or_insert(next);
        if number == next {
            self.rings.vertices.push(point);
        }
        number
    }
}
