use super::{super::GeometryDefect, collection, options, rings, text};
use geo::{Area as _, Validation};
use proptest::prelude::*;

/// One area, what must be noted, and its area in square degrees afterwards.
const CASES: [(&str, &str, &[GeometryDefect], f64); 14] = [
    // Found by the fuzz target `wire`: crossings among numbers without digits had no end.
    (
        "coordinates next to nothing",
        "[[[[0,0],[3.1e-309,0],[2,2],[4.1e-317,2],[4.3e-311,0]]],[[[178,0],[180,0],[3.2e-322,3.2e-322],[176,2],[178,0]]]]",
        &[GeometryDefect::RepeatedPoint, GeometryDefect::Spike],
        180.0,
    ),
    ("a square", "[[[[0,0],[1,0],[1,1],[0,1],[0,0]]]]", &[], 1.0),
    ("a clockwise square", "[[[[0,0],[0,1],[1,1],[1,0],[0,0]]]]", &[], 1.0),
    ("an open ring", "[[[[0,0],[1,0],[1,1],[0,1]]]]", &[GeometryDefect::OpenRing], 1.0),
    ("a repeated point", "[[[[0,0],[1,0],[1,0],[1,1],[0,1],[0,0]]]]", &[GeometryDefect::RepeatedPoint], 1.0),
    ("a spike outwards", "[[[[0,0],[1,0],[2,0],[1,0],[1,1],[0,1],[0,0]]]]", &[GeometryDefect::Spike], 1.0),
    ("a spike beyond a vertex", "[[[[0,0],[2,0],[1,0],[1,1],[0,1],[0,0]]]]", &[GeometryDefect::Spike], 1.0),
    (
        "a hole that touches, drawn in one ring",
        "[[[[0,0],[4,0],[4,4],[0,4],[0,0],[1,2],[2,1],[0,0]]]]",
        &[GeometryDefect::SelfTouch],
        14.5,
    ),
    ("a bow tie", "[[[[0,0],[2,2],[2,0],[0,2],[0,0]]]]", &[GeometryDefect::SelfCrossing], 2.0),
    (
        "two parts that overlap",
        "[[[[0,0],[2,0],[2,2],[0,2],[0,0]]],[[[1,1],[3,1],[3,3],[1,3],[1,1]]]]",
        &[GeometryDefect::RingsCross],
        7.0,
    ),
    (
        "two parts side by side",
        "[[[[0,0],[1,0],[1,1],[0,1],[0,0]]],[[[1,0],[2,0],[2,1],[1,1],[1,0]]]]",
        &[GeometryDefect::SharedEdge],
        2.0,
    ),
    (
        "a part in a part",
        "[[[[0,0],[4,0],[4,4],[0,4],[0,0]]],[[[1,1],[2,1],[2,2],[1,2],[1,1]]]]",
        &[GeometryDefect::Nesting],
        16.0,
    ),
    (
        "a hole that crosses",
        "[[[[0,0],[4,0],[4,4],[0,4],[0,0]],[[3,1],[4.125,1],[4.125,2],[3,2],[3,1]]]]",
        &[GeometryDefect::RingsCross],
        15.0,
    ),
    (
        "a ring without area",
        "[[[[0,0],[1,0],[1,1],[0,1],[0,0]]],[[[3,3],[3,3],[3,3],[3,3]]]]",
        &[GeometryDefect::RepeatedPoint, GeometryDefect::CollapsedRing],
        1.0,
    ),
];

#[test]
fn every_fault_is_mended_named_and_leaves_a_valid_area_of_the_right_size() {
    for (name, coordinates, expected, size) in CASES {
        let import = text(&collection(&[("a", coordinates)]), &options("code")).unwrap();
        assert_eq!(import.report.rejected, [], "{name}");
        let mut problems: Vec<GeometryDefect> = import.report.repaired.iter().map(|repair| repair.problem).collect();
        // A spike also touches where it begins.
        problems.retain(|problem| expected.contains(problem) || *problem != GeometryDefect::SelfTouch);
        problems.sort();
        assert_eq!(problems, expected, "{name}");
        let geometry = import.set.areas[0].geometry.as_ref().unwrap();
        assert!(geometry.is_valid(), "{name}: {geometry:?}");
        assert!((geometry.signed_area() - size).abs() < 1e-12, "{name}: {}", geometry.signed_area());
    }
}

/// (18, 31) lies on the line from (0, 23) to (27, 35), but rounded it lies beside it by less than can be told from nothing: half
/// of the bow tie hangs on a spike without width.
#[test]
fn what_hangs_on_a_spike_thinner_than_rounding_is_not_lost() {
    let points = [(0, 23), (27, 35), (0, 8), (0, 0), (18, 31), (0, 23)];
    let ring = points.map(|(x, y)| format!("[{},{}]", f64::from(x) * 0.137_1, f64::from(y) * 0.137_1)).join(",");
    let import = text(&collection(&[("a", &format!("[[[{ring}]]]"))]), &options("code")).unwrap();
    let geometry = import.set.areas[0].geometry.as_ref().unwrap();
    assert!(geometry.is_valid(), "{geometry:?}");
    assert!((geometry.signed_area() - 1.581_067_256_5).abs() < 1e-9, "{}", geometry.signed_area());
}

#[test]
fn an_enclave_that_was_drawn_as_a_part_becomes_the_hole_of_its_neighbour() {
    let outer = "[[[[0,0],[4,0],[4,4],[0,4],[0,0]]],[[[1,1],[2,1],[2,2],[1,2],[1,1]]]]";
    let import = text(&collection(&[("a", outer), ("b", "[[[[1,1],[2,1],[2,2],[1,2],[1,1]]]]")]), &options("code")).unwrap();
    assert_eq!(import.report.repaired[0].problem, GeometryDefect::Enclave);
    assert_eq!(import.set.areas[0].geometry.as_ref().unwrap().signed_area(), 15.0);
    assert_eq!((import.report.overlap_pairs, import.report.gap_count), (0, 0));
}

#[test]
fn a_self_touching_ring_keeps_its_vertices_to_the_last_bit() {
    let ring = "[[[[0.1,0.1],[0.7,0.1],[0.7,0.7],[0.1,0.7],[0.1,0.1],[0.3,0.4],[0.4,0.3],[0.1,0.1]]]]";
    let import = text(&collection(&[("a", ring)]), &options("code")).unwrap();
    assert_eq!(
        rings(&import, "a"),
        [vec![(0.1, 0.1), (0.3, 0.4), (0.4, 0.3)], vec![(0.1, 0.1), (0.7, 0.1), (0.7, 0.7), (0.1, 0.7)]]
    );
}

#[test]
fn overlap_and_gap_between_areas_are_measured_and_left_as_they_are() {
    let areas = [
        ("a", "[[[[0,0],[1,0],[1,1],[0,1],[0,0]]]]"),
        // Over a by 0.01 degrees, and apart from c by a lens of 0.005 degrees that is closed at both ends.
        ("b", "[[[[0.99,0],[2,0],[2,1],[0.99,1],[0.99,0]]]]"),
        ("c", "[[[[2,0],[3,0],[3,1],[2,1],[2,0.8],[2.005,0.5],[2,0.2],[2,0]]]]"),
    ];
    let import = text(&collection(&areas), &options("code")).unwrap();
    let report = &import.report;
    assert_eq!((report.overlap_pairs, report.overlaps[0].a.as_str(), report.overlaps[0].b.as_str()), (1, "a", "b"));
    // 0.01 by 1 degree at the equator.
    assert!((report.overlap_km2 - 1.1132 * 110.57).abs() < 0.1, "{}", report.overlap_km2);
    assert_eq!(report.gap_count, 1);
    assert!((report.gap_km2 - 0.3 * 0.005 * 111.32 * 110.57).abs() < 0.1, "{}", report.gap_km2);
    // Vertices of its neighbours on its edges are all that changes.
    let with_neighbours = [(0.99, 0.0), (1.0, 0.0), (2.0, 0.0), (2.0, 0.2), (2.0, 0.8), (2.0, 1.0), (1.0, 1.0), (0.99, 1.0)];
    assert_eq!((rings(&import, "b"), report.tied), (vec![with_neighbours.to_vec()], 6));
}

proptest! {
    #[test]
    fn any_ring_becomes_a_valid_area_whose_size_is_that_of_the_even_odd_rule(
        // Whole numbers make vertices on edges and edges on edges, fractions make crossings that have to be rounded.
        points in prop::collection::vec((0_i32..40, 0_i32..40), 3..24), step in prop::sample::select(vec![1.0, 0.137_1])
    ) {
        let points: Vec<(f64, f64)> = points.iter().map(|(x, y)| (f64::from(*x) * step, f64::from(*y) * step)).collect();
        let ring: Vec<String> = points.iter().chain(points.first()).map(|(x, y)| format!("[{x},{y}]")).collect();
        let import = text(&collection(&[("a", &format!("[[[{}]]]", ring.join(",")))]), &options("code")).unwrap();
        let Some(area) = import.set.areas.first() else {
            // Nothing is left of a ring that encloses nothing.
            prop_assert!(!import.report.rejected.is_empty());
            return Ok(());
        };
        let geometry = area.geometry.as_ref().unwrap();
        prop_assert!(geometry.is_valid(), "{geometry:?}");
        let line = geo::LineString::from(points);
        let empty = geo::MultiPolygon::<f64>::new(Vec::new());
        let even_odd = geo::BooleanOps::union(&geo::Polygon::new(line, Vec::new()), &empty).unsigned_area();
        prop_assert!((geometry.signed_area() - even_odd).abs() < 1e-3, "{} {even_odd}", geometry.signed_area());
    }
}
