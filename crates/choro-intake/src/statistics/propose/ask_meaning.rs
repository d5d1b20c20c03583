//! Questions about the indicator, the period, the unit and the columns of values.

use super::{
    draft::{Findings, MappingDraft},
    indicator_draft::IndicatorDraft,
    period_draft::PeriodDraft,
    question::{Question, Wants},
    survey::{CellKind, Survey},
    units::{UnitWord, unit_words},
};
use crate::statistics::{file::column_letters, reading::marks::MISSING};
use choro_model::Indicator;
use std::collections::BTreeSet;

/// How many indicators, periods and marks a question names.
const NAMED: usize = 40;

/// Which indicator.
pub fn indicator(draft: &MappingDraft, indicators: &[Indicator]) -> Option<Question> {
    let ids: Vec<String> = indicators.iter().take(NAMED).map(|indicator| indicator.id.to_string()).collect();
    let list = ids.join(", ");
    let text = format!("which indicator this is, one of {list}; neither the title nor a heading is the name of one alone");
    matches!(draft.indicator, IndicatorDraft::Open).then(|| Question::new("indicator.value", text, Wants::Indicator(ids)))
}

/// Which columns hold the values.
pub fn values(survey: &Survey<'_>, draft: &MappingDraft, findings: &Findings) -> Option<Question> {
    let mut said = Vec::new();
    let names = |columns: &[usize]| columns.iter().map(|column| survey.column_name(*column)).collect::<Vec<_>>().join(", ");
    if !findings.rankings.is_empty() {
        said.push(format!("{}: places in an order rather than values?", names(&findings.rankings)));
    }
    if !findings.otherwise.is_empty() {
        said.push(format!("{}: headings that say something else beside the period", names(&findings.otherwise)));
    }
    if !findings.unnamed.is_empty() {
        said.push(format!("{}: which of these hold values of one indicator?", names(&findings.unnamed)));
    }
    if let Some((first, second)) = same_heading(survey, draft) {
        said.push(format!(
            "{} and {}: one indicator and period twice",
            survey.column_name(first),
            survey.column_name(second)
        ));
    }
    let all = [&draft.values, &findings.rankings, &findings.otherwise, &findings.unnamed].into_iter().flatten().copied();
    let columns: BTreeSet<usize> = all.collect();
    let columns = columns.into_iter().map(|column| (column, survey.column_name(column))).collect();
    let text = format!("{}; name the columns that are meant", said.join("; "));
    (!said.is_empty()).then(|| Question::new("value.columns", text, Wants::Columns(columns)))
}

/// Two columns of values with the same headings where headings tell them apart.
fn same_heading(survey: &Survey<'_>, draft: &MappingDraft) -> Option<(usize, usize)> {
    let rows = [
        if let PeriodDraft::Headings(row, _) = &draft.period { Some(*row) } else { None },
        if let IndicatorDraft::Headings(row, _) = &draft.indicator { Some(*row) } else { None },
    ];
    let heading = |column: usize| rows.iter().flatten().map(|row| survey.text(*row, column)).collect::<Vec<_>>();
    let pairs = draft
        .values
        .iter()
        .enumerate()
        .flat_map(|(at, first)| draft.values.iter().skip(at + 1).map(move |second| (*first, *second)));
    let mut pairs = pairs.take(10_000);
    if rows.iter().flatten().next().is_none() {
        None
    } else {
        pairs.find(|(first, second)| heading(*first) == heading(*second))
    }
}

/// Which period.
pub fn period(survey: &Survey<'_>, draft: &MappingDraft, findings: &Findings) -> Option<Question> {
    if let Some(doubt) = &findings.period_doubt {
        let texts: Vec<String> = doubt.texts.iter().take(NAMED).cloned().collect();
        let shown = texts.iter().take(4).map(|text| format!("{text:?}")).collect::<Vec<_>>().join(", ");
        let (key, how) = match draft.period {
            PeriodDraft::Open => ("period.value", "write period.value, or where it stands"),
            _ => ("period.values", "write what each text stands for, e.g. values = { \"..\" = \"2014\" }"),
        };
        let wants = if matches!(draft.period, PeriodDraft::Open) { Wants::Period } else { Wants::Periods(texts) };
        return Some(Question::new(key, format!("{}: {shown}: {}; {how}", doubt.place, doubt.why), wants));
    }
    if let Some(other) = other_period(draft, findings) {
        let text = format!("column {} holds years too: write the column of the period", survey.column_name(other));
        return Some(Question::new("period.column", text, Wants::Consent));
    }
    let text = "which period this is, e.g. 2014 or 2014-Q3";
    matches!(draft.period, PeriodDraft::Open).then(|| Question::new("period.value", text, Wants::Period))
}

/// A second column that may be of periods.
fn other_period(draft: &MappingDraft, findings: &Findings) -> Option<usize> {
    findings.periods.iter().copied().find(|column| match &draft.period {
        PeriodDraft::Column(taken, _) => taken != column,
        PeriodDraft::Headings(..) | PeriodDraft::Constant(..) => true,
        PeriodDraft::Open => false,
    })
}

/// Whether the values are in thousands, in percent, or per so many, where a text says so and the indicator's unit does not.
pub fn power(survey: &Survey<'_>, draft: &MappingDraft, indicators: &[Indicator]) -> Option<Question> {
    let known = units_of_indicators(draft, indicators);
    let said = texts_with_units(survey, draft);
    let (place, text, unit) = said.into_iter().find_map(|(place, text)| {
        let unit = unit_words(&text).into_iter().find(|unit| !known.contains(unit))?;
        Some((place, text, unit))
    })?;
    let what = match unit {
        UnitWord::Power(power) => format!("if the values are in these, write power = {{ value = {power} }}"),
        UnitWord::Percent => "percent: is that the unit of the indicator?".to_owned(),
        UnitWord::Per(number) => format!("per {number}: is that the unit of the indicator?"),
    };
    let text = format!(
        "{place}: {:?}: {what}; if they are in the indicator's own unit already, write power = {{ value = 0 }}",
        text.chars().take(80).collect::<String>()
    );
    Some(Question::new("power", text, Wants::Power))
}

/// What the units of the indicators that were found say.
fn units_of_indicators(draft: &MappingDraft, indicators: &[Indicator]) -> BTreeSet<UnitWord> {
    let ids: Vec<&str> = match &draft.indicator {
        IndicatorDraft::Constant(id) => vec![id],
        IndicatorDraft::Headings(_, pairs) => pairs.iter().map(|(_, id)| id.as_str()).collect(),
        IndicatorDraft::Open => Vec::new(),
    };
    let found = indicators.iter().filter(|indicator| ids.contains(&indicator.id.as_str()));
    let texts =
        found.flat_map(|indicator| indicator.unit.name.0.values().cloned().chain([indicator.unit.id.replace('_', " ")]));
    texts.flat_map(|text| unit_words(&text)).collect()
}

/// Texts that may tell the unit of the values, each with its place: titles, headings of values, columns that always say one thing,
/// and the file's name.
fn texts_with_units(survey: &Survey<'_>, draft: &MappingDraft) -> Vec<(String, String)> {
    let cell = |row: usize, column: usize| format!("row {}, column {}", row + 1, column_letters::of_index(column));
    let titles = survey.titles().into_iter().map(|(row, column, text)| (cell(row, column), text));
    let headings = survey
        .header_rows
        .iter()
        .flat_map(|row| draft.values.iter().map(move |column| (cell(*row, *column), survey.text(*row, *column))));
    let corner = survey.header_rows.iter().map(|row| (cell(*row, draft.label), survey.text(*row, draft.label)));
    let constant = (0..survey.width).filter_map(|column| {
        let texts = survey.texts(column);
        let text = texts.first().filter(|_| texts.len() == 1 && column != draft.label && !draft.values.contains(&column))?;
        Some((format!("column {}", column_letters::of_index(column)), text.clone()))
    });
    let stem =
        survey.table.file.rsplit_once('.').map_or(survey.table.file.as_str(), |(stem, _)| stem).replace(['_', '-'], " ");
    titles.chain(headings).chain(corner).chain(constant).chain([("the file's name".to_owned(), stem)]).collect()
}

/// What the marks mean, where rows of data begin with them.
pub fn marks(survey: &Survey<'_>, draft: &MappingDraft) -> Option<Question> {
    let is_mark = |row: usize, column: usize| {
        survey.kind(row, column) == CellKind::Mark && !MISSING.contains(&survey.text(row, column).as_str())
    };
    let first = survey.first_row;
    let begins = (0..survey.width).any(|column| column != survey.label && is_mark(first, column));
    let no_number = draft.values.iter().all(|column| survey.number(first, *column).is_none());
    if !begins && !no_number {
        return None;
    }
    let cells = survey.rows().flat_map(|row| (0..survey.width).map(move |column| (row, column)));
    let cells = cells.filter(|(row, column)| *column != survey.label && survey.kind(*row, *column) == CellKind::Mark);
    let marks: BTreeSet<String> = cells.map(|(row, column)| survey.text(row, column)).take(10_000).collect();
    let marks: Vec<String> = marks.into_iter().take(NAMED).collect();
    let shown = marks.iter().map(|mark| format!("{mark:?}")).collect::<Vec<_>>().join(", ");
    let text = format!(
        "row {} is the first row of data and begins with marks; the file has {shown}: write each under missing, secrecy, zero or \
         invalid",
        first + 1
    );
    (!marks.is_empty()).then(|| Question::new("marks", text, Wants::Marks(marks)))
}
