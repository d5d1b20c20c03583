//! A cell by its attributes and its text.

use super::{super::sheet::sheet_reading::FormulaResult, cell_text::CellText};

/// What a cell holds.
pub enum CellContent {
    Empty,
    Number(f64),
    Date(String),
    Truth(bool),
    Text(CellText),
}

/// The attributes of a cell.
#[derive(Default)]
pub struct CellTag {
    pub kind: String,
    pub value: Option<String>,
    pub style: Option<String>,
    pub has_formula: bool,
    pub is_error: bool,
    pub repeated: u32,
    pub rows_spanned: u32,
    pub columns_spanned: u32,
}

/// What a cell holds.
pub fn content(tag: &CellTag, text: CellText) -> CellContent {
    let value = tag.value.as_deref().unwrap_or_default().trim();
    match tag.kind.as_str() {
        _ if tag.is_error => CellContent::Text(text),
        "float" | "currency" | "percentage" => value.parse().map_or(CellContent::Empty, CellContent::Number),
        "date" if !value.is_empty() => CellContent::Date(value.to_owned()),
        "boolean" => CellContent::Truth(value == "true"),
        "time" => CellContent::Text(CellText::of(value)),
        "string" if text.is_empty() => CellContent::Text(CellText::of(tag.value.as_deref().unwrap_or_default())),
        _ if text.is_empty() => CellContent::Empty,
        _ => CellContent::Text(text),
    }
}

/// What stands beside a formula. A text may be empty, but then its kind is given.
pub fn result(tag: &CellTag, content: &CellContent) -> FormulaResult {
    match content {
        CellContent::Number(0.0) => FormulaResult::Zero,
        CellContent::Empty => FormulaResult::Absent,
        CellContent::Text(text) if tag.kind.is_empty() && text.is_empty() => FormulaResult::Absent,
        _ => FormulaResult::Other,
    }
}
