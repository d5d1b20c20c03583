//! What the columns and rows of a table hold, by a sample.

mod columns;
mod head;

use super::{number_signs::NumberSigns, written_period::plausible};
use crate::statistics::{
    comparison::comparison_key,
    file::table::{CellContent, CellTable},
    number::parse,
};
use choro_model::Period;
use std::ops::Range;

/// Rows of data that are looked at.
pub(crate) const SAMPLE: usize = 2_000;
/// Rows among which the first row of data is sought.
pub(crate) const HEAD: usize = 60;
/// Columns that are looked at.
const MAX_COLUMNS: usize = 400;

/// The areas that have this label, by their numbers; none: the label is not known.
pub(crate) type AreasOf<'a> = dyn Fn(&str) -> Vec<usize> + 'a;

/// A table, where its data begins, and which column holds the labels.
pub(crate) struct Survey<'a> {
    pub table: &'a CellTable,
    areas_of: &'a AreasOf<'a>,
    pub first_row: usize,
    pub header_rows: Vec<usize>,
    pub label: usize,
    pub signs: NumberSigns,
    pub width: usize,
    /// The row in which another table begins below this one.
    pub next_table: Option<usize>,
    end: usize,
}

/// What a cell holds, as far as values are concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CellKind {
    Empty,
    Number,
    /// A number with something behind or around it, or signs without a letter: `430 p`, `(410)`, `..`.
    Mark,
    Words,
}

impl<'a> Survey<'a> {
    /// `None` when no row has a label and a number.
    pub(crate) fn new(table: &'a CellTable, areas_of: &'a AreasOf<'a>) -> Option<Self> {
        let width = table.width().min(MAX_COLUMNS);
        let signs = NumberSigns::of(table, table.height().min(SAMPLE), width);
        let mut survey = Self {
            table,
            areas_of,
            first_row: 0,
            header_rows: Vec::new(),
            label: 0,
            signs,
            width,
            next_table: None,
            end: 0,
        };
        survey.first_row = survey.first_number_row()?;
        survey.end = table.height().min(survey.first_row + SAMPLE);
        survey.label = survey.label_column()?;
        if survey.counts_columns(survey.first_row) && !survey.is_area(survey.first_row, survey.label) {
            survey.first_row += 1;
        }
        survey.climb();
        survey.header_rows = survey.headings();
        survey.next_table = survey.rows().find(|row| survey.begins_table(*row));
        survey.end = survey.next_table.unwrap_or(survey.end);
        Some(survey)
    }

    pub(crate) fn text(&self, row: usize, column: usize) -> String {
        comparison_key(self.table.get(row, column).to_string().trim_matches('\u{feff}'))
    }

    pub(crate) fn number(&self, row: usize, column: usize) -> Option<f64> {
        match self.table.get(row, column) {
            CellContent::Number(number) => Some(number),
            CellContent::Text(text) => parse(text, self.signs.convention).ok(),
            CellContent::Empty => None,
        }
    }

    fn is_number(&self, row: usize, column: usize) -> bool {
        self.number(row, column).is_some()
    }

    pub(crate) fn is_period(&self, row: usize, column: usize) -> bool {
        self.text(row, column).parse::<Period>().is_ok_and(|period| plausible(period.calendar_year()))
    }

    pub(crate) fn is_word(&self, row: usize, column: usize) -> bool {
        matches!(self.table.get(row, column), CellContent::Text(text) if text.chars().any(char::is_alphabetic))
    }

    pub(crate) fn areas(&self, row: usize, column: usize) -> Vec<usize> {
        (self.areas_of)(&self.text(row, column))
    }

    pub(crate) fn is_area(&self, row: usize, column: usize) -> bool {
        !self.areas(row, column).is_empty()
    }

    pub(crate) fn is_known(&self, text: &str) -> bool {
        !(self.areas_of)(text).is_empty()
    }

    pub(crate) fn kind(&self, row: usize, column: usize) -> CellKind {
        let text = self.text(row, column);
        let letters = text.chars().filter(|c| c.is_alphabetic()).count();
        let digits = text.chars().filter(char::is_ascii_digit).count();
        match () {
            () if text.is_empty() => CellKind::Empty,
            () if self.is_number(row, column) => CellKind::Number,
            () if self.is_period(row, column) => CellKind::Words,
            () if letters == 0 || (letters <= 3 && (digits > 0 || text.starts_with(|c: char| !c.is_alphanumeric()))) => {
                CellKind::Mark
            }
            () => CellKind::Words,
        }
    }

    fn cells(&self, row: usize) -> usize {
        (0..self.width).filter(|column| !self.text(row, *column).is_empty()).count()
    }

    /// The numbers of a column, from top to bottom.
    fn numbers(&self, column: usize) -> Vec<f64> {
        self.rows().filter_map(|row| self.number(row, column)).collect()
    }

    pub(crate) fn rows(&self) -> Range<usize> {
        self.first_row..self.end
    }

    /// The texts above the headings and the headings of words, each with its row and column.
    pub(crate) fn head_texts(&self) -> Vec<(usize, usize, String)> {
        let cells = (0..self.first_row).flat_map(|row| (0..self.width).map(move |column| (row, column)));
        let cells = cells.filter(|(row, column)| self.is_word(*row, *column));
        cells.map(|(row, column)| (row, column, self.text(row, column))).take(200).collect()
    }

    /// The texts above the headings.
    pub(crate) fn titles(&self) -> Vec<(usize, usize, String)> {
        let mut texts = self.head_texts();
        texts.retain(|(row, _, _)| !self.header_rows.contains(row));
        texts
    }
}

/// Whether each number is by one greater than the one before it.
fn rise_by_one(numbers: &[f64]) -> bool {
    numbers.windows(2).all(|pair| matches!(pair, [a, b] if *b == a + 1.0))
}
