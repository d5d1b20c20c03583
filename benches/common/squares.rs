//! Made-up areas: a square of side x side areas, as those of growth.py. The four edges of an area are curves, and both
//! neighbours compute the same one.

use choro_model::{Area, AreaCode, BoundarySet, Lang, Names, SetId, VintageId};
use geo::{LineString, MultiPolygon, Polygon};
use std::{collections::BTreeMap, f64::consts::PI};

/// Degrees that the whole square is wide and high, from 0 east and 30 south.
const WIDTH: f64 = 60.0;

/// The areas with `steps` vertices to an edge.
pub fn make(id: SetId, side: usize, steps: usize) -> anyhow::Result<BoundarySet> {
    let area = |index: usize| area(index / side, index % side, side, steps);
    Ok(BoundarySet {
        id,
        vintage: VintageId::new("1")?,
        names: Names::default(),
        source: String::new(),
        licence: String::new(),
        areas: (0..side * side).map(area).collect::<anyhow::Result<_>>()?,
    })
}

fn area(i: usize, j: usize, side: usize, steps: usize) -> anyhow::Result<Area> {
    let degrees = |[x, y]: [f64; 2]| (WIDTH * x / side as f64, WIDTH * y / side as f64 - WIDTH / 2.0);
    let ring: LineString<f64> = ring(i, j, steps).into_iter().map(degrees).collect();
    Ok(Area {
        code: AreaCode::new(&format!("{i:04}-{j:04}"))?,
        names: Names(BTreeMap::from([(Lang::new("en")?, format!("Area {i} {j}"))])),
        parent: None,
        geometry: Some(MultiPolygon(vec![Polygon::new(ring, Vec::new())])),
    })
}

/// An area's border in units of a side, counter-clockwise, without its first point once more.
fn ring(i: usize, j: usize, steps: usize) -> Vec<[f64; 2]> {
    let [south, north] = [j, j + 1].map(|j| curve([i, j], [i + 1, j], steps, (i + j) as f64));
    let [west, east] = [i, i + 1].map(|i| curve([i, j], [i, j + 1], steps, i as f64 - j as f64));
    let back = |curve: Vec<[f64; 2]>| curve.into_iter().rev();
    let south = south.into_iter().take(steps);
    south.chain(east.into_iter().take(steps)).chain(back(north).take(steps)).chain(back(west).take(steps)).collect()
}

/// The points of an edge with both ends.
fn curve(from: [usize; 2], to: [usize; 2], steps: usize, phase: f64) -> Vec<[f64; 2]> {
    let [[x, y], [right, top]] = [from, to].map(|point| point.map(|n| n as f64));
    let point = |step: usize| {
        let at = step as f64 / steps as f64;
        let wave = (44.0 * at + phase).sin() + 0.4 * (250.0 * at + 2.0 * phase).sin();
        let bend = if step == 0 || step == steps { 0.0 } else { 0.1 * (PI * at).sin() * wave };
        if right > x { [x + at, y + bend] } else { [x + bend, y + at * (top - y)] }
    };
    (0..=steps).map(point).collect()
}
