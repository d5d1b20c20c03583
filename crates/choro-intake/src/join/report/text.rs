//! The join report as text.

use super::{
    areas::WhyNoValue,
    join_report::JoinReport,
    labels::{Unmatched, WhyUnmatched},
};
use crate::join::labels::{folding::printable, matching::MatchedBy};
use std::fmt::Write as _;

/// Lines of one list. All of them stand in the JSON and in the CSV.
const MAX_LINES: usize = 30;

impl JoinReport {
    /// The report for people.
    #[must_use]
    pub fn to_text(&self) -> String {
        text(self)
    }
}

fn text(report: &JoinReport) -> String {
    let mut out = String::new();
    let _ = writeln!(
        out,
        "{}: {} rows, {} labels, {} observations",
        report.file, report.rows, report.labels, report.observations
    );
    for note in &report.notes {
        let _ = writeln!(out, "  note: {note}");
    }
    doubts(&mut out, report);
    matched(&mut out, report);
    unmatched(&mut out, report);
    rows_of_other_kinds(&mut out, report);
    conflicts(&mut out, report);
    areas(&mut out, report);
    periods(&mut out, report);
    rejects(&mut out, report);
    out
}

/// A heading with its count, then the first lines; nothing at all for an empty list.
fn section(out: &mut String, heading: &str, count: usize, lines: impl Iterator<Item = String>) {
    if count == 0 {
        return;
    }
    let _ = writeln!(out, "\n{heading}: {count}");
    for line in lines.take(MAX_LINES) {
        let _ = writeln!(out, "  {line}");
    }
    if count > MAX_LINES {
        let _ = writeln!(out, "  ... and {} more: see the JSON report or the correction CSV", count - MAX_LINES);
    }
}

fn doubts(out: &mut String, report: &JoinReport) {
    for (heading, grave) in
        [("DOUBTS, nothing is stored before they are accepted", true), ("doubts that are only told", false)]
    {
        let lines: Vec<String> = report
            .doubts
            .iter()
            .filter(|doubt| doubt.grave == grave)
            .map(|doubt| format!("{}: {}", doubt.kind, printable(&doubt.what)))
            .collect();
        section(out, heading, lines.len(), lines.into_iter());
    }
}

fn matched(out: &mut String, report: &JoinReport) {
    let _ = writeln!(
        out,
        "\nmatched: {} of {} labels of areas",
        report.matched.len(),
        report.matched.len() + report.unmatched.len()
    );
    for by in MatchedBy::ALL {
        let count = report.matched_by(by);
        if count > 0 {
            let _ = writeln!(out, "  {count} {}", by.as_str());
        }
    }
    for (heading, by) in [("restored codes", MatchedBy::Restored), ("labels taken apart", MatchedBy::Part)] {
        let lines = report.matched.iter().filter(|matched| matched.by == by);
        let lines = lines.map(|matched| format!("row {}: {:?} is {}", matched.row, matched.label, matched.code));
        section(out, heading, report.matched_by(by), lines);
    }
}

fn unmatched(out: &mut String, report: &JoinReport) {
    section(out, "unmatched", report.unmatched.len(), report.unmatched.iter().map(unmatched_line));
    if report.not_compared > 0 {
        let _ = writeln!(out, "  {} labels were not compared by distance: correct the others first", report.not_compared);
    }
    for hint in &report.hints {
        let _ = writeln!(out, "  {}", printable(hint));
    }
    if !report.unmatched.is_empty() {
        let _ = writeln!(
            out,
            "  to mend: fill the column code of the correction CSV and hand it back as --crosswalk FILE:label=code"
        );
    }
}

fn unmatched_line(label: &Unmatched) -> String {
    let why = match &label.why {
        WhyUnmatched::Unknown => "no such code or name".to_owned(),
        WhyUnmatched::BlankInCrosswalk => "its code is empty in the crosswalk".to_owned(),
        WhyUnmatched::CodeNotInSet { code } => format!("the crosswalk says {code}, which the boundary set does not have"),
        WhyUnmatched::Ambiguous => "several areas have this name".to_owned(),
        WhyUnmatched::PartsDiffer => "its parts are different areas".to_owned(),
    };
    let candidates: Vec<String> = label
        .candidates
        .iter()
        .map(|candidate| {
            format!("{} {} ({}, {:.2})", candidate.code, candidate.name, candidate.why.as_str(), candidate.likeness)
        })
        .collect();
    let candidates = if candidates.is_empty() { String::new() } else { format!("; nearest: {}", candidates.join(", ")) };
    format!("row {}: {:?}: {why}{candidates}", label.row, label.label)
}

fn rows_of_other_kinds(out: &mut String, report: &JoinReport) {
    let groups = report.groups.iter().map(|group| format!("row {}: {}", group.row, printable(&group.label)));
    section(out, "totals and groups, not joined", report.groups.len(), groups);
    let parts = report.parts.iter().map(|part| {
        let (row, label, code, of) = (part.row, printable(&part.label), &part.code, &part.of);
        format!(
            "row {row}: {label}: gives {code} its values in place of {} cells of {of:?}; {} missing",
            part.replaced, part.missing
        )
    });
    section(out, "rows without parts", report.parts.len(), parts);
    let joints = report.joints.iter().map(|joint| {
        let (row, label, codes, values) = (joint.row, printable(&joint.label), joint.codes.join(", "), joint.values);
        format!("row {row}: {label}: its {values} values are those of {codes} together, which are missing")
    });
    section(out, "rows of several areas", report.joints.len(), joints);
}

fn conflicts(out: &mut String, report: &JoinReport) {
    let lines = report.conflicts.iter().map(|conflict| {
        let cells: Vec<String> =
            conflict.cells.iter().map(|c| format!("row {} column {}: {}", c.row, c.column, c.content)).collect();
        let codes = if conflict.codes.is_empty() { String::new() } else { format!(" {}", conflict.codes.join(" ")) };
        format!("{} {} {}{codes}: {}", conflict.code, conflict.indicator, conflict.period, cells.join(", "))
    });
    section(
        out,
        "CONTRADICTIONS, the import is refused: one area and selection, different values",
        usize::try_from(report.contradictions).unwrap_or(usize::MAX),
        lines,
    );
    if report.repeated > 0 {
        let _ = writeln!(out, "\nrepeated cells with equal values, taken once: {}", report.repeated);
    }
}

fn areas(out: &mut String, report: &JoinReport) {
    let gaps = report.areas_without_value.iter().map(|area| {
        let gap = match area.gap {
            WhyNoValue::NoRow => "no row",
            WhyNoValue::OnlyStates => "rows, but no value in them",
        };
        format!("{} {}: {gap}", area.code, area.name)
    });
    section(out, "areas without a value", report.areas_without_value.len(), gaps);
    let polygons = report.areas_without_polygon.iter().map(|area| format!("{} {}", area.code, area.name));
    section(out, "areas without a polygon, in tables but not on the map", report.areas_without_polygon.len(), polygons);
}

fn periods(out: &mut String, report: &JoinReport) {
    let lines = report.by_period.iter().map(|count| {
        let mut line = format!("{} {}: {} values", count.indicator, count.period, count.values);
        for (number, name) in [(count.missing, "missing"), (count.secrecy, "secrecy"), (count.invalid, "invalid")] {
            if number > 0 {
                let _ = write!(line, ", {number} {name}");
            }
        }
        line
    });
    section(out, "indicators and periods", report.by_period.len(), lines);
}

fn rejects(out: &mut String, report: &JoinReport) {
    let total = usize::try_from(report.rejects.total()).unwrap_or(usize::MAX);
    let lines = report.rejects.list.iter().map(|reject| {
        let (row, column, field) = (reject.row, &reject.column, &reject.field);
        format!("row {row}, column {column}: {field} {:?}: {}: {}", reject.got, reject.code, reject.remedy)
    });
    section(out, "rejected", total, lines);
}
