//! Questions about sheets, rows and the columns of areas.

use super::{
    area_columns::SecondKind,
    draft::{Findings, MappingDraft},
    indicator_draft::IndicatorDraft,
    number_signs::may_be_thousands,
    period_draft::{PeriodDoubt, PeriodDraft, said_beside},
    question::{Question, Wants},
    survey::Survey,
    words::is_generic,
    written_period::{WrittenPeriod, names_part_of_year, written_period},
};
use crate::statistics::file::{column_letters, table::CellContent};
use choro_model::Indicator;
use std::collections::BTreeMap;

/// Which sheet, where several hold tables.
pub fn sheet(survey: &Survey<'_>, others: &[String]) -> Option<Question> {
    let taken = survey.table.sheet.as_ref().filter(|_| !others.is_empty())?;
    let names = others.iter().map(|name| format!("{name:?}")).collect::<Vec<_>>().join(", ");
    let text = format!(
        "sheet {taken:?} was looked at, and there are tables on {names} too: write the name of the one that is meant, or look at \
         another by --sheet"
    );
    Some(Question::new("sheet", text, Wants::Sheet(others.to_vec())))
}

/// Whether a sign before three digits is a decimal sign.
pub fn decimal(survey: &Survey<'_>, draft: &MappingDraft) -> Option<Question> {
    let cells = survey.rows().flat_map(|row| draft.values.iter().map(move |column| (row, *column)));
    let mut first = None;
    for (row, column) in cells {
        let CellContent::Text(text) = survey.table.get(row, column) else { continue };
        match may_be_thousands(text, draft.decimal) {
            Some(true) if survey.number(row, column).is_some() => {
                first = first.or(Some((row, column, text)));
            }
            Some(false) if survey.number(row, column).is_some() => return None,
            _ => {}
        }
    }
    let ((row, column, text), sign) = (first?, draft.decimal);
    let other = if sign == '.' { ',' } else { '.' };
    let place = format!("row {}, column {}", row + 1, column_letters::of_index(column));
    let text = format!(
        "{place}: {text:?}: every {sign:?} stands before three digits; if it separates thousands, write decimal = \"{other}\" and \
         thousands = \"{sign}\""
    );
    Some(Question::new("decimal", text, Wants::Consent))
}

/// Rows of headings that no key reads.
pub fn header_rows(
    survey: &Survey<'_>,
    draft: &MappingDraft,
    findings: &Findings,
    indicators: &[Indicator],
) -> Option<Question> {
    let is_read = |row: &usize| {
        matches!(&draft.period, PeriodDraft::Headings(of_period, _) if of_period == row)
            || matches!(&draft.indicator, IndicatorDraft::Headings(of_indicator, _) if of_indicator == row)
    };
    let several = survey.header_rows.len() > 1;
    let in_parts = findings.period_doubt.as_ref().is_some_and(PeriodDoubt::is_in_two_places);
    let known = !matches!(draft.indicator, IndicatorDraft::Open);
    let says = |row: &usize| {
        let texts = draft.values.iter().map(|column| survey.text(*row, *column)).filter(|text| !text.is_empty());
        let is_read = |text: &String| in_parts && (names_part_of_year(text) || written_period(text) != WrittenPeriod::None);
        let text = texts
            .into_iter()
            .find(|text| !is_generic(text) && !is_read(text) && !says_indicator(text, draft, indicators))?;
        Some(format!("row {} {text:?}", row + 1))
    };
    let unread = survey.header_rows.iter().filter(|row| !is_read(row) && (several || known));
    let mut said: Vec<String> = unread.filter_map(says).collect();
    if let (PeriodDraft::Headings(row, _), true) = (&draft.period, known) {
        let beside = said_beside(survey, *row, &draft.values).filter(|text| !says_indicator(text, draft, indicators));
        said.extend(beside.map(|text| format!("row {} {text:?}", row + 1)));
    }
    let text = format!(
        "{}: headings over the values that no key reads: a unit, a dimension, another indicator? Name the row in the key that it \
         belongs to (header_row), or leave it",
        said.join(", ")
    );
    (!said.is_empty()).then(|| Question::new("header_row", text, Wants::Consent))
}

/// Whether a heading is the name or the unit of the indicator that was found.
fn says_indicator(text: &str, draft: &MappingDraft, indicators: &[Indicator]) -> bool {
    let IndicatorDraft::Constant(id) = &draft.indicator else { return false };
    let lower = text.to_lowercase();
    indicators.iter().filter(|indicator| indicator.id.as_str() == id).any(|indicator| {
        let names = indicator.name.0.values().chain(indicator.unit.name.0.values());
        lower == *id || names.into_iter().any(|name| name.to_lowercase() == lower)
    })
}

/// Where another table begins below the first.
pub fn last_row(survey: &Survey<'_>) -> Option<Question> {
    let row = survey.next_table?;
    let text = format!(
        "row {} {:?} looks like the title or the headings of another table: write last_row = {row}, or import the rest by a mapping \
         of its own",
        row + 1,
        survey.text(row, survey.label),
    );
    Some(Question::new("last_row", text, Wants::Consent))
}

/// Labels of which fewer than two in five are areas: some are always groups, or spelt otherwise than on the map.
pub fn labels(draft: &MappingDraft) -> Option<Question> {
    let text = format!(
        "{} of the {} labels in column {} are codes or names of the boundary set: is it the right set and column? Otherwise give a \
         crosswalk",
        if draft.known == 0 { "none".to_owned() } else { draft.known.to_string() },
        draft.labels,
        column_letters::of_index(draft.label)
    );
    (draft.known * 5 < draft.labels * 2).then(|| Question::new("area", text, Wants::Consent))
}

/// Areas across the headings, and a second column of areas.
pub fn areas(survey: &Survey<'_>, draft: &MappingDraft, findings: &Findings) -> Vec<Question> {
    let across = findings.across.map(|row| {
        format!(
            "the headings of row {} are areas: where the rows are areas too, this is a table of flows, which is no map yet: \
             name its column of totals in value.columns; where the rows are periods, write area.header_row for area.column",
            row + 1
        )
    });
    let label = survey.column_name(draft.label);
    let second = findings.second.map(|second| {
        let other = survey.column_name(second.column);
        match second.kind {
            SecondKind::SideTable => format!(
                "column {other} holds labels of its own, to the right of values: a second table beside the first. Columns from there \
                 on are not read; import them by a mapping of their own"
            ),
            SecondKind::Contradiction(row) => format!(
                "columns {label} and {other} name different areas, the first in row {} ({:?} and {:?}): write the one that is right; \
                 if they are origins and destinations, this is a table of flows, which is no map yet",
                row + 1,
                survey.text(row, draft.label),
                survey.text(row, second.column)
            ),
            SecondKind::Flows => format!(
                "columns {label} and {other} both hold areas: if they are origins and destinations, this is a table of flows, which is \
                 no map yet; give the totals of one of them"
            ),
        }
    });
    across.into_iter().chain(second).map(|text| Question::new("area.column", text, Wants::Consent)).collect()
}

/// Rows of one area and period.
pub fn fall_together(survey: &Survey<'_>, draft: &MappingDraft, findings: &Findings) -> Option<Question> {
    if findings.second.is_some() || findings.across.is_some() {
        return None;
    }
    let period = |row: usize| {
        if let PeriodDraft::Column(column, _) = &draft.period { survey.text(row, *column) } else { String::new() }
    };
    let mut seen: BTreeMap<(String, String), usize> = BTreeMap::new();
    for row in survey.rows() {
        let label = survey.text(row, draft.label);
        let has_value = draft.values.iter().any(|column| !survey.text(row, *column).is_empty());
        if label.is_empty() || !has_value {
            continue;
        }
        if let Some(first) = seen.insert((label.clone(), period(row)), row) {
            let text = format!(
                "rows {} and {} are both {label:?} {}: what tells them apart? Write the column under dimensions, or choose rows by \
                 only = [{{ column = .., values = [..] }}]",
                first + 1,
                row + 1,
                period(row)
            );
            return Some(Question::new("only", text, Wants::Consent));
        }
    }
    None
}
