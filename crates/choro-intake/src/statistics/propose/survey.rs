//! What the columns and rows of a table hold, by a sample.

use super::{
    number_signs::NumberSigns,
    words::{is_rank, is_table_title, words},
    written_period::{WrittenPeriod, is_year_of_another_calendar, plausible, written_period},
};
use crate::statistics::{
    comparison::comparison_key,
    file::{
        column_letters,
        table::{CellContent, CellTable},
    },
    number::parse,
};
use choro_model::Period;
use std::{collections::BTreeSet, ops::Range};

/// Rows of data that are looked at.
pub(crate) const SAMPLE: usize = 2_000;
/// Rows among which the first row of data is sought.
pub(crate) const HEAD: usize = 60;
/// Columns that are looked at.
const MAX_COLUMNS: usize = 400;
/// Rows of headings that are looked at.
const MAX_HEADINGS: usize = 5;

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

    /// The first row with a label and a number; a number that may be a year counts only where the label is that of an area.
    fn first_number_row(&self) -> Option<usize> {
        let head = || 0..self.table.height().min(HEAD);
        let of_area = |row: &usize| {
            (0..self.width).any(|column| self.is_area(*row, column))
                && (0..self.width).any(|column| self.is_number(*row, column))
        };
        head().find(|row| self.is_data(*row) && !self.holds_foreign_years(*row)).or_else(|| head().find(of_area))
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

    /// A label or a code, and a number that is no year. A row that merely counts its columns (1, 2, 3 ...) has no label.
    fn is_data(&self, row: usize) -> bool {
        let number = |column: &usize| self.is_number(row, *column) && !self.is_period(row, *column);
        let numbers = (0..self.width).filter(number).count();
        let word = (0..self.width).any(|column| self.is_word(row, column));
        numbers > 0 && (word || (numbers > 1 && !self.counts_columns(row)))
    }

    /// Whether the numbers of a row are 1, 2, 3 and so on, or the numbers of their columns: four at least where a word is among them.
    fn counts_columns(&self, row: usize) -> bool {
        let numbers: Vec<f64> = (0..self.width).filter_map(|column| self.number(row, column)).collect();
        let by_one = numbers.windows(2).all(|pair| matches!(pair, [a, b] if *b == a + 1.0));
        let least = if (0..self.width).any(|column| self.is_word(row, column)) { 4 } else { 2 };
        numbers.len() >= least && by_one && matches!(numbers.first(), Some(first) if *first == 1.0 || *first == 2.0)
    }

    /// Whether the numbers of a row without an area, below no other row of headings, are years of another calendar.
    fn holds_foreign_years(&self, row: usize) -> bool {
        let numbers: Vec<f64> = (0..self.width).filter_map(|column| self.number(row, column)).collect();
        let step = |pair: &[f64]| matches!(pair, [a, b] if (b - a).abs() == 1.0);
        numbers.iter().all(|number| is_year_of_another_calendar(*number))
            && numbers.windows(2).all(step)
            && !(0..self.width).any(|column| self.is_area(row, column))
            && row.checked_sub(1).is_none_or(|above| self.cells(above) < 2)
    }

    fn cells(&self, row: usize) -> usize {
        (0..self.width).filter(|column| !self.text(row, *column).is_empty()).count()
    }

    /// Rows between the headings and the first number are data where their label is that of an area, or where they have nothing but
    /// marks beside a label. The row of headings itself is never taken.
    fn climb(&mut self) {
        while let Some(above) = self.first_row.checked_sub(1) {
            let has_headings = above.checked_sub(1).is_some_and(|row| self.cells(row) >= 2);
            if !has_headings || !(self.is_area(above, self.label) || self.has_only_marks(above)) {
                return;
            }
            self.first_row = above;
        }
    }

    /// Whether a row repeats the heading of the labels, or is the title of a table.
    fn begins_table(&self, row: usize) -> bool {
        let text = self.text(row, self.label);
        self.heading_texts(self.label).contains(&text) || is_table_title(&text)
    }

    fn has_only_marks(&self, row: usize) -> bool {
        let is_mark = |text: &String| text.chars().all(|c| !c.is_alphanumeric() && !"%‰№#$€£".contains(c));
        let others = (0..self.width).filter(|column| *column != self.label).map(|column| self.text(row, column));
        let full: Vec<String> = others.filter(|text| !text.is_empty()).collect();
        !full.is_empty() && full.iter().all(is_mark) && !self.text(row, self.label).is_empty()
    }

    /// The rows of headings: up to five rows right above the data that have at least two cells. A title stands alone in its row.
    fn headings(&self) -> Vec<usize> {
        let least = self.width.min(2);
        let above: Vec<usize> =
            (0..self.first_row).rev().take_while(|row| self.cells(*row) >= least).take(MAX_HEADINGS).collect();
        above.into_iter().rev().collect()
    }

    /// The column of labels: the column with the most known areas, unless it merely counts its rows and another has words. Of
    /// equals, and where none is known, it is the text column with the most different texts.
    fn label_column(&self) -> Option<usize> {
        let score = |column: usize| {
            let texts = self.texts(column);
            let words = self.rows().filter(|row| self.is_word(*row, column)).count();
            let known = texts.iter().filter(|text| self.is_known(text)).count();
            let sure = if self.counts_rows(column) { 0 } else { known };
            (sure, if words * 2 > texts.len() { texts.len() } else { 0 }, known)
        };
        let scores = (0..self.width).map(|column| (score(column), std::cmp::Reverse(column)));
        scores.max().filter(|(score, _)| *score > (0, 0, 0)).map(|(_, column)| column.0)
    }

    /// Whether a column holds the numbers from 1 on, in order.
    pub(crate) fn counts_rows(&self, column: usize) -> bool {
        let numbers: Vec<f64> = self.rows().filter_map(|row| self.number(row, column)).collect();
        let by_one = numbers.windows(2).all(|pair| matches!(pair, [a, b] if *b == a + 1.0));
        // A code such as 01 is no number of a row.
        let is_code = self.rows().any(|row| self.text(row, column).starts_with('0'));
        numbers.len() > 2 && by_one && numbers.first() == Some(&1.0) && !is_code
    }

    /// Whether a column holds places in an order: 1 to n, each once, or a heading that says so.
    pub(crate) fn is_ranking(&self, column: usize) -> bool {
        let mut numbers: Vec<f64> = self.rows().filter_map(|row| self.number(row, column)).collect();
        numbers.sort_unstable_by(f64::total_cmp);
        let by_one = numbers.windows(2).all(|pair| matches!(pair, [a, b] if *b == a + 1.0));
        (numbers.len() > 2 && by_one && numbers.first() == Some(&1.0))
            || self.heading_texts(column).iter().any(|text| is_rank(text))
    }

    /// The different texts of a column, empty ones left out.
    pub(crate) fn texts(&self, column: usize) -> BTreeSet<String> {
        self.rows().map(|row| self.text(row, column)).filter(|text| !text.is_empty()).collect()
    }

    /// Whether some labels have blanks before them and some have none.
    pub(crate) fn is_indented(&self) -> bool {
        let blank = |row: usize| match self.table.get(row, self.label) {
            CellContent::Text(text) if !text.trim().is_empty() => Some(text.starts_with(char::is_whitespace)),
            _ => None,
        };
        let mut labels = self.rows().filter_map(blank);
        labels.next().is_some_and(|first| labels.any(|other| other != first))
    }

    pub(crate) fn rows(&self) -> Range<usize> {
        self.first_row..self.end
    }

    /// Columns of which at least half of what is not empty are numbers or marks, one number at least among them. A column of codes
    /// to the left of the labels, each different, is none.
    pub(crate) fn value_columns(&self) -> Vec<usize> {
        let is_value = |column: &usize| {
            let kinds = || self.rows().map(|row| self.kind(row, *column));
            let full = kinds().filter(|kind| *kind != CellKind::Empty).count();
            let numbers = kinds().filter(|kind| *kind == CellKind::Number).count();
            let figures = kinds().filter(|kind| matches!(kind, CellKind::Number | CellKind::Mark)).count();
            let any = numbers > 0 || kinds().any(|kind| kind == CellKind::Mark) && !self.heading_periods(*column).is_empty();
            *column != self.label && any && figures * 2 >= full
        };
        let values: Vec<usize> = (0..self.width).filter(is_value).collect();
        let right = values.iter().any(|column| *column > self.label);
        values.into_iter().filter(|column| !(right && *column < self.label && self.are_codes(*column))).collect()
    }

    /// Different whole numbers, without a period above them.
    fn are_codes(&self, column: usize) -> bool {
        let numbers: Vec<f64> = self.rows().filter_map(|row| self.number(row, column)).collect();
        let whole = numbers.iter().all(|number| number.fract() == 0.0);
        whole && self.texts(column).len() == numbers.len() && self.heading_periods(column).is_empty()
    }

    fn heading_periods(&self, column: usize) -> Vec<String> {
        let named = |text: &String| written_period(text) != WrittenPeriod::None;
        self.heading_texts(column).into_iter().filter(named).collect()
    }

    /// The headings of a column from top to bottom, empty ones left out.
    pub(crate) fn heading_texts(&self, column: usize) -> Vec<String> {
        self.header_rows.iter().map(|row| self.text(*row, column)).filter(|text| !text.is_empty()).collect()
    }

    /// A column as messages name it: `C "2014"`.
    pub(crate) fn column_name(&self, column: usize) -> String {
        let letters = column_letters::of_index(column);
        match self.heading_texts(column).last() {
            Some(heading) => format!("{letters} {:?}", heading.chars().take(60).collect::<String>()),
            None => letters,
        }
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

    /// Whether a text of letters has a year word as its heading; see [`words`].
    pub(crate) fn has_year_heading(&self, column: usize) -> bool {
        let says = |text: &String| {
            words(text).iter().any(|word| super::words::is_year_word(word) || word == "date" || word == "дата")
        };
        self.heading_texts(column).iter().any(says)
    }
}
