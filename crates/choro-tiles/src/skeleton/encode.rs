//! Skeleton tiles as MVT 2.1 (<https://github.com/mapbox/vector-tile-spec/tree/master/2.1>), up to where the values begin.
//!
//! Feature i of N in layer `areas` always has the tags
//!
//! ```text
//! shared:  code -> values[i], name -> values[N+i], keys[2]   -> values[2N+i]      keys[2] = "value"
//! keyed:   code -> values[i], name -> values[N+i], keys[2+i] -> values[2N+i]      keys[2+i] = "value" or "state"
//! ```
//!
//! so that every feature's bytes are constant: what changes with the selection are N table entries of constant width, which
//! stand last in the layer, and the layer last in the tile: N of [`VALUE_WIDTH`], in `keyed` behind N of [`KEY_WIDTH`]. `shared` serves tiles without gaps, `keyed` the others: a feature
//! without value has no `value` at all, in bytes of the same length. Features, keys and values are repeated fields, whose
//! kinds may stand in any order. The specification asks that tables SHOULD NOT repeat entries; all readers tried take it.

use super::{
    cut_tile::{AreaLabel, CutTile},
    shapes::Shape,
};
use choro_model::grid::{EXTENT, TileCoord};

/// The layer of the areas.
pub const LAYER_AREAS: &str = "areas";
/// The layer of one point an area.
pub const LAYER_LABELS: &str = "labels";
/// Bytes of one entry of the key table, `value` or `state`.
pub const KEY_WIDTH: usize = 7;
/// Bytes of one entry of the value table, a double or a state.
pub const VALUE_WIDTH: usize = 11;
/// The key table's entry `value`.
pub const VALUE_KEY: &[u8; KEY_WIDTH] = b"\x1a\x05value";

/// A tile without values, in one of the encodings. How many bytes follow: [`super::shared_tail`], [`super::keyed_tail`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SkeletonTile {
    /// Which tile.
    pub coord: TileCoord,
    /// The areas in it as rows of the area table, in feature order. Feature ids are these rows plus 1.
    pub rows: Vec<u32>,
    /// Everything before the values of a tile without gaps.
    pub shared: Vec<u8>,
    /// Everything before the values of a tile with gaps.
    pub keyed: Vec<u8>,
    /// The whole tile of a client that joins values itself: features have no `value`.
    pub plain: Vec<u8>,
}

/// Which table entries a feature's tags name after code and name.
#[derive(Clone, Copy, PartialEq)]
enum Slots {
    Shared,
    Keyed,
    Plain,
}

/// Encodes a tile.
pub fn tile(cut: &CutTile<'_>) -> SkeletonTile {
    let rows = cut.rows();
    let geometries: Vec<Vec<u8>> = cut.areas.values().map(|shapes| polygons(shapes)).collect();
    let label_layer = label_layer(cut);
    let with = |slots| [label_layer.clone(), area_layer(&rows, &geometries, cut.labels, slots)].concat();
    let [shared, keyed, plain] = [Slots::Shared, Slots::Keyed, Slots::Plain].map(with);
    SkeletonTile { coord: cut.coord, shared, keyed, plain, rows }
}

fn area_layer(rows: &[u32], geometries: &[Vec<u8>], labels: &[AreaLabel], slots: Slots) -> Vec<u8> {
    let count = rows.len();
    let mut body = layer_head(LAYER_AREAS);
    for ((index, row), geometry) in rows.iter().enumerate().zip(geometries) {
        let mut tags = vec![0, index, 1, count + index];
        match slots {
            Slots::Shared => tags.extend([2, 2 * count + index]),
            Slots::Keyed => tags.extend([2 + index, 2 * count + index]),
            Slots::Plain => {}
        }
        // 3: POLYGON
        field(&mut body, 2, &feature(*row, &tags, 3, geometry));
    }
    field(&mut body, 3, b"code");
    field(&mut body, 3, b"name");
    if slots == Slots::Shared {
        body.extend(VALUE_KEY);
    }
    let known = || rows.iter().filter_map(|row| labels.get(*row as usize));
    known().for_each(|label| field(&mut body, 4, &text(&label.code)));
    known().for_each(|label| field(&mut body, 4, &text(&label.name)));
    let tail = match slots {
        Slots::Shared => count * VALUE_WIDTH,
        Slots::Keyed => count * (KEY_WIDTH + VALUE_WIDTH),
        Slots::Plain => 0,
    };
    let mut layer = vec![0x1a];
    varint(&mut layer, (body.len() + tail) as u64);
    layer.extend(body);
    layer
}

/// The labels whose point lies in the tile proper, so that each stands in one tile of a zoom: row, label, point.
pub fn anchored<'a>(cut: &'a CutTile<'_>) -> impl Iterator<Item = (u32, &'a AreaLabel, [i32; 2])> {
    let scale = f64::from(EXTENT) * f64::from(1_u32 << cut.coord.z());
    cut.areas.keys().filter_map(move |row| {
        let anchor = (*cut.anchors.get(*row as usize)?)?;
        let point = in_tile(anchor.map(|c| c * scale), cut.coord, scale)?;
        Some((*row, cut.labels.get(*row as usize)?, point))
    })
}

fn label_layer(cut: &CutTile<'_>) -> Vec<u8> {
    let mut keys: Vec<String> = vec!["code".to_owned(), "name".to_owned()];
    let (mut features, mut values) = (Vec::new(), Vec::new());
    let mut count = 0;
    for (row, label, point) in anchored(cut) {
        let localised = label.names.iter().map(|(lang, name)| (format!("name_{lang}"), name.as_str()));
        let texts = [("code".to_owned(), label.code.as_str()), ("name".to_owned(), label.name.as_str())];
        let mut tags = Vec::new();
        for (key, value) in texts.into_iter().chain(localised) {
            let at = keys.iter().position(|known| *known == key).unwrap_or_else(|| {
                keys.push(key);
                keys.len() - 1
            });
            tags.extend([at, count]);
            field(&mut values, 4, &text(value));
            count += 1;
        }
        let mut geometry = vec![command(1, 1)];
        geometry.extend(point.map(zigzag));
        // 1: POINT
        field(&mut features, 2, &feature(row, &tags, 1, &packed(&geometry)));
    }
    if features.is_empty() {
        return Vec::new();
    }
    let mut body = layer_head(LAYER_LABELS);
    body.extend(features);
    keys.iter().for_each(|key| field(&mut body, 3, key.as_bytes()));
    body.extend(values);
    let mut layer = Vec::new();
    field(&mut layer, 3, &body);
    layer
}

/// A point of the whole zoom in the coordinates of a tile, if it lies there; in a grid that wraps also from another turn.
fn in_tile(point: [f64; 2], coord: TileCoord, scale: f64) -> Option<[i32; 2]> {
    let origin = [coord.x(), coord.y()].map(|c| f64::from(c) * f64::from(EXTENT));
    let inside = |c: f64| (0.0..f64::from(EXTENT)).contains(&c);
    let y = point[1].round() - origin[1];
    let mut turns = [-1.0, 0.0, 1.0].into_iter().map(|turn| (point[0] - turn * scale).round() - origin[0]);
    let x = turns.find(|x| inside(*x))?;
    inside(y).then_some([x as i32, y as i32])
}

fn layer_head(name: &str) -> Vec<u8> {
    let mut head = vec![0x78, 2];
    field(&mut head, 1, name.as_bytes());
    head.push(0x28);
    varint(&mut head, EXTENT as u64);
    head
}

fn feature(row: u32, tags: &[usize], kind: u8, geometry: &[u8]) -> Vec<u8> {
    let mut body = vec![0x08];
    varint(&mut body, u64::from(row) + 1);
    field(&mut body, 2, &packed(&tags.iter().map(|tag| *tag as u64).collect::<Vec<_>>()));
    body.extend([0x18, kind]);
    field(&mut body, 4, geometry);
    body
}

/// Polygons as geometry commands: deltas from point to point, exteriors before their holes.
fn polygons(shapes: &[Shape]) -> Vec<u8> {
    let mut commands = Vec::new();
    let mut cursor = [0, 0];
    for ring in shapes.iter().flatten() {
        for (index, point) in ring.iter().enumerate() {
            match index {
                0 => commands.push(command(1, 1)),
                1 => commands.push(command(2, ring.len() - 1)),
                _ => {}
            }
            commands.extend([0, 1].map(|axis| zigzag(point[axis] - cursor[axis])));
            cursor = *point;
        }
        commands.push(command(7, 1));
    }
    packed(&commands)
}

fn command(id: u64, count: usize) -> u64 {
    ((count as u64) << 3) | id
}

fn zigzag(value: i32) -> u64 {
    u64::from(((value << 1) ^ (value >> 31)).cast_unsigned())
}

/// A value message that holds a text.
fn text(text: &str) -> Vec<u8> {
    let mut value = Vec::with_capacity(text.len() + 2);
    field(&mut value, 1, text.as_bytes());
    value
}

/// A length-delimited field.
fn field(out: &mut Vec<u8>, number: u8, bytes: &[u8]) {
    out.push((number << 3) | 2);
    varint(out, bytes.len() as u64);
    out.extend_from_slice(bytes);
}

fn packed(numbers: &[u64]) -> Vec<u8> {
    let mut out = Vec::with_capacity(numbers.len());
    numbers.iter().for_each(|number| varint(&mut out, *number));
    out
}

/// A number in groups of seven bits, the lowest first.
pub fn varint(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push((number as u8 & 0x7f) | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}
