//! A small release for tests: four areas of one set, of which B crosses 180 degrees and D has no polygon.
//!
//! [`write`] is the only place that knows how a bundle is written.

use super::{Options, Server};
use crate::{
    bundle::{Raw, RawCell, RawVintage},
    model::Lang,
};
use serde_json::json;
use std::{collections::BTreeMap, fs, path::Path, time::Duration};

/// The first release.
pub const FIRST: &str = "2026-01-01-aaaaaaaa";
/// The second release, whose values are greater by 100.
pub const SECOND: &str = "2026-02-01-bbbbbbbb";

/// Options as the tests want them.
pub fn options() -> Options {
    Options {
        public_url: "https://maps.example.org".to_owned(),
        lang: Lang::new("en").unwrap(),
        cache_mb: 16,
        release_poll: Duration::from_millis(20),
    }
}

/// A releases folder with the first release, and a server of it.
pub fn server() -> (tempfile::TempDir, Server) {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), FIRST, 0.0);
    point(dir.path(), FIRST);
    let server = Server::open(dir.path(), options()).unwrap();
    (dir, server)
}

/// Makes `release` the current one.
pub fn point(dir: &Path, release: &str) {
    fs::write(dir.join("current.new"), format!("{release}\n")).unwrap();
    fs::rename(dir.join("current.new"), dir.join("current")).unwrap();
}

/// Writes a release whose values are greater by `more`.
pub fn write(dir: &Path, release: &str, more: f64) {
    let dir = dir.join(release);
    fs::create_dir(&dir).unwrap();
    fs::write(dir.join("catalog.json"), catalog(release).to_string()).unwrap();
    fs::write(dir.join("standin.json"), serde_json::to_vec(&raw(more)).unwrap()).unwrap();
}

fn catalog(release: &str) -> serde_json::Value {
    let indicator = |id: &str, en: &str, dimensions: serde_json::Value, decimals: u8| {
        json!({
            "id": id, "name": {"en": en, "ru": format!("{en} (по-русски)")}, "note": {}, "unit": {"id": "PS_PER_1K", "name": {"en": "per 1,000"}},
            "kind": "rate", "decimals": decimals, "dimensions": dimensions, "diverging": id == "rate", "persons": false,
            "declared_public": false, "source": "Statistics of Nowhere", "licence": "CC0-1.0",
            "boundary_sets": [{"id": "regions", "vintage": "2014", "periods": ["2013", "2014"]}],
        })
    };
    let names = |code: &str| json!({"code": code, "name": {"en": format!("sex {code}")}});
    let sex = json!([{"id": "sex", "name": {"en": "Sex"}, "total": "_T",
                      "code_list": {"id": "sex", "items": [names("_T"), names("F"), names("M")]}}]);
    let vintage =
        |id: &str| json!({"id": id, "areas": 4, "polygons": 3, "source": "Maps <of> Nowhere", "licence": "CC0-1.0"});
    json!({
        "release": release, "created": "2026-01-01T00:00:00Z",
        "boundary_sets": [{"id": "regions", "name": {"en": "Regions"}, "vintages": [vintage("2010"), vintage("2014")],
                           "grids": ["WebMercatorQuad"], "bounds": [10.0, 50.0, -169.0, 70.0], "min_zoom": 0, "max_zoom": 5}],
        "grids": [{"id": "WebMercatorQuad", "crs": "+proj=merc", "corner": [-20_037_508.34, 20_037_508.34], "side": 40_075_016.68,
                   "tile_size": 512, "wraps": true}],
        "indicators": [indicator("rate", "Net rate", json!([]), 1), indicator("arrivals", "Arrivals", sex, 0)],
    })
}

fn raw(more: f64) -> Raw {
    let number = |value: f64| RawCell::Number(value + more);
    let state = |text: &str| RawCell::State(text.to_owned());
    let columns = [
        ("rate/2013/", vec![number(-1.5), number(2.0), number(0.0), number(7.25)]),
        ("rate/2014/", vec![number(3.0), state("missing"), state("secrecy"), number(-0.1)]),
        ("arrivals/2013/_T", vec![number(10.0), number(20.0), number(30.0), number(40.0)]),
        ("arrivals/2014/_T", vec![number(11.0), number(21.0), number(31.0), number(41.0)]),
        ("arrivals/2014/F", vec![number(5.0), number(9.0), number(15.0), state("missing")]),
    ];
    let columns = columns.into_iter().map(|(key, cells)| (format!("regions/{key}"), cells)).collect();
    let vintages = ["2010", "2014"].map(|id| (id.to_owned(), vintage()));
    Raw { sets: BTreeMap::from([("regions".to_owned(), BTreeMap::from(vintages))]), columns }
}

fn vintage() -> RawVintage {
    let ring = |west: f64, east: f64| vec![[west, 50.0], [east, 50.0], [east, 70.0], [west, 70.0], [west, 50.0]];
    let row = |code: &str, en: &str, parent: Option<&str>, label: Option<[f64; 2]>| {
        let row = json!({"code": code, "names": {"en": en, "ru": format!("{en} (по-русски)")}, "parent": parent, "label": label, "bounds": null});
        serde_json::from_value(row).unwrap()
    };
    RawVintage {
        rows: vec![
            row("A", "Alpha", None, Some([15.0, 60.0])),
            row("B", "=Beta, \"quoted\"", Some("A"), Some([180.0, 60.0])),
            row("C/1", "Gamma <b>", Some("B"), Some([25.0, 60.0])),
            row("D", "Delta", None, None),
        ],
        geometry: vec![
            Some(vec![ring(10.0, 20.0)]),
            Some(vec![ring(170.0, 191.0)]),
            Some(vec![ring(20.0, 30.123_456_789)]),
            None,
        ],
        grids: BTreeMap::from([("WebMercatorQuad".to_owned(), (0, 5))]),
        empty: vec!["5/0/31".to_owned()],
    }
}
