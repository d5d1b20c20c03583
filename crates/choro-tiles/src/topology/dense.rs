//! Further vertices on long edges.

use super::shared_arcs::Topology;

impl Topology {
    /// The topology with further vertices on its edges. `between` gives those of an edge, in order from its first end to its second; for
    /// the other direction it must give the same positions. Every arc is divided once, so that neighbours stay together. `None` where no
    /// edge gets one.
    #[must_use]
    pub fn with_vertices(&self, mut between: impl FnMut([f64; 2], [f64; 2], &mut Vec<[f64; 2]>)) -> Option<Self> {
        let mut dense = Self { vertices: self.vertices.clone(), arc_vertices: Vec::new(), arcs: Vec::new(), ..self.clone() };
        let mut inner = Vec::new();
        for range in &self.arcs {
            let start = dense.arc_vertices.len();
            for pair in self.arc_vertices.get(range.clone()).unwrap_or_default().windows(2) {
                let [from, to] = pair else { continue };
                dense.arc_vertices.push(*from);
                let at = |vertex: &u32| self.vertices.get(*vertex as usize).copied();
                let (Some(a), Some(b)) = (at(from), at(to)) else { continue };
                between(a, b, &mut inner);
                for point in inner.drain(..) {
                    dense.arc_vertices.push(u32::try_from(dense.vertices.len()).unwrap_or(u32::MAX));
                    dense.vertices.push(point);
                }
            }
            dense.arc_vertices.extend(self.arc_vertices.get(range.clone()).and_then(<[u32]>::last));
            dense.arcs.push(start..dense.arc_vertices.len());
        }
        (dense.vertices.len() > self.vertices.len()).then_some(dense)
    }
}
