//! Vintages side by side: figures on the borders of one, asked for on those of another. Squares stand for the areas, the values
//! are made up; the changes are those that history made.

use crate::harness::{Server, Workspace};
use std::collections::BTreeMap;

mod breaks;
mod history;
mod kazakhstan;
mod levels;
mod refusals;
mod small_bases;

/// A count that may be summed, a count that may not, and two rates of which one says by what it is weighted.
const INDICATORS: &str = r#"
[[indicator]]
id = "people"
name = { en = "Inhabitants" }
unit = { id = "PS" }
kind = "count"
decimals = 0
additive = true
persons = true
source = "made up"
licence = "CC0-1.0"

[[indicator]]
id = "moves"
name = { en = "Arrivals" }
unit = { id = "PS" }
kind = "count"
decimals = 0
persons = false
source = "made up"
licence = "CC0-1.0"

[[indicator]]
id = "rate"
name = { en = "Net migration rate" }
unit = { id = "PS_PER_1K" }
kind = "rate"
decimals = 1
weighted_by = "people"
source = "made up"
licence = "CC0-1.0"

[[indicator]]
id = "share"
name = { en = "Share of women" }
unit = { id = "PC" }
kind = "share"
decimals = 1
source = "made up"
licence = "CC0-1.0"
"#;

/// A workspace with one set `areas` and these vintages, each with its codes separated by spaces; `code/parent` has a parent.
fn workspace(vintages: &[(&str, &str)]) -> Workspace {
    let workspace = Workspace::new(INDICATORS);
    workspace.configure("[boundary_sets.areas]\ngrids = [\"WebMercatorQuad\"]\nmax_zoom = 1");
    for (vintage, codes) in vintages {
        boundaries(&workspace, "areas", vintage, codes);
    }
    workspace
}

/// Imports one square for each code.
fn boundaries(workspace: &Workspace, set: &str, vintage: &str, codes: &str) {
    let feature = |(index, code): (usize, &str)| {
        let (code, parent) = code.split_once('/').unwrap_or((code, ""));
        let parent = if parent.is_empty() { "null".to_owned() } else { format!("{parent:?}") };
        let (west, east) = (index * 2, index * 2 + 2);
        format!(
            r#"{{"type":"Feature","properties":{{"code":"{code}","parent":{parent}}},"geometry":{{"type":"Polygon","coordinates":[[[{west},0],[{east},0],[{east},2],[{west},2],[{west},0]]]}}}}"#
        )
    };
    let features: Vec<String> = codes.split_whitespace().enumerate().map(feature).collect();
    let name = format!("{set}-{vintage}.geojson");
    workspace.write(&name, format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(",\n")));
    let mut import = vec!["import", "boundaries", &name, "--set", set, "--vintage", vintage, "--code", "code"];
    if codes.contains('/') {
        import.extend(["--parent", "parent"]);
    }
    workspace.ok(&import);
}

/// Imports values of an indicator and period on the borders of a vintage, as `code value` pairs: a number, `-` (missing) or `c`
/// (withheld); `number/P` has a flag.
fn values(workspace: &Workspace, set: &str, vintage: &str, (indicator, period): (&str, &str), cells: &str) {
    let words: Vec<&str> = cells.split_whitespace().collect();
    let row = |pair: &[&str]| {
        let (number, status) = pair[1].split_once('/').unwrap_or((pair[1], ""));
        format!("{};{number};{status}\n", pair[0])
    };
    let rows: String = words.chunks(2).map(row).collect();
    workspace.write("values.csv", format!("area;{period};status\n{rows}"));
    workspace.write(
        "values.toml",
        format!(
            "area = {{ column = \"area\" }}\nindicator = {{ value = \"{indicator}\" }}\nperiod = {{ header_row = 1 }}\n\
             value = {{ columns = [\"{period}\"] }}\nmarks = {{ missing = [\"-\"], secrecy = [\"c\"] }}\n\
             status = {{ column = \"status\" }}\n"
        ),
    );
    let import = ["import", "observations", "values.csv", "--set", set, "--vintage", vintage, "--mapping", "values.toml"];
    workspace.ok(&[&import[..], &["--accept", "fewer-rows,fewer-areas"]].concat());
}

/// Imports a correspondence of the set `areas`; rows separated by spaces.
fn correspondence(workspace: &Workspace, (from, to): (&str, &str), rows: &str) -> String {
    workspace.write("links.csv", rows.split_whitespace().collect::<Vec<_>>().join("\n") + "\n");
    workspace.ok(&["import", "correspondence", "links.csv", "--set", "areas", "--from", from, "--to", to])
}

/// What the CSV says of a period on borders: by code `value`, `value E`, `-` or `c`.
fn cells(server: &Server, set: &str, (indicator, period): (&str, &str), borders: &str) -> BTreeMap<String, String> {
    let reply = server.get(&format!("/values/{set}.csv?indicator={indicator}&period={period}&borders={borders}"));
    assert_eq!(reply.status, 200, "{indicator} {period} on {borders}: {}", reply.text());
    let mut reader = csv::Reader::from_reader(reply.body.as_slice());
    let rows = reader.deserialize::<BTreeMap<String, String>>().map(Result::unwrap);
    let cell = |row: BTreeMap<String, String>| {
        let column = |name: &str| row[&format!("{period}{name}")].clone();
        let shown = match column("_state").as_str() {
            "" => format!("{} {}", column(""), column("_status")).trim().to_owned(),
            "missing" => "-".to_owned(),
            "secrecy" => "c".to_owned(),
            other => other.to_owned(),
        };
        (row["code"].clone(), shown)
    };
    rows.map(cell).collect()
}

/// `code value` pairs, a value with its flag as `value/E`.
fn expected(text: &str) -> BTreeMap<String, String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.chunks(2).map(|pair| (pair[0].to_owned(), pair[1].replace('/', " "))).collect()
}

/// The catalogue's entry of an indicator in a vintage of a set.
fn entry(server: &Server, set: &str, indicator: &str, vintage: &str) -> serde_json::Value {
    let catalog = server.json("/catalog.json");
    let indicators = catalog["indicators"].as_array().unwrap();
    let found = indicators.iter().find(|entry| entry["id"] == indicator).unwrap();
    let sets = found["boundary_sets"].as_array().unwrap();
    let here = |entry: &&serde_json::Value| entry["id"] == set && entry["vintage"] == vintage;
    sets.iter().find(here).unwrap_or_else(|| panic!("{indicator} has no entry for {set} {vintage}: {found}")).clone()
}
