//! Cells of one area and selection that contradict each other.

use crate::{join::known_area::KnownArea, statistics::LabelledCell};
use choro_model::{Cell, Selection};
use serde::Serialize;

/// Rows named of one conflict.
const MAX_PLACES: usize = 10;

/// Cells of one area and selection that contradict each other.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Conflict {
    /// The area.
    pub code: String,
    /// The indicator.
    pub indicator: String,
    /// The period.
    pub period: String,
    /// The codes of the dimensions.
    pub codes: Vec<String>,
    /// Row, column and content of each, at most ten.
    pub cells: Vec<ConflictingCell>,
}

/// One of the contradicting cells.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ConflictingCell {
    /// Row from 1.
    pub row: u32,
    /// Column from 1.
    pub column: u32,
    /// The value or state as text, with the status.
    pub content: String,
}

impl Conflict {
    pub(crate) fn new(area: Option<&KnownArea>, selection: Option<&Selection>) -> Self {
        Self {
            code: area.map(|area| area.code.to_string()).unwrap_or_default(),
            indicator: selection.map(|s| s.indicator.to_string()).unwrap_or_default(),
            period: selection.map(|s| s.period.to_string()).unwrap_or_default(),
            codes: selection.map(|s| s.codes.iter().map(ToString::to_string).collect()).unwrap_or_default(),
            cells: Vec::new(),
        }
    }

    pub(crate) fn add(&mut self, cell: &LabelledCell, sheets: &[String]) {
        if self.cells.len() >= MAX_PLACES {
            return;
        }
        let value = match cell.cell {
            Cell::Value(number) => number.to_string(),
            Cell::State(state) => state.to_string(),
        };
        let content = cell.status.map_or(value.clone(), |status| format!("{value} ({})", status.as_str()));
        let sheet = sheets.get(usize::from(cell.sheet)).map(|sheet| format!(" on sheet {sheet:?}")).unwrap_or_default();
        let content = content + &sheet;
        self.cells.push(ConflictingCell { row: cell.row, column: cell.column, content });
    }
}
