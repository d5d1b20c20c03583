//! Questions about columns that may be dimensions.

use super::{
    area_columns::is_one_to_one,
    draft::{Findings, MappingDraft},
    indicator_draft::IndicatorDraft,
    period_draft::PeriodDraft,
    question::{DimensionChoice, Question, Wants},
    survey::Survey,
    words::{is_indicator_word, is_total},
};
use choro_model::{Dimension, Indicator};

/// How many texts of a column are named.
const NAMED: usize = 40;

/// Columns that are always one text, and columns of a few texts that repeat.
pub fn dimensions(
    survey: &Survey<'_>,
    draft: &MappingDraft,
    findings: &Findings,
    indicators: &[Indicator],
) -> Vec<Question> {
    let is_free = |column: &usize| {
        let of_period = matches!(&draft.period, PeriodDraft::Column(taken, _) if taken == column);
        let numbers = [&draft.values, &findings.rankings, &findings.otherwise, &findings.unnamed];
        let second = findings.second.is_some_and(|second| second.column <= *column);
        *column != draft.label
            && !of_period
            && !second
            && !findings.periods.contains(column)
            && !numbers.into_iter().any(|list| list.contains(column))
            && !is_indicator_column(survey, draft, *column, indicators)
    };
    let columns = (0..survey.width).filter(is_free);
    columns.filter_map(|column| ask(survey, column, draft, indicators)).collect()
}

/// A column that tells the indicator which was found.
fn is_indicator_column(survey: &Survey<'_>, draft: &MappingDraft, column: usize, indicators: &[Indicator]) -> bool {
    let IndicatorDraft::Constant(id) = &draft.indicator else { return false };
    let texts = survey.texts(column);
    let named = |text: &String| {
        let lower = text.to_lowercase();
        let mut found = indicators.iter().filter(|indicator| indicator.id.as_str() == id);
        lower == *id || found.any(|indicator| indicator.name.0.values().any(|name| name.to_lowercase() == lower))
    };
    let one = texts.len() == 1;
    one && (texts.iter().all(named) || survey.heading_texts(column).iter().any(|text| is_indicator_word(text)))
}

fn ask(survey: &Survey<'_>, column: usize, draft: &MappingDraft, indicators: &[Indicator]) -> Option<Question> {
    let texts = survey.texts(column);
    let full = survey.rows().filter(|row| !survey.text(*row, column).is_empty()).count();
    let rows = survey.rows().filter(|row| !survey.text(*row, draft.label).is_empty()).count();
    let constant = texts.len() == 1 && full * 2 >= rows && !texts.iter().all(|text| is_total(text));
    let few = texts.len() > 1 && texts.len() < full && !is_one_to_one(survey, column);
    let is_words = survey.rows().any(|row| survey.is_word(row, column)) || texts.len() == 1;
    if !(constant || (few && is_words)) {
        return None;
    }
    let name = survey.column_name(column);
    let shown = texts.iter().take(4).map(|text| format!("{text:?}")).collect::<Vec<_>>().join(", ");
    let what = if constant { format!("is always {shown}") } else { format!("has {} texts, e.g. {shown}", texts.len()) };
    let choices = choices(draft, indicators);
    let how = how(&choices);
    let text = format!("column {name} {what}: {how}, or leave it if it tells nothing about the values");
    Some(Question::new("dimensions", text, Wants::Dimension(column, texts.into_iter().take(NAMED).collect(), choices)))
}

/// The dimensions of the indicator, or of all where it is not known.
fn choices(draft: &MappingDraft, indicators: &[Indicator]) -> Vec<DimensionChoice> {
    let id = if let IndicatorDraft::Constant(id) = &draft.indicator { Some(id.as_str()) } else { None };
    let meant = indicators.iter().filter(|indicator| id.is_none_or(|id| indicator.id.as_str() == id));
    let choice = |dimension: &Dimension| DimensionChoice {
        id: dimension.id.to_string(),
        codes: dimension.code_list.items.iter().map(|item| item.code.to_string()).collect(),
    };
    let mut choices: Vec<DimensionChoice> = meant.flat_map(|indicator| &indicator.dimensions).map(choice).collect();
    choices.sort();
    choices.dedup();
    choices
}

fn how(choices: &[DimensionChoice]) -> String {
    if choices.is_empty() {
        return "choose its rows by only = [..], or import it as an indicator that says so".to_owned();
    }
    let ids = choices.iter().map(|choice| choice.id.as_str()).collect::<Vec<_>>().join(", ");
    format!("write it under dimensions ({ids}), choose its rows by only = [..]")
}
