//! TileJSON 3.0.0: where the tiles of a selection are, and what is in them.

use super::context::codes;
use crate::format::catalog::{CatalogGrid, CatalogSet};
use choro_model::{Encoding, Indicator, Lang, ReleaseId, Selection, VintageId};
use serde_json::{Map, Value, json};

/// What a TileJSON document describes.
#[derive(Debug, Clone, Copy)]
pub struct Tileset<'a> {
    /// The release.
    pub release: &'a ReleaseId,
    /// The boundary set.
    pub set: &'a CatalogSet,
    /// Its vintage.
    pub vintage: &'a VintageId,
    /// The grid.
    pub grid: &'a CatalogGrid,
    /// First and last zoom.
    pub zooms: (u8, u8),
    /// The values; `None`: geometry only.
    pub values: Option<(&'a Indicator, &'a Selection)>,
    /// The language of texts.
    pub lang: &'a Lang,
    /// The absolute URL template of the tiles.
    pub tiles: &'a str,
    /// How they are encoded.
    pub encoding: Encoding,
    /// Who is to be named, as text.
    pub attribution: &'a str,
}

/// The document.
#[must_use]
pub fn document(tileset: &Tileset<'_>) -> Value {
    let (bounds, center) = extent(tileset.set.bounds);
    let name = tileset.set.name.pick(tileset.lang, tileset.set.id.as_str());
    let title = tileset.values.map_or_else(
        || name.to_owned(),
        |(indicator, selection)| format!("{}, {}: {name}", indicator_name(indicator, tileset.lang), selection.period),
    );
    let mut document = json!({
        "tilejson": "3.0.0",
        "name": title,
        "tiles": [tileset.tiles],
        "minzoom": tileset.zooms.0,
        "maxzoom": tileset.zooms.1,
        "bounds": bounds,
        "center": [center[0], center[1], tileset.zooms.0],
        "attribution": escaped(tileset.attribution),
        "vector_layers": layers(tileset),
        "choro": extension(tileset),
    });
    if let (Some(name), Some(members)) = (tileset.encoding.announced(), document.as_object_mut()) {
        members.insert("encoding".to_owned(), json!(name));
    }
    document
}

/// Bounds within -180..180 and the middle of the set. A set that crosses 180 degrees (its east lies past it) is announced for
/// all longitudes, since clients do not ask for tiles outside the bounds.
fn extent([west, south, east, north]: [f64; 4]) -> ([f64; 4], [f64; 2]) {
    let middle = f64::midpoint(west, east);
    let center = [if middle > 180.0 { middle - 360.0 } else { middle }, f64::midpoint(south, north)];
    let crosses = west < -180.0 || east > 180.0;
    (if crosses { [-180.0, south, 180.0, north] } else { [west, south, east, north] }, center)
}

fn layers(tileset: &Tileset<'_>) -> Value {
    let mut fields = Map::new();
    fields.insert("code".to_owned(), json!("area code"));
    fields.insert("name".to_owned(), json!("name of the area in the default language"));
    if let Some((indicator, selection)) = tileset.values {
        let unit = indicator.unit.name.pick(tileset.lang, &indicator.unit.id);
        let value = format!(
            "{} ({unit}), {}; absent where there is no value",
            indicator_name(indicator, tileset.lang),
            selection.period
        );
        fields.insert("value".to_owned(), Value::from(value));
        fields
            .insert("state".to_owned(), json!("why there is no value: missing, secrecy or invalid; absent beside a value"));
    }
    let zooms = tileset.zooms;
    json!([
        {"id": "areas", "description": "the areas", "minzoom": zooms.0, "maxzoom": zooms.1, "fields": fields},
        {"id": "labels", "description": "one point inside each area", "minzoom": zooms.0, "maxzoom": zooms.1,
         "fields": label_fields(tileset)},
    ])
}

fn label_fields(tileset: &Tileset<'_>) -> Map<String, Value> {
    let vintage = tileset.set.vintages.iter().find(|vintage| vintage.id == *tileset.vintage);
    let langs = vintage.into_iter().flat_map(|vintage| &vintage.langs);
    let localised = langs.map(|lang| (format!("name_{lang}"), json!(format!("name of the area in the language {lang}"))));
    let common = [("code", "area code"), ("name", "name of the area in the default language")];
    common.map(|(field, meaning)| (field.to_owned(), json!(meaning))).into_iter().chain(localised).collect()
}

/// What TileJSON has no words for: which data these are and on which grid they lie.
fn extension(tileset: &Tileset<'_>) -> Value {
    let mut block = json!({
        "release": tileset.release,
        "set": tileset.set.id,
        "borders": tileset.vintage,
        "grid": tileset.grid,
        "extent": tileset.set.bounds,
    });
    if let (Some((indicator, selection)), Some(block)) = (tileset.values, block.as_object_mut()) {
        block.insert("indicator".to_owned(), json!(indicator.id));
        block.insert("period".to_owned(), json!(selection.period));
        block.insert("selection".to_owned(), Value::from(codes(indicator, selection)));
    }
    block
}

fn indicator_name<'a>(indicator: &'a Indicator, lang: &Lang) -> &'a str {
    indicator.name.pick(lang, indicator.id.as_str())
}

/// Clients put the attribution into their page as HTML, so a text must arrive as text.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_that_crosses_180_is_announced_for_all_longitudes_and_keeps_its_middle() {
        assert_eq!(extent([19.0, 41.0, 191.0, 82.0]), ([-180.0, 41.0, 180.0, 82.0], [105.0, 61.5]));
        assert_eq!(extent([170.0, 0.0, 200.0, 10.0]), ([-180.0, 0.0, 180.0, 10.0], [-175.0, 5.0]));
        assert_eq!(extent([10.0, 0.0, 20.0, 10.0]), ([10.0, 0.0, 20.0, 10.0], [15.0, 5.0]));
    }

    #[test]
    fn an_attribution_is_text_and_never_markup() {
        assert_eq!(escaped("<img onerror=\"x\"> & 'y'"), "&lt;img onerror=&quot;x&quot;&gt; &amp; &#39;y&#39;");
    }
}
