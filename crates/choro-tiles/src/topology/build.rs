//! From polygons to shared arcs: the pipeline.

use super::{cut::cut, extract::extract, junctions::junctions, shared_arcs::Topology};
use geo::MultiPolygon;

impl Topology {
    /// Finds the shared arcs of `areas`. Two vertices are one when their coordinates are equal bit for bit.
    #[must_use]
    pub fn new<'a>(areas: impl Iterator<Item = Option<&'a MultiPolygon<f64>>>) -> Self {
        let rings = extract(areas);
        let is_junction = junctions(&rings);
        cut(rings, &is_junction)
    }
}
