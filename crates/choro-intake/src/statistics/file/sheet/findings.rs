//! What is to be told of a sheet: where what it stores is not what it shows.

use super::place::{CellBlock, CellPlace};
use std::collections::BTreeMap;

/// Most cells that are named of each kind in each column.
const EXAMPLES: usize = 30;
/// How many ranges of rows or columns a note names.
const NAMED: usize = 8;

/// What was found about a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Finding {
    /// Its number is shown as a percentage.
    Percent,
    /// Its number is shown in thousands or millions.
    Scaled,
    /// Its date is shown as a year.
    Year,
    /// Its date is shown as a month.
    Month,
    /// Its number is shown with leading zeros.
    Padded,
    /// A part of its text is superscript.
    Raised,
    /// A part of its text is struck out.
    Struck,
    /// All of it is superscript.
    OnlyRaised,
    /// All of it is struck out.
    OnlyStruck,
    /// Its number is shown as something that is no number, or as nothing.
    Words,
    /// Its negative number is shown without a sign.
    LostSign,
    /// Its zero is shown as nothing.
    BlankZero,
    /// It lies under a cell that it is merged with.
    Covered,
}

impl Finding {
    /// How many cells a note names: the first few of a format that many cells have, and most of what concerns a cell by itself.
    fn named(self) -> usize {
        match self {
            Self::Percent | Self::Scaled | Self::Year | Self::Month | Self::Padded | Self::BlankZero => 3,
            _ => EXAMPLES,
        }
    }

    /// What was found in so many cells, and what was made of it.
    fn told(self, count: u64) -> String {
        match self {
            Self::Percent => format!("{count} numbers are shown as percentages by their format, and are taken as shown"),
            Self::Scaled => {
                format!("{count} numbers are shown in thousands or millions by their format, and are taken as shown")
            }
            Self::Year => format!("{count} dates are shown as years by their format, and are taken as years"),
            Self::Month => format!("{count} dates are shown as months by their format, and are taken as months"),
            Self::Padded => format!("{count} numbers are shown with leading zeros by their format, and are taken as shown"),
            Self::Raised => {
                format!("superscript stands for footnotes and is left out of what {count} cells say")
            }
            Self::Struck => format!("struck-out text is left out of what {count} cells say"),
            Self::OnlyRaised => format!("{count} cells hold nothing but superscript, and are taken as empty"),
            Self::OnlyStruck => format!("{count} cells are struck out, and are taken as empty"),
            Self::Words => format!("{count} numbers are shown as something else by their format, and are taken as stored"),
            Self::LostSign => {
                format!("{count} negative numbers are shown without a sign by their format, and are taken as negative")
            }
            Self::Covered => format!("{count} cells hold something that the cell covers with which they are merged"),
            Self::BlankZero => format!("{count} zeros are shown as nothing, and are taken as zeros"),
        }
    }
}

/// The cells of a column about which one thing was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundCells {
    count: u64,
    /// The first and the last row.
    pub rows: (u32, u32),
    examples: Vec<(CellPlace, String)>,
}

/// The formulas of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ColumnFormulas {
    /// How many there are.
    pub count: u64,
    /// The first of them.
    pub first: CellPlace,
    /// Whether one of them has a result that is not zero.
    pub has_result: bool,
}

/// Rows or columns from a first to a last one, from 0.
pub type LineRange = (u32, u32);

/// What was found about a sheet.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SheetFindings {
    /// By what was found, and by column.
    cells: BTreeMap<(Finding, u32), FoundCells>,
    /// Rows that are hidden, in order.
    pub hidden_rows: Vec<LineRange>,
    /// Columns that are hidden, in order.
    pub hidden_columns: Vec<LineRange>,
    /// Cells that are merged.
    pub merged: Vec<CellBlock>,
    /// The formulas of each column.
    formulas: BTreeMap<u32, ColumnFormulas>,
}

impl SheetFindings {
    /// Adds a cell with what it says or what was made of it.
    pub fn add(&mut self, finding: Finding, place: CellPlace, example: impl FnOnce() -> String) {
        let new = FoundCells { count: 0, rows: (place.row, place.row), examples: Vec::new() };
        let found = self.cells.entry((finding, place.column)).or_insert(new);
        found.count += 1;
        found.rows = (found.rows.0.min(place.row), found.rows.1.max(place.row));
        if found.examples.len() < EXAMPLES {
            found.examples.push((place, example()));
        }
    }

    /// The cells of a column about which something was found.
    pub fn of(&self, finding: Finding, column: usize) -> Option<&FoundCells> {
        self.cells.get(&(finding, u32::try_from(column).ok()?))
    }

    /// Adds a formula.
    pub fn add_formula(&mut self, place: CellPlace, has_result: bool) {
        let new = ColumnFormulas { count: 0, first: place, has_result: false };
        let formulas = self.formulas.entry(place.column).or_insert(new);
        formulas.count += 1;
        formulas.has_result |= has_result;
    }

    /// The formulas of a column, if it has some.
    pub fn formulas(&self, column: usize) -> Option<ColumnFormulas> {
        self.formulas.get(&u32::try_from(column).ok()?).copied()
    }

    /// All that was found about cells, each with its first cells.
    pub fn notes(&self) -> Vec<String> {
        let mut kinds: Vec<Finding> = self.cells.keys().map(|(finding, _)| *finding).collect();
        kinds.dedup();
        let notes = kinds.into_iter().map(|finding| {
            let columns = self.cells.range((finding, 0)..=(finding, u32::MAX)).map(|(_, found)| found);
            told(finding, &columns.collect::<Vec<_>>())
        });
        let lines =
            [("rows", &self.hidden_rows, row_name as fn(u32) -> String), ("columns", &self.hidden_columns, column_name)];
        let hidden = lines.into_iter().filter(|(_, ranges, _)| !ranges.is_empty());
        notes.chain(hidden.map(|(what, ranges, name)| format!("{what} are hidden: {}", listed(ranges, name)))).collect()
    }
}

/// What was found in cells of some columns, with the first of them.
pub fn told(finding: Finding, columns: &[&FoundCells]) -> String {
    let count: u64 = columns.iter().map(|found| found.count).sum();
    let mut examples: Vec<&(CellPlace, String)> = columns.iter().flat_map(|found| &found.examples).collect();
    examples.sort();
    let named: Vec<String> =
        examples.iter().take(finding.named()).map(|(place, says)| format!("{place} {says}").trim_end().to_owned()).collect();
    let more = if count > named.len() as u64 { ", ..." } else { "" };
    format!("{}: {}{more}", finding.told(count), named.join(", "))
}

/// Ranges of rows or columns as messages name them: `5 to 7, 9`.
pub fn listed(ranges: &[LineRange], name: fn(u32) -> String) -> String {
    let one = |(first, last): &LineRange| {
        if first == last { name(*first) } else { format!("{} to {}", name(*first), name(*last)) }
    };
    let named = ranges.iter().take(NAMED).map(one).collect::<Vec<_>>().join(", ");
    if ranges.len() > NAMED { format!("{named}, ...") } else { named }
}

/// A row as messages name it.
pub fn row_name(row: u32) -> String {
    (u64::from(row) + 1).to_string()
}

/// A column as messages name it.
pub fn column_name(column: u32) -> String {
    super::super::column_letters::of_index(column as usize)
}

/// Ranges in order, those that meet made one.
pub fn merged(mut ranges: Vec<LineRange>) -> Vec<LineRange> {
    ranges.sort_unstable();
    let mut whole: Vec<LineRange> = Vec::new();
    for (first, last) in ranges {
        match whole.last_mut() {
            Some(before) if first <= before.1.saturating_add(1) => before.1 = before.1.max(last),
            _ => whole.push((first, last)),
        }
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_found_is_told_once_with_its_first_cells() {
        let mut found = SheetFindings::default();
        for (row, column) in [(3, 1), (4, 2), (5, 1)] {
            found.add(Finding::Raised, CellPlace { row, column }, || "\"1\"".to_owned());
        }
        found.hidden_rows = merged(vec![(6, 6), (4, 5), (9, 9)]);
        found.hidden_columns = vec![(3, 3)];
        assert_eq!(
            found.notes(),
            [
                "superscript stands for footnotes and is left out of what 3 cells say: B4 \"1\", C5 \"1\", B6 \"1\"",
                "rows are hidden: 5 to 7, 10",
                "columns are hidden: D",
            ]
        );
        assert_eq!(found.of(Finding::Raised, 1).unwrap().rows, (3, 5));
    }
}
