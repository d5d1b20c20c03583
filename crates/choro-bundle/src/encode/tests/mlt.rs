//! Tiles as MapLibre Tiles against the same tiles as Mapbox Vector Tiles, each read by a decoder of its own.

use super::{
    cells, column, every_coding,
    features::{mlt_layers, of_mlt, of_mvt},
    publish,
};
use crate::Column;
use choro_model::Encoding;
use mlt_core::PropValue;

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
                let expected = of_mvt(&old, layer);
                features += expected.len();
                assert_eq!(of_mlt(&new, layer), expected, "{coord} {layer}");
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
        let layers = mlt_layers(&tile);
        let areas = layers.iter().find(|layer| layer.name() == "areas").unwrap();
        assert_eq!(areas.property_names(), expected, "{code:?}");
        let without_values = |code| cells(code, 1).iter().all(|cell| cell.number().is_none());
        let values = areas.features().iter().filter(|f| f.properties().iter().any(|p| matches!(p, PropValue::F64(Some(_)))));
        assert_eq!(values.count() == 0, code.is_none_or(without_values), "{code:?}");
    }
}
