//! What a column of a table is: labels, codes, a ranking, values.

use super::{
    super::{
        words::{is_rank, is_year_word, words},
        written_period::{WrittenPeriod, written_period},
    },
    CellKind, Survey, rise_by_one,
};
use crate::statistics::file::{column_letters, table::CellContent};
use std::collections::BTreeSet;

impl Survey<'_> {
    /// The column of labels: the column with the most known areas, unless it merely counts its rows and another has words. Of
    /// equals, and where none is known, it is the text column with the most different texts.
    pub(super) fn label_column(&self) -> Option<usize> {
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
        let numbers = self.numbers(column);
        // A code such as 01 is no number of a row.
        let is_code = self.rows().any(|row| self.text(row, column).starts_with('0'));
        numbers.len() > 2 && rise_by_one(&numbers) && numbers.first() == Some(&1.0) && !is_code
    }

    /// Whether a column holds places in an order: 1 to n, each once, or a heading that says so.
    pub(crate) fn is_ranking(&self, column: usize) -> bool {
        let mut numbers = self.numbers(column);
        numbers.sort_unstable_by(f64::total_cmp);
        (numbers.len() > 2 && rise_by_one(&numbers) && numbers.first() == Some(&1.0))
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
        let numbers = self.numbers(column);
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

    /// Whether a text of letters has a year word as its heading; see [`words`].
    pub(crate) fn has_year_heading(&self, column: usize) -> bool {
        let says = |text: &String| words(text).iter().any(|word| is_year_word(word) || word == "date" || word == "дата");
        self.heading_texts(column).iter().any(says)
    }
}
