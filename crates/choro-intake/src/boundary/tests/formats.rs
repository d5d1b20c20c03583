use super::{collection, file, import, options, rings, text};
use std::{path::PathBuf, process::Command};

/// Two squares side by side with quantised, shared and reversed arcs.
const TOPOLOGY: &str = r#"{"type":"Topology","transform":{"scale":[0.1,0.1],"translate":[30,50]},
  "objects":{"areas":{"type":"GeometryCollection","geometries":[
    {"type":"Polygon","id":"a","arcs":[[0,1]]},
    {"type":"MultiPolygon","id":"b","properties":{"name":"B"},"arcs":[[[-2,2]]]},
    {"type":"Polygon","id":"c","arcs":[[7]]},
    {"type":null,"id":"d"}]}},
  "arcs":[[[3,7],[-3,0],[0,-7],[3,0]],[[3,0],[1,3],[-1,4]],[[3,0],[3,0],[0,7],[-3,0]]]}"#;

#[test]
fn neighbours_of_a_topology_share_their_border_to_the_last_bit() {
    let import = text(TOPOLOGY, &options("id")).unwrap();
    let (a, b) = (rings(&import, "a"), rings(&import, "b"));
    let shared: Vec<_> = a[0].iter().filter(|c| b[0].contains(c)).collect();
    assert_eq!(shared.len(), 3, "{a:?} {b:?}");
    assert_eq!(import.report.rejected[0].detail, "arc 7, and there are 3");
    assert_eq!(import.report.without_polygon[0].code, "d");
}

#[test]
fn a_topology_of_several_objects_asks_which_one() {
    let two = TOPOLOGY.replace(r#""objects":{"#, r#""objects":{"lakes":{"type":"GeometryCollection","geometries":[]},"#);
    let message = text(&two, &options("id")).unwrap_err().to_string();
    assert!(message.contains("--layer") && message.contains("\"lakes\", \"areas\""), "{message}");
    let mut chosen = options("id");
    chosen.layer = Some("areas".to_owned());
    assert_eq!(text(&two, &chosen).unwrap().report.taken, 2);
    chosen.layer = Some("area".to_owned());
    assert!(text(&two, &chosen).unwrap_err().to_string().contains("no object \"area\""));
}

#[test]
fn arcs_that_unroll_to_more_than_the_limit_are_refused() {
    let mut options = options("id");
    options.limits.coordinates = 60;
    let bomb = TOPOLOGY.replace("[[0,1]]", &format!("[[{}0]]", "0,".repeat(100)));
    let import = text(&bomb, &options);
    assert!(import.is_err() || import.is_ok_and(|i| i.report.rejected.iter().any(|r| r.detail.contains("limit"))));
}

#[test]
fn coordinates_in_another_reference_system_come_to_degrees_by_member_or_by_option() {
    let metres = "[[[[0,0],[111319.490793,0],[111319.490793,111325.142866],[0,111325.142866],[0,0]]]]";
    let plain = collection(&[("a", metres)]);
    let member = plain.replacen('{', r#"{"crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::3857"}},"#, 1);
    let mut by_option = options("code");
    by_option.crs = Some("EPSG:3857".to_owned());
    for import in [text(&member, &options("code")).unwrap(), text(&plain, &by_option).unwrap()] {
        assert_eq!(import.report.crs, "EPSG:3857");
        let (east, north) = rings(&import, "a")[0][2];
        assert!((east - 1.0).abs() < 1e-9 && (north - 1.0).abs() < 1e-9, "{east} {north}");
    }
}

#[test]
fn a_single_feature_a_byte_order_mark_and_heights_are_taken() {
    let feature =
        r#"{"type":"Feature","id":"x","geometry":{"type":"Polygon","coordinates":[[[0,0,5],[1,0,5,9],[1,1],[0,0,5]]]}}"#;
    let (_folder, path) = file("a.json", format!("\u{feff}{feature}").as_bytes());
    assert_eq!(rings(&import(&path, &options("id")).unwrap(), "x"), [[(0.0, 0.0), (1.0, 0.0), (1.0, 1.0)]]);
}

/// Whether `choro-gdal` is at hand; where it is not, says so, and in CI fails.
fn gdal() -> bool {
    let there = super::super::find_gdal().is_some();
    if !there {
        eprintln!("NOT RUN: choro-gdal is not built (cargo build -p choro-gdal)");
        assert!(std::env::var_os("CI").is_none(), "in CI choro-gdal must be there");
    }
    there
}

fn fixture(name: &str) -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "../../tests/fixtures/boundary", name].iter().collect()
}

#[test]
fn a_shapefile_comes_with_its_reference_system_and_its_encoding() {
    if !gdal() {
        return;
    }
    let mut options = options("code");
    options.names = vec![(None, "name".parse().unwrap())];
    let import = import(&fixture("squares.shp"), &options).unwrap();
    let names: Vec<&String> = import.set.areas.iter().flat_map(|area| area.names.0.values()).collect();
    assert_eq!(names, ["Север", "Юг"]);
    assert_eq!((import.report.format.as_str(), import.report.crs.as_str()), ("ESRI Shapefile", "EPSG:3857"));
    let (south_west, shared) = (rings(&import, "02")[0][0], rings(&import, "01")[0][0]);
    assert!((south_west.0 - 30.0).abs() < 1e-9 && (south_west.1 - 49.0).abs() < 1e-9);
    assert!(rings(&import, "02")[0].contains(&shared), "the border is shared to the last bit");
}

#[test]
fn a_shapefile_without_reference_system_needs_one_by_option() {
    if !gdal() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    for part in ["shp", "shx", "dbf", "cpg"] {
        let name = format!("squares.{part}");
        std::fs::copy(fixture(&name), folder.path().join(&name)).unwrap();
    }
    let path = folder.path().join("squares.shp");
    let message = import(&path, &options("code")).unwrap_err().to_string();
    assert!(message.contains("missing CRS") && message.contains("--crs"), "{message}");
    let mut by_option = options("code");
    by_option.crs = Some("EPSG:3857".to_owned());
    assert_eq!(import(&path, &by_option).unwrap().report.taken, 2);
}

#[test]
fn files_that_gdal_cannot_read_are_refused_with_its_reason() {
    if !gdal() {
        return;
    }
    for (name, content) in [("a.gpkg", &b"SQLite format 3\0 and then nothing"[..]), ("a.xyz", b"hello")] {
        let (_folder, path) = file(name, content);
        let message = import(&path, &options("code")).unwrap_err().to_string();
        assert!(message.contains("choro-gdal: ") && message.contains(name), "{message}");
    }
}

#[test]
fn a_geopackage_with_layers_and_arcs_is_read_layer_by_layer_with_lines_for_arcs() {
    if !gdal() {
        return;
    }
    let wkt = "code,WKT\nround,\"CURVEPOLYGON(CIRCULARSTRING(10 50,11 51,12 50,11 49,10 50))\"\n";
    let (folder, csv) = file("a.csv", wkt.as_bytes());
    let path = folder.path().join("a.gpkg");
    for layer in ["one", "two"] {
        let made = Command::new("ogr2ogr")
            .args(["-f", "GPKG", "-update", "-append", "-a_srs", "EPSG:4326", "-nlt", "CURVEPOLYGON", "-nln", layer])
            .args([&path, &csv])
            .output();
        if !made.is_ok_and(|made| made.status.success()) {
            eprintln!("NOT RUN: ogr2ogr is not installed, so there is no GeoPackage to read");
            assert!(std::env::var_os("CI").is_none(), "in CI ogr2ogr must be there");
            return;
        }
    }
    let message = import(&path, &options("code")).unwrap_err().to_string();
    assert!(message.contains("2 layers") && message.contains("\"one\", \"two\""), "{message}");
    let mut chosen = options("code");
    chosen.layer = Some("two".to_owned());
    let import = import(&path, &chosen).unwrap();
    assert_eq!((import.report.format.as_str(), rings(&import, "round")[0].len()), ("GPKG", 90));
}
