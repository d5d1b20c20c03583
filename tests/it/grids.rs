//! A grid of the operator's own, configured as the commented example of choro.toml shows it: published, announced and drawn
//! like the built-in ones.

use crate::harness::{Server, Workspace};
use choro_config::Config;
use choro_model::{
    GridId,
    grid::{EXTENT, Grid},
};
use fast_mvt::{MvtReaderRef, MvtValueRef};
use geo::{Contains as _, CoordsIter as _, Geometry, MultiPolygon, Point};
use std::collections::BTreeMap;

const GRID: &str = "NorthPolarQuad";
const SELECTION: &str = "indicator=arrival_rate&period=2022";
/// Where areas of the fixture meet, in degrees, and the same by PROJ 9.1 (gdaltransform) in metres.
const CORNERS: [(&str, [f64; 2], [f64; 2]); 4] = [
    ("01", [12.0, 52.0], [865_221.543_993, -4_070_547.327_241]),
    ("02", [12.0, 52.0], [865_221.543_993, -4_070_547.327_241]),
    ("01", [10.0, 54.0], [685_981.160_856, -3_890_392.486_160]),
    ("04", [8.0, 50.0], [608_357.535_006, -4_328_688.784_966]),
];
/// One area in two halves that meet along 180 degrees, and one around the south pole, which a grid around the north pole has no
/// place for.
const ACROSS: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"code":"05"},"geometry":{"type":"MultiPolygon","coordinates":[
[[[170,70],[180,70],[180,75],[170,75],[170,70]]],[[[-180,70],[-170,70],[-170,75],[-180,75],[-180,70]]]]}},
{"type":"Feature","properties":{"code":"06"},"geometry":{"type":"Polygon","coordinates":[
[[-180,-90],[180,-90],[180,-80],[90,-75],[0,-80],[-90,-75],[-180,-80],[-180,-90]]]}}]}"#;

/// The `[[grids]]` of the commented settings, its signs of a comment taken away.
fn example() -> String {
    let lines = Config::default_toml().lines().skip_while(|line| *line != "#   [[grids]]");
    lines.map_while(|line| line.strip_prefix("#   ")).map(|line| format!("{line}\n")).collect()
}

fn grid() -> Grid {
    let table: toml::Table = example().parse().unwrap();
    let table = &table["grids"][0];
    let number = |value: &toml::Value| value.as_float().unwrap();
    let corner = [number(&table["corner"][0]), number(&table["corner"][1])];
    Grid::new(GridId::new(GRID).unwrap(), table["crs"].as_str().unwrap(), corner, number(&table["side"])).unwrap()
}

fn published() -> Workspace {
    let workspace = Workspace::invented();
    let settings = std::fs::read_to_string(workspace.path("choro.toml")).unwrap();
    let both = format!("grids = [\"{GRID}\", \"WebMercatorQuad\"]");
    workspace.write("choro.toml", settings.replace("\ngrids = [\"WebMercatorQuad\"]", &format!("\n{both}")));
    workspace.configure(&example());
    workspace.configure(&format!("[boundary_sets.across]\n{both}"));
    workspace.write("across.geojson", ACROSS);
    workspace.ok(&["import", "boundaries", "across.geojson", "--set", "across", "--vintage", "1", "--code", "code"]);
    workspace.write("across.csv", "area,2022\n05,1.5\n06,2.5\n");
    let mapping = "area = { column = 1 }\nindicator = { value = 'arrival_rate' }\nperiod = { header_row = 1 }\nvalue = { column = 2 }\n";
    workspace.write("across.toml", mapping);
    workspace.ok(&["import", "observations", "across.csv", "--set", "across", "--mapping", "across.toml"]);
    let refused = workspace.run(&["publish"]);
    let said = String::from_utf8(refused.stderr).unwrap();
    let why =
        format!("grid {GRID} does not hold 1 of the 2 areas of across 1 (06) and cuts 0; a share of 0.05 may be left out");
    assert!(!refused.status.success() && said.contains(&why), "{said}");
    // As the message says.
    workspace.configure("most_outside = 0.5");
    for said in [workspace.ok(&["publish"]), workspace.ok(&["publish"])] {
        assert!(said.contains(&format!("grid {GRID} does not hold 1 areas of across 1: 06;")), "{said}");
        assert!(said.contains("grid WebMercatorQuad cuts 1 areas of across 1: 06;"), "{said}");
    }
    workspace
}

/// The polygons of a tile by area code, in its units.
fn polygons(server: &Server, path: &str) -> BTreeMap<String, MultiPolygon<i32>> {
    let reply = server.get(path);
    assert_eq!(reply.status, 200, "{path}: {}", reply.text());
    let reader = MvtReaderRef::new(&reply.body).unwrap();
    let features = reader.layers().filter(|layer| layer.name() == "areas").flat_map(|layer| layer.features());
    let polygon = |feature: fast_mvt::MvtFeatureRef<'_>| {
        let code = feature.properties().find_map(|property| match property.unwrap() {
            ("code", MvtValueRef::String(code)) => Some(code.to_owned()),
            _ => None,
        });
        let polygons = match feature.geometry().unwrap() {
            Geometry::Polygon(polygon) => MultiPolygon(vec![polygon]),
            Geometry::MultiPolygon(polygons) => polygons,
            other => panic!("{path}: {other:?}"),
        };
        (code.unwrap(), polygons)
    };
    features.map(polygon).collect()
}

/// The tile of a zoom that holds a point of the grid, and where in it.
fn place([x, y]: [f64; 2], zoom: u8) -> ([u32; 2], [f64; 2]) {
    let tiles = f64::from(1_u32 << zoom);
    let tile = [x, y].map(|at| (at * tiles).floor());
    let within = [x * tiles - tile[0], y * tiles - tile[1]].map(|at| at * f64::from(EXTENT));
    (tile.map(|at| format!("{at}").parse().unwrap()), within)
}

#[test]
fn vertices_of_a_configured_grid_lie_where_its_projection_puts_them() {
    let (workspace, grid) = (published(), grid());
    let server = workspace.serve();
    for (code, [lon, lat], metres) in CORNERS {
        let at = grid.project(lon, lat).unwrap();
        let by_proj = [(metres[0] - grid.corner()[0]) / grid.side(), (grid.corner()[1] - metres[1]) / grid.side()];
        assert!(
            (0..2).all(|axis| ((at[axis] - by_proj[axis]) * grid.side()).abs() < 0.01),
            "{lon} {lat}: {at:?} {by_proj:?}"
        );
        for zoom in [0, 3, 8] {
            let ([x, y], expected) = place(at, zoom);
            let path = format!("/tiles/areas/{GRID}/{zoom}/{x}/{y}.mvt?{SELECTION}");
            let polygons = polygons(&server, &path);
            let off = |vertex: geo::Coord<i32>| {
                (f64::from(vertex.x) - expected[0]).abs().max((f64::from(vertex.y) - expected[1]).abs())
            };
            let nearest = polygons[code].coords_iter().map(off).fold(f64::INFINITY, f64::min);
            assert!(
                nearest <= 0.5,
                "{path}: area {code} has no vertex at {expected:?}, the nearest is {nearest} units away"
            );
        }
    }
}

#[test]
fn the_antimeridian_is_no_border_in_a_configured_grid_and_what_it_cannot_hold_is_left_out() {
    let (workspace, grid) = (published(), grid());
    let server = workspace.serve();
    for zoom in [0, 4] {
        let ([x, y], at) = place(grid.project(180.0, 72.5).unwrap(), zoom);
        let mut polygons = polygons(&server, &format!("/tiles/across/{GRID}/{zoom}/{x}/{y}.mvt"));
        let area = polygons.remove("05").unwrap();
        assert!(polygons.is_empty(), "zoom {zoom}: {polygons:?}");
        assert_eq!(area.0.len(), 1, "zoom {zoom}: {area:?}");
        let inside =
            geo::MapCoords::map_coords(&area, |vertex| geo::coord! { x: f64::from(vertex.x), y: f64::from(vertex.y) });
        assert!(inside.contains(&Point::new(at[0], at[1])), "zoom {zoom}: {at:?} is not within {area:?}");
    }
}

#[test]
fn a_map_says_which_areas_it_does_not_hold_or_cuts() {
    let workspace = published();
    let server = workspace.serve();
    for (grid, sentence) in
        [(GRID, "One area is not on this map: 06."), ("WebMercatorQuad", "One area is cut at the edge of this map: 06.")]
    {
        for path in ["/picture.svg", "/embed", "/"] {
            let text = server.get(&format!("{path}?set=across&grid={grid}&{SELECTION}&lang=en")).text();
            assert!(text.contains(sentence), "{path} in {grid} does not say {sentence:?}: {text}");
        }
    }
    let whole = server.get(&format!("/picture.svg?set=areas&grid={GRID}&{SELECTION}&lang=en")).text();
    assert!(!whole.contains("this map:"), "{whole}");
}

#[test]
fn catalogue_tilejson_and_style_announce_a_configured_grid() {
    let (workspace, grid) = (published(), grid());
    let server = workspace.serve();
    let catalog = server.json("/catalog.json");
    let entry = catalog["grids"].as_array().unwrap().iter().find(|entry| entry["id"] == GRID).unwrap();
    let expected = serde_json::json!({
        "id": GRID, "crs": grid.crs(), "corner": grid.corner(), "side": grid.side(), "tile_size": 512, "wraps": false
    });
    assert_eq!(*entry, expected);
    let set = |id: &str| catalog["boundary_sets"].as_array().unwrap().iter().find(|set| set["id"] == id).unwrap();
    assert_eq!(set("areas")["grids"], serde_json::json!([GRID, "WebMercatorQuad"]));
    assert_eq!(set("areas")["vintages"][0].get("outside"), None);
    let outside = serde_json::json!([
        {"grid": GRID, "missing": 1, "first_missing": ["06"], "cut": 0, "first_cut": []},
        {"grid": "WebMercatorQuad", "missing": 0, "first_missing": [], "cut": 1, "first_cut": ["06"]}
    ]);
    assert_eq!(set("across")["vintages"][0]["outside"], outside);

    let tilejson = server.json(&format!("/tiles/areas/{GRID}.json?{SELECTION}"));
    assert_eq!(tilejson["choro"]["grid"], expected, "{tilejson}");
    let style = server.json(&format!("/styles/choropleth.json?set=areas&grid={GRID}&{SELECTION}"));
    assert_eq!(style["projection"]["type"], format!("choro:{GRID}"), "{style}");
    assert_eq!(style["metadata"]["choro:grid"], GRID);
    let of_style = style["sources"].as_object().unwrap().values().filter_map(|source| source["tiles"][0].as_str());
    let urls: Vec<&str> = tilejson["tiles"][0].as_str().into_iter().chain(of_style).collect();
    assert!(urls.len() >= 2, "{tilejson} {style}");
    for url in urls {
        let tile = url.replace("{z}", "0").replace("{x}", "0").replace("{y}", "0");
        let tile = tile.strip_prefix(&server.url).unwrap_or(&tile);
        assert!(tile.starts_with(&format!("/tiles/areas/{GRID}/0/0/0.mvt?")), "{url}");
        assert_eq!(polygons(&server, tile).len(), 4, "{url}");
    }
    for refused in ["northpolarquad", "NorthPolar", "RussiaAlbersQuad"] {
        let status = server.get(&format!("/tiles/areas/{refused}/0/0/0.mvt?{SELECTION}")).status;
        assert_eq!(status, 404, "{refused} was not built for this set");
    }
}

/// A set of its own file, without settings.
fn add_set(workspace: &Workspace, set: &str, geojson: String) {
    let file = format!("{set}.geojson");
    workspace.write(&file, geojson);
    workspace.ok(&["import", "boundaries", &file, "--set", set, "--vintage", "1", "--code", "code"]);
}

fn box_of(code: &str, [west, south, east, north]: [i32; 4]) -> String {
    format!(
        r#"{{"type":"FeatureCollection","features":[{{"type":"Feature","properties":{{"code":"{code}"}},"geometry":
        {{"type":"Polygon","coordinates":[[[{west},{south}],[{east},{south}],[{east},{north}],[{west},{north}],[{west},{south}]]]}}}}]}}"#
    )
}

#[test]
fn a_share_that_is_lowered_later_refuses_what_it_would_have_refused() {
    let workspace = published();
    let settings = std::fs::read_to_string(workspace.path("choro.toml")).unwrap();
    workspace.write("choro.toml", settings.replace("most_outside = 0.5", "most_outside = 0.4"));
    let said = workspace.fails(&["publish"], 1);
    assert!(said.contains("does not hold 1 of the 2 areas of across 1 (06)"), "{said}");
}

#[test]
fn two_grids_of_one_id_are_not_published() {
    let workspace = Workspace::new("");
    add_set(&workspace, "here", box_of("H", [0, 0, 2, 2]));
    add_set(&workspace, "there", box_of("T", [20, 0, 22, 2]));
    workspace.ok(&["publish"]);
    let server = workspace.serve();
    let catalog = server.json("/catalog.json");
    assert_eq!(catalog["boundary_sets"][0]["grids"][0], "LaeaN01E001Quad", "{catalog}");
    drop(server);
    workspace.configure("[boundary_sets.there]\ngrids = [\"LaeaN01E001Quad\"]");
    workspace.configure(
        "[[grids]]\nid = \"LaeaN01E001Quad\"\ncrs = \"+proj=laea +lat_0=1 +lon_0=21 +datum=WGS84 +units=m\"\n\
         corner = [-1000000.0, 1000000.0]\nside = 2000000.0",
    );
    let said = workspace.fails(&["publish"], 1);
    assert!(said.contains("boundary set there has a grid LaeaN01E001Quad of") && said.contains("another id"), "{said}");
}

#[test]
fn web_mercator_is_left_out_of_the_set_that_it_would_cut_and_of_no_other() {
    let workspace = Workspace::new("");
    add_set(&workspace, "below", crate::squares::geojson(40, 1, 1.0));
    add_set(&workspace, "above", box_of("S", [-180, -90, 180, -60]));
    workspace.configure("[boundary_sets.below]\nparent_set = \"above\"\nmax_zoom = 1\n[boundary_sets.above]\nmax_zoom = 1");
    workspace.ok(&["publish"]);
    let server = workspace.serve();
    let catalog = server.json("/catalog.json");
    let grids = |id: &str| {
        let set = catalog["boundary_sets"].as_array().unwrap().iter().find(|set| set["id"] == id).unwrap();
        let grids = set["grids"].as_array().unwrap().iter().map(|grid| grid.as_str().unwrap().to_owned());
        grids.collect::<Vec<_>>()
    };
    let (above, below) = (grids("above"), grids("below"));
    assert!(above.len() == 1 && below.len() == 2, "{above:?} {below:?}");
    assert_eq!((below[0].as_str(), below[1].as_str()), (above[0].as_str(), "WebMercatorQuad"), "both share the fitted one");
}
