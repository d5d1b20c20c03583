use super::*;

/// The id of the grid for boxes.
fn id(boxes: &[[f64; 4]]) -> String {
    Grid::fitted(boxes.iter().copied(), &[]).unwrap().unwrap().id().to_string()
}

#[test]
fn countries_of_every_shape_get_the_projection_that_fits_them() {
    for (boxes, expected) in [
        // Districts of a compact country, those of one with far islands, and one area.
        (&[[6.0, 47.3, 10.0, 55.0], [10.0, 47.3, 15.0, 54.8]][..], "LaeaN51E010Quad"),
        (&[[-5.0, 42.3, 8.2, 51.1], [55.2, -21.4, 55.9, -20.9], [-61.8, 14.4, -60.8, 16.5]], "LaeaN46E000Quad"),
        (&[[68.1, 8.1, 97.4, 37.1]], "LaeaN22E083Quad"),
        // Wide: states from coast to coast, with islands across 180 degrees, and from the Baltic to the Bering strait.
        (&[[-124.8, 24.5, -95.0, 49.0], [-95.0, 25.0, -67.0, 47.5]], "AeaN28N44W096Quad"),
        (&[[19.6, 54.0, 60.0, 70.0], [60.0, 49.0, 120.0, 78.0], [120.0, 42.0, -169.0, 76.0]], "AeaN49N68E123Quad"),
        // Along the equator, around the world, and around a pole.
        (&[[95.0, -8.0, 119.0, 6.0], [119.0, -11.0, 141.0, 2.0]], "CeaN05E118Quad"),
        (&[[-170.0, -56.0, -34.0, 83.0], [-18.0, -35.0, 180.0, 81.0], [112.0, -44.0, 154.0, -10.0]], "CeaN34E000Quad"),
        (&[[-180.0, -90.0, 180.0, -60.0]], "LaeaS90E000Quad"),
        (&[[-75.0, 60.0, -10.0, 84.0], [5.0, 58.0, 31.0, 81.0], [60.0, 66.0, -170.0, 78.0]], "LaeaN90E058Quad"),
    ] {
        assert_eq!(id(boxes), expected, "{boxes:?}");
    }
    assert!(Grid::fitted([], &[]).unwrap().is_none());
}

#[test]
fn a_fitted_grid_keeps_areas_and_holds_every_box_within_its_square() {
    for boxes in [
        &[[-180.0, 51.0, -130.0, 71.4], [172.0, 51.0, 180.0, 53.0], [-124.8, 24.5, -67.0, 49.0], [144.6, 13.2, 145.0, 13.7]]
            [..],
        &[[165.9, -48.0, 178.6, -34.0], [-177.0, -44.5, -176.0, -43.5]],
        &[[-75.7, -56.0, -66.0, -17.5], [-109.5, -27.2, -109.2, -27.0]],
        &[[5.0, 58.0, 31.0, 81.0], [3.2, -54.5, 3.5, -54.3]],
        &[[-180.0, -90.0, 180.0, -60.0], [-180.0, -56.0, 180.0, 83.6]],
        // Around most of the pole, and farther south than what is drawn around it.
        &[[-141.0, 42.0, -52.0, 83.0], [20.0, 41.2, -169.0, 82.0]],
        &[[-168.0, 51.0, -52.0, 83.0], [-73.0, 59.0, 31.0, 83.0], [27.0, 44.0, -169.0, 82.0]],
    ] {
        let grid = Grid::fitted(boxes.iter().copied(), &[]).unwrap().unwrap();
        assert!(crate::grid::is_equal_area(grid.crs()), "{}", grid.crs());
        for [west, south, east, north] in boxes {
            for (lon, lat) in [(west, south), (west, north), (east, south), (east, north)] {
                let lat = lat.clamp(-89.9, 89.9);
                let [x, y] = grid.project(*lon, lat).unwrap();
                let is_held = (grid.wraps() || (0.0..=1.0).contains(&x)) && (0.0..=1.0).contains(&y);
                assert!(is_held, "{}: {lon} {lat} lies at {x} {y}", grid.id());
            }
        }
    }
}

#[test]
fn a_conic_grid_is_torn_where_no_area_lies() {
    let boxes = [[144.6, 13.2, 145.0, 13.7], [-170.0, 20.0, -66.0, 60.0]];
    let grid = Grid::fitted(boxes, &[]).unwrap().unwrap();
    let seam = grid.seam().unwrap();
    let inside = |west: f64, east: f64| (seam - west).rem_euclid(360.0) < (east - west).rem_euclid(360.0);
    assert!(!boxes.iter().any(|[west, _, east, _]| inside(*west, *east)), "{} is torn at {seam}", grid.crs());
}

#[test]
fn grids_of_one_id_are_one_grid() {
    let mut known = std::collections::BTreeMap::new();
    for north in (400..600).map(|tenths| f64::from(tenths) / 10.0) {
        for east in [-80.0, -67.0, -60.0, 20.0, 120.0, 179.0] {
            let grid = Grid::fitted([[-124.0, 25.0, east, north]], &[]).unwrap().unwrap();
            let crs = known.entry(grid.id().to_string()).or_insert_with(|| grid.crs().to_owned());
            assert_eq!(crs, grid.crs(), "{}", grid.id());
        }
    }
    assert!(known.len() > 20, "{known:?}");
}

#[test]
fn a_grid_stays_while_it_is_nearly_as_good_as_the_best() {
    let kept = |boxes: &[GeoBox], before: &str| {
        let before = [GridId::new("WebMercatorQuad").unwrap(), GridId::new(before).unwrap()];
        Grid::fitted(boxes.iter().copied(), &before).unwrap().unwrap().id().to_string()
    };
    let compact = [[6.0, 47.3, 15.0, 55.0]];
    assert_eq!(kept(&compact, "LaeaN52E012Quad"), "LaeaN52E012Quad");
    assert_eq!(kept(&compact, "LaeaN55E012Quad"), id(&compact), "too far away");
    assert_eq!(kept(&compact, "CeaN51E010Quad"), id(&compact), "of another kind");
    let wide = [[-124.8, 24.5, -95.0, 49.0], [-95.0, 25.0, -67.0, 47.5]];
    assert_eq!(kept(&wide, "AeaN29N43W098Quad"), "AeaN29N43W098Quad");
}
