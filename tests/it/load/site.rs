//! Sixty-four invented islands of a thousand corners each: more than a megabyte of GeoJSON; eight indicators of forty years.

use crate::harness::Workspace;
use std::fmt::Write as _;

const SIDE: usize = 8;
pub const AREAS: usize = SIDE * SIDE;
const CORNERS: usize = 1000;
pub const INDICATORS: usize = 8;
pub const PERIODS: std::ops::Range<usize> = 1980..2020;
/// The last zoom of its tiles.
pub const ZOOM: u32 = 6;

pub fn make() -> Workspace {
    let workspace = Workspace::on(None, &indicators());
    workspace.configure(&format!("[boundary_sets.islands]\ngrids = [\"WebMercatorQuad\"]\nmax_zoom = {ZOOM}"));
    workspace.write("islands.geojson", islands());
    workspace.write("rates.csv", rates());
    let mapping = "area = { column = \"area\" }\nindicator = { column = \"indicator\" }\nperiod = { column = \"period\" }\n\
                   value = { column = \"value\" }\n";
    workspace.write("rates.toml", mapping);
    let set = ["--set", "islands", "--vintage", "1", "--code", "code", "--name", "en=name"];
    workspace.ok(&[&["import", "boundaries", "islands.geojson"], &set[..]].concat());
    workspace.ok(&["import", "observations", "rates.csv", "--set", "islands", "--mapping", "rates.toml"]);
    workspace.ok(&["publish"]);
    workspace
}

/// One of the selections, as it stands in a query.
pub fn selection(number: usize) -> String {
    let years = PERIODS.len();
    format!("indicator=rate_{}&period={}", number / years % INDICATORS, PERIODS.start + number % years)
}

/// The areas joined with one of the selections, at full detail.
pub fn geojson(number: usize) -> String {
    format!("/areas/islands.geojson?{}", selection(number))
}

/// A tile of one of the selections.
pub fn tile(zoom: u32, x: u32, y: u32, number: usize) -> String {
    format!("/tiles/islands/WebMercatorQuad/{zoom}/{x}/{y}.mvt?{}", selection(number))
}

fn indicators() -> String {
    let mut text = String::from("# Invented.\n");
    for number in 0..INDICATORS {
        writeln!(
            text,
            "[[indicator]]\nid = \"rate_{number}\"\nname = {{ en = \"Rate {number}\" }}\n\
             unit = {{ id = \"PS_PER_1K\", name = {{ en = \"per 1,000 inhabitants\" }} }}\nkind = \"rate\"\ndecimals = 1\n\
             persons = false\nsource = \"invented\"\nlicence = \"CC0\"\n"
        )
        .unwrap();
    }
    text
}

fn rates() -> String {
    let mut text = String::from("area,indicator,period,value\n");
    for (area, indicator) in (0..AREAS).flat_map(|area| (0..INDICATORS).map(move |indicator| (area, indicator))) {
        for period in PERIODS {
            let value = (area * 37 + indicator * 101 + period * 13) % 1000;
            writeln!(text, "i{area:02},rate_{indicator},{period},{}.{}", value / 10, value % 10).unwrap();
        }
    }
    text
}

fn islands() -> String {
    let island = |area: usize| {
        let (x, y) = ((area % SIDE) as f64 * 14.0 - 50.0, (area / SIDE) as f64 * 14.0 - 50.0);
        let corner = |number: usize| {
            let angle = (number % CORNERS) as f64 / CORNERS as f64 * std::f64::consts::TAU;
            let radius = 5.0 + 0.7 * (angle * 9.0).sin() + 0.05 * (angle * 170.0).sin();
            format!("[{:.7},{:.7}]", x + radius * angle.cos(), y + radius * angle.sin())
        };
        let ring: Vec<String> = (0..=CORNERS).map(corner).collect();
        format!(
            "{{\"type\":\"Feature\",\"properties\":{{\"code\":\"i{area:02}\",\"name\":\"Island {area}\"}},\
             \"geometry\":{{\"type\":\"Polygon\",\"coordinates\":[[{}]]}}}}",
            ring.join(",")
        )
    };
    let features: Vec<String> = (0..AREAS).map(island).collect();
    format!("{{\"type\":\"FeatureCollection\",\"features\":[{}]}}", features.join(",\n"))
}
