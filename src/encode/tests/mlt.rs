//! Tiles as MapLibre Tiles against the same tiles as Mapbox Vector Tiles, each read by a decoder of its own.

use super::{Decoded, cells, column, decode_layer, every_coding, publish};
use crate::{bundle::Column, model::Encoding};
use mlt_core::{Decoder, Layer, Parser, PropValue, TileLayer};

/// The layers of a tile, read by mlt-core.
fn layers(tile: &[u8]) -> Vec<TileLayer> {
    let mut decoder = Decoder::default();
    let layers = Parser::default().parse_layers(tile).unwrap();
    let decoded = layers.into_iter().map(|layer| match layer {
        Layer::Tag01(layer) => layer.into_tile(&mut decoder).unwrap(),
        other => panic!("{other:?}"),
    });
    decoded.collect()
}

fn text(value: &PropValue) -> Option<String> {
    match value {
        PropValue::Str(text) => text.clone(),
        PropValue::F64(number) => number.map(|number| format!("{number:?}")),
        other => panic!("{other:?}"),
    }
}

fn decode(tile: &[u8], name: &str) -> Decoded {
    let layers = layers(tile);
    let Some(layer) = layers.iter().find(|layer| layer.name() == name) else { return Decoded::new() };
    let feature = |feature: &mlt_core::TileFeature| {
        let named = layer.property_names().iter().zip(feature.properties());
        let properties = named.filter_map(|(name, value)| Some((name.clone(), text(value)?))).collect();
        (feature.id().unwrap(), (properties, feature.geometry().clone()))
    };
    layer.features().iter().map(feature).collect()
}

#[test]
fn every_tile_says_the_same_in_both_encodings_and_in_every_coding() {
    let dir = tempfile::tempdir().unwrap();
    let bundle = publish(dir.path());
    let vintage = bundle.vintage("squares", None).unwrap();
    let [mvt, mlt] = Encoding::ALL.map(|encoding| vintage.skeleton_as("WebMercatorQuad", encoding).unwrap());
    assert!(mvt.tiles().eq(mlt.tiles()));
    let columns = ["_T", "F", "M"].map(|code| column(&bundle, code));
    let mut features = 0;
    for column in columns.iter().map(Some).chain([None::<&Column>]) {
        for coord in mvt.tiles() {
            let [old, new] = [mvt, mlt].map(|skeleton| every_coding(skeleton, coord, column));
            for layer in ["areas", "labels"] {
                let expected = decode_layer(&old, layer);
                features += expected.len();
                assert_eq!(decode(&new, layer), expected, "{coord} {layer}");
            }
        }
    }
    assert!(features > 1000, "{features}");
}

#[test]
fn a_column_is_there_only_where_it_can_say_something() {
    let dir = tempfile::tempdir().unwrap();
    let bundle = publish(dir.path());
    let skeleton = bundle.vintage("squares", None).unwrap().skeleton_as("WebMercatorQuad", Encoding::Mlt).unwrap();
    let coord = skeleton.tiles().next().unwrap();
    for (code, expected) in [
        (None, &["code", "name"][..]),
        (Some("_T"), &["code", "name", "value"]),
        (Some("F"), &["code", "name", "value", "state"]),
        (Some("M"), &["code", "name", "value", "state"]),
    ] {
        let column = code.map(|code| column(&bundle, code));
        let tile = every_coding(skeleton, coord, column.as_ref());
        let layers = layers(&tile);
        let areas = layers.iter().find(|layer| layer.name() == "areas").unwrap();
        assert_eq!(areas.property_names(), expected, "{code:?}");
        let without_values = |code| cells(code, 1).iter().all(|cell| cell.number().is_none());
        let values = areas.features().iter().filter(|f| f.properties().iter().any(|p| matches!(p, PropValue::F64(Some(_)))));
        assert_eq!(values.count() == 0, code.is_none_or(without_values), "{code:?}");
    }
}
