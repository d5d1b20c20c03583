//! Every tile of a small country, in every encoding, against what was put in, read by decoders that are not ours.

#[path = "../../../../tests/common/features.rs"]
mod features;
mod mlt;

use super::{
    context::Context,
    geojson,
    splice::{Spliced, Tail},
    values,
};
use crate::{BoundaryInput, Build, Bundle, Coding, Column, Skeleton, ValuesInput, ZoomRange};
use choro_figures::disclosure::{UnprotectedColumn, UnprotectedTable, protect_alone};
use choro_model::{
    grid::{Grid, TileCoord},
    *,
};
use fast_mvt::MvtReaderRef;
use features::{Features, of_mvt};
use geo::{LineString, MultiPolygon, Polygon};
use std::{collections::BTreeMap, io::Read as _, path::Path, sync::Arc};

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
        theme: Names::default(),
        keywords: Names::default(),
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
        additive: false,
        weighted_by: None,
        reliable_from: None,
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
    publish_at(releases, "2026-01-01T00:00:00Z")
}

fn publish_at(releases: &Path, created: &str) -> Bundle {
    let (set, indicator, lang) = (country(), indicator(), lang());
    let grid = Grid::web_mercator().unwrap();
    let areas: Arc<[AreaCode]> = set.areas.iter().map(|area| area.code.clone()).collect();
    let period: Period = "2020".parse().unwrap();
    let columns = ["_T", "F", "M"].map(|code| UnprotectedColumn {
        codes: Selection::new(&indicator, period, &[("sex", code)]).unwrap().codes,
        figures: cells(code, areas.len()).into_iter().map(|cell| Figure { cell, status: None }).collect(),
    });
    let (borders, vintage) = (&set.id, &set.vintage);
    let table = UnprotectedTable { set: borders, vintage, indicator: &indicator, period, areas, columns: columns.into() };
    let table = protect_alone(table).unwrap();
    let mut build = Build::begin(releases).unwrap();
    let input = BoundaryInput {
        set: &set.id,
        vintage: &set.vintage,
        names: &set.names,
        content_hash: "1",
        grids: &[&grid],
        zooms: ZoomRange { min: 0, max: 6 },
        most_outside: 1.0,
        mlt: true,
        lang: &lang,
    };
    build.add_vintage(input, || Ok::<_, crate::BundleError>(set.clone())).unwrap();
    let values = ValuesInput { table: &table, indicator: &indicator, origin: None, gaps: &[], reliability: &[] };
    build.add_values(values).unwrap();
    let published = build.finish(created).unwrap();
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

/// A tile as it is, after it was compared with what independent decoders make of it in every coding and with both tails.
fn every_coding(skeleton: &Skeleton, coord: TileCoord, column: Option<&Column>) -> Vec<u8> {
    let spliced = |tail| Spliced::new(skeleton, coord, column, tail).unwrap();
    let plain = spliced(Tail::Stored).bytes(Coding::Identity).unwrap().concat();
    assert_eq!(spliced(Tail::Stored).size(Coding::Identity), Some(plain.len()));
    for (coding, tail) in [
        (Coding::Gzip, Tail::Stored),
        (Coding::Gzip, Tail::Compressed),
        (Coding::Brotli, Tail::Stored),
        (Coding::Zstd, Tail::Stored),
    ] {
        let Some(size) = spliced(tail).size(coding) else {
            assert!(coding != Coding::Gzip && plain.len() < 4096, "{coord}: {coding:?} was left out");
            continue;
        };
        let packed = spliced(tail).bytes(coding).unwrap().concat();
        assert_eq!(inflate(coding, &packed), plain, "{coord} {coding:?} {tail:?}");
        let near = if coding == Coding::Gzip { packed.len() / 2 } else { 0 };
        assert!(packed.len().abs_diff(size) <= near, "{coord} {coding:?} {tail:?}: {} instead of {size}", packed.len());
    }
    plain
}

/// What another decoder than the encoder's own makes of a stream; of Brotli there is one in Rust.
fn inflate(coding: Coding, packed: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    match coding {
        Coding::Identity => out.extend(packed),
        Coding::Gzip => return gunzip(packed),
        Coding::Brotli => assert!(brotli::BrotliDecompress(&mut &packed[..], &mut out).is_ok()),
        Coding::Zstd => {
            let mut rest = packed;
            let mut decoder = ruzstd::decoding::StreamingDecoder::new(&mut rest).unwrap();
            decoder.read_to_end(&mut out).unwrap();
            drop(decoder);
            assert!(rest.is_empty(), "bytes after the end");
        }
    }
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
        assert_eq!(column.cells().collect::<Vec<_>>(), expected);
        for coord in skeleton.tiles() {
            let plain = every_coding(skeleton, coord, Some(&column));
            features += check_tile(&plain, &expected);
        }
    }
    assert!(features > 1000, "{features}");
}

/// The areas of a tile, of which there are some.
fn decode(tile: &[u8]) -> Features {
    let areas = of_mvt(tile, "areas");
    assert!(!areas.is_empty());
    areas
}

/// The tile as the mvt crate writes it, in the slow general way: every feature has its own tags, and an absent value is left out.
fn general(decoded: &Features, expected: &[Cell]) -> Vec<u8> {
    let mut tile = mvt::Tile::new(4096);
    let mut layer = tile.create_layer("areas");
    for (id, (_, geometry)) in decoded {
        let mut encoder = mvt::GeomEncoder::<f32>::new(mvt::GeomType::Polygon);
        let polygons = match geometry {
            geo::Geometry::Polygon(polygon) => vec![polygon.clone()],
            geo::Geometry::MultiPolygon(polygons) => polygons.0.clone(),
            other => panic!("{other:?}"),
        };
        for ring in polygons.iter().flat_map(|p| std::iter::once(p.exterior()).chain(p.interiors())) {
            for point in &ring.0[..ring.0.len() - 1] {
                encoder.add_point(point.x as f32, point.y as f32).unwrap();
            }
            encoder.complete_geom().unwrap();
        }
        let row = usize::try_from(*id).unwrap() - 1;
        let mut feature = layer.into_feature(encoder.encode().unwrap());
        feature.set_id(*id);
        feature.add_tag_string("code", &format!("A{row:02}"));
        feature.add_tag_string("name", &format!("Area {row}"));
        match expected[row] {
            Cell::Value(number) => feature.add_tag_double("value", number),
            Cell::State(state) => feature.add_tag_string("state", state.as_str()),
        }
        layer = feature.into_layer();
    }
    tile.add_layer(layer).unwrap();
    tile.to_bytes().unwrap()
}

/// Compares a spliced tile with the oracle's; how many features it has.
fn check_tile(tile: &[u8], expected: &[Cell]) -> usize {
    let spliced = decode(tile);
    assert_eq!(spliced, decode(&general(&spliced, expected)));
    spliced.len()
}

#[test]
fn a_geometry_only_tile_has_no_value_and_no_state() {
    let dir = tempfile::tempdir().unwrap();
    let bundle = publish(dir.path());
    let skeleton = bundle.vintage("squares", None).unwrap().skeleton("WebMercatorQuad").unwrap();
    for coord in skeleton.tiles() {
        let plain = every_coding(skeleton, coord, None);
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
        "tiles/squares/2020/WebMercatorQuad.mlt-skeleton",
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

/// All files of a grid are made together. Those that could have been taken over are links to the release before by then.
#[test]
fn a_file_of_the_release_before_is_never_written_again() {
    use std::os::unix::fs::MetadataExt as _;
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path().join(publish(dir.path()).release().as_str());
    let path = |ending: &str| root.join(format!("tiles/squares/2020/WebMercatorQuad.{ending}"));
    std::fs::write(path("pmtiles"), "damaged").unwrap();
    let of = |root: &Path| std::fs::metadata(root.join("tiles/squares/2020/WebMercatorQuad.skeleton")).unwrap();
    let before = of(&root);
    let published = publish_at(dir.path(), "2026-01-02T00:00:00Z");
    let after = of(&root);
    assert_eq!((before.ino(), before.mtime_nsec(), before.mtime()), (after.ino(), after.mtime_nsec(), after.mtime()));
    assert_ne!(of(&dir.path().join(published.release().as_str())).ino(), before.ino());
    published.verify_all().unwrap();
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

/// Caches and entity tags know documents by their bytes, and clients read a feature a line.
#[test]
fn values_and_features_are_written_byte_for_byte() {
    let dir = tempfile::tempdir().unwrap();
    let bundle = publish(dir.path());
    let vintage = bundle.vintage("squares", None).unwrap();
    let (indicator, lang) = (indicator(), lang());
    let selection = Selection::new(&indicator, "2020".parse().unwrap(), &[("sex", "F")]).unwrap();
    let column = bundle.column("squares", &selection).unwrap().unwrap();
    let (set, release) = (SetId::new("squares").unwrap(), bundle.release());
    let (areas, borders) = (vintage.areas(), vintage.id());
    let context = Context { release, set: &set, vintage: borders, areas, lang: &lang, attribution: "Nobody" };
    let check = |document: Vec<u8>, pieces: &[&str]| {
        let text = String::from_utf8(document).unwrap();
        assert!(text.starts_with(pieces[0]) && text.ends_with(pieces[pieces.len() - 1]), "{text}");
        assert!(pieces.iter().all(|piece| text.contains(piece)), "{text}");
    };
    let head = format!("\"release\":\"{release}\",\"set\":\"squares\",\"borders\":\"2020\",");
    check(
        values::json(&context, &indicator, &[(selection.clone(), &column)]).unwrap(),
        &[
            &format!("{{{head}\"indicator\":\"rate\",\"selection\":{{\"sex\":\"F\"}},\"periods\":[\"2020\"],"),
            "\"attribution\":\"Nobody\",\"areas\":[\"A00\",\"A01\",",
            "],\"values\":[[-200,-186.75,-173.5,null,-147,",
            "]],\"states\":[{\"missing\":[3],\"secrecy\":[10],\"invalid\":[11,12]}],\"statuses\":[{}]}\n",
        ],
    );
    let values = geojson::Values { indicator: &indicator, selection: &selection, column: &column };
    check(
        geojson::collection(&context, &vintage.geometry().unwrap(), Some(values)).unwrap(),
        &[
            &format!("{{\"type\":\"FeatureCollection\",{head}\"attribution\":\"Nobody\",\"indicator\":{{\"id\":\"rate\","),
            "},\"period\":\"2020\",\"selection\":{\"sex\":\"F\"},\"features\":[\n{\"type\":\"Feature\",\"id\":\"A00\",",
            "\"properties\":{\"code\":\"A00\",\"name\":\"Area 0\",\"parent\":null,\"value\":-200},\"geometry\":{\"type\": ",
            "\"parent\":null,\"value\":null,\"state\":\"missing\"},\"geometry\":{",
            "},\n{\"type\":\"Feature\",\"id\":\"A36\",\"properties\":{\"code\":\"A36\",\"name\":\"Area 36\",\"parent\":null,\
             \"value\":277},\"geometry\":null}\n]}\n",
        ],
    );
}
