use super::{lines::Lines, projected::Projected, pyramid::TileAreas, *};
use crate::topology::Topology;
use choro_intake::boundary::{self, CodeFrom, Options};
use choro_model::{
    GridId, SetId, VintageId,
    grid::{Grid, TileCoord},
};
use fast_mvt::MvtReaderRef;
use geo::{Area as _, BooleanOps, LineString, MapCoords as _, MultiPolygon, Polygon, Validation};
use proptest::prelude::*;
use std::{collections::BTreeMap, convert::Infallible, ops::RangeInclusive, path::PathBuf};

fn albers() -> Grid {
    let crs = "+proj=aea +lat_1=52 +lat_2=64 +lat_0=0 +lon_0=105 +datum=WGS84 +units=m";
    Grid::new(GridId::new("RussiaAlbersQuad").unwrap(), crs, [-5_800_000.0, 11_950_000.0], 10_485_760.0).unwrap()
}

fn labels(areas: &[Option<MultiPolygon<f64>>]) -> Vec<AreaLabel> {
    let point = |area: &Option<MultiPolygon<f64>>| {
        let first = area.as_ref()?.0.first()?.exterior().0.first()?;
        Some([first.x, first.y])
    };
    let label = |(i, area)| AreaLabel {
        code: format!("A{i}"),
        name: format!("Area {i}"),
        names: vec![("en".to_owned(), format!("Area {i}"))],
        point: point(area),
    };
    areas.iter().enumerate().map(label).collect()
}

fn square(west: f64, south: f64, side: f64) -> MultiPolygon<f64> {
    let (east, north) = (west + side, south + side);
    let ring = LineString::from(vec![[west, south], [east, south], [east, north], [west, north], [west, south]]);
    MultiPolygon(vec![Polygon::new(ring, vec![])])
}

fn to_geo(shapes: &[Shape]) -> MultiPolygon<f64> {
    let point = |p: &[i32; 2]| [f64::from(p[0]), f64::from(p[1])];
    let ring = |ring: &Ring| LineString::from(ring.iter().map(point).collect::<Vec<_>>());
    MultiPolygon(shapes.iter().map(|s| Polygon::new(ring(&s[0]), s[1..].iter().map(ring).collect())).collect())
}

/// Tiles of the zooms, as (zoom, column, row) -> feature id -> geometry, decoded by fast-mvt.
type Decoded = BTreeMap<(u8, u32, u32), BTreeMap<u64, geo::Geometry<f64>>>;

fn decode(skeletons: &Skeletons<'_>, zooms: RangeInclusive<u8>) -> Decoded {
    let mut tiles = Decoded::new();
    skeletons
        .build(zooms, |cut| {
            let tile = cut.mvt();
            let reader = MvtReaderRef::new(&tile.plain).unwrap();
            let layer = reader.layers().find(|layer| layer.name() == LAYER_AREAS).unwrap();
            let geometry = |feature: fast_mvt::MvtFeatureRef<'_>| {
                let geometry: geo::Geometry<i32> = feature.geometry().unwrap();
                (feature.id().unwrap(), geometry.map_coords(|c| geo::Coord { x: c.x.into(), y: c.y.into() }))
            };
            assert_eq!(read_back(&tile.plain), read_by_fast_mvt(&tile.plain), "{}", tile.coord);
            let coord = tile.coord;
            tiles.insert((coord.z(), coord.x(), coord.y()), layer.features().map(geometry).collect());
            Ok::<_, Infallible>(())
        })
        .unwrap();
    tiles
}

/// The rows of a tile's areas with their polygons, as pictures are drawn from them.
fn read_back(tile: &[u8]) -> BTreeMap<usize, Vec<Shape>> {
    let mut areas = BTreeMap::new();
    decode::areas(tile, |row, shapes| assert!(areas.insert(row, shapes).is_none())).unwrap();
    areas
}

/// The areas of a tile as fast-mvt reads them; it repeats the first point of a ring at its end.
fn read_by_fast_mvt(tile: &[u8]) -> BTreeMap<usize, Vec<Shape>> {
    let ring = |line: &LineString<i32>| line.0.iter().skip(1).map(|c| [c.x, c.y]).collect::<Ring>();
    let shape = |polygon: &Polygon<i32>| std::iter::once(polygon.exterior()).chain(polygon.interiors()).map(ring).collect();
    let reader = MvtReaderRef::new(tile).unwrap();
    let layer = reader.layers().find(|layer| layer.name() == LAYER_AREAS).unwrap();
    let feature = |feature: fast_mvt::MvtFeatureRef<'_>| {
        let shapes = match feature.geometry().unwrap() {
            geo::Geometry::Polygon(polygon) => vec![shape(&polygon)],
            geo::Geometry::MultiPolygon(polygons) => polygons.0.iter().map(shape).collect(),
            other => panic!("{other:?}"),
        };
        (usize::try_from(feature.id().unwrap()).unwrap() - 1, shapes)
    };
    layer.features().map(feature).collect()
}

/// The real file of the subjects through the importer, or `None` with a loud word.
fn subjects() -> Option<Vec<Option<MultiPolygon<f64>>>> {
    let beside = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data"));
    let data = std::env::var_os("CHORO_TEST_DATA").map_or(beside, PathBuf::from);
    let path = data.join("russia_adm1/russia_gislab_osm.geojson");
    if !path.exists() {
        assert!(std::env::var_os("CI").is_none(), "real data must be there in CI: {}", path.display());
        eprintln!("NOT RUN: {} is not there", path.display());
        return None;
    }
    let code = CodeFrom(vec!["name".to_owned()]);
    let options = Options::new(SetId::new("s").unwrap(), VintageId::new("v").unwrap(), code);
    let import = boundary::import(&path, &options).unwrap();
    Some(import.set.areas.into_iter().map(|area| area.geometry).collect())
}

#[test]
fn real_subjects_are_valid_in_every_tile_and_none_vanishes() {
    let Some(areas) = subjects() else { return };
    let labels = labels(&areas);
    let topology = Topology::new(areas.iter().map(Option::as_ref));
    for grid in [Grid::web_mercator().unwrap(), albers()] {
        let skeletons = Skeletons::new(&topology, &grid, &labels);
        assert!(skeletons.held().all(|held| held == Held::Whole));
        for zoom in [0, 3, 6] {
            let shapes = skeletons.shapes(zoom);
            assert!(shapes.iter().all(|shapes| !shapes.is_empty()), "every area is there at zoom {zoom}");
        }
        for (tile, features) in decode(&skeletons, 0..=6) {
            for (id, geometry) in features {
                if let Err(e) = geometry.check_validation() {
                    panic!("{} {tile:?} feature {id}: {e}", grid.id());
                }
            }
        }
    }
}

#[test]
fn a_simplified_line_strays_at_most_four_units_from_the_source() {
    let Some(areas) = subjects() else { return };
    let topology = Topology::new(areas.iter().map(Option::as_ref));
    let projected = Projected::new(&topology, &albers());
    for zoom in [0_u8, 2, 5] {
        let lines = Lines::new(&projected, zoom);
        let scale = 4096.0 * f64::from(1_u32 << zoom);
        for arc in projected::arcs(&topology) {
            let line = lines.line(arc);
            let points: Vec<_> = projected.arc(arc).map(|(_, p, _)| p.map(|c| c * scale)).collect();
            for pair in line.windows(2) {
                let ends = [pair[0], pair[1]].map(|v| v.point.map(f64::from));
                for p in &points[pair[0].position as usize..=pair[1].position as usize] {
                    assert!(distance(*p, ends[0], ends[1]) <= 4.0, "arc {arc} at zoom {zoom}");
                }
            }
        }
    }
}

fn polar(crs: &str) -> Grid {
    Grid::new(GridId::new("PolarQuad").unwrap(), crs, [-9_000_000.0, 9_000_000.0], 18_000_000.0).unwrap()
}

/// An imported text of GeoJSON, as the areas' polygons in the order of their codes.
fn imported(features: &str) -> Vec<Option<MultiPolygon<f64>>> {
    let file = tempfile::Builder::new().suffix(".geojson").tempfile().unwrap();
    std::fs::write(file.path(), format!(r#"{{"type":"FeatureCollection","features":[{features}]}}"#)).unwrap();
    let options = Options::new(SetId::new("s").unwrap(), VintageId::new("v").unwrap(), CodeFrom(vec!["code".to_owned()]));
    boundary::import(file.path(), &options).unwrap().set.areas.into_iter().map(|area| area.geometry).collect()
}

/// The size of an area in a grid, in units of a zoom: each of its edges, which are straight in longitude and latitude, in a thousand pieces.
fn size_on_the_ground(area: &MultiPolygon<f64>, grid: &Grid, zoom: u8) -> f64 {
    let scale = 4096.0 * f64::from(1_u32 << zoom);
    let ring = |line: &LineString<f64>| {
        let pieces = |edge: geo::Line<f64>| (0..1000).map(move |i| edge.start + edge.delta() * (f64::from(i) / 1000.0));
        let points = line.lines().flat_map(pieces).map(|c| grid.project(c.x, c.y).unwrap().map(|c| c * scale));
        LineString::from(points.collect::<Vec<_>>())
    };
    area.0.iter().map(|polygon| Polygon::new(ring(polygon.exterior()), Vec::new()).unsigned_area()).sum()
}

#[test]
fn edges_follow_the_ground_in_every_grid_and_neighbours_stay_together() {
    let areas = imported(
        r#"{"type":"Feature","properties":{"code":"A"},"geometry":{"type":"Polygon","coordinates":[[[60,60],[120,60],[120,70],[60,70],[60,60]]]}},
        {"type":"Feature","properties":{"code":"B"},"geometry":{"type":"Polygon","coordinates":[[[60,50],[90,50],[90,60],[60,60],[60,50]]]}},
        {"type":"Feature","properties":{"code":"C"},"geometry":{"type":"Polygon","coordinates":[[[90,50],[120,50],[120,60],[90,60],[90,50]]]}}"#,
    );
    let (labels, topology) = (labels(&areas), Topology::new(areas.iter().map(Option::as_ref)));
    for grid in [
        albers(),
        Grid::web_mercator().unwrap(),
        polar("+proj=stere +lat_0=90 +lat_ts=70 +lon_0=90 +datum=WGS84 +units=m"),
        polar("+proj=laea +lat_0=90 +lon_0=90 +datum=WGS84 +units=m"),
    ] {
        let skeletons = Skeletons::new(&topology, &grid, &labels);
        for zoom in [4, 8] {
            let shapes: Vec<MultiPolygon<f64>> = skeletons.shapes(zoom).iter().map(|shapes| to_geo(shapes)).collect();
            for (shape, area) in shapes.iter().zip(&areas) {
                let expected = size_on_the_ground(area.as_ref().unwrap(), &grid, zoom);
                let off = shape.unsigned_area() / expected - 1.0;
                assert!(off.abs() < 1e-3, "{} at zoom {zoom}: {off}", grid.crs());
            }
            let whole = shapes[0].union(&shapes[1]).union(&shapes[2]);
            let parts: f64 = shapes.iter().map(geo::Area::unsigned_area).sum();
            assert!((whole.unsigned_area() - parts).abs() < 1.0, "{}: no overlap at zoom {zoom}", grid.crs());
            assert!(whole.0.iter().all(|polygon| polygon.interiors().is_empty()), "{}: no gap at zoom {zoom}", grid.crs());
        }
    }
}

#[test]
fn an_area_around_a_pole_keeps_its_size_in_a_polar_grid_and_is_drawn_to_the_edge_of_the_world() {
    let longitudes: Vec<String> = (-18..18).map(|i| format!("[{},-70]", i * 10)).collect();
    let ring = format!("{},[-180,-70]", longitudes.join(","));
    let areas = imported(&format!(
        r#"{{"type":"Feature","properties":{{"code":"S"}},"geometry":{{"type":"Polygon","coordinates":[[{ring}]]}}}}"#
    ));
    let (labels, topology) = (labels(&areas), Topology::new(areas.iter().map(Option::as_ref)));
    let grid = polar("+proj=laea +lat_0=-90 +lon_0=0 +datum=WGS84 +units=m");
    let skeletons = Skeletons::new(&topology, &grid, &labels);
    let shape = to_geo(&skeletons.shapes(6)[0]);
    // The cap of an equal-area projection is a circle: 2 pi r^2 (1 - sin 70), on the authalic sphere to a thousandth.
    let unit = 18_000_000.0 / (4096.0 * 64.0);
    let km2 = shape.unsigned_area() * unit * unit / 1e6;
    let expected = std::f64::consts::TAU * 6371.0_f64.powi(2) * (1.0 - 70.0_f64.to_radians().sin());
    assert!((km2 / expected - 1.0).abs() < 0.01, "{km2} and {expected}");
    let mercator = Grid::web_mercator().unwrap();
    let shape = to_geo(&Skeletons::new(&topology, &mercator, &labels).shapes(2)[0]);
    let bounds = geo::BoundingRect::bounding_rect(&shape).unwrap();
    assert!(bounds.width() >= 4096.0 * 4.0, "all the way round: {bounds:?}");
}

fn distance(p: [f64; 2], a: [f64; 2], b: [f64; 2]) -> f64 {
    let (d, e) = ([b[0] - a[0], b[1] - a[1]], [p[0] - a[0], p[1] - a[1]]);
    let length = d[0] * d[0] + d[1] * d[1];
    let t = if length > 0.0 { ((e[0] * d[0] + e[1] * d[1]) / length).clamp(0.0, 1.0) } else { 0.0 };
    (e[0] - t * d[0]).hypot(e[1] - t * d[1])
}

#[test]
fn an_area_smaller_than_a_unit_is_a_dot_in_one_tile() {
    let areas = [Some(square(30.0, 60.0, 10.0)), Some(square(33.333, 63.333, 1e-4))];
    let topology = Topology::new(areas.iter().map(Option::as_ref));
    let labels = labels(&areas);
    let grid = Grid::web_mercator().unwrap();
    let tiles = decode(&Skeletons::new(&topology, &grid, &labels), 0..=4);
    for zoom in 0..=4 {
        let dots: Vec<_> = tiles.iter().filter(|((z, ..), _)| *z == zoom).filter_map(|(_, f)| f.get(&2)).collect();
        assert!(!dots.is_empty(), "zoom {zoom}");
        assert!(dots.iter().all(|dot| dot.unsigned_area() > 0.0 && dot.is_valid()), "zoom {zoom}");
    }
}

#[test]
fn an_area_across_180_degrees_is_drawn_on_both_sides_of_a_world_that_repeats_and_has_no_edge_there() {
    let areas = [Some(square(170.0, 60.0, 20.0))];
    let topology = Topology::new(areas.iter().map(Option::as_ref));
    let labels = labels(&areas);
    let grid = Grid::web_mercator().unwrap();
    let tiles = decode(&Skeletons::new(&topology, &grid, &labels), 0..=3);
    let (west, east) = (&tiles[&(3, 0, 2)][&1], &tiles[&(3, 7, 2)][&1]);
    for (tile, edge) in [(west, 0.0), (east, 4096.0)] {
        let geo::Geometry::Polygon(polygon) = tile else { panic!("{tile:?}") };
        assert!(polygon.exterior().0.iter().all(|c| (c.x - edge).abs() > 1.0), "no vertex on 180 degrees: {polygon:?}");
    }
    let whole = Skeletons::new(&topology, &albers(), &labels).shapes(2);
    assert_eq!(whole[0].len(), 1, "one piece in a conic grid");
}

#[test]
fn areas_that_a_conic_grid_tears_are_named_and_left_out() {
    // The seam of a cone around 105 degrees east is 75 degrees west.
    let areas = [Some(square(-80.0, 40.0, 10.0)), Some(square(60.0, 50.0, 10.0))];
    let topology = Topology::new(areas.iter().map(Option::as_ref));
    let labels = labels(&areas);
    let grid = albers();
    let skeletons = Skeletons::new(&topology, &grid, &labels);
    assert_eq!(skeletons.held().collect::<Vec<_>>(), [Held::Not, Held::Whole]);
    assert!(decode(&skeletons, 0..=2).values().all(|features| !features.contains_key(&1)));
}

#[test]
fn an_azimuthal_grid_holds_what_lies_across_its_opposite_meridian_but_not_around_its_opposite_point() {
    let crs = "+proj=laea +lat_0=52 +lon_0=10 +datum=WGS84 +units=m";
    let grid = Grid::new(GridId::new("g").unwrap(), crs, [-13e6, 13e6], 26e6).unwrap();
    // The point opposite 52 N 10 E is 52 S 170 W.
    for (area, held) in [
        (square(185.0, 60.0, 10.0), true),
        (square(-175.0, 10.0, 10.0), true),
        (square(5.0, 47.0, 10.0), true),
        (square(-175.0, -57.0, 10.0), false),
        (square(-140.0, -57.0, 10.0), true),
        (square(-164.0, -57.0, 1e-6), true),
    ] {
        let areas = [Some(area)];
        let (labels, topology) = (labels(&areas), Topology::new(areas.iter().map(Option::as_ref)));
        let skeletons = Skeletons::new(&topology, &grid, &labels);
        let expected = if held { Held::Whole } else { Held::Not };
        assert_eq!(skeletons.held().collect::<Vec<_>>(), [expected], "{areas:?}");
        assert_eq!(skeletons.shapes(3)[0].is_empty(), !held, "{areas:?}");
    }
}

#[test]
fn what_lies_beyond_the_square_is_told_from_what_is_cut_by_it() {
    let crs = "+proj=laea +lat_0=52 +lon_0=10 +datum=WGS84 +units=m";
    let grid = Grid::new(GridId::new("g").unwrap(), crs, [-5e5, 5e5], 1e6).unwrap();
    let mercator = Grid::web_mercator().unwrap();
    // The last area has no polygon.
    let areas = [
        Some(square(8.0, 50.0, 2.0)),
        Some(square(8.0, 50.0, 20.0)),
        Some(square(60.0, 50.0, 2.0)),
        Some(square(0.0, 80.0, 9.0)),
        None,
    ];
    let (labels, topology) = (labels(&areas), Topology::new(areas.iter().map(Option::as_ref)));
    let held = |grid: &Grid| Skeletons::new(&topology, grid, &labels).held().collect::<Vec<_>>();
    assert_eq!(held(&grid), [Held::Whole, Held::Cut, Held::Not, Held::Not, Held::Whole]);
    assert_eq!(held(&mercator), [Held::Whole, Held::Whole, Held::Whole, Held::Cut, Held::Whole]);
}

/// A band of a ragged comb, which clipping must split into teeth.
fn comb(teeth: usize) -> MultiPolygon<f64> {
    let mut ring = vec![[0.0, 0.0]];
    for tooth in 0..teeth {
        let x = tooth as f64 * 2.0;
        ring.extend([[x, 40.0], [x + 1.0, 40.0], [x + 1.0, 1.0], [x + 2.0, 1.0]]);
    }
    ring.extend([[teeth as f64 * 2.0, 0.0], [0.0, 0.0]]);
    MultiPolygon(vec![Polygon::new(LineString::from(ring), vec![])])
}

#[test]
fn a_comb_is_split_at_the_tile_border_without_bridges() {
    let areas = [Some(comb(9))];
    let topology = Topology::new(areas.iter().map(Option::as_ref));
    let labels = labels(&areas);
    let grid = Grid::web_mercator().unwrap();
    let tiles = decode(&Skeletons::new(&topology, &grid, &labels), 5..=5);
    let parts = tiles.values().filter_map(|features| match features.get(&1) {
        Some(geo::Geometry::MultiPolygon(parts)) => Some(parts.0.len()),
        _ => None,
    });
    assert!(parts.max() > Some(3), "some tile sees several teeth apart");
    assert!(tiles.values().flat_map(BTreeMap::values).all(Validation::is_valid));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// What clipping cuts off one tile it leaves to the others: the parts within the tiles' squares add up to the whole.
    #[test]
    fn the_tiles_of_a_zoom_add_up_to_the_area(
        radii in prop::collection::vec(0.3..1.0_f64, 5..40), at in (-60.0..60.0_f64, -50.0..50.0_f64), zoom in 2_u8..6,
    ) {
        let count = radii.len() as f64;
        let point = |(i, r): (usize, &f64)| {
            let angle = i as f64 / count * std::f64::consts::TAU;
            [at.0 + 25.0 * r * angle.cos(), at.1 + 25.0 * r * angle.sin()]
        };
        let ring: LineString<f64> = radii.iter().enumerate().map(point).collect::<Vec<_>>().into();
        let areas = [Some(MultiPolygon(vec![Polygon::new(ring, vec![])]))];
        let labels = labels(&areas);
        let topology = Topology::new(areas.iter().map(Option::as_ref));
        let grid = Grid::web_mercator().unwrap();
        let skeletons = Skeletons::new(&topology, &grid, &labels);
        let whole = to_geo(&skeletons.shapes(zoom)[0]).unsigned_area();
        let inside = square(0.0, 0.0, 4096.0);
        let mut sum = 0.0;
        for geometry in decode(&skeletons, zoom..=zoom).values().filter_map(|features| features.get(&1)) {
            prop_assert!(geometry.is_valid());
            let parts = match geometry {
                geo::Geometry::Polygon(polygon) => MultiPolygon(vec![polygon.clone()]),
                geo::Geometry::MultiPolygon(parts) => parts.clone(),
                other => panic!("{other:?}"),
            };
            sum += parts.intersection(&inside).unsigned_area();
        }
        // Each cut may move a point by half a unit along its line.
        let tolerance = whole * 1e-3 + 300.0;
        prop_assert!((sum - whole).abs() <= tolerance, "{sum} of {whole}");
    }
}

#[test]
fn holes_that_touch_each_other_and_the_exterior_survive_being_resolved() {
    let exterior = vec![[0, 0], [500, 0], [1000, 0], [1000, 1000], [0, 1000]];
    let holes = [vec![[500, 0], [450, 300], [550, 300]], vec![[450, 300], [400, 500], [480, 500]]];
    let shape: Shape = std::iter::once(exterior).chain(holes).collect();
    let expected = to_geo(std::slice::from_ref(&shape)).unsigned_area();
    let resolved = shapes::resolve(&[shape]);
    assert_eq!(to_geo(&resolved).unsigned_area(), expected, "{resolved:?}");
    assert!(to_geo(&resolved).is_valid());
    for shape in &resolved {
        let signs: Vec<i64> = shape.iter().map(|ring| shapes::ring_area(ring).signum()).collect();
        assert!(signs[0] == 1 && signs[1..].iter().all(|sign| *sign == -1), "{signs:?}");
    }
}

#[test]
fn an_outline_joined_from_tiles_is_the_area_of_the_zoom_again() {
    let made_up = [Some(square(10.0, 50.0, 10.0)), Some(square(170.0, 50.0, 21.0)), None];
    for areas in [Some(made_up.to_vec()), subjects()].into_iter().flatten() {
        let labels = labels(&areas);
        let topology = Topology::new(areas.iter().map(Option::as_ref));
        for grid in [Grid::web_mercator().unwrap(), albers()] {
            let skeletons = Skeletons::new(&topology, &grid, &labels);
            for zoom in 0..=3 {
                let shapes = skeletons.shapes(zoom);
                let outline = outline(&skeletons, &grid, &areas, zoom);
                for (row, (outline, shapes)) in outline.areas().zip(&shapes).enumerate() {
                    let place = format!("{} zoom {zoom} area {row}", grid.id());
                    assert_eq!(outline.len(), shapes.len(), "{place}: as many polygons");
                    let (got, expected) = (to_geo(outline).unsigned_area(), to_geo(shapes).unsigned_area());
                    assert!((got - expected).abs() <= 1.0 + expected * 2e-3, "{place}: {got} instead of {expected}");
                }
            }
        }
    }
}

/// The outline of all tiles of a zoom; in a grid that wraps, between the longitudes of the areas.
fn outline(skeletons: &Skeletons<'_>, grid: &Grid, areas: &[Option<MultiPolygon<f64>>], zoom: u8) -> Outline {
    use geo::BoundingRect;
    let rects: Vec<_> = areas.iter().flatten().filter_map(|area| area.bounding_rect()).collect();
    let column = |lon: f64| grid.project(lon, 60.0).unwrap()[0];
    let west = rects.iter().map(|rect| rect.min().x).fold(f64::INFINITY, f64::min);
    let east = rects.iter().map(|rect| rect.max().x).fold(f64::NEG_INFINITY, f64::max);
    let window = if grid.wraps() { [column(west), column(east)] } else { [0.0, 1.0] };
    let mut outline = Outline::new(zoom, areas.len(), window);
    skeletons.build(zoom..=zoom, |tile| outline.add(tile.coord(), &tile.mvt().plain)).unwrap();
    outline.joined()
}

#[test]
fn a_tile_of_sixty_thousand_areas_is_read_back_area_by_area() {
    const AREAS: u32 = 60_000;
    let square = |row: u32| {
        let [x, y] = [row % 250, row / 250].map(|units| i32::try_from(units).unwrap() * 16);
        vec![vec![vec![[x, y], [x + 16, y], [x + 16, y + 16], [x, y + 16]]]]
    };
    let areas: TileAreas = (0..AREAS).map(|row| (row, square(row))).collect();
    let label = |row: u32| AreaLabel { code: format!("A{row:05}"), name: String::new(), names: Vec::new(), point: None };
    let labels: Vec<AreaLabel> = (0..AREAS).map(label).collect();
    let anchor = |row: u32| Some([row % 250, row / 250].map(|at| (f64::from(at) + 0.5) / 256.0));
    let anchors: Vec<_> = (0..AREAS).map(anchor).collect();
    let tile = CutTile { coord: TileCoord::new(0, 0, 0).unwrap(), areas, labels: &labels, anchors: &anchors }.mvt().plain;
    let mut outline = Outline::new(0, AREAS as usize, [0.0, 1.0]);
    outline.add(TileCoord::new(0, 0, 0).unwrap(), &tile).unwrap();
    let [first, last] = [0, AREAS - 1].map(|row| outline.area(row as usize).unwrap().to_vec());
    assert_eq!(first, [[[[16, 0], [16, 16], [0, 16], [0, 0]]]]);
    assert_eq!(last[0][0][3], [249 * 16, 239 * 16]);
    assert!(outline.areas().all(|shapes| shapes.len() == 1));
}

#[test]
fn a_tile_that_is_cut_or_spoilt_is_told_and_never_a_panic() {
    let areas = [Some(square(0.0, 0.0, 10.0)), Some(square(10.0, 0.0, 10.0))];
    let labels = labels(&areas);
    let topology = Topology::new(areas.iter().map(Option::as_ref));
    let grid = Grid::web_mercator().unwrap();
    let mut tiles = Vec::new();
    Skeletons::new(&topology, &grid, &labels)
        .build(0..=0, |cut| {
            tiles.push(cut.mvt().plain);
            Ok::<_, Infallible>(())
        })
        .unwrap();
    let tile = &tiles[0];
    let read = |tile: &[u8]| {
        let mut seen = 0;
        decode::areas(tile, |_, _| seen += 1).map(|()| seen)
    };
    assert_eq!(read(tile), Ok(2));
    for at in 0..tile.len() {
        assert!(read(&tile[..at]) != Ok(2), "cut at {at}");
        for bit in 0..8 {
            let mut spoilt = tile.clone();
            spoilt[at] ^= 1 << bit;
            let _ = read(&spoilt);
        }
    }
}
