//! `[boundary_sets.ID]`: which tiles are built of a boundary set.

use super::{
    error::ConfigError,
    grids::{FITTED, GridConfig},
    toml_table::TomlTable,
    value::Given,
    zooms::{ZOOMS, check_zooms, zooms},
};
use choro_model::{GridId, Lang, LevelId, SetId};
use std::collections::BTreeMap;

/// Most sets above one another.
const MAX_LEVELS: usize = 16;

/// The share of areas that a grid may leave out.
const MOST_OUTSIDE: f64 = 0.05;

/// A grid as a boundary set names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GridChoice {
    /// `fitted`: an equal-area grid made for the set and those above and below it.
    Fitted,
    /// One that is built in or defined under `[[grids]]`.
    Grid(GridId),
}

/// What is built of a boundary set.
#[derive(Debug, Clone, PartialEq)]
pub struct BoundarySetConfig {
    /// In which grids; a map opens in the first that keeps areas equal. `None`: in the fitted one and in Web Mercator.
    pub grids: Option<Vec<GridChoice>>,
    /// The share of its areas, from 0 to 1, that a grid may leave out or cut; default 0.05.
    pub most_outside: f64,
    /// From which zoom; default 0.
    pub min_zoom: u8,
    /// To which zoom, itself included; default 8.
    pub max_zoom: u8,
    /// Whether tiles are built as MapLibre Tiles too; default no.
    pub mlt: bool,
    /// The language of `name`; `None`: the first that an area has.
    pub default_lang: Option<Lang>,
    /// The tier of its areas, e.g. `district`.
    pub level: Option<LevelId>,
    /// The set of the areas above, whose codes the areas name as their parents.
    pub parent_set: Option<SetId>,
}

impl Default for BoundarySetConfig {
    fn default() -> Self {
        let (min_zoom, max_zoom) = ZOOMS;
        let (mlt, most_outside) = (false, MOST_OUTSIDE);
        Self { grids: None, most_outside, min_zoom, max_zoom, mlt, default_lang: None, level: None, parent_set: None }
    }
}

/// Adds the sets of the table `[boundary_sets]`.
pub(super) fn read(sets: &mut BTreeMap<SetId, BoundarySetConfig>, table: &TomlTable<'_>) -> Result<(), ConfigError> {
    for entry in table.sub_tables() {
        let (id, table) = entry?;
        sets.insert(id.parse("a boundary set id of a-z 0-9 _ -")?, set(&table)?);
    }
    Ok(())
}

fn set(table: &TomlTable<'_>) -> Result<BoundarySetConfig, ConfigError> {
    table.only(&["grids", "most_outside", "min_zoom", "max_zoom", "mlt", "default_lang", "level", "parent_set"])?;
    let expected = "grid ids such as [\"fitted\", \"WebMercatorQuad\"]";
    let (min_zoom, max_zoom) = zooms(table)?;
    let choice = |given: &Given| match given.parse::<GridId>(expected)? {
        id if id.as_str() == FITTED => Ok(GridChoice::Fitted),
        id => Ok(GridChoice::Grid(id)),
    };
    let choices = |ids: Vec<Given>| ids.iter().map(choice).collect::<Result<Vec<_>, ConfigError>>();
    let lang = |given: Given| given.parse("a language tag such as ru, en or sr-Latn");
    Ok(BoundarySetConfig {
        grids: table.list("grids", expected)?.map(choices).transpose()?,
        most_outside: table.value("most_outside").map(|given| share(&given)).transpose()?.unwrap_or(MOST_OUTSIDE),
        min_zoom,
        max_zoom,
        mlt: table.value("mlt").map(|given| given.switch()).transpose()?.unwrap_or_default(),
        default_lang: table.value("default_lang").map(lang).transpose()?,
        level: table.value("level").map(|given| given.parse("a level of a-z 0-9 _ -, e.g. district")).transpose()?,
        parent_set: table.value("parent_set").map(|given| given.parse("a boundary set id of a-z 0-9 _ -")).transpose()?,
    })
}

fn share(given: &Given) -> Result<f64, ConfigError> {
    let expected = "a share from 0 to 1, e.g. 0.05";
    given
        .number(expected)
        .and_then(|share| if (0.0..=1.0).contains(&share) { Ok(share) } else { Err(given.wrong(expected)) })
}

/// Refuses grids that do not exist and zooms that leave nothing.
pub(super) fn check(id: &SetId, set: &BoundarySetConfig, grids: &[GridConfig]) -> Result<(), ConfigError> {
    let key = format!("boundary_sets.{id}");
    check_zooms(&key, set.min_zoom, set.max_zoom)?;
    let mut wanted = set.grids.iter().flatten().filter_map(|choice| match choice {
        GridChoice::Fitted => None,
        GridChoice::Grid(id) => Some(id),
    });
    let Some(absent) = wanted.find(|id| !grids.iter().any(|grid| grid.id == **id)) else { return Ok(()) };
    let known: Vec<_> = std::iter::once(FITTED).chain(grids.iter().map(|grid| grid.id.as_str())).collect();
    let what = format!("there is no grid {absent}: there are {}; define it under [[grids]]", known.join(", "));
    Err(ConfigError::Conflict { key: format!("{key}.grids"), what })
}

/// Refuses a set that lies above itself, and chains that no country has.
pub(super) fn check_parents(sets: &BTreeMap<SetId, BoundarySetConfig>) -> Result<(), ConfigError> {
    for id in sets.keys() {
        let above = |id: &&SetId| sets.get(*id)?.parent_set.as_ref();
        let chain = std::iter::successors(Some(id), above).skip(1);
        if chain.take(MAX_LEVELS).enumerate().any(|(depth, parent)| parent == id || depth + 1 == MAX_LEVELS) {
            let what = format!("the sets above {id} come back to it, or are more than {MAX_LEVELS}: correct parent_set");
            return Err(ConfigError::Conflict { key: format!("boundary_sets.{id}.parent_set"), what });
        }
    }
    Ok(())
}
