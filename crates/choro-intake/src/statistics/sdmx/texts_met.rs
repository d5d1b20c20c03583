//! What stands in the columns that the mapping of an SDMX-CSV file depends on.

use crate::statistics::{
    comparison::comparison_key,
    file::{
        column_letters,
        rows::{Rows, try_each_part},
        table::CellContent,
    },
    reading::error::{FileError, IntakeError},
};
use std::collections::BTreeMap;

/// Most different texts of a column that is translated.
const MAX_TEXTS: usize = 100_000;

/// The different texts of a column, and how often each stands there.
pub type TextCounts = BTreeMap<String, u64>;

/// What stands in the columns that a mapping depends on.
pub struct TextsMet {
    /// Of each column.
    texts: Vec<TextCounts>,
    /// Whether any value has a comma.
    pub comma: bool,
    /// Whether any value has a point.
    pub point: bool,
}

impl TextsMet {
    /// Goes through the file once for the different texts of `columns` and the signs of the values.
    pub fn among(rows: &dyn Rows, columns: &[usize], value: usize) -> Result<Self, FileError> {
        let mut met = Self { texts: vec![TextCounts::new(); columns.len()], comma: false, point: false };
        try_each_part(rows, |part| {
            for row in part.rows().start.max(1)..part.rows().end {
                for (column, texts) in columns.iter().zip(&mut met.texts) {
                    count(part.get(row, *column), texts);
                    if texts.len() > MAX_TEXTS {
                        return Err(too_many(rows, *column).into());
                    }
                }
                let value = part.get(row, value).to_string();
                met.comma |= value.contains(',');
                met.point |= value.contains('.');
            }
            Ok::<(), FileError>(())
        })?;
        Ok(met)
    }

    /// The texts of the column at an index of those that were asked for.
    pub fn texts(&self, index: usize) -> &TextCounts {
        static NONE: TextCounts = TextCounts::new();
        self.texts.get(index).unwrap_or(&NONE)
    }
}

fn too_many(rows: &dyn Rows, column: usize) -> IntakeError {
    let (file, key) = (rows.head().file.clone(), column_letters::of_index(column));
    IntakeError::Mapping { file, key, what: format!("more than {MAX_TEXTS} different texts: split the file") }
}

/// Counts a text by its key. Nearly all texts are their own keys, and of these no copy is made.
fn count(value: CellContent<'_>, texts: &mut TextCounts) {
    if let CellContent::Text(text) = value
        && let Some(count) = texts.get_mut(text)
    {
        *count += 1;
        return;
    }
    *texts.entry(comparison_key(&value.to_string())).or_default() += 1;
}
