//! The features of a tile as decoders that are not ours read them: fast-mvt and mlt-core.

use fast_mvt::{MvtReaderRef, MvtValueRef};
use mlt_core::{Decoder, Layer, Parser, PropValue, TileLayer};
use std::collections::BTreeMap;

/// Features by id: their properties as texts, and their geometry.
pub type Features = BTreeMap<u64, (BTreeMap<String, String>, geo::Geometry<i32>)>;

/// A layer of a Mapbox Vector Tile; one that is not there is empty.
pub fn of_mvt(tile: &[u8], name: &str) -> Features {
    let text = |value: MvtValueRef<'_>| match value {
        MvtValueRef::String(text) => text.to_owned(),
        MvtValueRef::Double(number) => format!("{number:?}"),
        other => panic!("{other:?}"),
    };
    let reader = MvtReaderRef::new(tile).unwrap();
    let Some(layer) = reader.layers().find(|layer| layer.name() == name) else { return Features::new() };
    let feature = |feature: fast_mvt::MvtFeatureRef<'_>| {
        let properties = feature.properties().map(Result::unwrap).map(|(key, value)| (key.to_owned(), text(value)));
        (feature.id().unwrap(), (properties.collect(), feature.geometry().unwrap()))
    };
    layer.features().map(feature).collect()
}

/// The features of a layer of a MapLibre Tile.
pub fn of_mlt(tile: &[u8], name: &str) -> Features {
    let text = |value: &PropValue| match value {
        PropValue::Str(text) => text.clone(),
        PropValue::F64(number) => number.map(|number| format!("{number:?}")),
        other => panic!("{other:?}"),
    };
    let layers = mlt_layers(tile);
    let Some(layer) = layers.iter().find(|layer| layer.name() == name) else { return Features::new() };
    let feature = |feature: &mlt_core::TileFeature| {
        let named = layer.property_names().iter().zip(feature.properties());
        let properties = named.filter_map(|(name, value)| Some((name.clone(), text(value)?))).collect();
        (feature.id().unwrap(), (properties, feature.geometry().clone()))
    };
    layer.features().iter().map(feature).collect()
}

/// The layers of a MapLibre Tile.
pub fn mlt_layers(tile: &[u8]) -> Vec<TileLayer> {
    let mut decoder = Decoder::default();
    let layers = Parser::default().parse_layers(tile).unwrap();
    let decoded = layers.into_iter().map(|layer| match layer {
        Layer::Tag01(layer) => layer.into_tile(&mut decoder).unwrap(),
        other => panic!("{other:?}"),
    });
    decoded.collect()
}
