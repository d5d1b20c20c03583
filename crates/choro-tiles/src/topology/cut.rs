//! Cuts the rings at the junctions and keeps every arc once.

use super::{
    extract::Rings,
    shared_arcs::{ArcRef, Polygon, Topology},
};
use rustc_hash::FxHashMap;

/// Rings into arcs. A ring without junction becomes one closed arc that begins at its smallest vertex number, so that an
/// enclave and the hole around it give the same arc.
pub fn cut(rings: Rings, is_junction: &[bool]) -> Topology {
    let mut arcs = Arcs::default();
    let mut scratch = Vec::new();
    let ring_arcs: Vec<Vec<ArcRef>> = rings
        .rings
        .iter()
        .map(|range| {
            let ring = rings.numbers.get(range.clone()).unwrap_or_default();
            cut_ring(ring, is_junction, &mut arcs, &mut scratch)
        })
        .collect();
    let polygon = |ring_numbers: &Vec<usize>| Polygon {
        rings: ring_numbers.iter().filter_map(|ring| ring_arcs.get(*ring).cloned()).collect(),
    };
    let areas = rings.areas.iter().map(|polygons| polygons.iter().map(polygon).collect()).collect();
    Topology { vertices: rings.vertices, arc_vertices: arcs.vertices, arcs: arcs.ranges, uses: arcs.uses, areas }
}

fn cut_ring(ring: &[u32], is_junction: &[bool], arcs: &mut Arcs, scratch: &mut Vec<u32>) -> Vec<ArcRef> {
    let junction = |vertex: &u32| is_junction.get(*vertex as usize).copied().unwrap_or_default();
    let first = ring.iter().position(junction);
    let start = first.or_else(|| (0..ring.len()).min_by_key(|&i| ring.get(i))).unwrap_or_default();
    let mut result = Vec::new();
    scratch.clear();
    for vertex in ring.iter().cycle().skip(start).take(ring.len() + 1) {
        scratch.push(*vertex);
        if scratch.len() > 1 && first.is_some() && junction(vertex) {
            result.push(arcs.keep(scratch));
            scratch.clear();
            scratch.push(*vertex);
        }
    }
    if scratch.len() > 1 {
        result.push(arcs.keep(scratch));
    }
    result
}

#[derive(Default)]
struct Arcs {
    vertices: Vec<u32>,
    ranges: Vec<std::ops::Range<usize>>,
    uses: Vec<u8>,
    /// By the vertices at both ends, in the arc's own direction: two arcs with equal ends are compared whole.
    known: FxHashMap<[u32; 4], Vec<u32>>,
}

impl Arcs {
    fn keep(&mut self, line: &mut [u32]) -> ArcRef {
        let reversed = is_backward(line);
        if reversed {
            line.reverse();
        }
        let arc = self.find(line).unwrap_or_else(|| self.add(line));
        if let Some(uses) = self.uses.get_mut(arc as usize) {
            *uses = uses.saturating_add(1);
        }
        ArcRef { arc, reversed }
    }

    fn find(&self, line: &[u32]) -> Option<u32> {
        let candidates = self.known.get(&ends(line))?;
        candidates
            .iter()
            .copied()
            .find(|arc| self.ranges.get(*arc as usize).and_then(|range| self.vertices.get(range.clone())) == Some(line))
    }

    fn add(&mut self, line: &[u32]) -> u32 {
        let arc = u32::try_from(self.ranges.len()).unwrap_or(u32::MAX);
        let start = self.vertices.len();
        self.vertices.extend_from_slice(line);
        self.ranges.push(start..self.vertices.len());
        self.uses.push(0);
        self.known.entry(ends(line)).or_default().push(arc);
        arc
    }
}

/// First, second, last but one and last vertex.
fn ends(line: &[u32]) -> [u32; 4] {
    let at = |index: usize| line.get(index).copied().unwrap_or_default();
    [at(0), at(1), at(line.len().saturating_sub(2)), at(line.len().saturating_sub(1))]
}

/// Whether the other direction is the one to keep: the smaller end comes first.
fn is_backward(line: &[u32]) -> bool {
    let [first, second, before_last, last] = ends(line);
    (last, before_last) < (first, second)
}
