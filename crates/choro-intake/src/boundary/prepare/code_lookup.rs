//! A crosswalk, ready to look up: what stands in a file's code fields -> the row with the code.

use super::clean_text::clean;
use crate::boundary::{error::BoundaryError, features::area_fault::AreaFault, report::Reason};
use choro_model::{CrosswalkTable, nearest};
use std::collections::HashMap;

/// A crosswalk, ready to look up.
pub struct CodeLookup {
    /// The whole table.
    pub table: CrosswalkTable,
    to: usize,
    /// The row of each text; the texts of several columns are joined.
    rows: HashMap<String, usize>,
    /// Rows with a code whose FROM cells are empty: areas that the file does not have.
    pub absent: Vec<usize>,
}

impl CodeLookup {
    /// Reads the rows of a table.
    pub fn new(table: CrosswalkTable, from: &[usize], to: usize) -> Result<Self, BoundaryError> {
        let (mut rows, mut absent) = (HashMap::new(), Vec::new());
        for (index, cells) in table.rows().iter().enumerate() {
            let cell = |column: usize| cells.get(column).map_or("", |cell| cell.trim());
            let key = from.iter().map(|column| cell(*column)).collect::<Vec<_>>();
            if key.iter().all(|text| text.is_empty()) {
                absent.extend((!cell(to).is_empty()).then_some(index));
                continue;
            }
            let what = |text: &str| format!("{text:?} stands in the crosswalk twice with different codes: keep one row");
            let row_error = |text: &str| BoundaryError::CrosswalkRow {
                path: table.place().to_owned(),
                row: table.row_number(index),
                what: what(text),
            };
            // The file's texts are spelt by this rule too. A row that no text can match is left out.
            let Ok(Some(key)) = clean(&key.join("+"), "crosswalk") else { continue };
            if let Some(first) = rows.insert(key.clone(), index) {
                let same = table.rows().get(first).and_then(|row| row.get(to)).is_some_and(|code| code.trim() == cell(to));
                if !same {
                    return Err(row_error(&key));
                }
            }
        }
        Ok(Self { table, to, rows, absent })
    }

    /// The row of a text.
    pub fn row(&self, text: &str) -> Result<usize, AreaFault> {
        self.rows.get(text).copied().ok_or_else(|| {
            let hint = nearest(text, self.rows.keys().map(String::as_str)).map(|near| format!("; the nearest is {near:?}"));
            let place = self.table.place();
            AreaFault::new(Reason::NotInCrosswalk, format!("{text:?} is not in {place}{}", hint.unwrap_or_default()))
        })
    }

    /// The code of a row.
    pub fn code(&self, row: usize) -> &str {
        self.table.rows().get(row).and_then(|cells| cells.get(self.to)).map_or("", String::as_str)
    }

    /// The cell of a row in the column of that name.
    pub fn cell(&self, row: usize, column: &str) -> &str {
        let index = self.table.column(column).unwrap_or(usize::MAX);
        self.table.rows().get(row).and_then(|cells| cells.get(index)).map_or("", String::as_str)
    }
}
