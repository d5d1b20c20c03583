//! A mapping applied to the headings of one table: every column reference becomes a column.

use super::labels::key;
use crate::statistics::{
    file::{
        rows::Rows,
        table::{Table, Value},
    },
    mapping::{ColumnRef, Mapping},
};
use choro_model::nearest;

/// Most columns that may hold values.
const MAX_VALUE_COLUMNS: usize = 16_384;
/// Most rows of headings.
const MAX_HEADER_ROWS: usize = 20;

/// Why a mapping does not fit a table.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IntakeError {
    /// A column is absent or named ambiguously.
    #[error("{file}: {key}: {what}; the columns are {columns}")]
    Column {
        /// The statistics file.
        file: String,
        /// The key of the mapping, e.g. `area.column`.
        key: String,
        /// What is wrong, with the nearest heading.
        what: String,
        /// The columns there are.
        columns: String,
    },
    /// Any other value of the mapping does not fit.
    #[error("{file}: {key}: {what}")]
    Mapping {
        /// The statistics file.
        file: String,
        /// The key of the mapping.
        key: String,
        /// What is wrong and how to mend it.
        what: String,
    },
}

/// Where everything stands, as indices from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Layout {
    pub first_row: usize,
    /// One past the last row.
    pub end_row: usize,
    pub area: Vec<usize>,
    /// The row of headings that are areas, where they stand in no column.
    pub area_row: Option<usize>,
    pub values: Vec<usize>,
    /// Whether an empty cell of the area columns takes the one above.
    fill: bool,
    /// Columns, each with the texts of the rows that are data.
    only: Vec<(usize, Vec<String>)>,
}

/// The first rows with the headings: resolves references and names columns in messages.
pub(crate) struct Columns<'a> {
    pub table: &'a Table,
    headers: Vec<usize>,
    width: usize,
    /// Of the whole file.
    height: usize,
}

impl<'a> Columns<'a> {
    pub(crate) fn new(rows: &'a dyn Rows, mapping: &Mapping) -> Result<Self, IntakeError> {
        let headers = mapping.header_row.to_vec();
        let columns = Self { table: rows.head(), headers: Vec::new(), width: rows.width(), height: rows.height() };
        if headers.len() > MAX_HEADER_ROWS {
            return Err(columns.error("header_row", format!("{} rows are more than {MAX_HEADER_ROWS}", headers.len())));
        }
        let headers = headers.iter().map(|row| columns.row("header_row", *row)).collect::<Result<_, _>>()?;
        Ok(Self { headers, ..columns })
    }

    /// A row number of the mapping as an index.
    pub(crate) fn row(&self, key: &str, number: u32) -> Result<usize, IntakeError> {
        let index = usize::try_from(number).ok().and_then(|n| n.checked_sub(1));
        index
            .filter(|index| *index < self.height)
            .ok_or_else(|| self.error(key, format!("there is no row {number}: expected 1 to {}", self.height)))
    }

    /// A column of the mapping as an index: by number; by heading; where there is no such heading, by letters.
    pub(crate) fn find(&self, key_name: &str, column: &ColumnRef) -> Result<usize, IntakeError> {
        match column {
            ColumnRef::Number(number) => {
                let index = usize::try_from(*number).ok().and_then(|n| n.checked_sub(1)).filter(|index| *index < self.width);
                index.ok_or_else(|| self.absent(key_name, &number.to_string(), None))
            }
            ColumnRef::Name(name) => self.by_name(key_name, name),
        }
    }

    fn by_name(&self, key_name: &str, name: &str) -> Result<usize, IntakeError> {
        let wanted = key(name);
        let found: Vec<usize> = (0..self.width).filter(|column| self.headings(*column).any(|text| text == wanted)).collect();
        match found[..] {
            [column] => Ok(column),
            [] => letters_to_index(name)
                .filter(|column| *column < self.width)
                .ok_or_else(|| self.absent(key_name, name, self.nearest_heading(&wanted))),
            _ => {
                let list = found.iter().map(|column| index_to_letters(*column)).collect::<Vec<_>>().join(", ");
                Err(self.error(key_name, format!("the heading {name:?} stands over {list}: name the column by its letters")))
            }
        }
    }

    fn headings(&self, column: usize) -> impl Iterator<Item = String> {
        self.headers.iter().map(move |row| key(&self.table.get(*row, column).to_string())).filter(|text| !text.is_empty())
    }

    fn nearest_heading(&self, wanted: &str) -> Option<String> {
        let all: Vec<String> = (0..self.width.min(1000)).flat_map(|column| self.headings(column)).collect();
        nearest(wanted, all.iter().map(String::as_str)).map(str::to_owned)
    }

    fn absent(&self, key_name: &str, name: &str, near: Option<String>) -> IntakeError {
        let hint = near.map(|near| format!(", did you mean {near:?}?")).unwrap_or_default();
        IntakeError::Column {
            file: self.table.file.clone(),
            key: key_name.to_owned(),
            what: format!("there is no column {name:?}{hint}"),
            columns: (0..self.width.min(40)).map(|column| self.name(column)).collect::<Vec<_>>().join(", "),
        }
    }

    /// A column as messages name it: `C "2014"`.
    pub(crate) fn name(&self, column: usize) -> String {
        let letters = index_to_letters(column);
        match self.headings(column).last() {
            Some(heading) => format!("{letters} {:?}", heading.chars().take(60).collect::<String>()),
            None => letters,
        }
    }

    pub(crate) fn error(&self, key: &str, what: String) -> IntakeError {
        IntakeError::Mapping { file: self.table.file.clone(), key: key.to_owned(), what }
    }

    /// The value columns of a list of references and ranges, in the order given, none twice.
    fn value_columns(&self, list: &[ColumnRef]) -> Result<Vec<usize>, IntakeError> {
        let key_name = "value.columns";
        let mut columns = Vec::new();
        for reference in list {
            match self.range(key_name, reference)? {
                Some(range) => columns.extend(range),
                None => columns.push(self.find(key_name, reference)?),
            }
            if columns.len() > MAX_VALUE_COLUMNS {
                return Err(self.error(key_name, format!("more than {MAX_VALUE_COLUMNS} columns")));
            }
        }
        let mut seen = columns.clone();
        seen.sort_unstable();
        if let Some(pair) = seen.windows(2).find(|pair| pair[0] == pair[1]) {
            return Err(self.error(key_name, format!("column {} is named twice", self.name(pair[0]))));
        }
        if columns.is_empty() { Err(self.error(key_name, "names no column".to_owned())) } else { Ok(columns) }
    }

    /// `C:H`, `2012:2017`, `C:` (to the last column); `None` where the text is a heading itself, or no range.
    fn range(&self, key_name: &str, reference: &ColumnRef) -> Result<Option<std::ops::RangeInclusive<usize>>, IntakeError> {
        let ColumnRef::Name(text) = reference else { return Ok(None) };
        let Some((from, to)) = text.split_once(':') else { return Ok(None) };
        if self.by_name(key_name, text).is_ok() {
            return Ok(None);
        }
        let from = self.by_name(key_name, from.trim())?;
        let to = if to.trim().is_empty() { self.width - 1 } else { self.by_name(key_name, to.trim())? };
        if from > to { Err(self.error(key_name, format!("the range {text:?} runs backwards"))) } else { Ok(Some(from..=to)) }
    }
}

impl Layout {
    pub(crate) fn new(columns: &Columns<'_>, mapping: &Mapping) -> Result<Self, IntakeError> {
        let last_header = columns.headers.iter().max().map_or(0, |row| row + 1);
        let first_row = mapping.first_row.map_or(Ok(last_header), |row| columns.row("first_row", row))?;
        let end_row = mapping.last_row.map_or(Ok(columns.height), |row| columns.row("last_row", row).map(|r| r + 1))?;
        if first_row >= end_row {
            let what = format!("no row of data is left between first_row {} and the last row {end_row}", first_row + 1);
            return Err(columns.error("first_row", what));
        }
        let (area, area_row) = match (&mapping.area.column, mapping.area.header_row) {
            (Some(list), None) => {
                let list = list.to_vec();
                (list.iter().map(|c| columns.find("area.column", c)).collect::<Result<Vec<_>, _>>()?, None)
            }
            (None, Some(row)) => (Vec::new(), Some(columns.row("area.header_row", row)?)),
            _ => return Err(columns.error("area", "give exactly one of column and header_row".to_owned())),
        };
        if area.is_empty() && area_row.is_none() {
            return Err(columns.error("area.column", "names no column".to_owned()));
        }
        let values = match (&mapping.value.column, &mapping.value.columns) {
            (Some(column), None) => vec![columns.find("value.column", column)?],
            (None, Some(list)) => columns.value_columns(list)?,
            _ => return Err(columns.error("value", "give either column (long form) or columns (wide form)".to_owned())),
        };
        let only = mapping.only.iter().map(|only| {
            let column = columns.find("only.column", &only.column)?;
            Ok((column, only.values.iter().map(|text| key(&text.to_string())).collect()))
        });
        let only = only.collect::<Result<_, IntakeError>>()?;
        Ok(Self { first_row, end_row, area, area_row, values, fill: mapping.area.fill, only })
    }

    /// How far a row's label is indented: its leading blanks.
    pub(crate) fn depth(&self, table: &Table, row: usize) -> usize {
        let text = self.area.last().map(|column| table.get(row, *column).to_string()).unwrap_or_default();
        text.chars().take_while(|c| c.is_whitespace()).count()
    }

    /// The areas above the value columns; with `fill` an empty heading takes the one to its left.
    pub(crate) fn headings(&self, table: &Table, row: usize) -> Vec<String> {
        let mut labels: Vec<String> = Vec::with_capacity(self.values.len());
        for column in &self.values {
            let text = table.get(row, *column).to_string();
            let left = labels.last().filter(|_| self.fill && text.trim().is_empty()).cloned();
            labels.push(left.unwrap_or(text));
        }
        labels
    }

    /// Whether a row is data by `only`.
    pub(crate) fn keeps(&self, table: &Table, row: usize) -> bool {
        self.only.iter().all(|(column, texts)| texts.contains(&key(&table.get(row, *column).to_string())))
    }

    /// The label of a row: the texts of the area columns, joined by `+` when there are several. `above` holds those of the
    /// row above for merged cells: an empty cell takes that text, unless a cell to its left is new.
    pub(crate) fn label(&self, table: &Table, row: usize, above: &mut Vec<String>) -> String {
        let mut texts: Vec<String> = self.area.iter().map(|column| table.get(row, *column).to_string()).collect();
        if self.fill && self.has_value(table, row) {
            let same = texts.iter().take_while(|text| text.trim().is_empty()).count();
            for (text, before) in texts.iter_mut().zip(above.iter()).take(same) {
                text.clone_from(before);
            }
            above.clone_from(&texts);
        }
        if texts.iter().all(|text| text.trim().is_empty()) { String::new() } else { texts.join("+") }
    }

    /// Whether a row has something in a value column.
    pub(crate) fn has_value(&self, table: &Table, row: usize) -> bool {
        self.values.iter().any(|column| match table.get(row, *column) {
            Value::Empty => false,
            Value::Number(_) => true,
            Value::Text(text) => !text.trim().is_empty(),
        })
    }
}

/// `A` is 0, `Z` 25, `AA` 26; at most three letters, as in spreadsheets.
pub(crate) fn letters_to_index(letters: &str) -> Option<usize> {
    if !(1..=3).contains(&letters.len()) || !letters.bytes().all(|b| b.is_ascii_uppercase()) {
        return None;
    }
    letters.bytes().try_fold(0_usize, |sum, b| sum.checked_mul(26)?.checked_add(usize::from(b - b'A') + 1))?.checked_sub(1)
}

/// The inverse of [`letters_to_index`].
pub(crate) fn index_to_letters(index: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = index + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"[rest % 26]));
        rest /= 26;
    }
    letters.iter().rev().collect()
}
