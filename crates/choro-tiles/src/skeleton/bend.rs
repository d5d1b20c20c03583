//! Edges that are straight in longitude and latitude, and bend in a grid.
//!
//! The 60th parallel between two corners of an area is a curve in a conic grid. Drawn as one line it would cut off the area, and gape
//! where a neighbour has a vertex in between.

use choro_model::grid::{EXTENT, Grid};

/// How far a line may lie from the edge that it stands for, sides of the grid: half a unit at zoom 8, a thirtieth of a CSS pixel.
const TOLERANCE: f64 = 0.5 / (EXTENT as f64 * 256.0);
/// Shorter edges bend less than the tolerance in every grid, degrees.
const SHORT: f64 = 0.02;
/// Longer ones are divided in any case, degrees: their middle may lie on the line and the rest beside it.
const LONG: f64 = 10.0;
/// How often an edge is halved.
const HALVINGS: u32 = 12;

/// A position and where the grid has it.
type Placed = ([f64; 2], [f64; 2]);

/// Adds the positions at which an edge has to be divided. For the other direction they are the same.
pub fn divide(grid: &Grid, a: [f64; 2], b: [f64; 2], out: &mut Vec<[f64; 2]>) {
    if length(a, b) > SHORT
        && let (Some(on_a), Some(on_b)) = (grid.project(a[0], a[1]), grid.project(b[0], b[1]))
    {
        halve(grid, (a, on_a), (b, on_b), HALVINGS, out);
    }
}

fn halve(grid: &Grid, a: Placed, b: Placed, halvings: u32, out: &mut Vec<[f64; 2]>) {
    let middle = [f64::midpoint(a.0[0], b.0[0]), f64::midpoint(a.0[1], b.0[1])];
    let Some(on_middle) = grid.project(middle[0], middle[1]) else { return };
    let bends = distance(on_middle, a.1, b.1) > TOLERANCE;
    if halvings == 0 || !(bends || length(a.0, b.0) > LONG) {
        return;
    }
    let middle = (middle, on_middle);
    halve(grid, a, middle, halvings - 1, out);
    out.push(middle.0);
    halve(grid, middle, b, halvings - 1, out);
}

fn length(a: [f64; 2], b: [f64; 2]) -> f64 {
    (a[0] - b[0]).abs().max((a[1] - b[1]).abs())
}

/// The distance of a point from the line through two others; from the first, where they are one.
fn distance(point: [f64; 2], a: [f64; 2], b: [f64; 2]) -> f64 {
    let (along, to) = ([b[0] - a[0], b[1] - a[1]], [point[0] - a[0], point[1] - a[1]]);
    let length = along[0].hypot(along[1]);
    if length > 0.0 { (along[0] * to[1] - along[1] * to[0]).abs() / length } else { to[0].hypot(to[1]) }
}
