//! Polygons to shared arcs, so that a border between two areas is simplified once and stays one line.
//!
//! The pipeline is TopoJSON's (topojson-server): `extract` the rings as vertex numbers, find the `junctions`, `cut` the
//! rings into arcs there and keep each arc once. With two squares that share the edge B-E:
//!
//! ```text
//!   A ---- B ---- C        rings    ABEF, BCDE
//!   |      |      |        junctions B and E: their neighbours differ from ring to ring
//!   F ---- E ---- D        arcs     B-E (used by both), E-F-A-B, B-C-D-E
//! ```

mod build;
mod cut;
mod dense;
mod extract;
mod junctions;
mod shared_arcs;
mod significance;
#[cfg(test)]
mod tests;

pub use shared_arcs::{ArcRef, Polygon, Topology};
pub use significance::significance;
