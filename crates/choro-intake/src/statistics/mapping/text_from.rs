//! Where a text of each value stands: its indicator, unit, power of ten, the code of a dimension, or a part of its period.

use super::scalars::{ColumnRef, TextOrInteger};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Where a text of each value stands, and what the texts stand for.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(try_from = "TextKeys")]
pub struct TextMapping {
    /// Where it stands.
    pub from: TextFrom,
    /// What each text stands for; a text that is not here is rejected. `None`: a text stands for itself.
    pub values: Option<BTreeMap<String, String>>,
}

/// Where a text of each value stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TextFrom {
    /// It is this text for the whole file.
    Constant(TextOrInteger),
    /// It stands in the row of the value.
    Column {
        /// The column.
        column: ColumnRef,
        /// Whether an empty cell takes the one above (merged cells).
        fill: bool,
    },
    /// It stands above the value.
    HeaderRow {
        /// The row of headings, from 1.
        row: u32,
        /// Whether an empty heading takes the one to its left (merged cells).
        fill: bool,
    },
    /// It is the name of the sheet.
    SheetName,
}

impl TextMapping {
    /// One text for the whole file, which stands for itself.
    #[must_use]
    pub fn constant(text: &str) -> Self {
        Self { from: TextFrom::Constant(TextOrInteger::Text(text.to_owned())), values: None }
    }
}

impl TextFrom {
    /// The row of headings, from 1, where it is one that the text stands in.
    #[must_use]
    pub fn header_row(&self) -> Option<u32> {
        if let Self::HeaderRow { row, .. } = self { Some(*row) } else { None }
    }
}

/// The keys as they stand in the file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TextKeys {
    value: Option<TextOrInteger>,
    column: Option<ColumnRef>,
    header_row: Option<u32>,
    #[serde(default)]
    sheet: bool,
    #[serde(default)]
    fill: bool,
    values: Option<BTreeMap<String, String>>,
}

impl TryFrom<TextKeys> for TextMapping {
    type Error = &'static str;

    fn try_from(keys: TextKeys) -> Result<Self, &'static str> {
        let TextKeys { value, column, header_row, sheet, fill, values } = keys;
        let from = match (value, column, header_row, sheet) {
            (Some(text), None, None, false) => TextFrom::Constant(text),
            (None, Some(column), None, false) => TextFrom::Column { column, fill },
            (None, None, Some(row), false) => TextFrom::HeaderRow { row, fill },
            (None, None, None, true) => TextFrom::SheetName,
            _ => return Err("give exactly one of value, column, header_row and sheet"),
        };
        Ok(Self { from, values })
    }
}
