//! One `[[indicator]]` of `indicators.toml` -> an indicator.

use choro_model::{
    Code, CodeList, Dimension, DimensionId, Indicator, IndicatorId, Kind, Names, RESERVED_NAMES, ReliableFrom, Unit,
    is_foreign,
};
use serde::Deserialize;
use std::sync::Arc;

/// Most decimals: a double holds 15 to 17 digits in all.
const MAX_DECIMALS: u8 = 9;

/// The keys of an indicator as they stand in the file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IndicatorEntry {
    /// As it is written, valid or not.
    pub id: String,
    name: Names,
    #[serde(default)]
    note: Names,
    #[serde(default)]
    theme: Names,
    #[serde(default)]
    keywords: Names,
    unit: Unit,
    kind: Kind,
    decimals: u8,
    #[serde(default)]
    dimensions: Vec<DimensionEntry>,
    #[serde(default)]
    diverging: bool,
    #[serde(default)]
    additive: bool,
    weighted_by: Option<IndicatorId>,
    reliable_from: Option<ReliableFrom>,
    persons: Option<bool>,
    #[serde(default)]
    declared_public: bool,
    source: String,
    licence: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DimensionEntry {
    id: String,
    #[serde(default)]
    name: Names,
    code_list: String,
    total: String,
}

/// Gives a code list by its id, or says why there is none.
type Lists<'a> = &'a mut dyn FnMut(&str) -> Result<Arc<CodeList>, String>;

/// Checks an entry. What is wrong comes back as text.
pub fn indicator(entry: IndicatorEntry, lists: Lists<'_>) -> Result<Indicator, String> {
    if entry.decimals > MAX_DECIMALS {
        return Err(format!("decimals = {}: expected 0 to {MAX_DECIMALS}", entry.decimals));
    }
    if entry.source.trim().is_empty() || entry.licence.trim().is_empty() {
        return Err("source and licence must not be empty: say who made the figures and how they may be used".to_owned());
    }
    let mut dimensions: Vec<Dimension> = Vec::new();
    for dimension in entry.dimensions {
        let dimension = self::dimension(dimension, lists)?;
        if dimensions.iter().any(|other| other.id == dimension.id) {
            return Err(format!("dimension {} stands there twice: remove one", dimension.id));
        }
        dimensions.push(dimension);
    }
    Ok(Indicator {
        id: IndicatorId::new(&entry.id).map_err(|e| e.to_string())?,
        name: entry.name,
        note: entry.note,
        theme: entry.theme,
        keywords: entry.keywords,
        unit: entry.unit,
        kind: entry.kind,
        decimals: entry.decimals,
        dimensions,
        diverging: entry.diverging,
        additive: entry.additive,
        weighted_by: entry.weighted_by,
        reliable_from: entry.reliable_from,
        persons: entry.persons.unwrap_or(entry.kind == Kind::Count),
        declared_public: entry.declared_public,
        source: entry.source,
        licence: entry.licence,
    })
}

fn dimension(entry: DimensionEntry, lists: Lists<'_>) -> Result<Dimension, String> {
    let id = DimensionId::new(&entry.id).map_err(|e| e.to_string())?;
    if RESERVED_NAMES.contains(&id.as_str()) {
        return Err(format!(
            "dimension {id} has the name of a URL parameter: rename it (reserved: {})",
            RESERVED_NAMES.join(", ")
        ));
    }
    if is_foreign(id.as_str()) {
        return Err(format!(
            "dimension {id} has the name of a parameter that other programs append to addresses, which is ignored: rename it"
        ));
    }
    let code_list = lists(&entry.code_list).map_err(|e| format!("dimension {id}: {e}"))?;
    let total = code_list.items.iter().find(|item| item.code.as_str() == entry.total).map(|item| item.code.clone());
    let total: Code = total.ok_or_else(|| {
        format!(
            "dimension {id}: its total {:?} is not in code_lists/{}.csv: add it there or correct total",
            entry.total, code_list.id
        )
    })?;
    Ok(Dimension { id, name: entry.name, code_list, total })
}
