//! Rows and mapping -> labelled cells and rejects.

use super::{
    cells::{Cells, LabelledCell},
    guard::Guard,
    indent::Outline,
    labels::{Rules, Ruling, key},
    layout::{Columns, IntakeError, Layout},
    marks::Marks,
    reject::{Problem, Rejects},
    selections::Selections,
    sheets::FileError,
    status::Statuses,
};
use crate::statistics::{
    doubt::Doubt,
    file::{rows::Rows, table::Table},
    mapping::{Mapping, Restore},
};
use choro_model::{Cell, Indicator, Selection, nearest};
use rustc_hash::FxHashMap;

/// Most different labels in a file.
const MAX_LABELS: usize = 2_000_000;

/// What a mapping takes from a file. Cells point to labels and selections, which stand once each.
#[derive(Debug, Default)]
pub struct Intake {
    /// The file, as it stands in messages.
    pub file: String,
    /// What was found rather than declared, and patterns that fit no row.
    pub notes: Vec<String>,
    /// What is doubtful of how the file ends.
    pub doubts: Vec<Doubt>,
    /// Every label once, in the order of the file.
    pub labels: Vec<Label>,
    /// Every combination of indicator, period and codes once.
    pub selections: Vec<Selection>,
    /// The cells of areas and parts; those of totals and groups are left out.
    pub cells: Cells,
    /// What could not be taken.
    pub rejects: Rejects,
    /// Rows with a label.
    pub rows: u64,
    /// Rows without label and values.
    pub blank_rows: u64,
    /// Rows that `only` leaves out.
    pub left_out: u64,
    /// How codes that a spreadsheet spoilt may be restored.
    pub restore: Vec<Restore>,
    /// The sheets, where there are several.
    pub sheets: Vec<String>,
}

/// One label of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// As in the file.
    pub text: String,
    /// For comparison: see [`key`].
    pub key: String,
    /// Area, part, or total and group.
    pub kind: LabelKind,
    /// The first row that bears it, from 1.
    pub row: u32,
    /// How many rows bear it.
    pub rows: u32,
}

/// What a row is, by the mapping.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LabelKind {
    /// An area, or so it is hoped.
    Area,
    /// The row whose values the area with the label `of` takes, since that area's polygon excludes its parts.
    Part {
        /// The label of the area.
        of: String,
    },
    /// A row that several areas share, so that none of them has a value of its own there.
    Joint {
        /// The labels of the areas.
        of: Vec<String>,
    },
    /// A total or a group of areas.
    Group,
}

/// Applies a mapping to the rows of a file. An error means that the mapping does not fit it at all; what is wrong with single
/// cells stands in [`Intake::rejects`].
pub fn read(rows: &dyn Rows, mapping: &Mapping, indicators: &[Indicator]) -> Result<Intake, FileError> {
    let columns = Columns::new(rows, mapping)?;
    let layout = Layout::new(&columns, mapping)?;
    let marks = Marks::new(&mapping.marks, mapping.convention()).map_err(|what| columns.error("marks", what))?;
    let selections = Selections::new(&columns, &layout, mapping, indicators, &marks)?;
    let rules = Rules::new(&mapping.area, &marks);
    let statuses = Statuses::new(&columns, mapping.status.as_ref(), mapping.confidentiality.as_ref())?;
    let (head, restore) = (rows.head(), mapping.area.restore.clone());
    let (file, notes, doubts) = (head.file.clone(), head.notes.clone(), head.doubts.clone());
    let intake = Intake { file, notes, doubts, restore, ..Intake::default() };
    let mut reading = Reading {
        columns: &columns,
        layout: &layout,
        marks,
        selections,
        rules,
        statuses,
        ids: FxHashMap::default(),
        above: Vec::new(),
        outline: Outline::new(&mapping.area.indent),
        guards: &mapping.guards,
        across: Vec::new(),
        intake,
    };
    reading.check_head()?;
    if let Some(headings) = layout.area_row {
        reading.across = reading.areas_of(head, headings)?;
    }
    rows.each_part(&mut |part| reading.part(part))?;
    Ok(reading.finish()?)
}

struct Reading<'a> {
    columns: &'a Columns<'a>,
    layout: &'a Layout,
    marks: Marks,
    selections: Selections<'a>,
    rules: Rules,
    statuses: Statuses,
    ids: FxHashMap<String, u32>,
    /// The texts of the area columns, where an empty cell takes the one above.
    above: Vec<String>,
    outline: Outline,
    guards: &'a [Guard],
    /// Where the headings are areas, the label of each value column.
    across: Vec<u32>,
    intake: Intake,
}

impl Reading<'_> {
    /// A heading or constant that means nothing would reject every row alike: it is the mapping that is wrong.
    fn check_head(&mut self) -> Result<(), IntakeError> {
        let (columns, layout) = (self.columns, self.layout);
        if layout.values.len() > 1 && layout.area_row.is_none() && self.selections.is_independent_of_columns() {
            let what = format!(
                "{} columns, but neither indicator, period nor a dimension is taken from a heading, so that all would be the \
                 same figure; where the headings are areas too, this is a table of flows, which is no map yet: take its \
                 column of totals, or its row of totals by area.header_row and only",
                layout.values.len()
            );
            return Err(columns.error("value.columns", what));
        }
        if !self.selections.is_independent_of_rows() {
            return Ok(());
        }
        for (position, column) in self.layout.values.iter().enumerate() {
            if let Err(problem) = self.selections.at(position) {
                let what = format!("column {}: {:?}: {}", self.columns.name(*column), problem.got, problem.remedy);
                return Err(self.columns.error(&problem.field, what));
            }
        }
        Ok(())
    }

    fn part(&mut self, part: &Table) -> Result<(), FileError> {
        let rows = part.rows();
        let mut rows = rows.start.max(self.layout.first_row)..rows.end.min(self.layout.end_row);
        match self.layout.area_row {
            None => rows.try_for_each(|row| self.row(part, row)),
            Some(_) => rows.try_for_each(|row| self.row_across(part, row)),
        }
    }

    fn row(&mut self, table: &Table, row: usize) -> Result<(), FileError> {
        if !self.layout.keeps(table, row) {
            self.intake.left_out += 1;
            return Ok(());
        }
        let label = self.layout.label(table, row, &mut self.above);
        if label.is_empty() {
            if self.layout.has_value(table, row) {
                let problem = Problem::new("area", "", "area.empty", "name the area, or end the data with last_row");
                self.reject(problem, row, self.layout.area.first().copied());
            } else {
                self.intake.blank_rows += 1;
            }
            return Ok(());
        }
        if let Some((problem, column)) = self.guarded(table, row) {
            self.reject(problem, row, Some(column));
            return Ok(());
        }
        let is_total = self.outline.is_total(table, self.layout, row);
        let label = self.outline.enter(table, self.layout, row, label);
        let id = self.label(label, row, is_total)?;
        self.intake.rows += 1;
        if self.is_group(id) {
            return Ok(());
        }
        self.enter(table, row)?;
        (0..self.layout.values.len()).try_for_each(|position| self.cell_or_reject(table, id, row, position))
    }

    /// Areas across: each column of values is one, by the row of headings.
    fn areas_of(&mut self, head: &Table, headings: usize) -> Result<Vec<u32>, IntakeError> {
        let mut ids = Vec::new();
        for (position, label) in self.layout.headings(head, headings).into_iter().enumerate() {
            if label.trim().is_empty() {
                let column = self.layout.values.get(position).map(|column| self.columns.name(*column)).unwrap_or_default();
                let what = format!("column {column} has no area above it: leave it out of value.columns");
                return Err(self.columns.error("area.header_row", what));
            }
            ids.push(self.label(label, headings, false)?);
        }
        Ok(ids)
    }

    fn row_across(&mut self, table: &Table, row: usize) -> Result<(), FileError> {
        if table.is_blank(row) {
            self.intake.blank_rows += 1;
            return Ok(());
        }
        if !self.layout.keeps(table, row) {
            self.intake.left_out += 1;
            return Ok(());
        }
        self.intake.rows += 1;
        self.enter(table, row)?;
        for position in 0..self.across.len() {
            let id = self.across.get(position).copied().unwrap_or_default();
            if !self.is_group(id) {
                self.cell_or_reject(table, id, row, position)?;
            }
        }
        Ok(())
    }

    fn guarded(&self, table: &Table, row: usize) -> Option<(Problem, usize)> {
        self.guards.iter().find_map(|guard| guard.check(table, row).err().map(|problem| (problem, guard.column)))
    }

    fn is_group(&self, id: u32) -> bool {
        matches!(self.intake.labels.get(id as usize).map(|label| &label.kind), Some(LabelKind::Group))
    }

    fn enter(&mut self, table: &Table, row: usize) -> Result<(), IntakeError> {
        if self.selections.enter_row(table, row) {
            return Ok(());
        }
        let what = "more than a million different texts in one column: split the file".to_owned();
        Err(self.columns.error("period", what))
    }

    fn cell_or_reject(&mut self, table: &Table, label: u32, row: usize, position: usize) -> Result<(), FileError> {
        match self.cell(table, label, row, position) {
            Ok(cell) => self.intake.cells.push(cell)?,
            Err((problem, column)) => self.reject(problem, row, Some(column)),
        }
        Ok(())
    }

    fn label(&mut self, text: String, row: usize, is_total: bool) -> Result<u32, IntakeError> {
        let key = self.marks.without_footnotes(&key(&text));
        if let Some(id) = self.ids.get(&key) {
            if let Some(label) = self.intake.labels.get_mut(*id as usize) {
                label.rows = label.rows.saturating_add(1);
            }
            return Ok(*id);
        }
        let id = u32::try_from(self.intake.labels.len()).ok().filter(|_| self.intake.labels.len() < MAX_LABELS);
        let id = id.ok_or_else(|| {
            self.columns.error("area.column", format!("more than {MAX_LABELS} different labels: is it the right column?"))
        })?;
        let kind = match self.rules.of(&key) {
            // An area with parts is an area, though they stand below it.
            Ruling::Area if is_total && !self.rules.parts.iter().any(|(_, of)| *of == key) => LabelKind::Group,
            Ruling::Area => LabelKind::Area,
            Ruling::Group => LabelKind::Group,
            Ruling::Part(index) => {
                LabelKind::Part { of: self.rules.parts.get(index).map(|(_, of)| of.clone()).unwrap_or_default() }
            }
            Ruling::Joint(index) => {
                LabelKind::Joint { of: self.rules.joints.get(index).map(|(_, of)| of.clone()).unwrap_or_default() }
            }
        };
        self.ids.insert(key.clone(), id);
        self.intake.labels.push(Label { text, key, kind, row: from_one(row), rows: 1 });
        Ok(id)
    }

    fn cell(&mut self, table: &Table, label: u32, row: usize, position: usize) -> Result<LabelledCell, (Problem, usize)> {
        let column = self.layout.values.get(position).copied().unwrap_or_default();
        let target = self.selections.at(position).map_err(|problem| {
            let place = self.selections.column_of(&problem.field).unwrap_or(column);
            (problem, place)
        })?;
        let (cell, flag) = self.marks.read(table.get(row, column)).map_err(|problem| (problem, column))?;
        let cell = scaled(cell, target.power).map_err(|problem| (problem, column))?;
        let (cell, status) = self.statuses.apply(table, row, cell, flag)?;
        let selection = target.selection;
        let (row, column) = (from_one(row), from_one(column));
        Ok(LabelledCell { label, selection, sheet: 0, row, column, cell, status })
    }

    fn reject(&mut self, problem: Problem, row: usize, column: Option<usize>) {
        let column = column.map(|column| self.columns.name(column)).unwrap_or_default();
        self.intake.rejects.push(problem.at(row, column));
    }

    /// A declared part or joint row that no row bears is an error: an area would silently keep other figures.
    fn finish(mut self) -> Result<Intake, IntakeError> {
        let keys: Vec<String> = self.intake.labels.iter().map(|label| label.key.clone()).collect();
        if let Some((field, row)) = self.rules.rows().find(|(_, row)| !self.ids.contains_key(*row)) {
            let hint = nearest(row, keys.iter().map(String::as_str)).map(|near| format!("; did you mean {near:?}?"));
            let what = format!("no row is labelled {row:?}{}", hint.unwrap_or_else(|| ": correct or remove it".to_owned()));
            return Err(self.columns.error(field, what));
        }
        let idle: Vec<String> = self.rules.idle(&keys).map(|pattern| format!("no row fits the group {pattern:?}")).collect();
        self.intake.notes.extend(idle);
        self.intake.notes.extend(self.marks.footnotes_met());
        if self.intake.left_out > 0 {
            self.intake.notes.push(format!("{} rows are left out by only", self.intake.left_out));
        }
        if self.statuses.withheld > 0 {
            let count = self.statuses.withheld;
            self.intake.notes.push(format!("{count} numbers are confidential by their row: none of them is kept"));
        }
        self.intake.selections = self.selections.list;
        Ok(self.intake)
    }
}

/// Moves the decimal point in the shortest text of a number, so that 1.1 thousand are 1100 and not 1100.0000000000002.
fn scaled(cell: Cell, power: i32) -> Result<Cell, Problem> {
    let Some(number) = cell.number().filter(|_| power != 0) else { return Ok(cell) };
    let moved = format!("{number:e}");
    let moved = moved.split_once('e').and_then(|(digits, exponent)| {
        format!("{digits}e{}", exponent.parse::<i32>().ok()?.checked_add(power)?).parse().ok()
    });
    moved.and_then(Cell::value).ok_or_else(|| {
        Problem::new("value", &number.to_string(), "value.not_finite", "correct the cell or its power of ten")
    })
}

fn from_one(index: usize) -> u32 {
    u32::try_from(index + 1).unwrap_or(u32::MAX)
}
