//! What a workbook shows otherwise than it stores, in the cells that a mapping reads: doubts.

use super::layout::Layout;
use crate::statistics::{
    doubt::{Doubt, DoubtKind},
    file::{
        sheet::findings::{Finding, FoundCells, LineRange, column_name, listed, merged, row_name, told},
        table::{CellContent, CellTable},
    },
    mapping::Mapping,
};

/// How many formulas it takes to wonder at their results.
const FEW_FORMULAS: u64 = 2;
/// How many places a doubt names.
const NAMED: usize = 8;

/// The doubts about the cells of a sheet that are labels or values by a layout.
pub fn sheet_doubts(table: &CellTable, layout: &Layout, mapping: &Mapping) -> Vec<Doubt> {
    let sheet = ReadSheet { table, layout };
    let hidden = [sheet.hidden_rows(), sheet.hidden_columns()].into_iter().flatten();
    let found = [Finding::OnlyStruck, Finding::OnlyRaised, Finding::Words, Finding::LostSign, Finding::Covered];
    let found = found.into_iter().map(|finding| sheet.found(finding, &sheet.columns(finding)));
    // A number that is shown as a year is no period in a column of values.
    let years = sheet.found(Finding::Year, &sheet.in_columns(Finding::Year, &layout.values));
    let found = found.chain([years]).flatten();
    let others = [sheet.merged(), sheet.scaled(mapping), sheet.zero_formulas()].into_iter().flatten();
    hidden.chain(found).chain(others).collect()
}

/// A sheet, and what is read of it.
struct ReadSheet<'a> {
    table: &'a CellTable,
    layout: &'a Layout,
}

impl ReadSheet<'_> {
    fn is_read(&self, row: usize) -> bool {
        (self.layout.first_row..self.layout.end_row).contains(&row) && self.layout.keeps(self.table, row)
    }

    fn hidden_rows(&self) -> Option<Doubt> {
        let has_values = |row: u32| self.is_read(row as usize) && self.layout.has_value(self.table, row as usize);
        let rows = self.table.findings.hidden_rows.iter().flat_map(|(first, last)| *first..=*last);
        let hidden: Vec<LineRange> = merged(rows.filter(|row| has_values(*row)).map(|row| (row, row)).collect());
        (!hidden.is_empty()).then(|| {
            let what = format!(
                "rows {} are hidden, but hold values that are read: unhide them and look",
                listed(&hidden, row_name)
            );
            Doubt::new(DoubtKind::HiddenCells, what)
        })
    }

    fn hidden_columns(&self) -> Option<Doubt> {
        let is_hidden = |column: usize| {
            let column = u32::try_from(column).unwrap_or(u32::MAX);
            self.table.findings.hidden_columns.iter().any(|(first, last)| (*first..=*last).contains(&column))
        };
        let rows = || (self.layout.first_row..self.layout.end_row).filter(|row| self.layout.keeps(self.table, *row));
        let has_values = |column: usize| rows().any(|row| !is_blank(self.table.get(row, column)));
        let hidden = self.layout.values.iter().filter(|column| is_hidden(**column) && has_values(**column));
        let hidden: Vec<LineRange> =
            hidden.filter_map(|column| u32::try_from(*column).ok()).map(|column| (column, column)).collect();
        let hidden = merged(hidden);
        (!hidden.is_empty()).then(|| {
            let columns = listed(&hidden, column_name);
            let what = format!("columns {columns} are hidden, but their values are read: unhide them and look, or leave them out of value.columns");
            Doubt::new(DoubtKind::HiddenCells, what)
        })
    }

    /// What was found in the columns of labels and values.
    fn columns(&self, finding: Finding) -> Vec<&FoundCells> {
        let labels = self.in_columns(finding, self.layout.label_columns());
        labels.into_iter().chain(self.in_columns(finding, &self.layout.values)).collect()
    }

    /// What was found in some columns, if some of it stands among the rows of data.
    fn in_columns(&self, finding: Finding, columns: &[usize]) -> Vec<&FoundCells> {
        let data = self.layout.first_row..self.layout.end_row;
        let is_data = |found: &&FoundCells| data.start <= found.rows.1 as usize && (found.rows.0 as usize) < data.end;
        columns.iter().filter_map(|column| self.table.findings.of(finding, *column)).filter(is_data).collect()
    }

    fn found(&self, finding: Finding, columns: &[&FoundCells]) -> Option<Doubt> {
        let kind = match finding {
            Finding::OnlyStruck | Finding::OnlyRaised => DoubtKind::StruckOut,
            Finding::Covered => DoubtKind::HiddenCells,
            _ => DoubtKind::ShownOtherwise,
        };
        (!columns.is_empty()).then(|| Doubt::new(kind, told(finding, columns)))
    }

    /// Merged cells with a value, of which only the first holds it: the others would be missing.
    fn merged(&self) -> Option<Doubt> {
        let is_value = |column: u32| self.layout.values.contains(&(column as usize));
        let blocks = self.table.findings.merged.iter().filter(|block| {
            let (first, last) = (block.first, block.last);
            let several = first.row < last.row || (first.column + 1..=last.column.min(first.column + 1000)).any(is_value);
            several
                && is_value(first.column)
                && self.is_read(first.row as usize)
                && !is_blank(self.table.get(first.row as usize, first.column as usize))
        });
        let blocks: Vec<String> = blocks.map(ToString::to_string).collect();
        let more = if blocks.len() > NAMED { ", ..." } else { "" };
        (!blocks.is_empty()).then(|| {
            let named = blocks.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join(", ");
            let what = format!(
                "cells with a value are merged: {named}{more}; the value is taken for the first of them alone, and the others are empty"
            );
            Doubt::new(DoubtKind::MergedValues, what)
        })
    }

    /// Numbers that are shown in another power of ten than they are stored in, while the mapping may not know it.
    fn scaled(&self, mapping: &Mapping) -> Option<Doubt> {
        let (percent, scaled) = (self.columns(Finding::Percent), self.columns(Finding::Scaled));
        let (columns, finding, why) = if mapping.power.is_some() && !percent.is_empty() {
            (
                percent,
                Finding::Percent,
                "power in the mapping multiplies them once more: leave it out, if it was meant to make percentages",
            )
        } else if mapping.power.is_none() && !scaled.is_empty() {
            (
                scaled,
                Finding::Scaled,
                "say in the mapping by which power of ten they are multiplied: power = { value = 3 } for thousands, 0 if they are to stay",
            )
        } else {
            return None;
        };
        Some(Doubt::new(DoubtKind::ScaledFormat, format!("{}; {why}", told(finding, &columns))))
    }

    /// Formulas for values that are all zero. A single one may be a sum.
    fn zero_formulas(&self) -> Option<Doubt> {
        let columns = || self.layout.values.iter().filter_map(|column| self.table.findings.formulas(*column));
        let count: u64 = columns().map(|formulas| formulas.count).sum();
        let first = columns().map(|formulas| formulas.first).min()?;
        if count < FEW_FORMULAS || columns().any(|formulas| formulas.has_result) {
            return None;
        }
        let what = format!(
            "the {count} formulas for values, first in {first}, all have the result zero; if they were never computed, open the \
             file in a spreadsheet program and save it there"
        );
        Some(Doubt::new(DoubtKind::ZeroFormulas, what))
    }
}

fn is_blank(content: CellContent<'_>) -> bool {
    match content {
        CellContent::Empty => true,
        CellContent::Number(_) => false,
        CellContent::Text(text) => text.trim().is_empty(),
    }
}
