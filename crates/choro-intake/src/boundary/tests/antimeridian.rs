use super::{collection, options, rings, text};

/// The square from 179 to 181 in its forms; each in a set with an area far west of it.
const FORMS: [(&str, &str); 5] = [
    ("cut at 180", "[[[[179,0],[180,0],[180,1],[179,1],[179,0]]],[[[-180,0],[-179,0],[-179,1],[-180,1],[-180,0]]]]"),
    ("running on", "[[[[179,0],[181,0],[181,1],[179,1],[179,0]]]]"),
    ("running back", "[[[[-181,0],[-179,0],[-179,1],[-181,1],[-181,0]]]]"),
    ("jumping", "[[[[179,0],[-179,0],[-179,1],[179,1],[179,0]]]]"),
    (
        "cut beside 180",
        "[[[[179,0],[179.99995,0],[179.99995,1],[179,1],[179,0]]],[[[-180,0],[-179,0],[-179,1],[-180,1],[-180,0]]]]",
    ),
];

#[test]
fn a_square_over_the_antimeridian_is_the_same_ring_in_all_its_forms() {
    for (form, coordinates) in FORMS {
        let import =
            text(&collection(&[("a", coordinates), ("w", "[[[[20,0],[21,0],[21,1],[20,0]]]]")]), &options("code")).unwrap();
        let corners = |ring: &[(f64, f64)]| ring.iter().copied().filter(|(x, _)| *x != 180.0).collect::<Vec<_>>();
        let rings = rings(&import, "a");
        assert_eq!(rings.len(), 1, "{form}");
        assert_eq!(corners(&rings[0]), [(179.0, 0.0), (181.0, 0.0), (181.0, 1.0), (179.0, 1.0)], "{form}");
        assert!(!rings[0].windows(2).any(|w| w[0].0 == 180.0 && w[1].0 == 180.0), "{form}: an edge at 180");
        assert_eq!(import.report.dissolved, if form.starts_with("cut") { vec!["a"] } else { vec![] }, "{form}");
        assert_eq!(import.report.repaired, [], "{form}");
        assert_eq!(import.report.longitudes, Some((20.0, 181.0)), "{form}");
    }
}

#[test]
fn halves_that_were_rounded_apart_and_subdivided_differently_still_meet() {
    let halves = "[[[[179,0],[180,0],[180,0.5],[180,1.00000004],[179,1],[179,0]]],\
                   [[[-180,0.00000002],[-179,0],[-179,1],[-180,1],[-180,0.25],[-180,0.00000002]]]]";
    let import = text(&collection(&[("a", halves)]), &options("code")).unwrap();
    assert_eq!(rings(&import, "a"), [[(179.0, 0.0), (180.0, 0.0), (181.0, 0.0), (181.0, 1.0), (180.0, 1.0), (179.0, 1.0)]]);
}

#[test]
fn an_island_cut_in_two_with_a_lake_on_the_cut_becomes_one_part_with_one_hole() {
    let halves = "[[[[178,0],[180,0],[180,1],[179,1],[179,2],[180,2],[180,3],[178,3],[178,0]]],\
                   [[[-180,0],[-178,0],[-178,3],[-180,3],[-180,2],[-179,2],[-179,1],[-180,1],[-180,0]]]]";
    let import = text(&collection(&[("a", halves)]), &options("code")).unwrap();
    let rings = rings(&import, "a");
    assert_eq!(rings.iter().map(Vec::len).collect::<Vec<_>>(), [6, 6]);
    assert_eq!(import.set.areas[0].geometry.as_ref().unwrap().0.len(), 1);
}

#[test]
fn a_border_between_two_areas_on_the_antimeridian_stays() {
    let west = "[[[[179,0],[180,0],[180,1],[179,1],[179,0]]]]";
    let east = "[[[[-180,0],[-179,0],[-179,1],[-180,1],[-180,0]]]]";
    let import = text(&collection(&[("w", west), ("e", east)]), &options("code")).unwrap();
    assert_eq!(rings(&import, "w"), [[(179.0, 0.0), (180.0, 0.0), (180.0, 1.0), (179.0, 1.0)]]);
    assert_eq!(rings(&import, "e"), [[(180.0, 0.0), (181.0, 0.0), (181.0, 1.0), (180.0, 1.0)]]);
    assert!(import.report.dissolved.is_empty());
}
