//! The demo: its catalogue and tiles, and its map in a browser.

use crate::{browser, harness::Server, real};
use fast_mvt::{MvtReaderRef, MvtValueRef};
use std::collections::BTreeMap;

fn demo() -> (tempfile::TempDir, Server) {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(&["demo", "--addr", "127.0.0.1:0", "--dir", "workspace"], folder.path());
    (folder, server)
}

#[test]
fn the_demo_has_twelve_synthetic_indicators_of_ten_years_in_both_grids() {
    let (_folder, server) = demo();
    let catalog = server.json("/catalog.json");
    let grids: Vec<_> = catalog["grids"].as_array().unwrap().iter().map(|grid| grid["id"].as_str().unwrap()).collect();
    for grid in ["WebMercatorQuad", "RussiaAlbersQuad"] {
        assert!(grids.contains(&grid), "{grids:?}");
    }
    let indicators = catalog["indicators"].as_array().unwrap();
    assert_eq!(indicators.len(), 12);
    for indicator in indicators {
        let synthetic =
            |text: &serde_json::Value| text.as_str().is_some_and(|text| text.to_lowercase().contains("synthetic"));
        assert!(synthetic(&indicator["name"]["en"]) && synthetic(&indicator["source"]), "{indicator}");
        assert_eq!(indicator["boundary_sets"][0]["periods"].as_array().map(Vec::len), Some(10), "{indicator}");
    }
    let diverging = indicators.iter().filter(|indicator| indicator["diverging"] == true);
    assert!(diverging.count() >= 1);
    says_synthetic(&server, "/areas/eaeu-subjects/RU-LEN");
    for indicator in indicators {
        let id = indicator["id"].as_str().unwrap();
        for path in [
            format!("/tiles/eaeu-subjects/WebMercatorQuad.json?indicator={id}&period=2020"),
            format!("/legends/{id}.json?set=eaeu-subjects&period=2020"),
            format!("/styles/choropleth.json?set=eaeu-subjects&grid=WebMercatorQuad&indicator={id}&period=2020"),
            format!("/values/eaeu-subjects.json?indicator={id}&period=2020"),
            format!("/values/eaeu-subjects.csv?indicator={id}&period=2020"),
            format!("/areas/eaeu-subjects.geojson?indicator={id}&period=2020&zoom=2"),
        ] {
            says_synthetic(&server, &path);
        }
    }
}

/// Class counts, labels, differences, summaries, circles and sums, recomputed from the CSV in decimals (tests/clients/recompute.py).
#[test]
fn what_is_said_of_the_figures_is_what_they_are() {
    let (_folder, server) = demo();
    real::run_client("recompute.py", &[&server.url, "eaeu-subjects", "world-countries"]);
}

fn says_synthetic(server: &Server, path: &str) {
    let reply = server.get(path);
    assert_eq!(reply.status, 200, "{path}: {}", reply.text());
    assert!(reply.text().to_lowercase().contains("synthetic"), "{path} does not say that it is synthetic");
}

/// How many areas of a tile have a value, and how many each state.
fn looks(server: &Server, path: &str) -> BTreeMap<String, usize> {
    let reply = server.get(path);
    assert_eq!(reply.status, 200, "{path}: {}", reply.text());
    let mut looks = BTreeMap::new();
    let reader = MvtReaderRef::new(&reply.body).unwrap();
    for feature in reader.layers().filter(|layer| layer.name() == "areas").flat_map(|layer| layer.features()) {
        let look = feature.properties().find_map(|property| match property.unwrap() {
            ("value", MvtValueRef::Double(number)) => Some(if number == 0.0 { "zero" } else { "value" }.to_owned()),
            ("state", MvtValueRef::String(state)) => Some(state.to_owned()),
            _ => None,
        });
        *looks.entry(look.unwrap()).or_default() += 1;
    }
    looks
}

#[test]
fn the_demos_tiles_hold_values_missing_ones_and_withheld_ones() {
    let (_folder, server) = demo();
    let catalog = server.json("/catalog.json");
    for grid in ["WebMercatorQuad", "RussiaAlbersQuad"] {
        let mut all: BTreeMap<String, usize> = BTreeMap::new();
        for indicator in catalog["indicators"].as_array().unwrap() {
            let id = indicator["id"].as_str().unwrap();
            for period in indicator["boundary_sets"][0]["periods"].as_array().unwrap() {
                let period = period.as_str().unwrap();
                let looks = looks(&server, &format!("/tiles/eaeu-subjects/{grid}/0/0/0.mvt?indicator={id}&period={period}"));
                looks.into_iter().for_each(|(look, count)| *all.entry(look).or_default() += count);
            }
        }
        for look in ["value", "missing", "secrecy"] {
            assert!(all.get(look).is_some_and(|count| *count > 0), "{grid}: no area is {look}: {all:?}");
        }
        assert!(all["value"] > all["missing"] + all["secrecy"], "{grid}: {all:?}");
    }
}

/// The pixel of an area is the colour of its class, and no line runs along 180 degrees (tests/browser).
#[test]
fn the_map_of_the_demo_is_right_in_a_browser() {
    let Some(scripts) = browser::scripts() else { return };
    if std::env::var_os("CHORO_TEST_DATABASE").is_some() {
        // The demo has a database of its own, whatever the other tests are given: the browser looks at it once.
        return;
    }
    let (_folder, server) = demo();
    for script in ["run.mjs", "styles.mjs", "codings.mjs", "mlt.mjs"] {
        browser::passes(&scripts, script, &server);
    }
}
