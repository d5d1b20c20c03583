//! The columns of a table: how a mapping refers to them, and how messages name them.

use super::error::IntakeError;
use crate::statistics::{
    comparison::comparison_key,
    file::{column_letters, rows::Rows, table::CellTable},
    mapping::{ColumnRef, Mapping},
};
use choro_model::nearest;

/// Most columns that may hold values.
const MAX_VALUE_COLUMNS: usize = 16_384;
/// Signs that may stand between the cells of a text file.
const DELIMITERS: [char; 4] = [';', '\t', ',', '|'];
/// Most rows of headings.
const MAX_HEADER_ROWS: usize = 20;

/// The columns of a table by its first rows, in which the headings stand. Finds the columns that a mapping names, and names columns
/// in messages.
pub(crate) struct TableColumns<'a> {
    pub table: &'a CellTable,
    headers: Vec<usize>,
    width: usize,
    /// Rows of the whole file.
    pub height: usize,
}

impl<'a> TableColumns<'a> {
    pub(crate) fn new(rows: &'a dyn Rows, mapping: &Mapping) -> Result<Self, IntakeError> {
        let headers = mapping.header_row.to_vec();
        let columns = Self { table: rows.head(), headers: Vec::new(), width: rows.width(), height: rows.height() };
        if headers.len() > MAX_HEADER_ROWS {
            return Err(columns.error("header_row", format!("{} rows are more than {MAX_HEADER_ROWS}", headers.len())));
        }
        let headers = headers.iter().map(|row| columns.row("header_row", *row)).collect::<Result<_, _>>()?;
        Ok(Self { headers, ..columns })
    }

    /// The first row below the headings.
    pub(crate) fn first_row_below(&self) -> usize {
        self.headers.iter().max().map_or(0, |row| row + 1)
    }

    /// A row number of the mapping as an index.
    pub(crate) fn row(&self, key: &str, number: u32) -> Result<usize, IntakeError> {
        let index = usize::try_from(number).ok().and_then(|n| n.checked_sub(1));
        index
            .filter(|index| *index < self.height)
            .ok_or_else(|| self.error(key, format!("there is no row {number}: expected 1 to {}", self.height)))
    }

    /// A column of the mapping as an index: by its number, by its heading, or, where there is no such heading, by its letters.
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
        let wanted = comparison_key(name);
        let found: Vec<usize> = (0..self.width).filter(|column| self.headings(*column).any(|text| text == wanted)).collect();
        match found[..] {
            [column] => Ok(column),
            [] => column_letters::to_index(name)
                .filter(|column| *column < self.width)
                .ok_or_else(|| self.absent(key_name, name, self.nearest_heading(&wanted))),
            _ => {
                let list = found.iter().map(|column| column_letters::of_index(*column)).collect::<Vec<_>>().join(", ");
                Err(self.error(key_name, format!("the heading {name:?} stands over {list}: name the column by its letters")))
            }
        }
    }

    /// How many columns there are.
    pub(crate) fn width(&self) -> usize {
        self.width
    }

    /// The lowest heading of a column.
    pub(crate) fn heading(&self, column: usize) -> String {
        self.headings(column).last().unwrap_or_default()
    }

    /// The letters of a column.
    pub(crate) fn letters(&self, column: usize) -> String {
        column_letters::of_index(column)
    }

    /// Columns as a mapping lists them, neighbours as ranges: `"B:C", "E"`.
    pub(crate) fn ranges(&self, columns: &[usize]) -> String {
        let mut runs: Vec<(usize, usize)> = Vec::new();
        for column in columns {
            match runs.last_mut() {
                Some((_, end)) if *end + 1 == *column => *end = *column,
                _ => runs.push((*column, *column)),
            }
        }
        let range = |(from, to): &(usize, usize)| match (self.letters(*from), self.letters(*to)) {
            (from, to) if from == to => format!("{from:?}"),
            (from, to) => format!("\"{from}:{to}\""),
        };
        runs.iter().map(range).collect::<Vec<_>>().join(", ")
    }

    fn headings(&self, column: usize) -> impl Iterator<Item = String> {
        self.headers
            .iter()
            .map(move |row| comparison_key(&self.table.get(*row, column).to_string()))
            .filter(|text| !text.is_empty())
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
            what: format!("there is no column {name:?}{hint}{}", self.other_delimiter().unwrap_or_default()),
            columns: (0..self.width.min(40)).map(|column| self.name(column)).collect::<Vec<_>>().join(", "),
        }
    }

    /// That another sign may stand between the cells, where a heading holds it.
    fn other_delimiter(&self) -> Option<String> {
        let own = self.table.delimiter?;
        let holds = |sign: &char| (0..self.width.min(40)).any(|column| self.heading(column).contains(*sign));
        let other = DELIMITERS.into_iter().filter(|sign| *sign != own).find(holds)?;
        Some(format!(
            "; {own:?} was taken for the sign between cells: if that is wrong, write delimiter = \"{}\"",
            other.escape_default()
        ))
    }

    /// A column as messages name it: `C "2014"`.
    pub(crate) fn name(&self, column: usize) -> String {
        let letters = column_letters::of_index(column);
        match self.headings(column).last() {
            Some(heading) => format!("{letters} {:?}", heading.chars().take(60).collect::<String>()),
            None => letters,
        }
    }

    pub(crate) fn error(&self, key: &str, what: String) -> IntakeError {
        IntakeError::Mapping { file: self.table.file.clone(), key: key.to_owned(), what }
    }

    /// The value columns of a list of references and ranges, in the order given, none twice.
    pub(crate) fn value_columns(&self, list: &[ColumnRef]) -> Result<Vec<usize>, IntakeError> {
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
