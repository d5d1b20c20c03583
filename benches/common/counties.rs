//! The counties of us-atlas, without the rings that its rounding has left with one or two points. One county of the 3,231 has no
//! other ring, and stays without a polygon.

use anyhow::Context as _;
use serde_json::{Value, json};

type Point = (i64, i64);

/// The TopoJSON without those rings.
pub fn mended(text: &str) -> anyhow::Result<String> {
    let mut topology: Value = serde_json::from_str(text)?;
    let deltas: Vec<Vec<Point>> = serde_json::from_value(topology["arcs"].clone())?;
    let arcs: Vec<Vec<Point>> = deltas.into_iter().map(unrolled).collect();
    let areas = topology["objects"]["counties"]["geometries"].as_array_mut().context("the counties")?;
    areas.iter_mut().try_for_each(|area| mend(area, &arcs))?;
    Ok(topology.to_string())
}

/// Each point of an arc is given as its way from the one before.
fn unrolled(deltas: Vec<Point>) -> Vec<Point> {
    let sum = |at: &mut Point, by: Point| {
        *at = (at.0 + by.0, at.1 + by.1);
        Some(*at)
    };
    deltas.into_iter().scan((0, 0), sum).collect()
}

/// Leaves a polygon out with its exterior.
fn mend(area: &mut Value, arcs: &[Vec<Point>]) -> anyhow::Result<()> {
    let given = area["arcs"].take();
    let given = if area["type"] == "Polygon" { json!([given]) } else { given };
    let mut polygons: Vec<Vec<Vec<i64>>> = serde_json::from_value(given)?;
    polygons.retain(|polygon| polygon.first().is_some_and(|exterior| is_ring(exterior, arcs)));
    polygons.iter_mut().for_each(|polygon| polygon.retain(|ring| is_ring(ring, arcs)));
    area["type"] = if polygons.is_empty() { Value::Null } else { json!("MultiPolygon") };
    area["arcs"] = json!(polygons);
    Ok(())
}

/// Whether at least three points differ from the ones before them. An arc backwards is the complement of its number.
fn is_ring(ring: &[i64], arcs: &[Vec<Point>]) -> bool {
    let arc = |number: &i64| {
        let backwards = *number < 0;
        let points = usize::try_from(if backwards { !number } else { *number }).ok().and_then(|number| arcs.get(number));
        let mut points = points.cloned().unwrap_or_default();
        if backwards {
            points.reverse();
        }
        points
    };
    let mut points: Vec<Point> = ring.iter().flat_map(arc).collect();
    points.dedup();
    // The last point is the first one again.
    points.len() > 3
}
