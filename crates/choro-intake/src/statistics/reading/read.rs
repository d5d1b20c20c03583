//! Rows and a mapping -> labelled cells and rejects.

use super::{
    cells::LabelledCell,
    check_head::check_head,
    columns::TableColumns,
    error::{FileError, IntakeError},
    file_labels::{FileLabels, MAX_LABELS},
    heading_row,
    indented_labels::IndentedLabels,
    intake::Intake,
    label_rules::LabelRules,
    layout::{LabelPlace, Layout},
    marks::Marks,
    reject::UnplacedReject,
    row_condition::RowCondition,
    scaled::scaled,
    selections::Selections,
    sheet_doubts::sheet_doubts,
    statuses::Statuses,
    watch::Watch,
};
use crate::statistics::{
    comparison::comparison_key,
    file::{
        rows::{Rows, try_each_part},
        table::CellTable,
    },
    mapping::Mapping,
    scrutiny::figure_shapes::ReadFigure,
};
use choro_model::Indicator;

/// Applies a mapping to the rows of a file.
///
/// # Errors
///
/// Where the mapping does not fit the file at all. What is wrong with single cells stands in [`Intake::rejects`].
pub fn read(rows: &dyn Rows, mapping: &Mapping, indicators: &[Indicator]) -> Result<Intake, FileError> {
    read_known(rows, mapping, &KnownColumns::default(), indicators)
}

/// What is known of the columns of a format without a mapping.
#[derive(Debug, Default)]
pub struct KnownColumns {
    /// What a row must hold to be taken; the others are rejects.
    pub conditions: Vec<RowCondition>,
    /// Columns that are rightly not read.
    pub ignored: Vec<usize>,
}

/// Applies a mapping to a file of a format whose columns are known.
pub fn read_known(
    rows: &dyn Rows,
    mapping: &Mapping,
    known: &KnownColumns,
    indicators: &[Indicator],
) -> Result<Intake, FileError> {
    let columns = TableColumns::new(rows, mapping)?;
    let layout = Layout::new(&columns, mapping)?;
    let marks = Marks::new(&mapping.marks, mapping.convention).map_err(|what| columns.error("marks", what))?;
    let selections = Selections::new(&columns, &layout, mapping, indicators, &marks)?;
    let labels = FileLabels::new(LabelRules::new(&mapping.area, &marks));
    let statuses = Statuses::new(&columns, mapping.status.as_ref(), mapping.confidentiality.as_ref())?;
    let head = rows.head();
    let (restore, split) = (mapping.area.restore.clone(), mapping.area.split.clone());
    let (file, notes, mut doubts) = (head.file.clone(), head.notes.clone(), head.doubts.clone());
    doubts.extend(sheet_doubts(head, &layout, mapping));
    let of_conditions = known.conditions.iter().map(|condition| condition.column);
    let read = layout.columns().chain(selections.columns()).chain(statuses.columns()).chain(of_conditions);
    let read = read.chain(known.ignored.iter().copied()).collect();
    let watch = Watch::new(&columns, &layout, mapping, &read, indicators);
    let mut reading = Reading {
        columns: &columns,
        layout: &layout,
        conditions: &known.conditions,
        marks,
        selections,
        labels,
        statuses,
        watch,
        above: Vec::new(),
        indented: IndentedLabels::new(&mapping.area.indent),
        across: Vec::new(),
        intake: Intake { file, notes, doubts, restore, split, ..Intake::default() },
    };
    check_head(&columns, &layout, &mut reading.selections)?;
    if let LabelPlace::Headings(row) = layout.labels {
        reading.across = reading.areas_across(head, row)?;
    }
    try_each_part(rows, |part| reading.part(part))?;
    Ok(reading.finish()?)
}

/// A file while it is read.
struct Reading<'a> {
    columns: &'a TableColumns<'a>,
    layout: &'a Layout,
    conditions: &'a [RowCondition],
    marks: Marks,
    selections: Selections<'a>,
    labels: FileLabels,
    statuses: Statuses,
    watch: Watch<'a>,
    /// The texts of the label columns, where an empty cell takes the one above.
    above: Vec<String>,
    indented: IndentedLabels,
    /// Where the headings are areas, the number of the label of each value column.
    across: Vec<u32>,
    intake: Intake,
}

impl Reading<'_> {
    fn part(&mut self, part: &CellTable) -> Result<(), FileError> {
        let rows = part.rows();
        let mut rows = rows.start.max(self.layout.first_row)..rows.end.min(self.layout.end_row);
        match self.layout.labels {
            LabelPlace::Columns(_) => rows.try_for_each(|row| self.row(part, row)),
            LabelPlace::Headings(_) => rows.try_for_each(|row| self.row_across(part, row)),
        }
    }

    fn row(&mut self, table: &CellTable, row: usize) -> Result<(), FileError> {
        if !self.layout.keeps(table, row) {
            self.intake.left_out += 1;
            return Ok(());
        }
        let label = self.layout.label(table, row, &mut self.above);
        if label.is_empty() {
            self.row_without_label(table, row);
            return Ok(());
        }
        let broken = self.conditions.iter().find_map(|condition| Some((condition.check(table, row).err()?, condition)));
        if let Some((reject, condition)) = broken {
            self.intake.rejected_rows += 1;
            self.reject(reject, row, Some(condition.column));
            return Ok(());
        }
        let is_total = self.indented.is_total(table, self.layout, row);
        let label = self.indented.enter(table, self.layout, row, label);
        let number = self.label(label, row, is_total)?;
        self.intake.rows += 1;
        if self.labels.is_group(number) {
            return Ok(());
        }
        self.enter(table, row)?;
        self.watch(table, row, number);
        (0..self.layout.values.len()).try_for_each(|position| self.cell_or_reject(table, number, row, position))
    }

    fn row_without_label(&mut self, table: &CellTable, row: usize) {
        if self.layout.has_value(table, row) {
            self.intake.rejected_rows += 1;
            let remedy = "name the area, or end the data with last_row";
            let reject = heading_row::explained(
                UnplacedReject::new("area", "", "area.empty", remedy),
                table,
                row,
                self.layout,
                &self.marks,
            );
            self.reject(reject, row, self.layout.label_columns().first().copied());
        } else {
            self.intake.blank_rows += 1;
        }
    }

    /// The label of each value column, where the headings are the areas.
    fn areas_across(&mut self, head: &CellTable, headings: usize) -> Result<Vec<u32>, IntakeError> {
        let mut numbers = Vec::new();
        for (position, label) in self.layout.headings(head, headings).into_iter().enumerate() {
            if label.trim().is_empty() {
                let column = self.layout.values.get(position).map(|column| self.columns.name(*column)).unwrap_or_default();
                let what = format!("column {column} has no area above it: leave it out of value.columns");
                return Err(self.columns.error("area.header_row", what));
            }
            numbers.push(self.label(label, headings, false)?);
        }
        Ok(numbers)
    }

    fn row_across(&mut self, table: &CellTable, row: usize) -> Result<(), FileError> {
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
        if let Some(first) = self.across.first().copied() {
            self.watch(table, row, first);
        }
        for position in 0..self.across.len() {
            let number = self.across.get(position).copied().unwrap_or_default();
            if !self.labels.is_group(number) {
                self.cell_or_reject(table, number, row, position)?;
            }
        }
        Ok(())
    }

    /// Looks at the columns of a row that are not read.
    fn watch(&mut self, table: &CellTable, row: usize, label: u32) {
        if self.watch.has_columns() {
            let selection = self.selections.at(0).ok().map(|target| target.selection);
            self.watch.row(table, row, label, selection);
        }
    }

    fn enter(&mut self, table: &CellTable, row: usize) -> Result<(), IntakeError> {
        if self.selections.enter_row(table, row) {
            return Ok(());
        }
        let what = "more than a million different texts in one column: split the file".to_owned();
        Err(self.columns.error("period", what))
    }

    fn label(&mut self, text: String, row: usize, is_total: bool) -> Result<u32, IntakeError> {
        let key = self.marks.without_footnotes(&comparison_key(&text));
        self.labels.count(text, key, row, is_total).ok_or_else(|| {
            self.columns.error("area.column", format!("more than {MAX_LABELS} different labels: is it the right column?"))
        })
    }

    fn cell_or_reject(&mut self, table: &CellTable, label: u32, row: usize, position: usize) -> Result<(), FileError> {
        match self.cell(table, label, row, position) {
            Ok(cell) => self.intake.cells.push(cell)?,
            Err((reject, column)) => self.reject(reject, row, Some(column)),
        }
        Ok(())
    }

    /// The cell of a row in the value column at a position; else what is wrong, and in which column.
    fn cell(
        &mut self,
        table: &CellTable,
        label: u32,
        row: usize,
        position: usize,
    ) -> Result<LabelledCell, (UnplacedReject, usize)> {
        let column = self.layout.values.get(position).copied().unwrap_or_default();
        let target = self.selections.at(position).map_err(|reject| {
            let place = self.selections.column_of(&reject.field).unwrap_or(column);
            (reject, place)
        })?;
        let content = table.get(row, column);
        let percent = self.selections.percent_sign(target.selection);
        let (cell, flag) = self
            .marks
            .read(content, percent)
            .map_err(|reject| (heading_row::explained(reject, table, row, self.layout, &self.marks), column))?;
        let cell = scaled(cell, target.power).map_err(|reject| (reject, column))?;
        let (cell, status) = self.statuses.apply(table, row, cell, flag)?;
        let indicator = self.selections.indicator_of(target.selection);
        self.watch.figure(indicator, &ReadFigure { content, cell, power: target.power, place: (row, column) });
        let [row, column] = [row, column].map(|index| u32::try_from(index + 1).unwrap_or(u32::MAX));
        Ok(LabelledCell { label, selection: target.selection, sheet: 0, row, column, cell, status })
    }

    fn reject(&mut self, reject: UnplacedReject, row: usize, column: Option<usize>) {
        let column = column.map(|column| self.columns.name(column)).unwrap_or_default();
        self.intake.rejects.push(reject.at(row, column));
    }

    /// Ends the reading. A part or joint row that is declared and not there is an error: an area would keep other figures in silence.
    fn finish(mut self) -> Result<Intake, IntakeError> {
        if let Some((key, what)) = self.labels.absent_row() {
            return Err(self.columns.error(key, what));
        }
        let notes = &mut self.intake.notes;
        notes.extend(self.labels.idle_groups());
        notes.extend(self.marks.footnotes_met());
        if self.intake.left_out > 0 {
            notes.push(format!("{} rows are left out by only", self.intake.left_out));
        }
        if self.statuses.withheld > 0 {
            let count = self.statuses.withheld;
            notes.push(format!("{count} numbers are confidential by their row: none of them is kept"));
        }
        notes.extend(self.selections.period.told());
        let (doubts, unread) = self.watch.finish(&self.selections);
        self.intake.doubts.extend(doubts);
        self.intake.unread = unread;
        (self.intake.labels, self.intake.selections) = (self.labels.list, self.selections.list);
        Ok(self.intake)
    }
}
