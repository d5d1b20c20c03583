//! TileJSON 3.0.0: where the tiles of a selection are, and what is in them.

use super::{codes::Codes, origin::OriginMembers};
use crate::format::{
    catalog::{CatalogGrid, CatalogSet},
    column::Column,
};
use choro_model::{Encoding, Flag, Flags, Indicator, IndicatorId, Lang, Period, ReleaseId, Selection, SetId, VintageId};
use serde::{Serialize, Serializer};
use std::collections::BTreeMap;
use utoipa::ToSchema;

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
    /// Those values, of which the document says what no tile does; `None`: geometry only.
    pub column: Option<&'a Column>,
    /// What must be known of the values, in the language of texts; empty: nothing.
    pub description: &'a str,
    /// The language of texts.
    pub lang: &'a Lang,
    /// The absolute URL template of the tiles.
    pub tiles: &'a str,
    /// How they are encoded.
    pub encoding: Encoding,
    /// Who is to be named, as text.
    pub attribution: &'a str,
}

/// TileJSON 3.0.0.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TileJson<'a> {
    /// The version of TileJSON.
    #[schema(example = "3.0.0")]
    tilejson: &'static str,
    /// What the tiles show.
    #[schema(example = "Net migration rate, 2014: Subjects of Russia")]
    name: String,
    /// What must be known of the values and stands in no tile: how many are provisional, and whose figures they were made of.
    #[serde(skip_serializing_if = "str::is_empty")]
    #[schema(required = false, example = "Flagged \"provisional\": 17.")]
    description: &'a str,
    /// The address of the tiles, with places for zoom, column and row. It names the release.
    #[schema(min_items = 1, max_items = 1)]
    tiles: [String; 1],
    /// First zoom of the tiles.
    minzoom: u8,
    /// Last zoom of the tiles; clients overzoom from there.
    maxzoom: u8,
    /// West, south, east, north, within -180 to 180.
    #[schema(min_items = 4, max_items = 4)]
    bounds: [f64; 4],
    /// Longitude and latitude of the middle, and a zoom.
    #[schema(value_type = Vec<f64>, min_items = 3, max_items = 3, example = json!([105.0, 61.5, 0]))]
    center: (f64, f64, u8),
    /// Who is to be named, as HTML.
    #[schema(example = "Rosstat; OpenStreetMap contributors")]
    attribution: String,
    /// The layers of the tiles: `areas` and `labels`.
    #[schema(min_items = 2, max_items = 2)]
    vector_layers: [VectorLayer; 2],
    /// Which data these are, and on which grid they lie.
    choro: TilesetExtension<'a>,
    /// How the tiles are encoded; left out for Mapbox Vector Tiles.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "mlt")]
    encoding: Option<&'static str>,
}

/// A layer of the tiles.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct VectorLayer {
    /// Its name in the tiles.
    #[schema(example = "areas")]
    id: &'static str,
    /// What it holds.
    description: &'static str,
    /// First zoom in which it is there.
    minzoom: u8,
    /// Last zoom in which it is there.
    maxzoom: u8,
    /// What each property of its features means.
    fields: Fields,
}

/// The properties of a layer's features and their meanings, in order.
#[derive(Debug, Clone, ToSchema)]
#[schema(value_type = BTreeMap<String, String>, example = json!({"code": "area code"}))]
pub struct Fields(Vec<(String, String)>);

impl Serialize for Fields {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(field, meaning)| (field, meaning)))
    }
}

/// What TileJSON has no words for: which data these are and on which grid they lie.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TilesetExtension<'a> {
    /// The release.
    release: ReleaseId,
    /// The boundary set.
    set: SetId,
    /// Its vintage.
    borders: VintageId,
    /// The grid.
    grid: CatalogGrid,
    /// West, south, east, north of the set. East is greater than west, past 180 where the set crosses it.
    #[schema(min_items = 4, max_items = 4)]
    extent: [f64; 4],
    /// What is measured; left out where there are no values.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    indicator: Option<IndicatorId>,
    /// When.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    period: Option<Period>,
    /// The code of each dimension.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    selection: Option<Codes>,
    /// How many areas have a value with each flag; left out where none has. `/values/{set}.json` says which.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    #[schema(value_type = BTreeMap<String, usize>, required = false, example = json!({"P": 17}))]
    flags: BTreeMap<Flag, usize>,
    /// Whose figures the values were made of.
    #[serde(flatten)]
    origin: OriginMembers<'a>,
}

/// The document.
#[must_use]
pub fn document<'a>(tileset: &Tileset<'a>) -> TileJson<'a> {
    let (bounds, [lon, lat]) = extent(tileset.set.bounds);
    let name = tileset.set.name.pick(tileset.lang, tileset.set.id.as_str());
    let title = tileset.values.map_or_else(
        || name.to_owned(),
        |(indicator, selection)| format!("{}, {}: {name}", indicator_name(indicator, tileset.lang), selection.period),
    );
    TileJson {
        tilejson: "3.0.0",
        name: title,
        description: tileset.description,
        tiles: [tileset.tiles.to_owned()],
        minzoom: tileset.zooms.0,
        maxzoom: tileset.zooms.1,
        bounds,
        center: (lon, lat, tileset.zooms.0),
        attribution: escaped(tileset.attribution),
        vector_layers: layers(tileset),
        choro: extension(tileset),
        encoding: tileset.encoding.announced(),
    }
}

/// Bounds within -180..180 and the middle of the set. A set that crosses 180 degrees (its east lies past it) is announced for
/// all longitudes, since clients do not ask for tiles outside the bounds.
fn extent([west, south, east, north]: [f64; 4]) -> ([f64; 4], [f64; 2]) {
    let middle = f64::midpoint(west, east);
    let center = [if middle > 180.0 { middle - 360.0 } else { middle }, f64::midpoint(south, north)];
    let crosses = west < -180.0 || east > 180.0;
    (if crosses { [-180.0, south, 180.0, north] } else { [west, south, east, north] }, center)
}

fn layers(tileset: &Tileset<'_>) -> [VectorLayer; 2] {
    let (minzoom, maxzoom) = tileset.zooms;
    let areas = VectorLayer { id: "areas", description: "the areas", minzoom, maxzoom, fields: area_fields(tileset) };
    let description = "one point inside each area";
    [areas, VectorLayer { id: "labels", description, minzoom, maxzoom, fields: label_fields(tileset) }]
}

/// What features of both layers have.
const COMMON: [(&str, &str); 2] = [("code", "area code"), ("name", "name of the area in the default language")];

fn common() -> impl Iterator<Item = (String, String)> {
    COMMON.into_iter().map(|(field, meaning)| (field.to_owned(), meaning.to_owned()))
}

fn area_fields(tileset: &Tileset<'_>) -> Fields {
    let mut fields: Vec<_> = common().collect();
    if let Some((indicator, selection)) = tileset.values {
        let unit = indicator.unit.name.pick(tileset.lang, &indicator.unit.id);
        let (name, period) = (indicator_name(indicator, tileset.lang), selection.period);
        fields.push(("value".to_owned(), format!("{name} ({unit}), {period}; absent where there is no value")));
        let state = "why there is no value: missing, secrecy or invalid; absent beside a value";
        fields.push(("state".to_owned(), state.to_owned()));
    }
    Fields(fields)
}

fn label_fields(tileset: &Tileset<'_>) -> Fields {
    let vintage = tileset.set.vintages.iter().find(|vintage| vintage.id == *tileset.vintage);
    let langs = vintage.into_iter().flat_map(|vintage| &vintage.langs);
    let localised = langs.map(|lang| (format!("name_{lang}"), format!("name of the area in the language {lang}")));
    Fields(common().chain(localised).collect())
}

fn extension<'a>(tileset: &Tileset<'a>) -> TilesetExtension<'a> {
    TilesetExtension {
        release: tileset.release.clone(),
        set: tileset.set.id.clone(),
        borders: tileset.vintage.clone(),
        grid: tileset.grid.clone(),
        extent: tileset.set.bounds,
        indicator: tileset.values.map(|(indicator, _)| indicator.id.clone()),
        period: tileset.values.map(|(_, selection)| selection.period),
        selection: tileset.values.map(|(indicator, selection)| Codes::of(indicator, selection)),
        flags: tileset.column.map(flags).unwrap_or_default(),
        origin: OriginMembers::of(tileset.column.and_then(Column::origin)),
    }
}

/// How many areas have a value with each flag.
fn flags(column: &Column) -> BTreeMap<Flag, usize> {
    let mut counts = BTreeMap::new();
    for flag in column.flags_of_values().flat_map(Flags::iter) {
        *counts.entry(flag).or_default() += 1;
    }
    counts
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
