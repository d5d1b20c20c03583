//! Mapbox Vector Tiles and MapLibre Tiles of real boundaries, each read by a decoder of its own.

use crate::{
    harness::{Server, real_data},
    real,
};
use fast_mvt::{MvtReaderRef, MvtValueRef};
use mlt_core::{Decoder, Layer, Parser, PropValue};
use std::collections::BTreeMap;

const DEEPEST: u32 = 5;

/// Features by layer and id: their properties as texts, and their geometry.
type Features = BTreeMap<(String, u64), (BTreeMap<String, String>, geo::Geometry<i32>)>;

fn of_mvt(tile: &[u8]) -> Features {
    let text = |value| match value {
        MvtValueRef::String(text) => text.to_owned(),
        MvtValueRef::Double(number) => format!("{number:?}"),
        other => panic!("{other:?}"),
    };
    let mut features = Features::new();
    for layer in MvtReaderRef::new(tile).unwrap().layers() {
        for feature in layer.features() {
            let properties = feature.properties().map(Result::unwrap).map(|(key, value)| (key.to_owned(), text(value)));
            let key = (layer.name().to_owned(), feature.id().unwrap());
            features.insert(key, (properties.collect(), feature.geometry().unwrap()));
        }
    }
    features
}

fn of_mlt(tile: &[u8]) -> Features {
    let text = |value: &PropValue| match value {
        PropValue::Str(text) => text.clone(),
        PropValue::F64(number) => number.map(|number| format!("{number:?}")),
        other => panic!("{other:?}"),
    };
    let mut features = Features::new();
    for layer in Parser::default().parse_layers(tile).unwrap() {
        let Layer::Tag01(layer) = layer else { panic!("a layer of another version") };
        let layer = layer.into_tile(&mut Decoder::default()).unwrap();
        for feature in layer.features() {
            let named = layer.property_names().iter().zip(feature.properties());
            let properties = named.filter_map(|(name, value)| Some((name.clone(), text(value)?))).collect();
            features.insert((layer.name().to_owned(), feature.id().unwrap()), (properties, feature.geometry().clone()));
        }
    }
    features
}

/// Compares all tiles of a grid; how many features they have.
fn compare(server: &Server, grid: &str, query: &str) -> usize {
    let mut count = 0;
    let mut tiles = vec![(0, 0, 0)];
    while let Some((z, x, y)) = tiles.pop() {
        let [mvt, mlt] =
            ["mvt", "mlt"].map(|encoding| server.get(&format!("/tiles/ru-subjects/{grid}/{z}/{x}/{y}.{encoding}?{query}")));
        assert_eq!(mvt.status, mlt.status, "{grid} {z}/{x}/{y}");
        if mvt.status == 204 {
            continue;
        }
        let expected = of_mvt(&mvt.body);
        assert!(of_mlt(&mlt.body) == expected, "{grid} {z}/{x}/{y} {query}");
        count += expected.len();
        if z < DEEPEST {
            tiles.extend([(0, 0), (0, 1), (1, 0), (1, 1)].map(|(right, down)| (z + 1, 2 * x + right, 2 * y + down)));
        }
    }
    count
}

#[test]
fn every_tile_of_real_boundaries_says_the_same_in_both_encodings() {
    let Some(data) = real_data() else { return };
    let workspace = real::subjects(&data);
    workspace.configure(&format!("[boundary_sets.ru-subjects]\nmax_zoom = {DEEPEST}\nmlt = true\n"));
    workspace.ok(&["publish"]);
    let server = workspace.serve();
    for grid in ["WebMercatorQuad", "RussiaAlbersQuad"] {
        // With gaps, with others, without values.
        for query in ["indicator=net_migration_rate&period=2017", "indicator=net_migration_rate&period=2012", ""] {
            let features = compare(&server, grid, query);
            assert!(features > 500, "{grid} {query}: {features}");
        }
    }
}
