//! Boundary files that cannot be taken.

use super::{Case, says};
use crate::harness::{PROGRAM, Workspace, fixture};
use std::path::Path;

const METRES: &str = r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"code":"01","name":"Northland"},"geometry":
{"type":"Polygon","coordinates":[[[1113194,6800125],[1335833,6800125],[1335833,7170156],[1113194,6800125]]]}}]}"#;

/// What is given, how the good file differs (text, replacement), further arguments, exit code, words.
type Edit = (&'static str, (&'static str, &'static str), &'static [&'static str], i32, &'static [&'static str]);

const EDITS: [Edit; 18] = [
    ("an unknown EPSG code", ("", ""), &["--crs", "EPSG:999999"], 1, &["EPSG:999999", "expected an EPSG code"]),
    (
        "a crs member with an unknown code",
        (
            r#"{"type":"FeatureCollection","#,
            r#"{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::999999"}},"#,
        ),
        &[],
        1,
        &["EPSG:999999", "expected an EPSG code"],
    ),
    (
        "a file that says that its CRS is unknown",
        (r#"{"type":"FeatureCollection","#, r#"{"type":"FeatureCollection","crs":null,"#),
        &[],
        1,
        &["given.geojson", "missing CRS", "--crs EPSG:3857"],
    ),
    ("a coordinate that no double can hold", ("[10,54]", "[1e400,54]"), &[], 1, &["given.geojson", "not finite", "line 2"]),
    ("a bare NaN", ("[10,54]", "[NaN,54]"), &[], 1, &["given.geojson", "not valid JSON", "line 2"]),
    ("NaN as a text", ("[10,54]", "[\"NaN\",54]"), &[], 3, &["area 0 01 \"Northland\"", "position 3 holds a text"]),
    ("null for a number", ("[10,54]", "[10,null]"), &[], 3, &["area 0 01 \"Northland\"", "position 3 holds null"]),
    ("a latitude of 95 degrees", ("[10,54]", "[10,95]"), &[], 3, &["rejected: 1", "position 3 is 10 95"]),
    (
        "a ring of two points",
        ("[12,52],[12,54],[10,54],", "[12,52],"),
        &[],
        3,
        &["rejected: 1", "none of its rings encloses anything"],
    ),
    (
        "a point for an area",
        (r#""Polygon","coordinates":[[[10,52],[12,52],[12,54],[10,54],[10,52]]]"#, r#""Point","coordinates":[10,52]"#),
        &[],
        3,
        &["area 0 01 \"Northland\"", "its geometry is a Point"],
    ),
    (
        "two areas with one code",
        (r#""code":"02""#, r#""code":"01""#),
        &[],
        3,
        &["rejected: 2", "code 01 is also that of area 1"],
    ),
    ("an area without a code", (r#""code":"02""#, r#""code":null"#), &[], 3, &["rejected: 1", "area 1", "\"Southland\""]),
    ("a code field that is not there", ("", ""), &["--parent", "cod"], 1, &["no field \"cod\"", "did you mean \"code\"?"]),
    (
        "a crosswalk without the column",
        ("", ""),
        &["--crosswalk", "walk.csv:lable=code"],
        1,
        &["walk.csv", "did you mean \"label\"?"],
    ),
    ("a crosswalk that is not there", ("", ""), &["--crosswalk", "none.csv:label=code"], 1, &["none.csv"]),
    ("an empty collection", ("\"features\":[", "\"features\":[],\"rest\":["), &[], 1, &["given.geojson", "no areas"]),
    (
        "JSON that is no GeoJSON",
        ("FeatureCollection", "Catalogue"),
        &[],
        1,
        &["\"Catalogue\"", "expected a FeatureCollection"],
    ),
    ("a set id with a blank", ("", ""), &["--layer", "a", "--set", "b c"], 2, &["--set"]),
];

const IMPORT: [&str; 9] = ["import", "boundaries", "given.geojson", "--vintage", "2", "--code", "code", "--name", "en=name"];

fn case(edit: &Edit) -> Case<'static> {
    let (given, (from, to), more, code, words) = *edit;
    let good = fixture("areas.geojson");
    let text = good.replacen(from, to, 1);
    assert!(from.is_empty() || text != good, "{given}: {from:?} is not in the file");
    let set: &[&str] = if more.contains(&"--set") { &[] } else { &["--set", "areas"] };
    Case { given, file: ("given.geojson", text.into_bytes()), arguments: [&IMPORT, set, more].concat(), code, words }
}

#[test]
fn a_boundary_file_with_a_fault_is_refused_with_place_and_remedy_and_nothing_is_stored() {
    let workspace = Workspace::invented();
    workspace.write("walk.csv", "label,code\nNorthland,01\n");
    workspace.ok(&["publish"]);
    let before = workspace.state();
    for edit in &EDITS {
        case(edit).check(&workspace, &before);
    }
    let good = fixture("areas.geojson");
    let half = good.as_bytes()[..good.len() / 2].to_vec();
    let zip = b"PK\x03\x04\x14\x00\x00\x00\x08\x00".to_vec();
    let compound = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\x00\x00\x00\x00".to_vec();
    for (given, name, content, words) in [
        ("half a file", "given.geojson", half, &["given.geojson", "not valid JSON", "line 3", "truncated"][..]),
        ("a ZIP archive named .geojson", "given.geojson", zip, &["its name says JSON", "a ZIP archive: unpack it"]),
        ("an XLS workbook named .geojson", "given.geojson", compound, &["its name says JSON", "rename it"]),
        ("blanks alone", "given.geojson", b"  \n".to_vec(), &["given.geojson", "it is empty"]),
        ("metres without CRS", "given.geojson", METRES.into(), &["given.geojson", "missing CRS", "--crs EPSG:3857"]),
        (
            "text named .gpkg",
            "given.gpkg",
            b"code,name\n01,Northland\n".to_vec(),
            &["its name says GeoPackage", "rename it"],
        ),
        ("a file that is not there", "absent.geojson", Vec::new(), &["absent.geojson", "No such file"]),
    ] {
        let mut arguments = [&IMPORT[..], &["--set", "areas"]].concat();
        arguments[2] = name;
        Case { given, file: (name, content), arguments, code: 1, words }.check(&workspace, &before);
    }
    let mut arguments = [&IMPORT[..], &["--set", "areas"]].concat();
    arguments[6] = "cdoe";
    let words = &["given.geojson", "no field \"cdoe\"", "did you mean \"code\"?", "its fields are \"code\", \"name\""];
    let given = "a code field that is mistyped";
    Case { given, file: ("given.geojson", good.into_bytes()), arguments, code: 1, words }.check(&workspace, &before);
    // What was refused under this vintage can be stored under it.
    workspace.ok(&[&IMPORT[..], &["--set", "areas"]].concat());
    workspace.ok(&["publish"]);
}

#[test]
fn a_vintage_never_changes() {
    let workspace = Workspace::invented();
    workspace.write("other.geojson", fixture("areas.geojson").replacen("[10,54]", "[10,53.9]", 1));
    let set = ["--set", "areas", "--vintage", "1", "--code", "code", "--name", "en=name"];
    let other = [&["import", "boundaries", "other.geojson"], &set[..]].concat();
    workspace.ok(&["publish"]);
    let before = workspace.state();
    for (given, more, words) in [
        ("other content", &[][..], &["areas", "vintage 1", "exists with other content", "another --vintage"][..]),
        ("replacing what is published", &["--replace"], &["part of a release", "another --vintage"]),
    ] {
        let arguments = [&other[..], more].concat();
        Case { given, file: ("", Vec::new()), arguments, code: 1, words }.check(&workspace, &before);
    }
    let again = workspace.ok(&[&["import", "boundaries", "areas.geojson"], &set[..]].concat());
    says("the same content again", &again, &["unchanged: the same boundaries were there already"]);
}

/// Formats that GDAL alone reads.
#[test]
fn a_geopackage_that_breaks_off_is_refused_by_choro_gdal() {
    if !Path::new(PROGRAM).with_file_name("choro-gdal").exists() {
        assert!(std::env::var_os("CI").is_none(), "choro-gdal must be built in CI: cargo build -p choro-gdal");
        eprintln!("NOT RUN: choro-gdal is not built (cargo build -p choro-gdal)");
        return;
    }
    let workspace = Workspace::invented();
    let before = workspace.state();
    let mut arguments = [&IMPORT[..], &["--set", "areas"]].concat();
    arguments[2] = "given.gpkg";
    let content = [b"SQLite format 3\0".as_slice(), &[7; 500]].concat();
    let words = &["given.gpkg: choro-gdal: "];
    Case { given: "a GeoPackage that breaks off", file: ("given.gpkg", content), arguments, code: 1, words }
        .check(&workspace, &before);
}
