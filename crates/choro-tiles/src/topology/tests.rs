//! Letters as in the drawing of the module: A (0,1), B (1,1), C (2,1), D (2,0), E (1,0), F (0,0).

use super::*;
use geo::{LineString, MultiPolygon, Polygon as GeoPolygon};
use proptest::prelude::*;

const A: [f64; 2] = [0.0, 1.0];
const B: [f64; 2] = [1.0, 1.0];
const C: [f64; 2] = [2.0, 1.0];
const D: [f64; 2] = [2.0, 0.0];
const E: [f64; 2] = [1.0, 0.0];
const F: [f64; 2] = [0.0, 0.0];

fn polygon(rings: &[&[[f64; 2]]]) -> MultiPolygon<f64> {
    let ring = |points: &&[[f64; 2]]| LineString::from(points.to_vec());
    MultiPolygon(vec![GeoPolygon::new(ring(&rings[0]), rings[1..].iter().map(ring).collect())])
}

fn topology(areas: &[MultiPolygon<f64>]) -> Topology {
    Topology::new(areas.iter().map(Some))
}

/// The ring of an area as points, by following its arcs.
fn walk(topology: &Topology, ring: &[ArcRef]) -> Vec<[f64; 2]> {
    let mut points = Vec::new();
    for arc in ring {
        let mut vertices = topology.arc(arc.arc).to_vec();
        if arc.reversed {
            vertices.reverse();
        }
        points.pop();
        points.extend(vertices.iter().map(|v| topology.vertices()[*v as usize]));
    }
    points
}

/// Arc lengths (in vertices) with their uses, sorted.
fn arcs(topology: &Topology) -> Vec<(usize, u8)> {
    let count = u32::try_from(topology.arc_count()).unwrap();
    let mut all: Vec<_> = (0..count).map(|arc| (topology.arc(arc).len(), topology.uses(arc))).collect();
    all.sort_unstable();
    all
}

#[test]
fn the_shared_edge_of_two_squares_is_one_arc_used_twice() {
    let t = topology(&[polygon(&[&[A, B, E, F, A]]), polygon(&[&[B, C, D, E, B]])]);
    assert_eq!(arcs(&t), [(2, 2), (4, 1), (4, 1)]);
    assert_eq!(t.vertices().len(), 6);
}

#[test]
fn an_enclave_and_the_hole_around_it_are_one_closed_arc_wherever_they_begin() {
    let inner = [[0.2, 0.2], [0.2, 0.8], [0.8, 0.8], [0.8, 0.2]];
    let hole = [inner[2], inner[1], inner[0], inner[3], inner[2]];
    let enclave = [inner[0], inner[1], inner[2], inner[3], inner[0]];
    let t = topology(&[polygon(&[&[A, B, E, F, A], &hole]), polygon(&[&enclave])]);
    assert_eq!(arcs(&t), [(5, 1), (5, 2)]);
}

#[test]
fn a_ring_that_touches_itself_is_cut_at_the_touching_vertex() {
    let t = topology(&[polygon(&[&[A, B, E, D, C, B, F, A]])]);
    assert_eq!(arcs(&t), [(4, 1), (5, 1)], "B-F-A-B and B-E-D-C-B");
}

#[test]
fn repeated_vertices_and_rings_of_two_points_are_left_out() {
    let t = topology(&[polygon(&[&[A, A, B, B, E, E, F, A, A], &[A, B, A]])]);
    assert_eq!(t.areas()[0][0].rings.len(), 1);
    assert_eq!(arcs(&t), [(5, 1)]);
}

#[test]
fn areas_without_geometry_keep_their_place() {
    let square = polygon(&[&[A, B, E, F, A]]);
    let t = Topology::new([None, Some(&square), None].into_iter());
    assert_eq!(t.areas().iter().map(Vec::len).collect::<Vec<_>>(), [0, 1, 0]);
}

#[test]
fn significance_is_the_distance_at_which_a_vertex_goes() {
    let line = [[0.0, 0.0], [1.0, 0.1], [2.0, 1.0], [3.0, 0.1], [4.0, 0.0]];
    let s = significance(&line);
    assert!(s[0].is_infinite() && s[4].is_infinite());
    assert!((s[2] - 1.0).abs() < 1e-12);
    assert!(s[1] > 0.0 && s[1] < s[2] && (s[1] - s[3]).abs() < 1e-12);
}

fn grid_of_squares(size: usize, wobble: &[f64]) -> Vec<MultiPolygon<f64>> {
    let node = |x: usize, y: usize| {
        let w = |i: usize| wobble[i % wobble.len()] * 0.4;
        [x as f64 + w(x * 7 + y * 13), y as f64 + w(x * 5 + y * 3 + 1)]
    };
    let square = |x, y| polygon(&[&[node(x, y), node(x + 1, y), node(x + 1, y + 1), node(x, y + 1), node(x, y)]]);
    (0..size).flat_map(|x| (0..size).map(move |y| (x, y))).map(|(x, y)| square(x, y)).collect()
}

proptest! {
    #[test]
    fn following_the_arcs_gives_back_every_ring(wobble in prop::collection::vec(-1.0..1.0, 1..20), size in 1_usize..5) {
        let areas = grid_of_squares(size, &wobble);
        let t = topology(&areas);
        for (area, polygons) in areas.iter().zip(t.areas()) {
            let mut expected: Vec<[f64; 2]> = area.0[0].exterior().0.iter().map(|c| [c.x, c.y]).collect();
            let walked = walk(&t, &polygons[0].rings[0]);
            prop_assert_eq!(walked.first(), walked.last());
            expected.pop();
            let at = expected.iter().position(|p| Some(p) == walked.first()).unwrap();
            expected.rotate_left(at);
            prop_assert_eq!(&walked[..walked.len() - 1], &expected[..]);
        }
        let shared = arcs(&t).iter().filter(|(_, uses)| *uses == 2).count();
        prop_assert_eq!(shared, 2 * size * (size - 1), "every inner edge is shared");
    }

    #[test]
    fn the_line_kept_at_a_tolerance_stays_within_it(
        steps in prop::collection::vec((0.0..1.0, -1.0..1.0), 3..60), tolerance in 0.01..1.0,
    ) {
        let mut x = 0.0;
        let line: Vec<[f64; 2]> = steps.iter().map(|(dx, y)| { x += dx; [x, *y] }).collect();
        let s = significance(&line);
        let kept: Vec<usize> = (0..line.len()).filter(|i| s[*i] > tolerance * tolerance).collect();
        for pair in kept.windows(2) {
            for point in &line[pair[0]..=pair[1]] {
                let d = significance::squared_distance(*point, line[pair[0]], line[pair[1]]);
                prop_assert!(d <= tolerance * tolerance * (1.0 + 1e-9));
            }
        }
    }
}
