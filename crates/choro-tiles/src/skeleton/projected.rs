//! A topology in a grid: every vertex projected once, every vertex's significance computed once, for all zooms.

use super::bend;
use crate::topology::{ArcRef, Polygon, Topology, significance};
use choro_model::grid::Grid;
use std::borrow::Cow;

/// How far from the middle of the grid a point may lie, in sides of the grid. An area may reach past the square, but coordinates
/// of the deepest zoom must fit 32 bits.
const REACH: f64 = 2.5;
/// A ring whose direction is reversed by the projection lies around the point opposite the centre of an azimuthal projection. Very
/// thin rings may be reversed by rounding alone, so only rings count whose doubled area, in squares of the grid, is at least this.
const INSIDE_OUT: f64 = 0.1;
/// How far beyond the square a point may lie and count as on its edge, in sides of the grid.
const EDGE: f64 = 1e-9;
/// What stands for a point that the grid cannot hold.
const OUTSIDE: [f64; 2] = [f64::NAN; 2];

/// A topology whose vertices are fractions of a grid's square.
#[derive(Debug)]
pub struct Projected<'a> {
    /// With further vertices where edges bend in the grid.
    pub topology: Cow<'a, Topology>,
    /// By vertex number; NaN where the grid cannot hold it.
    points: Vec<[f64; 2]>,
    /// Start of each arc in `significance`, and the end of the last.
    offsets: Vec<usize>,
    significance: Vec<f64>,
    /// By area: whether the grid holds all of it.
    pub drawable: Vec<bool>,
    /// Whether the world repeats to the left and right.
    pub wraps: bool,
}

impl<'a> Projected<'a> {
    pub fn new(topology: &'a Topology, grid: &Grid) -> Self {
        let dense = topology.with_vertices(|a, b, out| bend::divide(grid, a, b, out));
        let topology = dense.map_or(Cow::Borrowed(topology), Cow::Owned);
        let points: Vec<[f64; 2]> = topology.vertices().iter().map(|p| project(grid, *p)).collect();
        let mut offsets = vec![0];
        let mut all = Vec::new();
        let mut line: Vec<[f64; 2]> = Vec::new();
        let mut arc_ok = Vec::new();
        for arc in arcs(&topology) {
            line.clear();
            line.extend(topology.arc(arc).iter().filter_map(|vertex| points.get(*vertex as usize).copied()));
            let ok = line.iter().all(|p| p[0].is_finite()) && !torn(grid, &topology, arc);
            arc_ok.push(ok);
            all.extend(significance(&line));
            offsets.push(all.len());
        }
        let drawable = topology.areas().iter().map(|polygons| {
            let mut arcs = polygons.iter().flat_map(|polygon| polygon.rings.iter().flatten());
            arcs.all(|arc| arc_ok.get(arc.arc as usize).copied().unwrap_or_default())
                && !polygons.iter().any(|polygon| inside_out(&topology, &points, polygon))
        });
        let drawable = drawable.collect();
        Self { topology, points, offsets, significance: all, drawable, wraps: grid.wraps() }
    }

    /// The projected points of an arc with their vertex numbers and squared significances.
    pub fn arc(&self, arc: u32) -> impl Iterator<Item = (u32, [f64; 2], f64)> {
        let start = self.offsets.get(arc as usize).copied().unwrap_or_default();
        let significance = self.significance.get(start..).unwrap_or_default();
        let vertices = self.topology.arc(arc).iter().zip(significance);
        vertices.map(|(vertex, s)| (*vertex, self.points.get(*vertex as usize).copied().unwrap_or(OUTSIDE), *s))
    }

    /// The squared significances of an arc.
    pub fn significance(&self, arc: u32) -> &[f64] {
        let at = |index: usize| self.offsets.get(index).copied().unwrap_or_default();
        self.significance.get(at(arc as usize)..at(arc as usize + 1)).unwrap_or_default()
    }
}

/// How much of an area a grid holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// All of it.
    Whole,
    /// What lies within the square; the rest is in no tile.
    Cut,
    /// None of it: it lies beyond the square, reaches a point where the projection has none, or crosses the meridian at which it is torn.
    Not,
}

impl Projected<'_> {
    /// How much of each area the grid holds; all of an area without a polygon.
    pub fn held(&self) -> impl Iterator<Item = Held> {
        self.topology.areas().iter().zip(&self.drawable).map(
            |(polygons, drawable)| {
                if *drawable { self.within(polygons) } else { Held::Not }
            },
        )
    }

    fn within(&self, polygons: &[Polygon]) -> Held {
        let exteriors = polygons.iter().filter_map(|polygon| polygon.rings.first());
        let arcs = exteriors.flatten().flat_map(|arc| self.topology.arc(arc.arc));
        let points = arcs.filter_map(|vertex| self.points.get(*vertex as usize));
        let (mut any, mut all) = (false, true);
        let mut corners = [[f64::INFINITY; 2], [f64::NEG_INFINITY; 2]];
        for [x, y] in points {
            // Where the world repeats, what lies beside the square stands within it too.
            let at = [if self.wraps { 0.5 } else { *x }, *y];
            all &= at.iter().all(|c| (-EDGE..=1.0 + EDGE).contains(c));
            corners = [[0, 1].map(|axis| corners[0][axis].min(at[axis])), [0, 1].map(|axis| corners[1][axis].max(at[axis]))];
            any = true;
        }
        let meets = [0, 1].iter().all(|axis| corners[0][*axis] < 1.0 && corners[1][*axis] > 0.0);
        match (any, all, meets) {
            (false, ..) | (_, true, _) => Held::Whole,
            (_, false, true) => Held::Cut,
            (_, false, false) => Held::Not,
        }
    }
}

/// The numbers of all arcs.
pub fn arcs(topology: &Topology) -> std::ops::Range<u32> {
    0..u32::try_from(topology.arc_count()).unwrap_or(u32::MAX)
}

fn project(grid: &Grid, [lon, lat]: [f64; 2]) -> [f64; 2] {
    // Web Mercator ends at 85.05 degrees; what lies nearer to a pole is drawn on the edge, as every client expects.
    let lat = if grid.wraps() { lat.clamp(-89.0, 89.0) } else { lat };
    let inside = |p: &[f64; 2]| p.iter().all(|c| (c - 0.5).abs() <= REACH);
    grid.project(lon, lat).filter(inside).unwrap_or(OUTSIDE)
}

/// Whether an arc crosses the meridian at which the projection is torn apart.
fn torn(grid: &Grid, topology: &Topology, arc: u32) -> bool {
    let Some(seam) = grid.seam() else { return false };
    let mut turns = topology.arc(arc).iter().filter_map(|vertex| {
        let [lon, _] = topology.vertices().get(*vertex as usize)?;
        Some(((lon - seam) / 360.0).floor())
    });
    turns.next().is_some_and(|first| turns.any(|turn| turn != first))
}

/// Whether an area lies around the point opposite the centre of an azimuthal projection. Drawn there, everything but the area would
/// be filled.
fn inside_out(topology: &Topology, points: &[[f64; 2]], polygon: &Polygon) -> bool {
    let Some(exterior) = polygon.rings.first() else { return false };
    let projected = twice_area(topology, points, exterior);
    // In the grid y runs down, so a ring that keeps its direction changes its sign.
    projected.abs() >= INSIDE_OUT && projected * twice_area(topology, topology.vertices(), exterior) > 0.0
}

/// Twice the signed area of a ring whose vertices lie at `points`.
fn twice_area(topology: &Topology, points: &[[f64; 2]], ring: &[ArcRef]) -> f64 {
    let of_arc = |arc: &ArcRef| {
        let line = topology.arc(arc.arc).iter().filter_map(|vertex| points.get(*vertex as usize));
        let edge = |from: &mut Option<[f64; 2]>, to: &[f64; 2]| {
            let cross = from.map_or(0.0, |from| from[0] * to[1] - to[0] * from[1]);
            *from = Some(*to);
            Some(cross)
        };
        let area: f64 = line.scan(None, edge).sum();
        if arc.reversed { -area } else { area }
    };
    ring.iter().map(of_arc).sum()
}
