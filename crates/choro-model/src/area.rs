//! Areas and boundary sets.

use super::id::{AreaCode, Lang, SetId, VintageId};
use geo::MultiPolygon;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// Texts by language. The empty map is allowed: the id or code then stands for the name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
#[schema(value_type = BTreeMap<String, String>, example = json!({"en": "Leningrad Region", "ru": "Ленинградская область"}))]
pub struct Names(pub BTreeMap<Lang, String>);

impl Names {
    /// Whether there is no text.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The text in `lang`, else in the first language that there is, else `fallback`.
    #[must_use]
    pub fn pick<'a>(&'a self, lang: &Lang, fallback: &'a str) -> &'a str {
        self.0.get(lang).or_else(|| self.0.values().next()).map_or(fallback, String::as_str)
    }
}

/// One area of a boundary set.
#[derive(Debug, Clone, PartialEq)]
pub struct Area {
    /// Its code, unique in the set.
    pub code: AreaCode,
    /// Its names by language.
    pub names: Names,
    /// The code of the area that contains it, of the same or another set.
    pub parent: Option<AreaCode>,
    /// Longitude and latitude in degrees (WGS 84). Longitudes are unwrapped: a set that crosses the antimeridian runs past
    /// 180 (or below -180), and no ring has an edge there. Exterior rings counter-clockwise. `None`: an area of which no
    /// polygon is known.
    pub geometry: Option<MultiPolygon<f64>>,
}

/// The areas of one level in one vintage.
#[derive(Debug, Clone, PartialEq)]
pub struct BoundarySet {
    /// Its id, e.g. `ru-subjects`.
    pub id: SetId,
    /// The edition of its borders.
    pub vintage: VintageId,
    /// Its name by language.
    pub names: Names,
    /// Who made the boundaries, as text.
    pub source: String,
    /// Under which licence, as text.
    pub licence: String,
    /// Its areas, in the order of their codes.
    pub areas: Vec<Area>,
}
