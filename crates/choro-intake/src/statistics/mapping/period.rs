//! Where the period of each value stands: in one cell, or a part of it in each of several, as a year above a month.

use super::{
    scalars::{ColumnRef, OneOrMany, TextOrInteger},
    text_from::{TextFrom, TextMapping},
};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Where the period of each value stands.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(try_from = "PeriodKeys")]
pub struct PeriodMapping {
    /// Where its parts stand, of which there is at least one. Their texts are joined by blanks.
    pub parts: Vec<TextFrom>,
    /// What each text stands for. Of a period of several parts, a key is the text of one part, or all of them joined.
    pub values: Option<BTreeMap<String, String>>,
}

impl From<TextMapping> for PeriodMapping {
    fn from(mapping: TextMapping) -> Self {
        Self { parts: vec![mapping.from], values: mapping.values }
    }
}

/// The keys as they stand in the file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PeriodKeys {
    value: Option<TextOrInteger>,
    column: Option<OneOrMany<ColumnRef>>,
    header_row: Option<OneOrMany<u32>>,
    #[serde(default)]
    sheet: bool,
    #[serde(default)]
    fill: bool,
    values: Option<BTreeMap<String, String>>,
}

impl TryFrom<PeriodKeys> for PeriodMapping {
    type Error = &'static str;

    fn try_from(keys: PeriodKeys) -> Result<Self, &'static str> {
        let PeriodKeys { value, column, header_row, sheet, fill, values } = keys;
        let columns = column.iter().flat_map(OneOrMany::to_vec).map(|column| TextFrom::Column { column, fill });
        let rows: Vec<u32> = header_row.iter().flat_map(OneOrMany::to_vec).collect();
        // A year above several months stands in merged cells, of which only the first has a text.
        let last = rows.len().saturating_sub(1);
        let rows = rows.into_iter().enumerate().map(|(n, row)| TextFrom::HeaderRow { row, fill: fill || n < last });
        let sheet = sheet.then_some(TextFrom::SheetName);
        let parts: Vec<TextFrom> =
            value.map(TextFrom::Constant).into_iter().chain(sheet).chain(columns).chain(rows).collect();
        if parts.is_empty() {
            return Err("give value, column, header_row or sheet; the texts of several of them are joined");
        }
        Ok(Self { parts, values })
    }
}
