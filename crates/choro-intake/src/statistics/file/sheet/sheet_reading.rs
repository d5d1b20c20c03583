//! A sheet while its cells are read: what a reader finds in them becomes what a clerk sees.

use super::{
    cell_look::{CellLook, TextLook},
    findings::{Finding, SheetFindings, merged},
    lay_out::{PlacedCell, lay_out},
    marked_text::{MarkedText, TextRun},
    number_format::{DatePrecision, ShownAs},
    place::{CellBlock, CellPlace},
    serial_date::{self, Epoch},
    shared_texts::SharedTexts,
};
use crate::statistics::{
    file::{
        error::TableError,
        inflated,
        table::{CellContent, CellTable, MAX_CELLS},
    },
    shifted::shifted,
};
use rustc_hash::FxHashMap;

/// Most blocks of merged cells.
const MAX_BLOCKS: usize = 1_000_000;

/// What a spreadsheet shows where a date cannot be shown.
const NO_DATE: &str = "####";

/// How a workbook stores things, for all of its sheets.
#[derive(Debug, Clone, Copy, Default)]
pub struct BookTraits {
    /// From which day it counts.
    pub epoch: Epoch,
    /// Whether its writer computed nothing, but asks for that when the file is opened. Then a result of zero is none.
    pub is_uncomputed: bool,
}

/// What is stored beside a formula.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormulaResult {
    /// Nothing.
    Absent,
    /// The number zero.
    Zero,
    /// Anything else.
    Other,
}

/// A sheet while it is read.
pub struct SheetReading<'a> {
    name: &'a str,
    book: BookTraits,
    table: CellTable,
    cells: Vec<PlacedCell>,
    findings: SheetFindings,
    /// Texts that several cells have lie in the table once, by their number in the workbook.
    shared: FxHashMap<u32, super::super::table::StoredCell>,
    /// Bytes of the texts so far, each as often as a cell has it, and the most that they may be.
    length: usize,
    most: usize,
    /// Formulas without a result: how many, and the first of them.
    uncomputed: Option<(u64, CellPlace)>,
}

impl<'a> SheetReading<'a> {
    /// Begins a sheet of a file of `size` bytes.
    pub fn new(file: &str, size: usize, name: &'a str, book: BookTraits) -> Self {
        let mut table = CellTable::new(file);
        table.sheet = Some(name.to_owned());
        let (cells, findings, shared) = Default::default();
        let most = inflated::most_text(size);
        Self { name, book, table, cells, findings, shared, length: 0, most, uncomputed: None }
    }

    /// Whether no cell holds anything.
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty() && self.uncomputed.is_none()
    }

    /// Whether some cell of a row from `row` on, or of a column from `column` on, holds something.
    pub fn reaches(&self, row: u32, column: u32) -> bool {
        self.cells.iter().any(|(r, c, _)| *r >= row || *c >= column)
    }

    /// Adds a note.
    pub fn note(&mut self, note: String) {
        self.table.notes.push(note);
    }

    /// A number, as its cell shows it.
    pub fn number(&mut self, place: CellPlace, number: f64, look: &CellLook) -> Result<(), TableError> {
        if look.is_plain() {
            return self.push(place, CellContent::Number(number));
        }
        if self.is_marked_off(place, look.text, &number.to_string()) {
            return Ok(());
        }
        match look.format.shown(number) {
            ShownAs::Number { power, loses_sign } => {
                if *loses_sign {
                    self.findings.add(Finding::LostSign, place, || number.to_string());
                }
                self.scaled(place, number, *power)
            }
            ShownAs::Padded(width) => self.padded(place, number, *width),
            ShownAs::Date(precision) => self.serial_date(place, number, *precision),
            ShownAs::Elapsed => self.text_as_it_is(place, &number.to_string()),
            ShownAs::Words(words) => {
                self.words(place, number, words);
                self.push(place, CellContent::Number(number))
            }
        }
    }

    fn scaled(&mut self, place: CellPlace, number: f64, power: i32) -> Result<(), TableError> {
        let Some(shown) = shifted(number, power).filter(|_| power != 0) else {
            return self.push(place, CellContent::Number(number));
        };
        let finding = if power > 0 { Finding::Percent } else { Finding::Scaled };
        self.findings.add(finding, place, || format!("{shown} for {number}"));
        self.push(place, CellContent::Number(shown))
    }

    fn padded(&mut self, place: CellPlace, number: f64, width: usize) -> Result<(), TableError> {
        let plain = number.to_string();
        if number < 0.0 || number.fract() != 0.0 || plain.len() >= width {
            return self.push(place, CellContent::Number(number));
        }
        let shown = format!("{plain:0>width$}");
        self.findings.add(Finding::Padded, place, || format!("{shown} for {plain}"));
        self.push(place, CellContent::Text(&shown))
    }

    fn serial_date(&mut self, place: CellPlace, days: f64, precision: DatePrecision) -> Result<(), TableError> {
        let shown = serial_date::shown(days, self.book.epoch, precision);
        let whole = || serial_date::shown(days, self.book.epoch, DatePrecision::Day).unwrap_or_default();
        if let (Some(finding), Some(shown)) = (of_date(precision), &shown) {
            self.findings.add(finding, place, || format!("{shown} for {}", whole()));
        }
        self.push(place, CellContent::Text(shown.as_deref().unwrap_or(NO_DATE)))
    }

    /// Tells of a number that is shown as words. A zero that is shown as a dash is none of them.
    fn words(&mut self, place: CellPlace, number: f64, words: &str) {
        let words = words.trim();
        let is_dash = matches!(words, "-" | "\u{2212}" | "\u{2013}" | "\u{2014}");
        match (number == 0.0, words.is_empty(), is_dash) {
            (true, true, _) => self.findings.add(Finding::BlankZero, place, String::new),
            (true, _, true) => {}
            _ => self.findings.add(Finding::Words, place, || format!("{number} as {words:?}")),
        }
    }

    /// A date that is stored as text in ISO 8601.
    pub fn iso_date(&mut self, place: CellPlace, iso: &str, look: &CellLook) -> Result<(), TableError> {
        let precision = match look.format.shown(1.0) {
            ShownAs::Date(precision) => *precision,
            _ => DatePrecision::Time,
        };
        if self.is_marked_off(place, look.text, iso) {
            return Ok(());
        }
        let shown = serial_date::cut(iso, precision);
        if let Some(finding) = of_date(precision) {
            self.findings.add(finding, place, || format!("{shown} for {}", serial_date::cut(iso, DatePrecision::Day)));
        }
        self.push(place, CellContent::Text(shown))
    }

    /// A text of one look.
    pub fn text(&mut self, place: CellPlace, text: &str, look: &CellLook) -> Result<(), TableError> {
        if look.text == TextLook::default() {
            return self.text_as_it_is(place, text);
        }
        let marked = MarkedText::of_one_look(text, look.text);
        self.marked_text(place, &marked)
    }

    /// A text in pieces of several looks.
    pub fn runs(&mut self, place: CellPlace, runs: &[TextRun], look: &CellLook) -> Result<(), TableError> {
        self.marked_text(place, &MarkedText::new(runs, look.text))
    }

    /// A text of the workbook's list, by its number there.
    pub fn shared_text(
        &mut self,
        place: CellPlace,
        number: u32,
        texts: &SharedTexts,
        look: &CellLook,
    ) -> Result<(), TableError> {
        let Some(text) = texts.get(number) else {
            let reason = format!("{place} holds text {number}, of which there is none");
            return Err(self.damaged(reason));
        };
        if let Some(runs) = texts.runs(number) {
            return self.runs(place, runs, look);
        }
        if look.text != TextLook::default() {
            return self.text(place, text, look);
        }
        self.count_text(text)?;
        let stored = match self.shared.get(&number) {
            Some(stored) => *stored,
            None => self.table.keep(CellContent::Text(text), place.row as usize)?,
        };
        self.shared.insert(number, stored);
        self.push_kept(place, stored)
    }

    /// True or false.
    pub fn truth(&mut self, place: CellPlace, truth: bool) -> Result<(), TableError> {
        self.text_as_it_is(place, if truth { "TRUE" } else { "FALSE" })
    }

    /// What is stored beside the formula of a cell. What there is, is given besides.
    pub fn formula(&mut self, place: CellPlace, result: FormulaResult) {
        if result == FormulaResult::Absent || (result == FormulaResult::Zero && self.book.is_uncomputed) {
            self.uncomputed.get_or_insert((0, place)).0 += 1;
        }
        self.findings.add_formula(place, result == FormulaResult::Other);
    }

    /// Rows that are hidden, from 0.
    pub fn hide_rows(&mut self, first: u32, last: u32) {
        hide(&mut self.findings.hidden_rows, first, last);
    }

    /// Columns that are hidden, from 0.
    pub fn hide_columns(&mut self, first: u32, last: u32) {
        hide(&mut self.findings.hidden_columns, first, last);
    }

    /// Cells that are merged.
    pub fn merge(&mut self, block: CellBlock) -> Result<(), TableError> {
        if self.findings.merged.len() >= MAX_BLOCKS {
            return Err(self.table.limit(&format!("sheet {:?}", self.name), format!("{MAX_BLOCKS} blocks of merged cells")));
        }
        if block.is_large() {
            self.findings.merged.push(block);
        }
        Ok(())
    }

    /// Ends the sheet. Refuses one that holds formulas without a result.
    pub fn finish(mut self) -> Result<CellTable, TableError> {
        if let Some((count, first)) = self.uncomputed {
            let more = if count > 1 { format!(" and {} more cells hold", count - 1) } else { " holds".to_owned() };
            let formula = if count > 1 { "formulas" } else { "a formula" };
            let what = format!("sheet {:?}: {first}{more} {formula} without a computed result", self.name);
            let remedy = "open the file in a spreadsheet program and save it there, so that results are stored".to_owned();
            return Err(TableError::Sheet { file: self.table.file, what, remedy });
        }
        let used =
            self.cells.iter().fold((0, 0), |(rows, columns), (row, column, _)| (rows.max(row + 1), columns.max(column + 1)));
        let findings = &mut self.findings;
        findings.hidden_rows = within(std::mem::take(&mut findings.hidden_rows), used.0);
        findings.hidden_columns = within(std::mem::take(&mut findings.hidden_columns), used.1);
        self.table.notes.extend(findings.notes());
        self.table.findings = self.findings;
        lay_out(&mut self.table, self.cells)?;
        Ok(self.table)
    }

    /// An error of this sheet's content.
    pub fn damaged(&self, reason: String) -> TableError {
        TableError::Damaged { file: self.table.file.clone(), place: format!("sheet {:?}", self.name), reason }
    }

    /// Whether a cell is struck out or superscript as a whole; then it is told, and counts as empty.
    fn is_marked_off(&mut self, place: CellPlace, look: TextLook, says: &str) -> bool {
        let finding = match (look.struck, look.raised) {
            (true, _) => Finding::OnlyStruck,
            (false, true) => Finding::OnlyRaised,
            (false, false) => return false,
        };
        self.findings.add(finding, place, || format!("{:?}", cut(says)));
        true
    }

    fn marked_text(&mut self, place: CellPlace, marked: &MarkedText) -> Result<(), TableError> {
        let MarkedText { text, marks, struck } = marked;
        let is_empty = text.trim().is_empty();
        for (piece, part, whole) in
            [(marks, Finding::Raised, Finding::OnlyRaised), (struck, Finding::Struck, Finding::OnlyStruck)]
        {
            if !piece.trim().is_empty() {
                self.findings.add(if is_empty { whole } else { part }, place, || format!("{:?}", cut(piece.trim())));
            }
        }
        if is_empty && !(marks.is_empty() && struck.is_empty()) { Ok(()) } else { self.text_as_it_is(place, text) }
    }

    fn text_as_it_is(&mut self, place: CellPlace, text: &str) -> Result<(), TableError> {
        if text.is_empty() {
            return Ok(());
        }
        self.count_text(text)?;
        self.push(place, CellContent::Text(text))
    }

    fn count_text(&mut self, text: &str) -> Result<(), TableError> {
        self.length = self.length.saturating_add(text.len());
        if self.length <= self.most {
            return Ok(());
        }
        let place = format!("the length of the texts of sheet {:?} with their repetitions", self.name);
        Err(self.table.limit(&place, format!("{} bytes", self.most)))
    }

    fn push(&mut self, place: CellPlace, content: CellContent<'_>) -> Result<(), TableError> {
        let stored = self.table.keep(content, place.row as usize)?;
        self.push_kept(place, stored)
    }

    fn push_kept(&mut self, place: CellPlace, stored: super::super::table::StoredCell) -> Result<(), TableError> {
        if self.cells.len() >= MAX_CELLS {
            return Err(self.table.limit(&format!("sheet {:?}", self.name), format!("{MAX_CELLS} cells")));
        }
        self.cells.push((place.row, place.column, stored));
        Ok(())
    }
}

/// What to tell of a date that is not shown to the day.
fn of_date(precision: DatePrecision) -> Option<Finding> {
    match precision {
        DatePrecision::Year => Some(Finding::Year),
        DatePrecision::Month => Some(Finding::Month),
        DatePrecision::Day | DatePrecision::Time => None,
    }
}

/// Adds a range. One that goes on with the last makes it longer, so that a million hidden rows in turn are one range.
fn hide(ranges: &mut Vec<(u32, u32)>, first: u32, last: u32) {
    match ranges.last_mut() {
        Some(before) if before.1.checked_add(1) == Some(first) => before.1 = last.max(first),
        _ => ranges.push((first, last.max(first))),
    }
}

/// The parts of ranges below an end.
fn within(ranges: Vec<(u32, u32)>, end: u32) -> Vec<(u32, u32)> {
    let inside = ranges.into_iter().filter(|(first, _)| *first < end);
    merged(inside.map(|(first, last)| (first, last.min(end.saturating_sub(1)))).collect())
}

fn cut(text: &str) -> String {
    text.chars().take(40).collect()
}
