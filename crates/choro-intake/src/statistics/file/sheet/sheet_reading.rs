//! A sheet while its cells are read: what a reader finds in them becomes what a clerk sees.

use super::{
    findings::{Finding, SheetFindings, merged},
    lay_out::{PlacedCell, lay_out},
    place::{CellBlock, CellPlace},
    serial_date::Epoch,
};
use crate::statistics::file::{
    error::TableError,
    inflated,
    table::{CellContent, CellTable, MAX_CELLS, StoredCell},
};
use rustc_hash::{FxHashMap, FxHashSet};

/// Most blocks of merged cells.
const MAX_BLOCKS: usize = 1_000_000;

/// How many cells are looked at that lie under others.
const MAX_COVERED: usize = 2_000_000;

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
    pub(super) book: BookTraits,
    pub(super) table: CellTable,
    cells: Vec<PlacedCell>,
    pub(super) findings: SheetFindings,
    /// Texts that several cells have lie in the table once, by their number in the workbook.
    pub(super) shared: FxHashMap<u32, StoredCell>,
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
        if block.is_large() && block.is_within_sheet() {
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
        self.find_covered();
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

    /// Tells of cells that hold something and are no first cells of merged ones.
    fn find_covered(&mut self) {
        let mut covered = FxHashSet::default();
        let rows =
            self.findings.merged.iter().flat_map(|block| (block.first.row..=block.last.row).map(move |row| (block, row)));
        for (block, row) in rows {
            let columns = (block.first.column..=block.last.column).map(|column| CellPlace { row, column });
            covered.extend(columns.filter(|place| *place != block.first));
            if covered.len() > MAX_COVERED {
                break;
            }
        }
        for (row, column, _) in self.cells.iter().filter(|_| !covered.is_empty()) {
            let place = CellPlace { row: *row, column: *column };
            if covered.contains(&place) {
                self.findings.add(Finding::Covered, place, String::new);
            }
        }
    }

    /// An error of this sheet's content.
    pub fn damaged(&self, reason: String) -> TableError {
        TableError::Damaged { file: self.table.file.clone(), place: format!("sheet {:?}", self.name), reason }
    }

    pub(super) fn count_text(&mut self, text: &str) -> Result<(), TableError> {
        self.length = self.length.saturating_add(text.len());
        if self.length <= self.most {
            return Ok(());
        }
        let place = format!("the length of the texts of sheet {:?} with their repetitions", self.name);
        Err(self.table.limit(&place, format!("{} bytes", self.most)))
    }

    pub(super) fn push(&mut self, place: CellPlace, content: CellContent<'_>) -> Result<(), TableError> {
        let stored = self.table.keep(content, place.row as usize)?;
        self.push_kept(place, stored)
    }

    pub(super) fn push_kept(&mut self, place: CellPlace, stored: StoredCell) -> Result<(), TableError> {
        if self.cells.len() >= MAX_CELLS {
            return Err(self.table.limit(&format!("sheet {:?}", self.name), format!("{MAX_CELLS} cells")));
        }
        self.cells.push((place.row, place.column, stored));
        Ok(())
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
