//! Every tile of a small country, in every encoding, against what was put in, read by decoders that are not ours.

use super::splice::{self, Encoding};
use crate::{
    bundle::{BoundaryInput, Build, Bundle, Column, ValuesInput, ZoomRange},
    disclosure,
    grid::Grid,
    model::*,
};
use fast_mvt::{MvtReaderRef, MvtValueRef};
use geo::{LineString, MultiPolygon, Polygon};
use std::{collections::BTreeMap, path::Path, sync::Arc};

const SIDE: usize = 6;

fn lang() -> Lang {
    Lang::new("en").unwrap()
}

/// A country of squares of two degrees, and an area without polygon.
fn country() -> BoundarySet {
    let square = |x: f64, y: f64| {
        let ring = LineString::from(vec![[x, y], [x + 2.0, y], [x + 2.0, y + 2.0], [x, y + 2.0], [x, y]]);
        MultiPolygon(vec![Polygon::new(ring, vec![])])
    };
    let area = |i: usize| Area {
        code: AreaCode::new(&format!("A{i:02}")).unwrap(),
        names: Names(BTreeMap::from([(lang(), format!("Area {i}"))])),
        parent: None,
        geometry: (i < SIDE * SIDE).then(|| square((i % SIDE) as f64 * 2.0 + 40.0, (i / SIDE) as f64 * 2.0 + 50.0)),
    };
    BoundarySet {
        id: SetId::new("squares").unwrap(),
        vintage: VintageId::new("2020").unwrap(),
        names: Names::default(),
        source: String::new(),
        licence: String::new(),
        areas: (0..=SIDE * SIDE).map(area).collect(),
    }
}

fn indicator() -> Indicator {
    let item = |code: &str| CodeItem { code: Code::new(code).unwrap(), name: Names::default(), parent: None };
    let sex = CodeList { id: "sex".to_owned(), items: ["_T", "F", "M"].map(item).to_vec() };
    Indicator {
        id: IndicatorId::new("rate").unwrap(),
        name: Names::default(),
        note: Names::default(),
        unit: Unit { id: "PS_PER_1K".to_owned(), name: Names::default() },
        kind: Kind::Rate,
        decimals: 1,
        dimensions: vec![Dimension {
            id: DimensionId::new("sex").unwrap(),
            name: Names::default(),
            code_list: Arc::new(sex),
            total: Code::new("_T").unwrap(),
        }],
        diverging: true,
        persons: false,
        declared_public: false,
        source: String::new(),
        licence: String::new(),
    }
}

/// `_T` has no gap, `F` one of each state, `M` nothing but gaps.
fn cells(code: &str, count: usize) -> Vec<Cell> {
    let number = |i: usize| Cell::value(i as f64 * 13.25 - 200.0).unwrap();
    let cell = |i: usize| match (code, i) {
        ("F", 3) => Cell::State(State::Missing),
        ("F", 10) => Cell::State(State::Secrecy),
        ("F", 11 | 12) => Cell::State(State::Invalid),
        ("M", _) => Cell::State(State::Missing),
        _ => number(i),
    };
    (0..count).map(cell).collect()
}

fn publish(releases: &Path) -> Bundle {
    let (set, indicator, lang) = (country(), indicator(), lang());
    let grid = Grid::web_mercator().unwrap();
    let codes: Vec<&str> = set.areas.iter().map(|area| area.code.as_str()).collect();
    let period: Period = "2020".parse().unwrap();
    let columns: Vec<_> = ["_T", "F", "M"]
        .iter()
        .map(|code| {
            let selection = Selection::new(&indicator, period, &[("sex", code)]).unwrap();
            let statuses = vec![None; codes.len()];
            disclosure::publish(&indicator, selection, cells(code, codes.len()), statuses, |row| codes[row]).unwrap()
        })
        .collect();
    let mut build = Build::begin(releases).unwrap();
    let input = BoundaryInput {
        set: &set.id,
        vintage: &set.vintage,
        names: &set.names,
        content_hash: "1",
        grids: &[&grid],
        zooms: ZoomRange { min: 0, max: 6 },
        lang: &lang,
    };
    build.add_vintage(input, || Ok::<_, crate::bundle::BundleError>(set.clone())).unwrap();
    let values =
        ValuesInput { set: &set.id, vintage: &set.vintage, indicator: &indicator, period, areas: &codes, columns: &columns };
    build.add_values(values).unwrap();
    let published = build.finish("2026-01-01T00:00:00Z").unwrap();
    Bundle::open(&releases.join(published.release.as_str())).unwrap()
}

fn column(bundle: &Bundle, code: &str) -> Column {
    let selection = Selection::new(&indicator(), "2020".parse().unwrap(), &[("sex", code)]).unwrap();
    bundle.column("squares", &selection).unwrap().unwrap()
}

fn gunzip(packed: &[u8]) -> Vec<u8> {
    let size = u32::from_le_bytes(packed[packed.len() - 4..].try_into().unwrap()) as usize;
    let mut out = vec![0; size];
    // libdeflate checks the checksum and the length.
    let read = libdeflater::Decompressor::new().gzip_decompress(packed, &mut out).unwrap();
    assert_eq!(read, size);
    out
}

#[test]
fn every_tile_of_every_selection_says_what_was_put_in() {
    let dir = tempfile::tempdir().unwrap();
    let bundle = publish(dir.path());
    let vintage = bundle.vintage("squares", None).unwrap();
    let skeleton = vintage.skeleton("WebMercatorQuad").unwrap();
    let mut features = 0;
    for code in ["_T", "F", "M"] {
        let expected = cells(code, vintage.areas().rows().len());
        let column = column(&bundle, code);
        assert_eq!(column.cells(), expected);
        for coord in skeleton.tiles() {
            let plain = splice::tile(skeleton, coord, Some(&column), Encoding::Identity).unwrap().unwrap();
            let packed = splice::tile(skeleton, coord, Some(&column), Encoding::Gzip).unwrap().unwrap();
            assert_eq!(gunzip(&packed), plain, "{coord}");
            features += check_tile(&plain, &expected);
        }
    }
    assert!(features > 1000, "{features}");
}

fn check_tile(tile: &[u8], expected: &[Cell]) -> usize {
    let reader = MvtReaderRef::new(tile).unwrap();
    let layer = reader.layers().find(|layer| layer.name() == "areas").unwrap();
    let mut count = 0;
    for feature in layer.features() {
        feature.geometry().unwrap();
        let row = usize::try_from(feature.id().unwrap()).unwrap() - 1;
        let mut found: BTreeMap<String, String> = BTreeMap::new();
        for property in feature.properties() {
            let (key, value) = property.unwrap();
            let text = match value {
                MvtValueRef::String(text) => text.to_owned(),
                MvtValueRef::Double(number) => format!("{number:?}"),
                other => panic!("{other:?}"),
            };
            found.insert(key.to_owned(), text);
        }
        let mut wanted =
            BTreeMap::from([("code".to_owned(), format!("A{row:02}")), ("name".to_owned(), format!("Area {row}"))]);
        match expected[row] {
            Cell::Value(number) => wanted.insert("value".to_owned(), format!("{number:?}")),
            Cell::State(state) => wanted.insert("state".to_owned(), state.to_string()),
        };
        assert_eq!(found, wanted);
        count += 1;
    }
    count
}

#[test]
fn a_geometry_only_tile_has_no_value_and_no_state() {
    let dir = tempfile::tempdir().unwrap();
    let bundle = publish(dir.path());
    let skeleton = bundle.vintage("squares", None).unwrap().skeleton("WebMercatorQuad").unwrap();
    for coord in skeleton.tiles() {
        let plain = splice::tile(skeleton, coord, None, Encoding::Identity).unwrap().unwrap();
        let packed = splice::tile(skeleton, coord, None, Encoding::Gzip).unwrap().unwrap();
        assert_eq!(gunzip(&packed), plain);
        let reader = MvtReaderRef::new(&plain).unwrap();
        let layer = reader.layers().find(|layer| layer.name() == "areas").unwrap();
        assert!(layer.features().all(|feature| feature.properties().count() == 2));
    }
}

#[test]
fn a_flipped_bit_in_any_file_is_found_and_never_served() {
    let dir = tempfile::tempdir().unwrap();
    let root = {
        let bundle = publish(dir.path());
        dir.path().join(bundle.release().as_str())
    };
    for name in [
        "manifest.json",
        "catalog.json",
        "boundaries/squares/2020/areas.json",
        "boundaries/squares/2020/areas.fgb",
        "tiles/squares/2020/WebMercatorQuad.skeleton",
        "values/squares/2020/rate/2020.parquet",
    ] {
        let path = root.join(name);
        let good = std::fs::read(&path).unwrap();
        for at in [0, good.len() / 2, good.len() - 2] {
            let mut bad = good.clone();
            bad[at] ^= 1;
            std::fs::write(&path, &bad).unwrap();
            let result = Bundle::open(&root).and_then(|bundle| {
                bundle.verify_all()?;
                Ok(bundle.column("squares", &Selection::new(&indicator(), "2020".parse().unwrap(), &[]).unwrap())?.is_some())
            });
            assert!(result.is_err(), "{name} byte {at}");
        }
        std::fs::write(&path, &good[..good.len() - 1]).unwrap();
        assert!(Bundle::open(&root).is_err(), "{name} cut short");
        std::fs::write(&path, &good).unwrap();
    }
    assert!(Bundle::open(&root).is_ok());
}

#[test]
fn a_second_publisher_is_told_to_wait_and_an_unfinished_build_leaves_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let first = Build::begin(dir.path()).unwrap();
    let refused = Build::begin(dir.path()).unwrap_err();
    assert!(refused.to_string().contains("another publish is running"), "{refused}");
    drop(first);
    let left: Vec<_> = std::fs::read_dir(dir.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(left, [".lock"]);
    publish(dir.path());
}

#[test]
fn full_geometry_and_generalised_geometry_come_back_in_table_order() {
    let dir = tempfile::tempdir().unwrap();
    let bundle = publish(dir.path());
    let vintage = bundle.vintage("squares", None).unwrap();
    let full = vintage.geometry().unwrap();
    let expected: Vec<_> = country().areas.into_iter().map(|area| area.geometry).collect();
    assert_eq!(full, expected);
    for (a, b) in vintage.generalised(6).unwrap().iter().zip(&expected) {
        assert_eq!(a.is_some(), b.is_some());
        if let (Some(a), Some(b)) = (a, b) {
            use geo::{Area as _, BooleanOps as _};
            assert!(a.xor(b).unsigned_area() < 0.01, "{a:?}");
        }
    }
}
