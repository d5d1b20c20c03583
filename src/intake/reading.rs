//! Table and mapping -> labelled cells and rejects.

use super::{
    labels::{Rules, Ruling, key},
    layout::{Columns, IntakeError, Layout},
    mapping::{Mapping, StatusMapping},
    marks::Marks,
    reject::{Problem, Rejects},
    selections::Selections,
    table::Table,
};
use crate::model::{Cell, Indicator, ObsStatus, Selection, State, nearest};
use rustc_hash::FxHashMap;

/// Most different labels in a file.
const MAX_LABELS: usize = 2_000_000;

/// What a mapping takes from a table. Cells point to labels and selections, which stand once each.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Intake {
    /// The file, as it stands in messages.
    pub file: String,
    /// What was found rather than declared, and patterns that fit no row.
    pub notes: Vec<String>,
    /// Every label once, in the order of the file.
    pub labels: Vec<Label>,
    /// Every combination of indicator, period and codes once.
    pub selections: Vec<Selection>,
    /// The cells of areas and parts; those of totals and groups are left out.
    pub cells: Vec<LabelledCell>,
    /// What could not be taken.
    pub rejects: Rejects,
    /// Rows with a label.
    pub rows: u64,
    /// Rows without label and values.
    pub blank_rows: u64,
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
    /// A total or a group of areas.
    Group,
}

/// One cell, by the numbers of its label and its selection.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LabelledCell {
    /// Index in [`Intake::labels`].
    pub label: u32,
    /// Index in [`Intake::selections`].
    pub selection: u32,
    /// Row from 1.
    pub row: u32,
    /// Column from 1.
    pub column: u32,
    /// The value or its state.
    pub cell: Cell,
    /// The observation's flag.
    pub status: Option<ObsStatus>,
}

/// Applies a mapping to a table. An error means that the mapping does not fit the table at all; what is wrong with single
/// cells stands in [`Intake::rejects`].
pub fn read(table: &Table, mapping: &Mapping, indicators: &[Indicator]) -> Result<Intake, IntakeError> {
    let columns = Columns::new(table, mapping)?;
    let layout = Layout::new(&columns, mapping)?;
    let marks = Marks::new(&mapping.marks, mapping.convention()).map_err(|what| columns.error("marks", what))?;
    let selections = Selections::new(&columns, &layout, mapping, indicators)?;
    let rules = Rules::new(&mapping.area);
    let statuses = mapping.status.as_ref().map(|status| Statuses::new(&columns, status)).transpose()?;
    let intake = Intake { file: table.file.clone(), notes: table.notes.clone(), ..Intake::default() };
    let mut reading = Reading {
        table,
        columns: &columns,
        layout: &layout,
        marks,
        selections,
        rules,
        statuses,
        ids: FxHashMap::default(),
        intake,
    };
    reading.check_head()?;
    for row in layout.first_row..layout.end_row {
        reading.row(row)?;
    }
    reading.finish()
}

struct Reading<'a> {
    table: &'a Table,
    columns: &'a Columns<'a>,
    layout: &'a Layout,
    marks: Marks,
    selections: Selections<'a>,
    rules: Rules,
    statuses: Option<Statuses>,
    ids: FxHashMap<String, u32>,
    intake: Intake,
}

impl Reading<'_> {
    /// A heading or constant that means nothing would reject every row alike: it is the mapping that is wrong.
    fn check_head(&mut self) -> Result<(), IntakeError> {
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

    fn row(&mut self, row: usize) -> Result<(), IntakeError> {
        let label = self.layout.label(self.table, row);
        if label.is_empty() {
            if self.layout.has_value(self.table, row) {
                let problem = Problem::new("area", "", "area.empty", "name the area, or end the data with last_row");
                self.reject(problem, row, self.layout.area.first().copied());
            } else {
                self.intake.blank_rows += 1;
            }
            return Ok(());
        }
        let id = self.label(label, row)?;
        self.intake.rows += 1;
        if matches!(self.intake.labels.get(id as usize).map(|l| &l.kind), Some(LabelKind::Group)) {
            return Ok(());
        }
        if !self.selections.enter_row(self.table, row) {
            return Err(self
                .columns
                .error("period", "more than a million different texts in one column: split the file".to_owned()));
        }
        for position in 0..self.layout.values.len() {
            if let Err((problem, column)) = self.cell(id, row, position) {
                self.reject(problem, row, Some(column));
            }
        }
        Ok(())
    }

    fn label(&mut self, text: String, row: usize) -> Result<u32, IntakeError> {
        let key = key(&text);
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
            Ruling::Area => LabelKind::Area,
            Ruling::Group => LabelKind::Group,
            Ruling::Part(index) => {
                LabelKind::Part { of: self.rules.parts.get(index).map(|(_, of)| of.clone()).unwrap_or_default() }
            }
        };
        self.ids.insert(key.clone(), id);
        self.intake.labels.push(Label { text, key, kind, row: from_one(row), rows: 1 });
        Ok(id)
    }

    fn cell(&mut self, label: u32, row: usize, position: usize) -> Result<(), (Problem, usize)> {
        let column = self.layout.values.get(position).copied().unwrap_or_default();
        let selection = self.selections.at(position).map_err(|problem| {
            let place = self.selections.column_of(&problem.field).unwrap_or(column);
            (problem, place)
        })?;
        let cell = self.marks.read(self.table.get(row, column)).map_err(|problem| (problem, column))?;
        let (cell, status) = match (&self.statuses, self.layout.status) {
            (Some(statuses), Some(place)) => {
                statuses.apply(cell, &key(&self.table.get(row, place).to_string())).map_err(|problem| (problem, place))?
            }
            _ => (cell, None),
        };
        let (row, column) = (from_one(row), from_one(column));
        self.intake.cells.push(LabelledCell { label, selection, row, column, cell, status });
        Ok(())
    }

    fn reject(&mut self, problem: Problem, row: usize, column: Option<usize>) {
        let column = column.map(|column| self.columns.name(column)).unwrap_or_default();
        self.intake.rejects.push(problem.at(row, column));
    }

    /// A declared part that no row bears is an error: the area would silently keep the larger row's figures.
    fn finish(mut self) -> Result<Intake, IntakeError> {
        let keys: Vec<String> = self.intake.labels.iter().map(|label| label.key.clone()).collect();
        if let Some((row, _)) = self.rules.parts.iter().find(|(row, _)| !self.ids.contains_key(row)) {
            let hint = nearest(row, keys.iter().map(String::as_str)).map(|near| format!("; did you mean {near:?}?"));
            let what = format!("no row is labelled {row:?}{}", hint.unwrap_or_else(|| ": correct or remove it".to_owned()));
            return Err(self.columns.error("area.part", what));
        }
        let idle: Vec<String> = self.rules.idle(&keys).map(|pattern| format!("no row fits the group {pattern:?}")).collect();
        self.intake.notes.extend(idle);
        self.intake.selections = self.selections.list;
        Ok(self.intake)
    }
}

fn from_one(index: usize) -> u32 {
    u32::try_from(index + 1).unwrap_or(u32::MAX)
}

/// What each text of the status column means.
struct Statuses(FxHashMap<String, Meaning>);

#[derive(Clone, Copy)]
enum Meaning {
    Normal,
    Flag(ObsStatus),
    State(State),
}

/// SDMX CL_OBS_STATUS 2.2, those codes that say either nothing, one of the kept flags, or why there is no value.
const SDMX: [(&str, &str); 10] = [
    ("", ""),
    ("A", ""),
    ("B", "B"),
    ("E", "E"),
    ("P", "P"),
    ("H", "missing"),
    ("L", "missing"),
    ("O", "missing"),
    ("M", "invalid"),
    ("Q", "secrecy"),
];

impl Statuses {
    fn new(columns: &Columns<'_>, mapping: &StatusMapping) -> Result<Self, IntakeError> {
        let declared = mapping.values.iter().flatten().map(|(text, meaning)| (text.as_str(), meaning.as_str()));
        let mut meanings = FxHashMap::default();
        for (text, meaning) in SDMX.into_iter().chain(declared) {
            let known = match (meaning, ObsStatus::parse(meaning), State::parse(meaning)) {
                ("", _, _) => Meaning::Normal,
                (_, Some(flag), _) => Meaning::Flag(flag),
                (_, _, Some(state)) => Meaning::State(state),
                _ => {
                    let what = format!("{meaning:?} is not valid: expected B, E, P, missing, secrecy, invalid or nothing");
                    return Err(columns.error("status.values", what));
                }
            };
            meanings.insert(key(text), known);
        }
        Ok(Self(meanings))
    }

    /// A status that says why there is no value overrides an empty cell and contradicts a number.
    fn apply(&self, cell: Cell, text: &str) -> Result<(Cell, Option<ObsStatus>), Problem> {
        match (self.0.get(text), cell) {
            (Some(Meaning::Normal), cell) => Ok((cell, None)),
            (Some(Meaning::Flag(flag)), cell) => Ok((cell, Some(*flag))),
            (Some(Meaning::State(state)), Cell::State(_)) => Ok((Cell::State(*state), None)),
            (Some(Meaning::State(_)), Cell::Value(_)) => {
                let remedy = "the status says that there is no value, but there is one: correct either";
                Err(Problem::new("status", text, "status.contradicts_value", remedy))
            }
            (None, _) => {
                let remedy = "say in status.values what it stands for: B, E, P, missing, secrecy, invalid or nothing";
                Err(Problem::new("status", text, "status.unknown", remedy))
            }
        }
    }
}
