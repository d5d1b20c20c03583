//! Skeleton tiles as MapLibre Tiles (<https://maplibre.org/maplibre-tile-spec/specification/>), up to where the values begin.
//!
//! mlt-core encodes what is constant, once a tile. Its layer is taken apart at the list of columns, columns for the values are
//! announced there, and their streams stand last in the layer, and the layer last in the tile:
//!
//! ```text
//! size | 1 | name, extent, count of columns | types and names of the columns | streams of the columns
//!
//! shared:  id geometry code name | value
//! keyed:   id geometry code name | value? state?
//! plain:   id geometry code name
//! ```
//!
//! `streams` says how the columns behind the bar have the same length whichever areas have a value.

mod layer;
mod streams;

pub use streams::{STATE_LENGTH, Streams, bits};

use super::{
    cut_tile::{AreaLabel, CutTile},
    encode::{LAYER_AREAS, LAYER_LABELS, SkeletonTile, anchored},
    shapes::Shape,
};
use choro_model::grid::{EXTENT, TileCoord};
use geo::{Coord, Geometry, LineString, MultiPolygon, Point, Polygon};
use layer::Layer;
use mlt_core::{MltError, Parser, PropKind, PropValue, TileLayer, encoder::EncoderConfig};

/// Types of columns. The lowest bit says that not every feature has a value.
const DOUBLE: u8 = 26;
const TEXT: u8 = 28;
const OPTIONAL: u8 = 1;

/// A tile could not be encoded as MLT.
#[derive(Debug, thiserror::Error)]
#[error("tile {coord} cannot be encoded as MLT: {what}")]
pub struct MltTileError {
    coord: TileCoord,
    what: String,
}

/// Encodes a tile.
pub fn tile(cut: &CutTile<'_>) -> Result<SkeletonTile, MltTileError> {
    let refused = |what: String| MltTileError { coord: cut.coord, what };
    let labels = labels(cut).map_err(|error| refused(error.to_string()))?;
    let areas = areas(cut).map_err(|error| refused(error.to_string()))?;
    let layer = Layer::split(&areas).ok_or_else(|| refused("its layer does not begin as expected".to_owned()))?;
    let streams = Streams::new(cut.areas.len());
    let with = |columns: &[(u8, &str)], tail| [labels.as_slice(), &layer.with(columns, tail)].concat();
    let values = [(DOUBLE | OPTIONAL, "value"), (TEXT | OPTIONAL, "state")];
    let tile = SkeletonTile {
        coord: cut.coord,
        rows: cut.rows(),
        shared: with(&[(DOUBLE, "value")], streams.shared_tail()),
        keyed: with(&values, streams.keyed_tail()),
        plain: with(&[], 0),
    };
    check(&tile.shared, &streams.blank_values(), &["code", "name", "value"]).map_err(refused)?;
    check(&tile.keyed, &streams.blank_states(), &["code", "name", "value", "state"]).map_err(refused)?;
    Ok(tile)
}

/// Sees that a reader finds the columns of the values where they are announced: after all others, and up to the end of the tile.
fn check(skeleton: &[u8], follows: &[u8], expected: &[&str]) -> Result<(), String> {
    let tile = [skeleton, follows].concat();
    let layers = Parser::with_max_size(u32::MAX).parse_layers(&tile).map_err(|error| error.to_string())?;
    let names: Vec<String> = match layers.last() {
        Some(mlt_core::Layer::Tag01(areas)) => areas.iterate_prop_names().map(|name| name.to_string()).collect(),
        _ => Vec::new(),
    };
    if names == expected { Ok(()) } else { Err(format!("its columns are {names:?}, expected {expected:?}")) }
}

/// Features stay in the order of their rows. Nothing is packed to bits: a content coding makes more of whole bytes
/// (docs/performance.md).
fn config() -> EncoderConfig {
    EncoderConfig::default()
        .with_spatial_morton_sort(false)
        .with_spatial_hilbert_sort(false)
        .with_id_sort(false)
        .with_fsst(false)
        .with_fastpfor(false)
        .with_shared_dict(false)
}

fn areas(cut: &CutTile<'_>) -> Result<Vec<u8>, MltError> {
    let mut layer = TileLayer::builder(LAYER_AREAS, EXTENT.cast_unsigned())?;
    let (code, name) = (layer.add_property("code", PropKind::Str)?, layer.add_property("name", PropKind::Str)?);
    for (row, shapes) in &cut.areas {
        let label = cut.labels.get(*row as usize);
        let text = |of: fn(&AreaLabel) -> &String| PropValue::Str(Some(label.map(of).cloned().unwrap_or_default()));
        let mut feature = layer.feature(geometry(shapes));
        feature.id(Some(u64::from(*row) + 1)).property(code, text(|label| &label.code))?;
        feature.property(name, text(|label| &label.name))?;
        feature.finish()?;
    }
    layer.finish().encode(config())
}

fn labels(cut: &CutTile<'_>) -> Result<Vec<u8>, MltError> {
    let here: Vec<_> = anchored(cut).collect();
    let mut layer = TileLayer::builder(LAYER_LABELS, EXTENT.cast_unsigned())?;
    let (code, name) = (layer.add_property("code", PropKind::Str)?, layer.add_property("name", PropKind::Str)?);
    let mut langs: Vec<&str> = here.iter().flat_map(|(_, label, _)| &label.names).map(|(lang, _)| lang.as_str()).collect();
    langs.sort_unstable();
    langs.dedup();
    let keys = langs.iter().map(|lang| layer.add_property(format!("name_{lang}"), PropKind::Str));
    let keys = keys.collect::<Result<Vec<_>, _>>()?;
    for (row, label, [x, y]) in here {
        let mut feature = layer.feature(Geometry::Point(Point::new(x, y)));
        feature.id(Some(u64::from(row) + 1)).property(code, PropValue::Str(Some(label.code.clone())))?;
        feature.property(name, PropValue::Str(Some(label.name.clone())))?;
        for (lang, key) in langs.iter().zip(&keys) {
            let text = label.names.iter().find(|(known, _)| known == lang).map(|(_, name)| name.clone());
            feature.property(*key, PropValue::Str(text))?;
        }
        feature.finish()?;
    }
    // Nothing, where there is no feature.
    layer.finish().encode(config())
}

fn geometry(shapes: &[Shape]) -> Geometry<i32> {
    let ring = |ring: &Vec<[i32; 2]>| LineString(ring.iter().map(|[x, y]| Coord { x: *x, y: *y }).collect());
    let polygon = |shape: &Shape| {
        let mut rings = shape.iter().map(ring);
        Polygon::new(rings.next().unwrap_or_else(|| LineString(Vec::new())), rings.collect())
    };
    match shapes {
        [shape] => Geometry::Polygon(polygon(shape)),
        _ => Geometry::MultiPolygon(MultiPolygon(shapes.iter().map(polygon).collect())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use mlt_core::Decoder;
    use proptest::prelude::*;

    /// A layer of that many points, without properties.
    fn points(count: usize) -> Vec<u8> {
        let mut layer = TileLayer::builder("points", 4096).unwrap();
        (0..count).for_each(|_| layer.feature(Geometry::Point(Point::new(1, 2))).finish().unwrap());
        layer.finish().encode(config()).unwrap()
    }

    /// What mlt-core reads of a layer to which values were appended, or states where there are none.
    fn read_back(values: &[Option<f64>]) -> Vec<(PropValue, PropValue)> {
        let (count, layer) = (values.len(), points(values.len()));
        let streams = Streams::new(count);
        let columns = [(DOUBLE | OPTIONAL, "value"), (TEXT | OPTIONAL, "state")];
        let mut tile = Layer::split(&layer).unwrap().with(&columns, streams.keyed_tail());
        let there = values.iter().flatten().count();
        streams.head_of_some_values(&bits(values.iter().map(Option::is_some)), there, &mut tile);
        values.iter().flatten().for_each(|value| tile.extend(value.to_le_bytes()));
        streams.head_of_states(&bits(values.iter().map(Option::is_none)), there, &mut tile);
        (there..count).for_each(|_| tile.extend(b"missing"));
        let parsed = Parser::default().parse_layers(&tile).unwrap().pop().unwrap();
        let mlt_core::Layer::Tag01(parsed) = parsed else { panic!("another version") };
        let layer = parsed.into_tile(&mut Decoder::default()).unwrap();
        layer.features().iter().map(|f| (f.properties()[0].clone(), f.properties()[1].clone())).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn appended_columns_are_read_back(
            values in prop_oneof![
                prop::collection::vec(prop::option::of(-1e9..1e9), 1..40),
                prop::collection::vec(prop::option::weighted(0.95, -1e9..1e9), 100..1100),
                prop::collection::vec(prop::option::weighted(0.02, -1e9..1e9), 1000..3000),
            ].prop_filter("a gap", |values: &Vec<Option<f64>>| values.iter().any(Option::is_none))
        ) {
            let state = |value: &Option<f64>| value.is_none().then(|| "missing".to_owned());
            let expected: Vec<_> = values.iter().map(|v| (PropValue::F64(*v), PropValue::Str(state(v)))).collect();
            prop_assert_eq!(read_back(&values), expected);
        }
    }

    #[test]
    fn a_column_that_is_not_where_it_was_announced_is_found() {
        let (layer, streams) = (points(20), Streams::new(20));
        let with = |tail| Layer::split(&layer).unwrap().with(&[(DOUBLE, "value")], tail);
        assert_eq!(check(&with(streams.shared_tail()), &streams.blank_values(), &["value"]), Ok(()));
        assert!(check(&with(streams.shared_tail()), &streams.blank_values(), &["code", "value"]).is_err());
        assert!(check(&with(streams.shared_tail() + 1), &streams.blank_values(), &["value"]).is_err());
        assert!(check(&with(streams.shared_tail()), &streams.blank_states(), &["value"]).is_err());
    }

    #[test]
    fn what_is_no_layer_is_refused() {
        let good = points(3);
        assert!(Layer::split(&good).is_some());
        for cut in 0..good.len() {
            assert!(Layer::split(&good[..cut]).is_none(), "{cut}");
        }
    }
}
