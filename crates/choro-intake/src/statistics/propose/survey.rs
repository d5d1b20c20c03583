//! What the columns and rows of a table hold, by a sample.

use super::years::plausible;
use crate::statistics::{
    comparison::comparison_key,
    file::{
        column_letters,
        table::{CellContent, CellTable},
    },
    number::{Convention, parse},
};
use choro_model::Period;
use std::collections::BTreeSet;

/// Rows of data that are looked at.
pub(crate) const SAMPLE: usize = 2_000;
/// Rows among which the first row of data is sought.
pub(crate) const HEAD: usize = 60;
/// Columns that are looked at.
const MAX_COLUMNS: usize = 400;
/// How many labels without a known area are named.
const MAX_UNKNOWN_LABELS: usize = 40;

pub(crate) struct Survey<'a> {
    pub table: &'a CellTable,
    pub first_row: usize,
    pub header_rows: Vec<usize>,
    pub label: usize,
    pub convention: Convention,
    pub decimal_is_doubtful: bool,
    pub unknown_labels: Vec<String>,
    pub known: usize,
    pub labels: usize,
    width: usize,
    end: usize,
}

impl<'a> Survey<'a> {
    /// `None` when no row has a label and a number.
    pub(crate) fn new(table: &'a CellTable, known: &dyn Fn(&str) -> bool) -> Option<Self> {
        let width = table.width().min(MAX_COLUMNS);
        let (convention, decimal_is_doubtful) = convention(table, width);
        let (header_rows, unknown_labels) = Default::default();
        let mut survey = Self {
            table,
            first_row: 0,
            header_rows,
            label: 0,
            convention,
            decimal_is_doubtful,
            unknown_labels,
            known: 0,
            labels: 0,
            width,
            end: 0,
        };
        survey.first_row = (0..table.height().min(HEAD)).find(|row| survey.is_data(*row))?;
        survey.end = table.height().min(survey.first_row + SAMPLE);
        survey.header_rows = survey.headings();
        survey.label = survey.label_column(known)?;
        survey.meet_labels(known);
        Some(survey)
    }

    pub(crate) fn text(&self, row: usize, column: usize) -> String {
        comparison_key(&self.table.get(row, column).to_string())
    }

    fn number(&self, row: usize, column: usize) -> Option<f64> {
        match self.table.get(row, column) {
            CellContent::Number(number) => Some(number),
            CellContent::Text(text) => parse(text, self.convention).ok(),
            CellContent::Empty => None,
        }
    }

    fn is_year(&self, row: usize, column: usize) -> bool {
        self.text(row, column).parse::<Period>().is_ok_and(|period| plausible(period.calendar_year()))
    }

    fn is_word(&self, row: usize, column: usize) -> bool {
        matches!(self.table.get(row, column), CellContent::Text(text) if text.chars().any(char::is_alphabetic))
    }

    /// A label or a code, and a number that is no year. A row that merely counts its columns (1, 2, 3 ...) has no label.
    fn is_data(&self, row: usize) -> bool {
        let number = |column: &usize| self.number(row, *column).is_some() && !self.is_year(row, *column);
        let numbers = (0..self.width).filter(number).count();
        numbers > 0
            && ((0..self.width).any(|column| self.is_word(row, column)) || (numbers > 1 && !self.counts_columns(row)))
    }

    fn counts_columns(&self, row: usize) -> bool {
        #[expect(clippy::cast_precision_loss, reason = "at most 400 columns")]
        (0..self.width).all(|column| self.number(row, column).is_none_or(|number| number == (column + 1) as f64))
    }

    /// The rows of headings: up to five rows right above the data that have at least two cells. A title stands alone in its row.
    fn headings(&self) -> Vec<usize> {
        let cells = |row: usize| (0..self.width).filter(|column| !self.text(row, *column).is_empty()).count();
        let least = self.width.min(2);
        let above: Vec<usize> = (0..self.first_row).rev().take_while(|row| cells(*row) >= least).take(5).collect();
        above.into_iter().rev().collect()
    }

    /// The column of labels: the text column with the most known areas. Of equals, and where none is known, it is the one with the
    /// most different texts.
    fn label_column(&self, known: &dyn Fn(&str) -> bool) -> Option<usize> {
        let score = |column: usize| {
            let texts: BTreeSet<String> = self.rows().map(|row| self.text(row, column)).filter(|t| !t.is_empty()).collect();
            let words = self.rows().filter(|row| self.is_word(*row, column)).count();
            (texts.iter().filter(|text| known(text)).count(), if words * 2 > texts.len() { texts.len() } else { 0 })
        };
        let scores = (0..self.width).map(|column| (score(column), std::cmp::Reverse(column)));
        scores.max().filter(|(score, _)| *score > (0, 0)).map(|(_, column)| column.0)
    }

    fn meet_labels(&mut self, known: &dyn Fn(&str) -> bool) {
        let texts: BTreeSet<String> =
            self.rows().map(|row| self.text(row, self.label)).filter(|text| !text.is_empty()).collect();
        self.labels = texts.len();
        self.known = texts.iter().filter(|text| known(text)).count();
        if self.known > 0 {
            self.unknown_labels = texts.into_iter().filter(|text| !known(text)).take(MAX_UNKNOWN_LABELS).collect();
        }
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

    fn rows(&self) -> std::ops::Range<usize> {
        self.first_row..self.end
    }

    /// Columns of which at least half of what is not empty are numbers.
    pub(crate) fn value_columns(&self) -> Vec<usize> {
        let is_value = |column: &usize| {
            let full = self.rows().filter(|row| !self.text(*row, *column).is_empty()).count();
            let numbers = self.rows().filter(|row| self.number(*row, *column).is_some()).count();
            *column != self.label && numbers > 0 && numbers * 2 >= full
        };
        (0..self.width).filter(is_value).collect()
    }

    /// A column that holds nothing but periods.
    pub(crate) fn period_column(&self) -> Option<usize> {
        let is_period = |column: &usize| {
            let mut full = self.rows().filter(|row| !self.text(*row, *column).is_empty()).peekable();
            *column != self.label && full.peek().is_some() && full.all(|row| self.is_year(row, *column))
        };
        (0..self.width).find(is_period)
    }

    /// The texts above the headings, and the headings of words.
    pub(crate) fn title(&self) -> String {
        let texts = (0..self.first_row).flat_map(|row| (0..self.width).map(move |column| (row, column)));
        let texts = texts.filter(|(row, column)| self.is_word(*row, *column)).map(|(row, column)| self.text(row, column));
        texts.take(50).collect::<Vec<_>>().join(" ")
    }

    /// Columns that are neither label nor value, with what they hold.
    pub(crate) fn others(&self, values: &[usize]) -> Vec<String> {
        let heading =
            |column: usize| self.header_rows.iter().rev().map(|row| self.text(*row, column)).find(|t| !t.is_empty());
        let describe = |column: usize| {
            let texts: BTreeSet<String> = self.rows().map(|row| self.text(row, column)).filter(|t| !t.is_empty()).collect();
            let first = texts.first()?.chars().take(40).collect::<String>();
            let heading = heading(column).map(|heading| format!(" {heading:?}")).unwrap_or_default();
            let content = if texts.len() == 1 {
                format!("always {first:?}")
            } else {
                format!("{} texts, e.g. {first:?}", texts.len())
            };
            Some(format!("column {}{heading}: {content}", column_letters::of_index(column)))
        };
        let others = (0..self.width).filter(|column| *column != self.label && !values.contains(column));
        others.filter_map(describe).take(40).collect()
    }
}

/// The decimal sign by which more texts are numbers, and whether every comma could as well stand between thousands.
fn convention(table: &CellTable, width: usize) -> (Convention, bool) {
    let (mut point, mut comma, mut only_triples) = (0_usize, 0_usize, true);
    for row in 0..table.height().min(SAMPLE) {
        for column in 0..width {
            let CellContent::Text(text) = table.get(row, column) else { continue };
            let reads = |convention| parse(text, convention).is_ok();
            match (reads(Convention::POINT), reads(Convention::COMMA)) {
                (true, false) => point += 1,
                (false, true) => {
                    comma += 1;
                    only_triples &= text.trim().rsplit_once(',').is_some_and(|(_, fraction)| fraction.len() == 3);
                }
                _ => {}
            }
        }
    }
    if comma > point { (Convention::COMMA, only_triples) } else { (Convention::POINT, false) }
}
