//! A proposal as TOML with comments.

use super::draft::{IndicatorDraft, MappingDraft, PeriodDraft};
use crate::statistics::{
    comparison::comparison_key,
    file::{column_letters, table::CellTable},
};
use std::fmt::Write as _;

/// Rows and columns of the preview, and letters of a cell.
const PREVIEW: (usize, usize, usize) = (5, 8, 24);

pub(crate) fn mapping(table: &CellTable, draft: &MappingDraft, open: &[String]) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "# Proposed mapping for {}. Check it, save it, and give it as --mapping.", comment(&table.file));
    for note in &table.notes {
        let _ = writeln!(out, "# {}", comment(note));
    }
    for what in open {
        let _ = writeln!(out, "# FILL IN {}", comment(what));
    }
    out.push_str("#\n");
    out.push_str(&preview(table, draft.first_row));
    let _ = writeln!(out, "\ndecimal = {}", quoted(&draft.decimal.to_string()));
    if draft.decimal_is_doubtful {
        out.push_str("# Every comma stands before three digits: if it separates thousands, write decimal = \".\", thousands = \",\".\n");
    }
    let rows: Vec<String> = draft.header_rows.iter().map(|row| (row + 1).to_string()).collect();
    let _ = writeln!(out, "header_row = [{}]\nfirst_row = {}", rows.join(", "), draft.first_row + 1);
    area(&mut out, draft);
    indicator(&mut out, draft);
    period(&mut out, draft);
    let _ = writeln!(out, "\n[value]\ncolumns = [{}]", ranges(&draft.values));
    for other in &draft.others {
        let _ = writeln!(out, "# not read: {}", comment(other));
    }
    out.push_str("\n[marks]\n# missing = [\"\", \"…\", \"...\"]\n# zero = [\"-\"]\n# secrecy = []\n# invalid = []\n");
    out
}

fn area(out: &mut String, draft: &MappingDraft) {
    let _ = writeln!(out, "\n[area]\ncolumn = {}", quoted(&column_letters::of_index(draft.label)));
    if draft.known > 0 {
        let _ = writeln!(out, "# {} of {} labels are known areas.", draft.known, draft.labels);
    }
    out.push_str("# Totals and groups among the rows; * stands for any letters.\ngroups = []\n");
    if draft.indented {
        out.push_str("# Labels are indented. Where that shows which rows are totals: indent = [\"totals\"]\n");
    }
    if !draft.unknown_labels.is_empty() {
        out.push_str("# Not known as areas (groups, or names that need a crosswalk):\n");
    }
    for label in &draft.unknown_labels {
        let _ = writeln!(out, "#   {}", comment(label));
    }
    out.push_str("# crosswalk = { file = \"codes.csv\", from = \"label\", to = \"code\" }\n");
}

fn indicator(out: &mut String, draft: &MappingDraft) {
    out.push_str("\n[indicator]\n");
    match &draft.indicator {
        IndicatorDraft::Constant(id) => drop(writeln!(out, "value = {}", quoted(id))),
        IndicatorDraft::Headings(row, pairs) => {
            let _ = writeln!(out, "header_row = {}", row + 1);
            values(out, pairs);
        }
        IndicatorDraft::Open => out.push_str("value = \"\"\n"),
    }
}

fn period(out: &mut String, draft: &MappingDraft) {
    out.push_str("\n[period]\n");
    match &draft.period {
        PeriodDraft::Constant(period, place) => drop(writeln!(out, "value = {} # from {place}", quoted(period))),
        PeriodDraft::Column(column) => drop(writeln!(out, "column = {}", quoted(&column_letters::of_index(*column)))),
        PeriodDraft::Headings(row, pairs) => {
            let _ = writeln!(out, "header_row = {}", row + 1);
            if !pairs.is_empty() {
                values(out, pairs);
            }
        }
        PeriodDraft::Open => out.push_str("value = \"\"\n"),
    }
}

fn values(out: &mut String, pairs: &[(String, String)]) {
    let mut pairs: Vec<_> = pairs.iter().collect();
    pairs.sort();
    pairs.dedup_by(|a, b| a.0 == b.0);
    let pairs: Vec<String> = pairs.iter().map(|(text, id)| format!("{} = {}", quoted(text), quoted(id))).collect();
    let _ = writeln!(out, "values = {{ {} }}", pairs.join(", "));
}

/// The first rows of the file as comments, from the headings on; `>` marks the first row of data.
pub(crate) fn preview(table: &CellTable, first_row: usize) -> String {
    let (rows, columns, letters) = PREVIEW;
    let mut out = String::new();
    for row in first_row.saturating_sub(3)..table.height().min(first_row + rows) {
        let cells = (0..columns.min(table.width())).map(|column| comparison_key(&table.get(row, column).to_string()));
        let cells: Vec<String> = cells.map(|cell| cell.chars().take(letters).collect()).collect();
        let sign = if row == first_row { '>' } else { ' ' };
        let _ = writeln!(out, "# {sign}{:>4} | {}", row + 1, comment(&cells.join(" | ")));
    }
    out
}

/// Neighbouring columns as ranges.
fn ranges(columns: &[usize]) -> String {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for column in columns {
        match runs.last_mut() {
            Some((_, end)) if *end + 1 == *column => *end = *column,
            _ => runs.push((*column, *column)),
        }
    }
    let name = |(from, to): &(usize, usize)| {
        quoted(&if from == to {
            column_letters::of_index(*from)
        } else {
            format!("{}:{}", column_letters::of_index(*from), column_letters::of_index(*to))
        })
    };
    runs.iter().map(name).collect::<Vec<_>>().join(", ")
}

/// A TOML string.
fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// A text that cannot end its comment.
fn comment(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
