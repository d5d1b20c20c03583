//! Gaps: narrow holes between areas that nobody covers.
//!
//! An edge that two neighbours run along in opposite directions is inside the set. What is left when these are taken away
//! is the outline of all areas together, a fraction of the vertices: its union has the gaps as holes.

use super::overlaps::NOISE_KM2;
use crate::boundary::{
    geometry::{
        bounds::middle,
        rings::{Parts, Ring, edges, key, signed_area},
        stitch::stitch,
    },
    report::BorderGap,
};
use geo::{Coord, GeodesicArea, LineString, Polygon, unary_union};
use xxhash_rust::xxh3::xxh3_64;

/// Most vertices of outlines that are united. In a larger set only gaps are seen that lie between whole edges.
const MAX_UNITED: usize = 1_500_000;
/// A degree of a great circle, km (mean radius of the earth 6371.0088 km, IUGG).
const DEGREE_KM: f64 = 111.195_08;

/// Every gap up to a mean width. Where outlines are not `united`, only the gaps that lie between whole edges.
pub fn gaps(shapes: &[&Parts], width_km: f64, united: bool) -> Vec<BorderGap> {
    let Some(mut loops) = outline(shapes) else { return Vec::new() };
    // The first ring decides which way round counts as positive.
    loops.sort_by(|a, b| signed_area(b).total_cmp(&signed_area(a)));
    let holes: Vec<Ring> = if !united || loops.iter().map(Vec::len).sum::<usize>() > MAX_UNITED {
        loops.into_iter().filter(|ring| signed_area(ring) < 0.0).collect()
    } else {
        let polygons: Vec<Polygon<f64>> =
            loops.into_iter().map(|ring| Polygon::new(LineString::new(ring), Vec::new())).collect();
        let united = unary_union(&polygons);
        united.into_iter().flat_map(|polygon| polygon.into_inner().1).map(|ring| ring.0).collect()
    };
    holes.into_iter().filter_map(|ring| gap(ring, width_km)).collect()
}

fn gap(ring: Ring, width_km: f64) -> Option<BorderGap> {
    let Coord { x: lon, y: lat } = middle(ring.iter().copied());
    let around: f64 = edges(&ring).map(|(a, b)| length_km(a, b)).sum();
    let km2 = Polygon::new(LineString::new(ring), Vec::new()).geodesic_area_signed().abs() / 1e6;
    let width_of = 2.0 * km2 / around;
    (km2 >= NOISE_KM2 && width_of <= width_km).then_some(BorderGap { km2, width_km: width_of, lon, lat })
}

/// Length of a short edge, on a sphere.
fn length_km(a: Coord<f64>, b: Coord<f64>) -> f64 {
    let shrink = ((a.y + b.y) / 2.0).to_radians().cos();
    ((b.x - a.x) * shrink).hypot(b.y - a.y) * DEGREE_KM
}

/// Closed paths of the edges that no neighbour runs along the other way.
fn outline(shapes: &[&Parts]) -> Option<Vec<Ring>> {
    let rings = || shapes.iter().copied().flatten().flatten();
    let inside = inside(rings());
    let mut chains: Vec<Ring> = Vec::new();
    let mut number = 0;
    for ring in rings() {
        let flags = inside.get(number..number + ring.len())?;
        number += ring.len();
        runs(ring, flags, &mut chains);
    }
    stitch(chains)
}

/// For every edge, in order, whether another one runs along it the other way.
fn inside<'a>(rings: impl Iterator<Item = &'a Ring>) -> Vec<bool> {
    // A hash of both ends and the edge's number with its direction: 16 bytes an edge, sorted so that equal ones meet.
    let mut uses: Vec<(u64, u32)> = Vec::new();
    for (a, b) in rings.flat_map(|ring| edges(ring)) {
        let (a, b) = (key(a), key(b));
        let ((low, high), direction) = if a < b { ((a, b), 0) } else { ((b, a), 1) };
        let mut bytes = [0; 32];
        for (slot, word) in bytes.chunks_exact_mut(8).zip([low.0, low.1, high.0, high.1]) {
            slot.copy_from_slice(&word.to_le_bytes());
        }
        let Ok(number) = u32::try_from(uses.len()) else { break };
        uses.push((xxh3_64(&bytes), number << 1 | direction));
    }
    let mut inside = vec![false; uses.len()];
    uses.sort_unstable();
    for group in uses.chunk_by(|a, b| a.0 == b.0) {
        let way = |direction| group.iter().filter(move |(_, use_of)| use_of & 1 == direction);
        for (forward, backward) in way(0).zip(way(1)) {
            for number in [forward.1 >> 1, backward.1 >> 1] {
                if let Some(flag) = inside.get_mut(number as usize) {
                    *flag = true;
                }
            }
        }
    }
    inside
}

/// Appends the runs of edges that are not inside, each with its last vertex. A ring without inner edges is one run, closed.
fn runs(ring: &Ring, inside: &[bool], chains: &mut Vec<Ring>) {
    let Some(first_inner) = inside.iter().position(|flag| *flag) else {
        chains.extend(ring.first().map(|first| ring.iter().chain([first]).copied().collect()));
        return;
    };
    let mut run = Ring::new();
    // Beginning behind an inner edge, no run is cut by the ring's beginning.
    for ((a, b), inner) in edges(ring).zip(inside).cycle().skip(first_inner + 1).take(ring.len()) {
        if *inner {
            chains.extend((!run.is_empty()).then(|| std::mem::take(&mut run)));
            continue;
        }
        if run.is_empty() {
            run.push(a);
        }
        run.push(b);
    }
}
