//! A proposal as TOML with comments.

use super::{
    draft::MappingDraft, first_rows::comment, indicator_draft::IndicatorDraft, period_draft::PeriodDraft, question::Question,
};
use crate::statistics::{file::column_letters, reading::marks::MISSING};
use std::fmt::Write as _;

/// The mapping of a draft. Where questions are open it has a key that no mapping may have, so that it is not taken by mistake.
pub(crate) fn mapping(draft: &MappingDraft, open: &[Question]) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "# Proposed mapping for {}. Check it, save it, and give it as --mapping.", comment(&draft.file));
    for note in &draft.notes {
        let _ = writeln!(out, "# {}", comment(note));
    }
    for question in open {
        let _ = writeln!(out, "# FILL IN {}", comment(&question.to_string()));
    }
    out.push_str("#\n");
    out.push_str(&draft.preview);
    out.push('\n');
    if !open.is_empty() {
        let _ = writeln!(
            out,
            "# Questions above that are not answered. Answer them below, then delete this line.\nopen = {}",
            open.len()
        );
    }
    numbers_and_rows(&mut out, draft);
    area(&mut out, draft);
    indicator(&mut out, draft);
    period(&mut out, draft);
    power(&mut out, draft);
    dimensions(&mut out, draft);
    let _ = writeln!(out, "\n[value]\ncolumns = [{}]", ranges(&draft.values));
    for other in &draft.others {
        let _ = writeln!(out, "# not read: {}", comment(other));
    }
    marks(&mut out, draft);
    out
}

fn numbers_and_rows(out: &mut String, draft: &MappingDraft) {
    if let Some(sheet) = &draft.sheet {
        let _ = writeln!(out, "sheet = {}", quoted(sheet));
    }
    let _ = writeln!(out, "decimal = {}", quoted(&draft.decimal.to_string()));
    if let Some(sign) = draft.thousands {
        let _ = writeln!(out, "thousands = {}", quoted(&sign.to_string()));
    }
    let rows: Vec<String> = draft.header_rows.iter().map(|row| (row + 1).to_string()).collect();
    let _ = writeln!(out, "header_row = [{}]\nfirst_row = {}", rows.join(", "), draft.first_row + 1);
}

fn power(out: &mut String, draft: &MappingDraft) {
    if let Some(power) = draft.power {
        let _ = writeln!(out, "\n[power]\nvalue = {power}");
    }
}

fn dimensions(out: &mut String, draft: &MappingDraft) {
    for (id, column, codes) in &draft.dimensions {
        let _ = writeln!(out, "\n[dimensions.{id}]\ncolumn = {}", quoted(&column_letters::of_index(*column)));
        let pairs: Vec<_> = codes.iter().map(|(text, code)| (text.clone(), code.clone())).collect();
        values(out, &pairs);
    }
}

fn marks(out: &mut String, draft: &MappingDraft) {
    out.push_str("\n[marks]\n");
    for (meaning, example) in [("missing", "\"\", \"…\", \"...\""), ("zero", "\"-\""), ("secrecy", ""), ("invalid", "")] {
        let said: Vec<String> = draft.marks.iter().filter(|(_, of)| *of == meaning).map(|(mark, _)| quoted(mark)).collect();
        // Marks that are declared replace those that are understood without a word.
        let known: Vec<String> = if meaning == "missing" && !said.is_empty() {
            MISSING.iter().map(|mark| quoted(mark)).collect()
        } else {
            Vec::new()
        };
        let all: Vec<String> = known.into_iter().chain(said.clone()).collect();
        let _ = if said.is_empty() {
            writeln!(out, "# {meaning} = [{example}]")
        } else {
            writeln!(out, "{meaning} = [{}]", all.join(", "))
        };
    }
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
        PeriodDraft::Column(column, pairs) => {
            let _ = writeln!(out, "column = {}", quoted(&column_letters::of_index(*column)));
            if !pairs.is_empty() {
                values(out, pairs);
            }
        }
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
