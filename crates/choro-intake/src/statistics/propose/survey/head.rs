//! Where the headings of a table end, its data begins, and another table begins below it.

use super::{
    super::{words::is_table_title, written_period::is_year_of_another_calendar},
    HEAD, Survey, rise_by_one,
};

/// Rows of headings that are looked at.
const MAX_HEADINGS: usize = 5;

impl Survey<'_> {
    /// The first row with a label and a number; a number that may be a year counts only where the label is that of an area.
    pub(super) fn first_number_row(&self) -> Option<usize> {
        let head = || 0..self.table.height().min(HEAD);
        let of_area = |row: &usize| {
            (0..self.width).any(|column| self.is_area(*row, column))
                && (0..self.width).any(|column| self.is_number(*row, column))
        };
        head().find(|row| self.is_data(*row) && !self.holds_foreign_years(*row)).or_else(|| head().find(of_area))
    }

    /// A label or a code, and a number that is no year. A row that merely counts its columns (1, 2, 3 ...) has no label.
    fn is_data(&self, row: usize) -> bool {
        let number = |column: &usize| self.is_number(row, *column) && !self.is_period(row, *column);
        let numbers = (0..self.width).filter(number).count();
        let word = (0..self.width).any(|column| self.is_word(row, column));
        numbers > 0 && (word || (numbers > 1 && !self.counts_columns(row)))
    }

    /// Whether the numbers of a row are 1, 2, 3 and so on, or the numbers of their columns: four at least where a word is among them.
    pub(super) fn counts_columns(&self, row: usize) -> bool {
        let numbers: Vec<f64> = (0..self.width).filter_map(|column| self.number(row, column)).collect();
        let least = if (0..self.width).any(|column| self.is_word(row, column)) { 4 } else { 2 };
        numbers.len() >= least
            && rise_by_one(&numbers)
            && matches!(numbers.first(), Some(first) if *first == 1.0 || *first == 2.0)
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

    /// Rows between the headings and the first number are data where their label is that of an area, or where they have nothing but
    /// marks beside a label. The row of headings itself is never taken.
    pub(super) fn climb(&mut self) {
        while let Some(above) = self.first_row.checked_sub(1) {
            let has_headings = above.checked_sub(1).is_some_and(|row| self.cells(row) >= 2);
            if !has_headings || !(self.is_area(above, self.label) || self.has_only_marks(above)) {
                return;
            }
            self.first_row = above;
        }
    }

    /// Whether a row repeats the heading of the labels, or is the title of a table.
    pub(super) fn begins_table(&self, row: usize) -> bool {
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
    pub(super) fn headings(&self) -> Vec<usize> {
        let least = self.width.min(2);
        let above: Vec<usize> =
            (0..self.first_row).rev().take_while(|row| self.cells(*row) >= least).take(MAX_HEADINGS).collect();
        above.into_iter().rev().collect()
    }
}
