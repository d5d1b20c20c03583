//! Areas as polygons over shared arcs.

use std::ops::Range;

/// An arc as a ring uses it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ArcRef {
    /// Which arc.
    pub arc: u32,
    /// Whether the ring runs along it from its end to its start.
    pub reversed: bool,
}

/// A polygon: the rings, the exterior first, each as arcs end to end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Polygon {
    /// The rings.
    pub rings: Vec<Vec<ArcRef>>,
}

/// Areas as polygons over shared arcs.
#[derive(Debug, Clone)]
pub struct Topology {
    pub(super) vertices: Vec<[f64; 2]>,
    pub(super) arc_vertices: Vec<u32>,
    pub(super) arcs: Vec<Range<usize>>,
    pub(super) uses: Vec<u8>,
    pub(super) areas: Vec<Vec<Polygon>>,
}

impl Topology {
    /// Every vertex once: longitude and latitude.
    #[must_use]
    pub fn vertices(&self) -> &[[f64; 2]] {
        &self.vertices
    }

    /// How many arcs there are.
    #[must_use]
    pub fn arc_count(&self) -> usize {
        self.arcs.len()
    }

    /// The vertex numbers of an arc. First and last are equal for an arc that is a whole ring.
    #[must_use]
    pub fn arc(&self, arc: u32) -> &[u32] {
        self.arcs.get(arc as usize).and_then(|range| self.arc_vertices.get(range.clone())).unwrap_or_default()
    }

    /// How many rings use an arc: 1 on an outer border, 2 between neighbours. More than that is an overlap of the source.
    #[must_use]
    pub fn uses(&self, arc: u32) -> u8 {
        self.uses.get(arc as usize).copied().unwrap_or_default()
    }

    /// The polygons of every area.
    #[must_use]
    pub fn areas(&self) -> &[Vec<Polygon>] {
        &self.areas
    }
}
