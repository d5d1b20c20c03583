//! One data set, written by GDAL in every format and several reference systems, gives equal areas.

use crate::data_boundaries_formats::folder;
use choro_intake::boundary::{Import, Options, import};
use geo::CoordsIter as _;
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// Codes as texts with leading zeros and many digits, as whole numbers, and as numbers with a fraction; one code is missing, one geometry
/// is null and one is empty.
const AREAS: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"code":"007","whole":11001,"real":11001.0,"long":"12345678901234567890"},"geometry":{"type":"Polygon","coordinates":[[[36,52],[37,52],[37,53],[36,53],[36,52]]]}},
{"type":"Feature","properties":{"code":"010","whole":11002,"real":11002.0,"long":"00000000000000000001"},"geometry":{"type":"MultiPolygon","coordinates":[[[[37,52],[38,52],[38,53],[37,53],[37,52]]],[[[40,52],[40.5,52],[40.5,53],[40,52]]]]}},
{"type":"Feature","properties":{"code":"1e3","whole":11003,"real":11003.5,"long":"3"},"geometry":{"type":"Polygon","coordinates":[[[36,54],[38,54],[38,55],[36,55],[36,54]],[[36.5,54.25],[36.5,54.5],[37,54.5],[36.5,54.25]]]}},
{"type":"Feature","properties":{"code":null,"whole":null,"real":null,"long":null},"geometry":{"type":"Polygon","coordinates":[[[30,52],[31,52],[31,53],[30,52]]]}},
{"type":"Feature","properties":{"code":"null","whole":11005,"real":11005.0,"long":"5"},"geometry":null}]}"#;

/// The codes that each field gives.
const CODES: [(&str, [&str; 4]); 4] = [
    ("code", ["007", "010", "1e3", "null"]),
    ("whole", ["11001", "11002", "11003", "11005"]),
    ("real", ["11001", "11002", "11003.5", "11005"]),
    ("long", ["00000000000000000001", "12345678901234567890", "3", "5"]),
];

/// The codes of the area without polygon.
const WITHOUT_POLYGON: [&str; 3] = ["null", "11005", "5"];

/// Formats as GDAL writes them. Into FlatGeobuf it writes no area without geometry.
const FORMATS: [(&str, &[&str]); 10] = [
    ("a.geojson", &["-f", "GeoJSON", "-lco", "RFC7946=NO", "-lco", "COORDINATE_PRECISION=15"]),
    ("a.geojsonl", &["-f", "GeoJSONSeq", "-lco", "COORDINATE_PRECISION=15"]),
    ("a.geojsons", &["-f", "GeoJSONSeq", "-lco", "RS=YES", "-lco", "COORDINATE_PRECISION=15"]),
    ("a.gpkg", &["-f", "GPKG"]),
    ("a.shp", &["-f", "ESRI Shapefile", "-lco", "ENCODING=UTF-8"]),
    ("a.fgb", &["-f", "FlatGeobuf"]),
    ("a.gml", &["-f", "GML"]),
    ("a.kml", &["-f", "LIBKML"]),
    ("a.sqlite", &["-f", "SQLite"]),
    ("a.gdb", &["-f", "OpenFileGDB"]),
];
/// Reference systems: of GDAL's own engine alone, and of both. KML and sequences of GeoJSON are always in longitude and latitude.
const SYSTEMS: [&str; 5] = ["EPSG:4326", "EPSG:3857", "EPSG:3035", "EPSG:28406", "EPSG:4284"];

fn options(field: &str) -> Options {
    Options::new("s".parse().unwrap(), "1".parse().unwrap(), field.parse().unwrap())
}

/// The data set in a format and a reference system; `None` where GDAL does not write it.
fn written(folder: &Path, name: &str, how: &[&str], system: &str) -> Option<PathBuf> {
    let target = folder.join(system.replace(':', "_")).join(name);
    fs::create_dir_all(target.parent().unwrap()).unwrap();
    let source = folder.join("matrix.geojson");
    let done = Command::new("ogr2ogr")
        .args(how)
        .args(["-t_srs", system, "-nlt", "PROMOTE_TO_MULTI"])
        .arg(&target)
        .arg(source)
        .output();
    done.unwrap().status.success().then_some(target)
}

/// Codes with the corners of each area, sorted.
fn corners(import: &Import) -> Vec<(String, Vec<(f64, f64)>)> {
    let of = |area: &choro_model::Area| {
        let all = area.geometry.iter().flat_map(|geometry| geometry.coords_iter().map(|c| (c.x, c.y)).collect::<Vec<_>>());
        let mut all: Vec<(f64, f64)> = all.collect();
        all.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
        (area.code.to_string(), all)
    };
    import.set.areas.iter().map(of).collect()
}

/// How far any corner of one import lies from the nearest of another, degrees. Edges that bend in a reference system have further ones.
fn apart(a: &Import, b: &Import) -> f64 {
    let (a, b) = (corners(a), corners(b));
    assert_eq!(a.iter().map(|(code, _)| code).collect::<Vec<_>>(), b.iter().map(|(code, _)| code).collect::<Vec<_>>());
    let nearest = |(x, y): &(f64, f64), others: &[(f64, f64)]| {
        others.iter().map(|(u, v)| (x - u).hypot(y - v)).fold(f64::INFINITY, f64::min)
    };
    a.iter().zip(&b).flat_map(|((_, a), (_, b))| a.iter().map(|c| nearest(c, b)).collect::<Vec<_>>()).fold(0.0, f64::max)
}

#[test]
fn every_format_and_reference_system_gives_equal_codes_and_borders() {
    let Some(folder) = folder() else { return };
    fs::write(folder.path().join("matrix.geojson"), AREAS).unwrap();
    let base = import(&folder.path().join("matrix.geojson"), &options("code")).unwrap();
    let mut compared = Vec::new();
    for system in SYSTEMS {
        let mut first: Option<Import> = None;
        for (name, how) in FORMATS {
            let always_degrees = ["a.kml", "a.geojsonl", "a.geojsons"].contains(&name);
            if always_degrees && system != "EPSG:4326" {
                continue;
            }
            let Some(file) = written(folder.path(), name, how, system) else {
                assert_eq!(name, "a.gdb", "{name} in {system} is not written");
                continue;
            };
            let before = beside(&file);
            // Codes do not depend on the reference system.
            let fields = if system == "EPSG:4326" { &CODES[..] } else { &CODES[..1] };
            for (field, codes) in fields {
                let import =
                    import(&file, &options(field)).unwrap_or_else(|error| panic!("{name} {system} {field}: {error}"));
                let place = format!("{name} in {system}, codes by {field}");
                let got: Vec<&str> = import.set.areas.iter().map(|area| area.code.as_str()).collect();
                let located = if name == "a.fgb" { 3 } else { 4 };
                let expected: Vec<&str> =
                    codes.iter().copied().filter(|code| located == 4 || !WITHOUT_POLYGON.contains(code)).collect();
                assert_eq!(got, expected, "{place}: {}", import.report.to_text());
                assert_eq!(import.report.rejected.len(), 1, "{place}: {:?}", import.report.rejected);
                assert_eq!(import.report.without_polygon.len(), located - 3, "{place}");
                if *field == "code" && located == 4 {
                    let first = first.get_or_insert_with(|| import.clone());
                    let degrees = [apart(&base, &import), apart(first, &import), apart(&import, first)];
                    assert!(degrees.iter().all(|degrees| *degrees < 2e-7), "{place}: {degrees:?} degrees apart");
                }
                compared.push(place);
            }
            assert_eq!(beside(&file), before, "{name}: nothing is written beside the user's file");
        }
    }
    assert!(compared.len() >= 60, "{}", compared.len());
}

/// What lies in the folder of a file.
fn beside(file: &Path) -> Vec<String> {
    let entries = fs::read_dir(file.parent().unwrap()).unwrap();
    let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}
