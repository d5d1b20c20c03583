//! One part of a selection: its indicator, period, unit, power of ten, or the code of a dimension.
//!
//! The texts of a part are numbered as they are met. The column `sex` with the rows F, M, F has the numbers 0, 1, 0.

use super::{columns::TableColumns, error::IntakeError, layout::Layout, marks::Marks, reject::UnplacedReject};
use crate::statistics::{
    comparison::comparison_key,
    file::table::CellTable,
    mapping::{TextFrom, TextMapping},
};
use choro_model::nearest;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// Most different texts of a part in one file.
const MAX_TEXTS: usize = 1_000_000;

/// One part of a selection, and where its texts stand.
pub struct SelectionPart {
    /// `indicator`, `period`, `unit`, `power`, or the id of a dimension.
    pub field: String,
    /// What each text stands for, where the mapping says it.
    values: Option<BTreeMap<String, String>>,
    texts: NumberedTexts,
    place: NumberOf,
}

/// Where the number of a value's text is found.
enum NumberOf {
    /// It is the same for the whole file.
    File(u32),
    /// It is that of the current row.
    Row {
        column: usize,
        /// Whether an empty cell takes the text above.
        fill: bool,
        number: u32,
    },
    /// It is that of the value's column, by the column's position in the layout.
    Heading(Vec<u32>),
}

/// Texts in the order in which they were met, each once.
#[derive(Default)]
struct NumberedTexts {
    /// As they are compared.
    list: Vec<String>,
    /// By the text as it stands in the file.
    numbers: FxHashMap<String, u32>,
}

impl NumberedTexts {
    /// The number of a text; `None` where the file has more texts than are taken.
    fn number(&mut self, text: &str) -> Option<u32> {
        if let Some(number) = self.numbers.get(text) {
            return Some(*number);
        }
        let number = u32::try_from(self.list.len()).ok().filter(|_| self.list.len() < MAX_TEXTS)?;
        self.list.push(comparison_key(text));
        self.numbers.insert(text.to_owned(), number);
        Some(number)
    }

    fn text(&self, number: u32) -> &str {
        self.list.get(number as usize).map(String::as_str).unwrap_or_default()
    }
}

impl SelectionPart {
    /// Finds where the texts of a part stand, and takes those of the whole file and of the headings.
    pub fn new(
        columns: &TableColumns<'_>,
        layout: &Layout,
        field: &str,
        mapping: &TextMapping,
        marks: &Marks,
    ) -> Result<Self, IntakeError> {
        let key = mapping_key(field);
        let values = mapping.values.as_ref();
        let values = values.map(|map| map.iter().map(|(text, id)| (comparison_key(text), id.clone())).collect());
        let mut texts = NumberedTexts::default();
        let place = match &mapping.from {
            TextFrom::Constant(text) => NumberOf::File(texts.number(&text.to_string()).unwrap_or(0)),
            TextFrom::SheetName => {
                let sheet = columns.table.sheet.as_deref().ok_or_else(|| {
                    columns.error(&key, "it is to be the name of the sheet, but the file has no sheets".to_owned())
                })?;
                NumberOf::File(texts.number(sheet).unwrap_or(0))
            }
            TextFrom::Column { column, fill } => {
                let column = columns.find(&format!("{key}.column"), column)?;
                NumberOf::Row { column, fill: *fill, number: 0 }
            }
            TextFrom::HeaderRow { row, fill } => {
                let row = columns.row(&format!("{key}.header_row"), *row)?;
                let headings = headings(columns.table, row, layout, *fill, marks);
                NumberOf::Heading(headings.iter().map(|text| texts.number(text).unwrap_or(0)).collect())
            }
        };
        Ok(Self { field: field.to_owned(), values, texts, place })
    }

    /// A part that the mapping may leave out: then every text is empty.
    pub fn optional(
        columns: &TableColumns<'_>,
        layout: &Layout,
        field: &str,
        mapping: Option<&TextMapping>,
        marks: &Marks,
    ) -> Result<Self, IntakeError> {
        match mapping {
            Some(mapping) => Self::new(columns, layout, field, mapping, marks),
            None => Self::new(columns, layout, field, &TextMapping::constant(""), marks),
        }
    }

    /// The column where its texts stand, if they stand in the rows of the values.
    pub fn column(&self) -> Option<usize> {
        if let NumberOf::Row { column, .. } = self.place { Some(column) } else { None }
    }

    /// The text of a number, as it is compared.
    pub fn text(&self, number: u32) -> &str {
        self.texts.text(number)
    }

    /// All texts that were met so far, as they are compared.
    pub fn texts_met(&self) -> &[String] {
        &self.texts.list
    }

    /// Whether its texts stand in a row of headings.
    pub fn is_of_headings(&self) -> bool {
        matches!(self.place, NumberOf::Heading(_))
    }

    /// Takes the text of a row; `false` where the file has more texts than are taken.
    pub fn enter_row(&mut self, table: &CellTable, row: usize) -> bool {
        let NumberOf::Row { column, fill, number } = &mut self.place else { return true };
        let text = table.get(row, *column).to_string();
        if *fill && text.trim().is_empty() && !self.texts.list.is_empty() {
            return true;
        }
        let found = self.texts.number(&text);
        *number = found.unwrap_or(*number);
        found.is_some()
    }

    /// The number of the text of the current row's value at a position among the value columns.
    pub fn number(&self, position: usize) -> u32 {
        match &self.place {
            NumberOf::File(number) | NumberOf::Row { number, .. } => *number,
            NumberOf::Heading(numbers) => numbers.get(position).copied().unwrap_or(0),
        }
    }

    /// What the text of a number stands for.
    pub fn meaning(&self, number: u32) -> Result<String, UnplacedReject> {
        let text = self.texts.text(number);
        let Some(values) = &self.values else { return Ok(text.to_owned()) };
        values.get(text).cloned().ok_or_else(|| {
            let hint = nearest(text, values.keys().map(String::as_str)).map(|near| format!("; near it is {near:?}"));
            let remedy = format!("add it to the values of {} in the mapping{}", self.field, hint.unwrap_or_default());
            UnplacedReject::new(&self.field, text, "text.not_in_values", remedy)
        })
    }
}

/// The key of a part in the mapping.
fn mapping_key(field: &str) -> String {
    if matches!(field, "indicator" | "period" | "unit" | "power") {
        return field.to_owned();
    }
    format!("dimensions.{field}")
}

/// The texts above the value columns, without footnote signs. With `fill`, an empty heading takes the nearest one to its left.
fn headings(table: &CellTable, row: usize, layout: &Layout, fill: bool, marks: &Marks) -> Vec<String> {
    let text = |column: usize| marks.bare(&comparison_key(&table.get(row, column).to_string()));
    let filled = |column: usize| (0..=column).rev().map(text).find(|text| !text.is_empty()).unwrap_or_default();
    layout.values.iter().map(|column| if fill { filled(*column) } else { text(*column) }).collect()
}
