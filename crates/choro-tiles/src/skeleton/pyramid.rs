//! Cuts the areas of a zoom into its tiles, halving the range of tiles until one is left.

use super::{
    clip::{CutShape, HalfPlane, clip, points, uncut},
    crossings::turn,
    shapes::{Ring, Shape, resolve, ring_area},
};
use choro_model::grid::{BUFFER, EXTENT};
use std::collections::BTreeMap;

/// The areas of a tile by row of the area table, in tile coordinates.
pub type TileAreas = BTreeMap<u32, Vec<Shape>>;

/// All tiles of a zoom as (row, column), with what they hold.
pub fn cut(areas: &[Vec<Shape>], zoom: u8, wraps: bool) -> BTreeMap<(u32, u32), TileAreas> {
    let last = (1_i32 << zoom) - 1;
    let turns: &[i32] = if wraps { &[-1, 0, 1] } else { &[0] };
    let mut tiles = BTreeMap::new();
    for (area, shapes) in (0..).zip(areas) {
        for (shape, turn) in shapes.iter().flat_map(|shape| turns.iter().map(move |turn| (shape, turn))) {
            let turned = uncut(&shift(shape, [-turn * (last + 1) * EXTENT, 0]));
            let mut leaf = |tile: [i32; 2], shapes: Vec<Shape>| {
                let [x, y] = tile.map(i32::cast_unsigned);
                tiles.entry((y, x)).or_insert_with(TileAreas::new).entry(area).or_default().extend(shapes);
            };
            halve(turned, [[0, last], [0, last]], &mut leaf);
        }
    }
    tiles
}

fn shift(shape: &Shape, by: [i32; 2]) -> Shape {
    shape.iter().map(|ring| ring.iter().map(|p| [p[0] + by[0], p[1] + by[1]]).collect()).collect()
}

/// Least and largest coordinate by axis.
fn bounds(shape: &CutShape) -> Option<[[i32; 2]; 2]> {
    let exterior = shape.first()?;
    let axis = |axis: usize| {
        let along = exterior.iter().map(|p| p.at[axis]);
        Some([along.clone().min()?, along.max()?])
    };
    Some([axis(0)?, axis(1)?])
}

fn halve(shape: CutShape, range: [[i32; 2]; 2], leaf: &mut impl FnMut([i32; 2], Vec<Shape>)) {
    let Some(bounds) = bounds(&shape) else { return };
    // Only tiles whose buffered square the polygon's box enters.
    let narrow = |axis: usize| {
        let [low, high] = bounds[axis];
        [range[axis][0].max((low - BUFFER).div_euclid(EXTENT)), range[axis][1].min((high + BUFFER).div_euclid(EXTENT))]
    };
    let range = [narrow(0), narrow(1)];
    let width = |axis: usize| range[axis][1] - range[axis][0];
    if width(0) < 0 || width(1) < 0 {
        return;
    }
    if width(0) == 0 && width(1) == 0 {
        return leaf_tile(shape, [range[0][0], range[1][0]], leaf);
    }
    let axis = usize::from(width(1) > width(0));
    let middle = range[axis][0] + width(axis) / 2;
    let border = (middle + 1) * EXTENT;
    let mut halves = [range, range];
    halves[0][axis][1] = middle;
    halves[1][axis][0] = middle + 1;
    let planes = [(border + BUFFER, true), (border - BUFFER, false)];
    for (half, (at, below)) in halves.into_iter().zip(planes) {
        for part in clip(shape.clone(), HalfPlane { axis, at, below }) {
            halve(part, half, leaf);
        }
    }
}

/// The last cuts, at the outer sides of the tile's buffer, and the move to tile coordinates.
fn leaf_tile(shape: CutShape, tile: [i32; 2], leaf: &mut impl FnMut([i32; 2], Vec<Shape>)) {
    let mut parts = vec![shape];
    for axis in [0, 1] {
        let low = tile[axis] * EXTENT - BUFFER;
        for (at, below) in [(low, false), (low + EXTENT + 2 * BUFFER, true)] {
            parts = parts.into_iter().flat_map(|part| clip(part, HalfPlane { axis, at, below })).collect();
        }
    }
    let origin = [-tile[0] * EXTENT, -tile[1] * EXTENT];
    let parts: Vec<Shape> = parts.iter().map(|part| shift(&points(part), origin)).flat_map(made_valid).collect();
    if !parts.is_empty() {
        leaf(tile, parts);
    }
}

/// Rounding the points of a cut may let a ring touch itself; then it is resolved.
fn made_valid(shape: Shape) -> Vec<Shape> {
    let shape: Shape = shape.into_iter().filter(|ring| ring_area(ring) != 0).collect();
    if shape.is_empty() {
        return Vec::new();
    }
    if is_simple(&shape) { vec![shape] } else { resolve(&[shape]) }
}

/// Whether no two segments of a polygon meet but neighbours at their common point.
fn is_simple(shape: &Shape) -> bool {
    let mut segments: Vec<([i32; 2], [i32; 2])> = Vec::new();
    for ring in shape {
        if doubles_back(ring) {
            return false;
        }
        segments.extend(ring.iter().copied().zip(ring.iter().copied().cycle().skip(1)));
    }
    // Every point begins one segment; one that begins two is visited twice.
    let mut starts: Vec<_> = segments.iter().map(|(start, _)| *start).collect();
    starts.sort_unstable();
    if starts.windows(2).any(|pair| pair.first() == pair.last()) {
        return false;
    }
    segments.sort_unstable_by_key(|(a, b)| a[0].min(b[0]));
    for (i, (a, b)) in segments.iter().enumerate() {
        let right = a[0].max(b[0]);
        for (c, d) in segments.iter().skip(i + 1).take_while(|(c, d)| c[0].min(d[0]) <= right) {
            if meet(*a, *b, *c, *d) {
                return false;
            }
        }
    }
    true
}

/// Whether a ring turns back along itself.
fn doubles_back(ring: &Ring) -> bool {
    let after = ring.iter().cycle();
    let triples = ring.iter().zip(after.clone().skip(1)).zip(after.skip(2));
    triples.into_iter().any(|((a, b), c)| {
        let ahead = |i: usize| i64::from(b[i] - a[i]) * i64::from(c[i] - b[i]);
        turn(*a, *b, *c) == 0 && ahead(0) + ahead(1) < 0
    })
}

/// Whether two segments meet elsewhere than in a common end.
fn meet(a: [i32; 2], b: [i32; 2], c: [i32; 2], d: [i32; 2]) -> bool {
    let apart = |i: usize| a[i].max(b[i]) < c[i].min(d[i]) || c[i].max(d[i]) < a[i].min(b[i]);
    if apart(0) || apart(1) || a == c || a == d || b == c || b == d {
        return false;
    }
    turn(a, b, c) * turn(a, b, d) <= 0 && turn(c, d, a) * turn(c, d, b) <= 0
}
