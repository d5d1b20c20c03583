//! Classes -> MapLibre style.

use super::{
    flags::FlagEntry,
    look::look,
    template::{self, StyleError},
};
use choro_figures::classify::Classification;
use choro_model::{Encoding, Flag, GridId, Indicator, IndicatorId, Lang, Period, ReleaseId, SetId, State, words::words};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// The template of a choropleth (styles/README.md).
pub const CHOROPLETH: &str = include_str!("../../../../styles/choropleth.json");

/// A style of MapLibre, version 8. What its sources and layers hold is the style specification's:
/// <https://maplibre.org/maplibre-style-spec/>.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Style {
    /// The version of the style specification.
    #[schema(minimum = 8, maximum = 8, example = 8)]
    version: u8,
    /// What the map shows.
    #[schema(example = "Net migration rate, 2014")]
    name: String,
    /// Which data these are.
    metadata: StyleMetadata,
    /// A projection that the client must have registered; left out for Web Mercator.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    projection: Option<StyleProjection>,
    /// The tiles, under the name `choro`.
    #[schema(value_type = Object)]
    sources: Map<String, Value>,
    /// The layers from the lowest to the highest.
    #[schema(value_type = Vec<Object>)]
    layers: Vec<Value>,
    /// What else a template says.
    #[serde(flatten)]
    #[schema(ignore)]
    others: Map<String, Value>,
}

/// Which data a style shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct StyleMetadata {
    /// The release.
    #[serde(rename = "choro:release")]
    release: ReleaseId,
    /// The boundary set.
    #[serde(rename = "choro:set")]
    set: SetId,
    /// The grid.
    #[serde(rename = "choro:grid")]
    grid: GridId,
    /// What is shown.
    #[serde(rename = "choro:indicator")]
    indicator: IndicatorId,
    /// When.
    #[serde(rename = "choro:period")]
    period: Period,
    /// How many areas have a value with each flag; left out where none has.
    #[serde(rename = "choro:flags", default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schema(value_type = BTreeMap<String, usize>, required = false, example = json!({"P": 17}))]
    flags: BTreeMap<Flag, usize>,
    /// What must be known before reading the map, a sentence each; left out where there is nothing.
    #[serde(rename = "choro:notes", default, skip_serializing_if = "Vec::is_empty")]
    notes: Vec<String>,
}

/// A projection of the server's own.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct StyleProjection {
    /// `choro:` and the grid.
    #[serde(rename = "type")]
    #[schema(example = "choro:north-pole-europe")]
    kind: String,
}

/// What a style is made of.
#[derive(Debug, Clone)]
pub struct StyleInput<'a> {
    /// Absolute URL of the tiles with `{z}`, `{x}` and `{y}`, pinned to the release.
    pub tiles: &'a str,
    /// How they are encoded.
    pub encoding: Encoding,
    /// The boundary set.
    pub set: &'a SetId,
    /// The grid of the tiles.
    pub grid: &'a GridId,
    /// Whether the grid is Web Mercator's. Any other grid becomes the projection `choro:{grid}`, which a client must have
    /// registered (MapLibre's `addProjection`).
    pub mercator: bool,
    /// What is shown.
    pub indicator: &'a Indicator,
    /// When.
    pub period: Period,
    /// Its classes.
    pub classification: &'a Classification,
    /// Sources and licences, as plain text.
    pub attribution: &'a str,
    /// Language of the style's name.
    pub lang: &'a Lang,
    /// West, south, east, north of the set in degrees; west or east may lie beyond 180.
    pub bounds: [f64; 4],
    /// Lowest zoom that has tiles.
    pub minzoom: u8,
    /// Highest zoom that has tiles.
    pub maxzoom: u8,
    /// The release whose tiles are drawn.
    pub release: &'a ReleaseId,
    /// What is to be known of some values. No tile says it.
    pub flags: &'a [FlagEntry],
    /// What must be known before reading the map, a sentence each.
    pub notes: &'a [String],
}

/// The style of a template: a JSON text whose placeholders (`"{{fill-color}}"` ...) are filled in.
///
/// # Errors
/// The template is not JSON, has a placeholder that is not known, or is no style when it is filled in.
pub fn maplibre(template: &str, input: &StyleInput<'_>) -> Result<Style, StyleError> {
    let filled = template::fill(template, &placeholders(input)?)?;
    Ok(serde_json::from_value(filled)?)
}

fn placeholders(input: &StyleInput<'_>) -> Result<Map<String, Value>, StyleError> {
    let mut values = Map::new();
    let name = input.indicator.name.pick(input.lang, input.indicator.id.as_str());
    values.insert("name".into(), json!(format!("{name}, {}", words(input.lang).period_name(input.period))));
    values.insert("metadata".into(), serde_json::to_value(metadata(input))?);
    values.insert("projection".into(), serde_json::to_value(projection(input))?);
    values.insert("tiles".into(), json!(input.tiles));
    values.insert("encoding".into(), json!(input.encoding.announced()));
    values.insert("minzoom".into(), json!(input.minzoom));
    values.insert("maxzoom".into(), json!(input.maxzoom));
    values.insert("bounds".into(), bounds(input));
    values.insert("attribution".into(), json!(html(input.attribution)));
    values.insert("fill-color".into(), fill_color(input.classification));
    for state in State::ALL {
        let outline = look(state).outline.map_or(Value::Null, |colour| json!(colour));
        values.insert(format!("{state}-outline"), outline);
    }
    Ok(values)
}

fn metadata(input: &StyleInput<'_>) -> StyleMetadata {
    StyleMetadata {
        release: input.release.clone(),
        set: input.set.clone(),
        grid: input.grid.clone(),
        indicator: input.indicator.id.clone(),
        period: input.period,
        flags: input.flags.iter().map(|entry| (entry.flag, entry.count)).collect(),
        notes: input.notes.to_vec(),
    }
}

/// Nothing for Web Mercator, which is what a style means when it says nothing.
fn projection(input: &StyleInput<'_>) -> Option<StyleProjection> {
    (!input.mercator).then(|| StyleProjection { kind: format!("choro:{}", input.grid) })
}

/// Bounds only where clients read them as meant: MapLibre cuts them at 180 degrees and would not ask for the tiles beyond,
/// and lays them on the Mercator square in whatever grid.
fn bounds(input: &StyleInput<'_>) -> Value {
    let [west, _, east, _] = input.bounds;
    if input.mercator && west >= -180.0 && east <= 180.0 && west <= east { json!(input.bounds) } else { Value::Null }
}

/// Attributions are HTML in a style, while sources are plain text from whoever provided the data.
fn html(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// The colour of an area. `has` comes first, since `step` turns an absent value into black; zero comes next, since it belongs
/// to no class.
fn fill_color(classification: &Classification) -> Value {
    let [missing, secrecy, invalid] = State::ALL.map(|state| look(state).colour);
    let states = json!(["match", ["get", "state"], "secrecy", secrecy, "invalid", invalid, missing]);
    let mut case = vec![json!("case"), json!(["!", ["has", "value"]]), states];
    if let Some(zero) = &classification.zero {
        case.extend([json!(["==", ["get", "value"], 0]), json!(zero.colour)]);
    }
    case.push(match classification.classes.as_slice() {
        // No value was classified, so none can stand in a tile either.
        [] => json!(missing),
        [only] => json!(only.colour),
        [first, rest @ ..] => {
            let mut step = vec![json!("step"), json!(["get", "value"]), json!(first.colour)];
            let stops = classification.inner().iter().zip(rest);
            step.extend(stops.flat_map(|(at, class)| [json!(at), json!(class.colour)]));
            Value::Array(step)
        }
    });
    Value::Array(case)
}
