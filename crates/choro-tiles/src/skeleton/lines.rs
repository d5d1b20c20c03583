//! The arcs of one zoom: the vertices that stay, rounded to tile units.

use super::projected::{Projected, arcs};
use crate::topology::Topology;
use choro_model::grid::EXTENT;

/// How far a simplified line may stray, in tile units. Rounding adds at most 0.71, which keeps the whole within the 4 units
/// (half a CSS pixel) of the design.
const TOLERANCE: f64 = 3.25;

/// A vertex that stays: where, and which one of its arc and of the topology it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Vertex {
    pub point: [i32; 2],
    pub position: u32,
    pub number: u32,
}

/// The arcs of one zoom.
#[derive(Debug)]
pub struct Lines {
    scale: f64,
    /// By arc, by position: whether the vertex stays.
    kept: Vec<Vec<bool>>,
    lines: Vec<Vec<Vertex>>,
}

impl Lines {
    pub fn new(projected: &Projected<'_>, zoom: u8) -> Self {
        let scale = f64::from(EXTENT) * f64::from(1_u32 << zoom);
        let threshold = (TOLERANCE / scale).powi(2);
        let keep = |arc| projected.significance(arc).iter().map(|s| *s > threshold).collect();
        let kept: Vec<Vec<bool>> = arcs(&projected.topology).map(keep).collect();
        let mut lines = Self { scale, lines: vec![Vec::new(); kept.len()], kept };
        arcs(&projected.topology).for_each(|arc| lines.draw(projected, arc));
        lines
    }

    /// The vertices of an arc; fewer than two where it shrank to a point.
    pub fn line(&self, arc: u32) -> &[Vertex] {
        self.lines.get(arc as usize).map_or(&[], Vec::as_slice)
    }

    /// All arcs.
    pub fn all(&self) -> &[Vec<Vertex>] {
        &self.lines
    }

    /// A point of the grid in units of this zoom.
    pub fn round(&self, point: [f64; 2]) -> [i32; 2] {
        // Saturating by `as`: `Projected` keeps points within reach of 32 bits.
        point.map(|c| (c * self.scale).round() as i32)
    }

    /// Gives back the most significant vertex that was left out between two positions of an arc. `false`: there is none.
    pub fn refine(&mut self, projected: &Projected<'_>, arc: u32, from: u32, to: u32) -> bool {
        let significance = projected.significance(arc);
        let between = (from as usize + 1)..(to as usize);
        let left_out = |i: &usize| self.kept.get(arc as usize).and_then(|kept| kept.get(*i)) == Some(&false);
        let most = between.filter(left_out).max_by(|a, b| {
            let at = |i: &usize| significance.get(*i).copied().unwrap_or_default();
            at(a).total_cmp(&at(b))
        });
        let slot = most.and_then(|i| self.kept.get_mut(arc as usize)?.get_mut(i));
        slot.map(|kept| *kept = true).is_some()
    }

    /// Draws an arc anew after [`Self::refine`].
    pub fn draw(&mut self, projected: &Projected<'_>, arc: u32) {
        let Some(kept) = self.kept.get(arc as usize) else { return };
        let last = kept.len().saturating_sub(1);
        let mut line: Vec<Vertex> = Vec::new();
        for ((position, (number, point, _)), _) in (0..).zip(projected.arc(arc)).zip(kept).filter(|(_, kept)| **kept) {
            if !point[0].is_finite() {
                line.clear();
                break;
            }
            let vertex = Vertex { point: self.round(point), position, number };
            match line.last_mut() {
                // Neighbours meet at the ends of an arc, so an end replaces the vertex with which it falls together.
                Some(before) if before.point == vertex.point => {
                    if position as usize == last && before.position != 0 {
                        *before = vertex;
                    }
                }
                _ => line.push(vertex),
            }
        }
        if let Some(slot) = self.lines.get_mut(arc as usize) {
            *slot = line;
        }
    }
}

/// Who uses the arcs.
#[derive(Debug)]
pub struct Users {
    /// By arc the areas that use it.
    pub of_arc: Vec<Vec<u32>>,
    /// By area whether it uses an arc twice: two of its polygons lie side by side, as no valid area has them.
    pub borders_itself: Vec<bool>,
}

impl Users {
    pub fn new(topology: &Topology) -> Self {
        let mut of_arc: Vec<Vec<u32>> = vec![Vec::new(); topology.arc_count()];
        let mut borders_itself = vec![false; topology.areas().len()];
        for ((area, polygons), twice) in (0..).zip(topology.areas()).zip(&mut borders_itself) {
            for arc in polygons.iter().flat_map(|polygon| polygon.rings.iter().flatten()) {
                let Some(list) = of_arc.get_mut(arc.arc as usize) else { continue };
                if list.last() == Some(&area) {
                    *twice = true;
                } else {
                    list.push(area);
                }
            }
        }
        Self { of_arc, borders_itself }
    }
}
