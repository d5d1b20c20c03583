//! The whole way on real files: init, import of boundaries and observations, publish, serve; then the same figures in tiles,
//! GeoJSON and CSV.

use crate::harness::{Server, Workspace, real_data};
use fast_mvt::{MvtReaderRef, MvtValueRef};
use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    process::Command,
};

const INDICATORS: &str = r#"
[[indicator]]
id = "net_migration_rate"
name = { en = "Net migration rate", ru = "Коэффициент миграционного прироста" }
unit = { id = "PS_PER_10K", name = { en = "per 10,000 inhabitants" } }
kind = "rate"
decimals = 2
dimensions = []
diverging = true
persons = false
declared_public = false
source = "Rosstat"
licence = "open data, quote the source"
"#;

/// Area code, period, and the figure as the file has it; `None` where the cell is empty.
const FIGURES: [(&str, &str, Option<f64>); 12] = [
    ("RU-LEN", "2014", Some(120.35)),
    ("RU-CHU", "2012", Some(-66.03)),
    ("RU-CHU", "2017", Some(-132.3)),
    ("RU-MOW", "2017", Some(89.22)),
    // The row without the okrug, whose polygon this is, not the larger total of -82.27.
    ("RU-ARK", "2013", Some(-85.22)),
    ("RU-ARK", "2012", None),
    ("RU-ARK", "2017", None),
    ("RU-TYU", "2016", Some(114.19)),
    ("RU-TYU", "2017", None),
    ("RU-NEN", "2016", Some(-72.91)),
    // Without polygon: in tables, and in GeoJSON with no geometry.
    ("UA-43", "2015", Some(85.71)),
    ("UA-43", "2012", None),
];

/// Russia's subjects, published in Russia's grid and in Web Mercator.
pub fn subjects(data: &Path) -> Workspace {
    subjects_with(data, "")
}

/// Russia's subjects with further settings of the boundary set.
pub fn subjects_with(data: &Path, settings: &str) -> Workspace {
    let workspace = Workspace::new(INDICATORS);
    let grids = "grids = [\"RussiaAlbersQuad\", \"WebMercatorQuad\"]";
    workspace.configure(&format!("[boundary_sets.ru-subjects]\n{grids}\n{settings}"));
    let crosswalk = data.join("russia_adm1/region_codes.csv").display().to_string();
    let boundaries = data.join("russia_adm1/russia_gislab_osm.geojson").display().to_string();
    let names = ["--name", "ru=name", "--name", "en=crosswalk:name_en"];
    let by_name = format!("{crosswalk}:name_click_that_hood=iso_3166_2");
    let set = ["--set", "ru-subjects", "--vintage", "2014", "--code", "name", "--crosswalk", &by_name];
    let report = workspace.ok(&[&["import", "boundaries", &boundaries], &set[..], &names[..]].concat());
    assert!(report.contains("83 areas read, 83 taken"), "{report}");
    assert!(report.contains("without polygon: 2"), "{report}");

    let table = data.join("russia_stats/emiss_migration_rate_2012_2017.xls").display().to_string();
    let mapping = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/emiss_migration_rate.toml");
    let by_emiss = format!("{crosswalk}:name_emiss=iso_3166_2");
    let import = ["import", "observations", &table, "--set", "ru-subjects", "--mapping", mapping, "--crosswalk", &by_emiss];
    let report = workspace.ok(&import);
    for line in ["matched: 85 of 85 labels of areas", "totals and groups, not joined: 11", "rows without parts: 2"] {
        assert!(report.contains(line), "{line}\n{report}");
    }
    workspace.ok(&["publish"]);
    workspace
}

/// The values and states of all areas in the tiles of a zoom, each decoded by fast-mvt.
fn in_tiles(server: &Server, grid: &str, zoom: u32, period: &str) -> BTreeMap<String, Result<f64, String>> {
    let mut found = BTreeMap::new();
    for (x, y) in (0..1 << zoom).flat_map(|x| (0..1 << zoom).map(move |y| (x, y))) {
        let path = format!("/tiles/ru-subjects/{grid}/{zoom}/{x}/{y}.mvt?indicator=net_migration_rate&period={period}");
        let reply = server.get(&path);
        if reply.status == 204 {
            continue;
        }
        assert_eq!(reply.status, 200, "{path}: {}", reply.text());
        let reader = MvtReaderRef::new(&reply.body).unwrap();
        for feature in reader.layers().filter(|layer| layer.name() == "areas").flat_map(|layer| layer.features()) {
            let (mut code, mut cell) = (None, None);
            for property in feature.properties() {
                match property.unwrap() {
                    ("code", MvtValueRef::String(text)) => code = Some(text.to_owned()),
                    ("value", MvtValueRef::Double(number)) => assert!(cell.replace(Ok(number)).is_none()),
                    ("state", MvtValueRef::String(state)) => assert!(cell.replace(Err(state.to_owned())).is_none()),
                    ("name", _) => {}
                    other => panic!("{other:?}"),
                }
            }
            found.insert(code.unwrap(), cell.unwrap());
        }
    }
    found
}

fn csv_cells(server: &Server) -> Vec<BTreeMap<String, String>> {
    let reply = server.get("/values/ru-subjects.csv?indicator=net_migration_rate&period=2012,2013,2014,2015,2016,2017");
    assert_eq!(reply.status, 200, "{}", reply.text());
    let mut reader = csv::Reader::from_reader(reply.body.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&reply.body));
    reader.deserialize().map(Result::unwrap).collect()
}

#[test]
fn known_figures_are_alike_in_tile_geojson_and_csv() {
    let Some(data) = real_data() else { return };
    let workspace = subjects(&data);
    let server = workspace.serve();
    let rows = csv_cells(&server);
    assert_eq!(rows.len(), 85);
    for (code, period, figure) in FIGURES {
        let row = rows.iter().find(|row| row["code"] == code).unwrap_or_else(|| panic!("{code} is not in the CSV"));
        let expected = figure.map(|number| number.to_string()).unwrap_or_default();
        assert_eq!(row[period].parse::<f64>().ok(), figure, "CSV {code} {period}: {row:?}, expected {expected}");
        assert_eq!(row[&format!("{period}_state")], if figure.is_some() { "" } else { "missing" }, "CSV {code} {period}");
    }
    for period in ["2012", "2013", "2014", "2015", "2016", "2017"] {
        check_period(&server, period);
    }
}

fn check_period(server: &Server, period: &str) {
    let path = format!("/areas/ru-subjects.geojson?indicator=net_migration_rate&period={period}");
    let geojson = server.json(&path);
    let features = geojson["features"].as_array().unwrap();
    assert_eq!(features.len(), 85);
    let tiles = ["WebMercatorQuad", "RussiaAlbersQuad"].map(|grid| in_tiles(server, grid, 2, period));
    for (code, _, figure) in FIGURES.iter().filter(|(_, of, _)| *of == period) {
        let feature = features.iter().find(|feature| feature["properties"]["code"] == **code).unwrap();
        let properties = &feature["properties"];
        assert_eq!(properties["value"].as_f64(), *figure, "GeoJSON {code} {period}");
        assert_eq!(properties.get("state").and_then(|s| s.as_str()), figure.is_none().then_some("missing"));
        assert_eq!(feature["geometry"].is_null(), code.starts_with("UA"), "{code}");
        for tiles in &tiles {
            let expected = figure.ok_or_else(|| "missing".to_owned());
            let polygon = !code.starts_with("UA");
            assert_eq!(tiles.get(*code), polygon.then_some(&expected), "tile {code} {period}");
        }
    }
    for tiles in &tiles {
        assert_eq!(tiles.len(), 83, "all areas with a polygon are on the map in {period}");
    }
}

#[test]
fn no_area_vanishes_from_the_first_tile_and_chukotka_is_whole() {
    let Some(data) = real_data() else { return };
    let workspace = subjects(&data);
    let server = workspace.serve();
    for grid in ["WebMercatorQuad", "RussiaAlbersQuad"] {
        assert_eq!(in_tiles(&server, grid, 0, "2016").len(), 83, "{grid}");
    }
    let geojson = server.json("/areas/ru-subjects.geojson?indicator=net_migration_rate&period=2016");
    let chukotka = geojson["features"].as_array().unwrap().iter().find(|f| f["properties"]["code"] == "RU-CHU").unwrap();
    let text = chukotka["geometry"].to_string();
    assert!(text.contains("-17") && text.contains("179."), "RFC 7946 cuts it in two parts within -180..180");
}

/// Names as the GeoJSON file has them (`name`), and region_codes.csv (`name_en`).
#[test]
fn labels_and_areas_have_their_names_in_both_languages() {
    let Some(data) = real_data() else { return };
    let workspace = subjects(&data);
    let server = workspace.serve();
    let tiles = ["WebMercatorQuad", "RussiaAlbersQuad"].map(|grid| labels(&server, &format!("{grid}/0/0/0")));
    for (code, english, russian) in [
        ("RU-LEN", "Leningrad Oblast", "Ленинградская область"),
        ("RU-CHU", "Chukotka Autonomous Okrug", "Чукотский автономный округ"),
        ("RU-AD", "Republic of Adygea", "Адыгея"),
    ] {
        let area = server.json(&format!("/areas/ru-subjects/{code}"));
        assert_eq!(area["names"], serde_json::json!({ "en": english, "ru": russian }), "{code}");
        let expected = [("code", code), ("name", english), ("name_en", english), ("name_ru", russian)];
        for labels in &tiles {
            let found: Vec<(&str, &str)> = labels[code].iter().map(|(key, text)| (key.as_str(), text.as_str())).collect();
            assert_eq!(found, expected);
        }
    }
    let named = |label: &BTreeMap<String, String>| ["name_en", "name_ru"].iter().all(|key| !label[*key].is_empty());
    for labels in tiles {
        assert!(labels.len() == 83 && labels.values().all(named), "{labels:?}");
    }
}

/// The properties of a tile's labels by area code.
fn labels(server: &Server, tile: &str) -> BTreeMap<String, BTreeMap<String, String>> {
    let reply = server.get(&format!("/tiles/ru-subjects/{tile}.mvt"));
    let reader = MvtReaderRef::new(&reply.body).unwrap();
    let features = reader.layers().filter(|layer| layer.name() == "labels").flat_map(|layer| layer.features());
    let text = |property: Result<(&str, MvtValueRef<'_>), _>| match property {
        Ok((key, MvtValueRef::String(text))) => (key.to_owned(), text.to_owned()),
        other => panic!("{tile}: {other:?}"),
    };
    let label = |feature: fast_mvt::MvtFeatureRef<'_>| {
        let label: BTreeMap<String, String> = feature.properties().map(text).collect();
        (label["code"].clone(), label)
    };
    features.map(label).collect()
}

/// Independent readers: Python's mapbox-vector-tile, zlib and GDAL (tests/clients).
#[test]
fn python_and_gdal_read_every_tile_alike() {
    let Some(data) = real_data() else { return };
    let workspace = subjects(&data);
    let server = workspace.serve();
    run_client("read_tiles.py", &[&server.url, "ru-subjects", "net_migration_rate", "2017"]);
    run_client("gdal_reads.py", &[&server.url, "ru-subjects", "net_migration_rate", "2017"]);
    run_client("recompute.py", &[&server.url, "ru-subjects"]);
    let package = format!("{}/areas/ru-subjects.gpkg?indicator=net_migration_rate&period=2017", server.url);
    run_client("geopackage.py", &[&package]);
}

/// Overlap and gap between neighbours over all tiles, decoded by Python (tests/clients/seams.py).
#[test]
fn neighbours_share_their_border_in_every_tile() {
    let Some(data) = real_data() else { return };
    let workspace = subjects(&data);
    let server = workspace.serve();
    // The limits by which peers were measured are 4 square units a tile at zoom 2 and 0.3 at zoom 4; at most 0.07 was found.
    let limits = ["0=0.2", "1=0.2", "2=0.2", "3=0.2", "4=0.1", "5=0.05", "6=0.05", "7=0.05", "8=0.05"];
    for grid in ["WebMercatorQuad", "RussiaAlbersQuad"] {
        run_client("seams.py", &[&[server.url.as_str(), "ru-subjects", grid, "0", "8"], &limits[..]].concat());
    }
}

/// Runs a program of tests/clients, which has to find nothing wrong.
pub fn run_client(script: &str, arguments: &[&str]) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let own = root.join("target/tools/python/bin/python");
    let python = if own.exists() { own } else { PathBuf::from("python3") };
    let output = Command::new(python).arg(root.join("tests/clients").join(script)).args(arguments).output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    println!("{text}");
    assert!(output.status.success(), "{script}: {text}");
}
