//! A proposal as TOML with comments.

use super::{IndicatorPlan, PeriodPlan, Plan, letters};
use crate::statistics::{file::table::Table, reading::labels::key};
use std::fmt::Write as _;

/// Rows and columns of the preview, and letters of a cell.
const PREVIEW: (usize, usize, usize) = (5, 8, 24);

pub(crate) fn mapping(table: &Table, plan: &Plan, open: &[String]) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "# Proposed mapping for {}. Check it, save it, and give it as --mapping.", comment(&table.file));
    for note in &table.notes {
        let _ = writeln!(out, "# {}", comment(note));
    }
    for what in open {
        let _ = writeln!(out, "# FILL IN {}", comment(what));
    }
    out.push_str("#\n");
    out.push_str(&preview(table, plan.first_row));
    let _ = writeln!(out, "\ndecimal = {}", quoted(&plan.decimal.to_string()));
    if plan.decimal_is_doubtful {
        out.push_str("# Every comma stands before three digits: if it separates thousands, write decimal = \".\", thousands = \",\".\n");
    }
    let rows: Vec<String> = plan.header_rows.iter().map(|row| (row + 1).to_string()).collect();
    let _ = writeln!(out, "header_row = [{}]\nfirst_row = {}", rows.join(", "), plan.first_row + 1);
    area(&mut out, plan);
    indicator(&mut out, plan);
    period(&mut out, plan);
    let _ = writeln!(out, "\n[value]\ncolumns = [{}]", ranges(&plan.values));
    for other in &plan.others {
        let _ = writeln!(out, "# not read: {}", comment(other));
    }
    out.push_str("\n[marks]\n# missing = [\"\", \"…\", \"...\"]\n# zero = [\"-\"]\n# secrecy = []\n# invalid = []\n");
    out
}

fn area(out: &mut String, plan: &Plan) {
    let _ = writeln!(out, "\n[area]\ncolumn = {}", quoted(&letters(plan.label)));
    if plan.known > 0 {
        let _ = writeln!(out, "# {} of {} labels are known areas.", plan.known, plan.labels);
    }
    out.push_str("# Totals and groups among the rows; * stands for any letters.\ngroups = []\n");
    if plan.indented {
        out.push_str("# Labels are indented. Where that shows which rows are totals: indent = [\"totals\"]\n");
    }
    if !plan.strangers.is_empty() {
        out.push_str("# Not known as areas (groups, or names that need a crosswalk):\n");
    }
    for label in &plan.strangers {
        let _ = writeln!(out, "#   {}", comment(label));
    }
    out.push_str("# crosswalk = { file = \"codes.csv\", from = \"label\", to = \"code\" }\n");
}

fn indicator(out: &mut String, plan: &Plan) {
    out.push_str("\n[indicator]\n");
    match &plan.indicator {
        IndicatorPlan::Constant(id) => drop(writeln!(out, "value = {}", quoted(id))),
        IndicatorPlan::Headings(row, pairs) => {
            let _ = writeln!(out, "header_row = {}", row + 1);
            values(out, pairs);
        }
        IndicatorPlan::Open => out.push_str("value = \"\"\n"),
    }
}

fn period(out: &mut String, plan: &Plan) {
    out.push_str("\n[period]\n");
    match &plan.period {
        PeriodPlan::Constant(period, place) => drop(writeln!(out, "value = {} # from {place}", quoted(period))),
        PeriodPlan::Column(column) => drop(writeln!(out, "column = {}", quoted(&letters(*column)))),
        PeriodPlan::Headings(row, pairs) => {
            let _ = writeln!(out, "header_row = {}", row + 1);
            if !pairs.is_empty() {
                values(out, pairs);
            }
        }
        PeriodPlan::Open => out.push_str("value = \"\"\n"),
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
pub(crate) fn preview(table: &Table, first_row: usize) -> String {
    let (rows, columns, letters) = PREVIEW;
    let mut out = String::new();
    for row in first_row.saturating_sub(3)..table.height().min(first_row + rows) {
        let cells = (0..columns.min(table.width())).map(|column| key(&table.get(row, column).to_string()));
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
        quoted(&if from == to { letters(*from) } else { format!("{}:{}", letters(*from), letters(*to)) })
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
