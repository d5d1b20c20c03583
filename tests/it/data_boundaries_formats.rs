//! Two invented areas, with Cyrillic names, in every format, encoding and archive: always the same two areas.

use crate::harness::Workspace;
use choro_intake::boundary::{BoundaryError, Import, Options, import};
use std::{
    fs::{self, File},
    io::Write as _,
    path::{Path, PathBuf},
    process::Command,
};
use tempfile::TempDir;
use zip::{ZipWriter, write::SimpleFileOptions};

pub const GEOJSON: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"code":"01","title":"Орёл"},"geometry":{"type":"Polygon","coordinates":[[[36,52],[37,52],[37,53],[36,53],[36,52]]]}},
{"type":"Feature","properties":{"code":"02","title":"Ёлкино"},"geometry":{"type":"Polygon","coordinates":[[[37,52],[38,52],[38,53],[37,53],[37,52]]]}}]}"#;

const KML: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2"><Document>
<Placemark><name>Орёл</name><ExtendedData><Data name="code"><value>01</value></Data></ExtendedData>
<Polygon><outerBoundaryIs><LinearRing><coordinates>36,52 37,52 37,53 36,53 36,52</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark>
<Placemark><name>Ёлкино</name><ExtendedData><Data name="code"><value>02</value></Data></ExtendedData>
<Polygon><outerBoundaryIs><LinearRing><coordinates>37,52 38,52 38,53 37,53 37,52</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark>
</Document></kml>"#;

/// The command line's own options, from an archive to the store.
#[test]
fn an_archive_of_a_shapefile_without_code_page_is_imported_by_command() {
    let Some(folder) = folder() else { return };
    let shp = convert(&folder, "a.shp", &["-f", "ESRI Shapefile", "-lco", "ENCODING=CP866"]);
    fs::remove_file(shp.with_extension("cpg")).unwrap();
    let set = parts(&shp, "a");
    let members: Vec<(&str, Vec<u8>)> = set.iter().map(|(name, bytes)| (name.as_str(), bytes.clone())).collect();
    let workspace = Workspace::new("");
    zip(&workspace.path("a.zip"), &[members, vec![("b.geojson", GEOJSON.into())]].concat());
    let fixed =
        ["import", "boundaries", "a.zip", "--set", "areas", "--vintage", "1", "--code", "code", "--name", "ru=title"];
    let said = workspace.fails(&fixed, 1);
    assert!(said.contains("a.zip: there are 2 boundary files") && said.contains("--layer FILE"), "{said}");
    let said = workspace.fails(&[&fixed[..], &["--layer", "a.shp"]].concat(), 1);
    assert!(said.contains("a.zip/a.shp") && said.contains("\"Орёл\" in ibm866") && said.contains("--encoding"), "{said}");
    let said = workspace.ok(&[&fixed[..], &["--layer", "a.shp", "--encoding", "CP866"]].concat());
    assert!(said.contains("2 areas read, 2 taken") && said.contains("a.shp of an archive"), "{said}");
    let said = workspace.fails(&[&fixed[..], &["--layer", "b.geojson", "--encoding", "CP866"]].concat(), 1);
    assert!(said.contains("it is no shapefile"), "{said}");
}

/// A folder with `areas.geojson`, if GDAL's tools and `choro-gdal` are there; they are in CI.
pub fn folder() -> Option<TempDir> {
    let gdal = Path::new(crate::harness::PROGRAM).with_file_name("choro-gdal").is_file();
    let tools = Command::new("ogr2ogr").arg("--version").output().is_ok();
    if !gdal || !tools {
        assert!(std::env::var_os("CI").is_none(), "choro-gdal and ogr2ogr must be there in CI");
        eprintln!("NOT RUN: this test needs choro-gdal (cargo build -p choro-gdal) and ogr2ogr (gdal-bin)");
        return None;
    }
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("areas.geojson"), GEOJSON).unwrap();
    Some(folder)
}

/// `areas.geojson` in another format.
pub fn convert(folder: &TempDir, name: &str, arguments: &[&str]) -> PathBuf {
    let target = folder.path().join(name);
    let done = Command::new("ogr2ogr").args(arguments).arg(&target).arg(folder.path().join("areas.geojson")).output();
    let done = done.unwrap();
    assert!(done.status.success(), "{name}: {}", String::from_utf8_lossy(&done.stderr));
    target
}

/// A ZIP archive of files, each under a path.
pub fn zip(path: &Path, members: &[(&str, Vec<u8>)]) {
    let mut zip = ZipWriter::new(File::create(path).unwrap());
    for (name, content) in members {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap();
}

/// The files beside one with the same stem, under a path in an archive.
fn parts(file: &Path, under: &str) -> Vec<(String, Vec<u8>)> {
    let of = |extension: &str| Some((format!("{under}.{extension}"), fs::read(file.with_extension(extension)).ok()?));
    ["shp", "shx", "dbf", "prj", "cpg"].into_iter().filter_map(of).collect()
}

pub fn options(name: &str) -> Options {
    let mut options = Options::new("areas".parse().unwrap(), "1".parse().unwrap(), "code".parse().unwrap());
    options.names = vec![(None, name.parse().unwrap())];
    options
}

fn is_whole(given: &str, import: Result<Import, BoundaryError>) {
    let import = import.unwrap_or_else(|error| panic!("{given}: {error}"));
    let names: Vec<&str> = import.set.areas.iter().flat_map(|area| area.names.0.values().map(String::as_str)).collect();
    assert_eq!(names, ["Орёл", "Ёлкино"], "{given}");
    assert_eq!((import.report.taken, import.report.rejected.len(), import.report.vertices), (2, 0, 8), "{given}");
    assert_eq!(import.report.longitudes, Some((36.0, 38.0)), "{given}");
}

#[test]
fn every_format_gives_the_same_areas() {
    let Some(folder) = folder() else { return };
    for (name, arguments) in [
        ("a.gpkg", &["-f", "GPKG"][..]),
        ("a.fgb", &["-f", "FlatGeobuf"]),
        ("a.shp", &["-f", "ESRI Shapefile", "-lco", "ENCODING=UTF-8"]),
        ("a.gml", &["-f", "GML"]),
        ("a.tab", &["-f", "MapInfo File", "-lco", "ENCODING=CP1251"]),
        ("a.sqlite", &["-f", "SQLite"]),
        ("a.gdb", &["-f", "OpenFileGDB"]),
    ] {
        is_whole(name, import(&convert(&folder, name, arguments), &options("title")));
    }
    let kml = folder.path().join("a.kml");
    fs::write(&kml, KML).unwrap();
    is_whole("a.kml", import(&kml, &options("Name")));
}

#[test]
fn a_shapefile_is_read_in_the_code_page_that_it_names_or_that_is_named_for_it() {
    let Some(folder) = folder() else { return };
    for page in ["CP1251", "CP866", "KOI8-R", "CP855", "ISO-8859-5", "UTF-8"] {
        let encoding = format!("ENCODING={page}");
        let shp = convert(&folder, &format!("{page}.shp"), &["-f", "ESRI Shapefile", "-lco", &encoding]);
        is_whole(page, import(&shp, &options("title")));
        // It lies: every byte is another letter, and only the operator can know.
        fs::write(shp.with_extension("cpg"), "ISO-8859-1").unwrap();
        let mut told = options("title");
        told.encoding = Some(page.to_owned());
        is_whole(&format!("{page} by --encoding"), import(&shp, &told));
        // It says nothing.
        fs::remove_file(shp.with_extension("cpg")).unwrap();
        is_whole(&format!("{page} by --encoding, without .cpg"), import(&shp, &told));
        let silent = import(&shp, &options("title"));
        if page == "UTF-8" {
            is_whole("UTF-8 without .cpg", silent);
            continue;
        }
        let message = silent.unwrap_err().to_string();
        assert!(message.contains("--encoding") && message.contains(" in windows-1251, "), "{page}: {message}");
        if page == "CP866" {
            assert!(message.contains("\"Орёл\" in ibm866"), "{message}");
        }
    }
}

#[test]
fn the_code_page_of_the_table_s_header_is_respected_and_that_of_an_unknown_machine_is_not_guessed() {
    let Some(folder) = folder() else { return };
    let shp = convert(&folder, "a.shp", &["-f", "ESRI Shapefile", "-lco", "ENCODING=CP866"]);
    fs::remove_file(shp.with_extension("cpg")).unwrap();
    let dbf = shp.with_extension("dbf");
    let mut table = fs::read(&dbf).unwrap();
    table[29] = 0x65; // Russian MS-DOS
    fs::write(&dbf, &table).unwrap();
    is_whole("driver 0x65", import(&shp, &options("title")));
    table[29] = 0x57; // "ANSI"
    fs::write(&dbf, &table).unwrap();
    assert!(import(&shp, &options("title")).unwrap_err().to_string().contains("\"Орёл\" in ibm866"));
}

#[test]
fn what_is_in_an_archive_is_read_as_if_it_lay_beside_it() {
    let Some(folder) = folder() else { return };
    let shp = convert(&folder, "a.shp", &["-f", "ESRI Shapefile", "-lco", "ENCODING=CP1251"]);
    let gpkg = fs::read(convert(&folder, "a.gpkg", &["-f", "GPKG", "-nln", "layer"])).unwrap();
    let kmz = folder.path().join("a.kmz");
    zip(&kmz, &[("doc.kml", KML.into())]);
    is_whole("KMZ", import(&kmz, &options("Name")));
    let set = parts(&shp, "границы/Районы");
    let set: Vec<(&str, Vec<u8>)> = set.iter().map(|(name, bytes)| (name.as_str(), bytes.clone())).collect();
    for (given, members, layer, name) in [
        ("GeoJSON", vec![("readme.txt", b"areas".to_vec()), ("x/a.geojson", GEOJSON.into())], None, "title"),
        ("shapefile", set.clone(), None, "title"),
        ("GeoPackage", vec![("a.gpkg", gpkg.clone())], Some("layer"), "title"),
        ("KMZ in ZIP", vec![("a.kmz", fs::read(&kmz).unwrap())], None, "Name"),
        (
            "one of three",
            [set.clone(), vec![("a.gpkg", gpkg), ("b.geojson", GEOJSON.into())]].concat(),
            Some("a.gpkg:layer"),
            "title",
        ),
    ] {
        let archive = folder.path().join("a.zip");
        zip(&archive, &members);
        let mut options = options(name);
        options.layer = layer.map(str::to_owned);
        is_whole(given, import(&archive, &options));
        if given == "one of three" {
            options.layer = Some("Районы".to_owned());
            is_whole("another of three", import(&archive, &options));
            options.layer = None;
            let message = import(&archive, &options).unwrap_err().to_string();
            assert!(message.contains("\"границы/Районы.shp\", \"a.gpkg\", \"b.geojson\""), "{message}");
        }
    }
    let gz = folder.path().join("a.geojson.gz");
    let mut out = flate2::write::GzEncoder::new(File::create(&gz).unwrap(), flate2::Compression::fast());
    out.write_all(GEOJSON.as_bytes()).unwrap();
    out.finish().unwrap();
    is_whole("gzip", import(&gz, &options("title")));
}
