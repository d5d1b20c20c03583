//! Made-up countries of every shape, with no setting but their name: the default map is of equal areas, has every area, and shows the
//! country whole.

use crate::{
    browser,
    harness::{Server, Workspace},
};
use serde_json::Value;
use std::fmt::Write as _;

const INDICATOR: &str = "[[indicator]]\nid = 'arrivals'\nname = { en = 'Arrivals' }\n\
    unit = { id = 'PS', name = { en = 'persons' } }\nkind = 'count'\ndecimals = 0\npersons = false\nsource = 'Test'\nlicence = 'CC0-1.0'\n";
const MAPPING: &str =
    "area = { column = 1 }\nindicator = { value = 'arrivals' }\nperiod = { header_row = 1 }\nvalue = { column = 2 }\n";

/// Blocks of areas: west, south, east, north, and the side of an area in degrees.
type Blocks = &'static [([f64; 4], f64)];

struct Country {
    name: &'static str,
    blocks: Blocks,
    /// The grid of its default map.
    grid: &'static str,
}

const COUNTRIES: [Country; 8] = [
    // Like the counties of the United States, with Alaska across 180 degrees and Hawaii.
    Country {
        name: "wide",
        blocks: &[
            ([-124.0, 25.0, -67.0, 49.0], 1.0),
            ([170.0, 52.0, 220.0, 70.0], 3.0),
            ([-160.0, 19.0, -155.0, 22.0], 1.0),
        ],
        grid: "AeaN30N58W108Quad",
    },
    Country { name: "southern", blocks: &[([68.0, 8.0, 97.0, 37.0], 1.0)], grid: "LaeaN22E082Quad" },
    Country { name: "compact", blocks: &[([6.0, 47.0, 15.0, 55.0], 0.5)], grid: "LaeaN51E010Quad" },
    Country { name: "equatorial", blocks: &[([95.0, -11.0, 141.0, 6.0], 1.0)], grid: "CeaN05E118Quad" },
    Country {
        name: "islands",
        blocks: &[([165.0, -48.0, 179.0, -34.0], 1.0), ([181.0, -45.0, 184.0, -43.0], 1.0)],
        grid: "LaeaS41E172Quad",
    },
    Country { name: "arctic", blocks: &[([-180.0, 62.0, 180.0, 82.0], 4.0)], grid: "LaeaN90E000Quad" },
    Country { name: "world", blocks: &[([-180.0, -60.0, 180.0, 80.0], 10.0)], grid: "CeaN35E000Quad" },
    Country { name: "one-area", blocks: &[([44.0, 40.0, 46.0, 41.0], 2.0)], grid: "LaeaN41E045Quad" },
];

impl Country {
    fn areas(&self) -> Vec<[f64; 4]> {
        let cells = |(block, side): &([f64; 4], f64)| {
            let ([west, south, east, north], side) = (*block, *side);
            let steps =
                |from: f64, to: f64| (0..).map(move |n| from + f64::from(n) * side).take_while(move |at| *at < to - 1e-9);
            let cell = move |x: f64, y: f64| [x, y, (x + side).min(east), (y + side).min(north)];
            steps(south, north).flat_map(|y| steps(west, east).map(move |x| cell(x, y))).collect::<Vec<_>>()
        };
        self.blocks.iter().flat_map(cells).collect()
    }

    fn boundaries(&self) -> String {
        let feature = |(index, [west, south, east, north]): (usize, [f64; 4])| {
            let ring = format!("[[{west},{south}],[{east},{south}],[{east},{north}],[{west},{north}],[{west},{south}]]");
            format!(
                r#"{{"type":"Feature","properties":{{"code":"A{index}"}},"geometry":{{"type":"Polygon","coordinates":[{ring}]}}}}"#
            )
        };
        let features: Vec<String> = self.areas().into_iter().enumerate().map(feature).collect();
        format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","))
    }

    fn table(&self) -> String {
        (0..self.areas().len()).fold("area,2020\n".to_owned(), |mut text, index| {
            let _ = writeln!(text, "A{index},{}", 100 + index);
            text
        })
    }
}

/// The corners of all paths of a picture, in tenths of a pixel.
fn corners(svg: &str) -> [i64; 4] {
    let mut corners = [i64::MAX, i64::MAX, i64::MIN, i64::MIN];
    for path in svg.split("data-code=\"").skip(1).map(|part| part.split_once(" d=\"").unwrap().1.split_once('"').unwrap().0)
    {
        for ring in path.split('z').filter(|ring| !ring.is_empty()) {
            let (first, steps) = ring.trim_start_matches('M').split_once('l').unwrap();
            let numbers = |text: &str| -> Vec<i64> {
                let spaced = text.replace('-', " -");
                spaced.split_whitespace().map(|number| number.parse().unwrap()).collect()
            };
            let mut at = numbers(first);
            for step in [vec![0, 0], numbers(steps)].concat().chunks(2) {
                at = vec![at[0] + step[0], at[1] + step[1]];
                corners = [corners[0].min(at[0]), corners[1].min(at[1]), corners[2].max(at[0]), corners[3].max(at[1])];
            }
        }
    }
    corners
}

/// Where the map lies in a picture: width and height.
fn frame(svg: &str) -> [f64; 2] {
    let ground = svg.split("fill=\"#eaf0f3\"").next().unwrap().rsplit("<rect ").next().unwrap();
    ["width", "height"]
        .map(|name| ground.split_once(&format!("{name}=\"")).unwrap().1.split('"').next().unwrap().parse().unwrap())
}

fn catalog_set<'c>(catalog: &'c Value, id: &str) -> &'c Value {
    catalog["boundary_sets"].as_array().unwrap().iter().find(|set| set["id"] == id).unwrap()
}

fn check(server: &Server, catalog: &Value, country: &Country) {
    let (name, count) = (country.name, country.areas().len());
    let set = catalog_set(catalog, name);
    let grid = set["grids"][0].as_str().unwrap();
    assert_eq!(set["vintages"][0].get("outside"), None, "{name}");
    let svg = server.get(&format!("/picture.svg?set={name}&kind=choropleth")).text();
    assert_eq!(svg.matches("data-code=\"").count(), count, "{name}: all areas are drawn");
    let ([left, top, right, bottom], [width, height]) = (corners(&svg), frame(&svg));
    let (width, height) = (width * 10.0, height * 10.0);
    let within = left as f64 >= -1.0 && top as f64 >= -1.0 && right as f64 <= width + 1.0 && bottom as f64 <= height + 1.0;
    assert!(within, "{name}: {:?} of {width} x {height}", [left, top, right, bottom]);
    let fills = (right - left) as f64 / width > 0.9 || (bottom - top) as f64 / height > 0.9;
    assert!(fills, "{name}: {:?} of {width} x {height}", [left, top, right, bottom]);
    let page = server.get(&format!("/?set={name}")).text();
    assert!(page.contains(grid), "{name}: the page opens in {grid}");
}

#[test]
fn a_set_without_settings_is_shown_whole_in_a_grid_of_equal_areas_that_fits_it() {
    let workspace = Workspace::new(INDICATOR);
    workspace.write("mapping.toml", MAPPING);
    for country in &COUNTRIES {
        let set = country.name;
        workspace.write("areas.geojson", country.boundaries());
        workspace.write("table.csv", country.table());
        workspace.ok(&["import", "boundaries", "areas.geojson", "--set", set, "--vintage", "2020", "--code", "code"]);
        workspace.ok(&["import", "observations", "table.csv", "--set", set, "--mapping", "mapping.toml"]);
        workspace.configure(&format!("[boundary_sets.{set}]\nmax_zoom = 3\n"));
    }
    let said = workspace.ok(&["publish"]);
    assert!(!said.contains("does not hold") && !said.contains("cuts"), "{said}");
    let server = workspace.serve();
    let catalog = server.json("/catalog.json");
    let grids =
        COUNTRIES.iter().map(|country| (country.name, catalog_set(&catalog, country.name)["grids"][0].as_str().unwrap()));
    assert_eq!(grids.collect::<Vec<_>>(), COUNTRIES.map(|country| (country.name, country.grid)));
    COUNTRIES.iter().for_each(|country| check(&server, &catalog, country));
    if let Some(scripts) = browser::scripts() {
        browser::passes(&scripts, "grids.mjs", &server);
    }
    // Equal areas of the ground are equal on the map, by its projection.
    for grid in catalog["grids"].as_array().unwrap().iter().filter(|grid| grid["id"] != "WebMercatorQuad") {
        let crs = grid["crs"].as_str().unwrap();
        assert!(choro_model::grid::is_equal_area(crs), "{crs}");
    }
    // Nothing is built anew where nothing has changed.
    let again = workspace.ok(&["publish"]);
    let written: u64 = again.split(" bytes written").next().unwrap().rsplit(' ').next().unwrap().parse().unwrap();
    assert!(written < 100_000, "{again}");
}
