//! What a survey concludes: which columns and rows hold the labels, the values, the indicator and the period.

use super::{
    area_columns::{SecondAreas, SecondKind, second_areas},
    first_rows::preview,
    indicator_draft::{IndicatorDraft, find_indicator},
    period_draft::{PeriodDoubt, PeriodDraft, find_period, period_columns},
    survey::Survey,
};
use crate::statistics::file::column_letters;
use choro_model::Indicator;
use std::collections::BTreeMap;

/// How many labels without a known area are named.
const MAX_UNKNOWN_LABELS: usize = 40;

/// What the survey concludes, ready to be written down.
#[derive(Debug, Clone, PartialEq)]
pub struct MappingDraft {
    /// The file's name, and what was found of it rather than declared.
    pub file: String,
    pub notes: Vec<String>,
    pub sheet: Option<String>,
    /// The first rows as comments.
    pub preview: String,
    pub decimal: char,
    pub thousands: Option<char>,
    pub header_rows: Vec<usize>,
    pub first_row: usize,
    pub label: usize,
    pub values: Vec<usize>,
    pub indicator: IndicatorDraft,
    pub period: PeriodDraft,
    /// The power of ten, where it was asked for.
    pub power: Option<i32>,
    /// The columns that are dimensions: id, column, codes by texts.
    pub dimensions: Vec<(String, usize, BTreeMap<String, String>)>,
    /// The meanings of marks.
    pub marks: BTreeMap<String, String>,
    /// Other columns of text with what they hold, for comments.
    pub others: Vec<String>,
    /// Labels that are no known area.
    pub unknown_labels: Vec<String>,
    pub known: usize,
    pub labels: usize,
    /// Whether labels have leading blanks.
    pub indented: bool,
}

/// What was found on the way to a draft, for the questions.
pub struct Findings {
    /// The row of headings that are areas.
    pub across: Option<usize>,
    pub second: Option<SecondAreas>,
    /// Columns of places in an order.
    pub rankings: Vec<usize>,
    /// Columns whose heading has a period and says something else beside it.
    pub otherwise: Vec<usize>,
    /// Columns of numbers of which none is known to be meant.
    pub unnamed: Vec<usize>,
    pub period_doubt: Option<PeriodDoubt>,
    /// All columns that may be of periods.
    pub periods: Vec<usize>,
}

/// What a survey of the table concludes.
pub fn draft(survey: &Survey<'_>, indicators: &[Indicator]) -> (MappingDraft, Findings) {
    let mut values = survey.value_columns();
    let across = areas_across(survey, &values);
    let second = second_areas(survey, &values);
    if let Some(SecondAreas { column, kind: SecondKind::SideTable }) = second {
        values.retain(|value| *value < column);
    }
    values.retain(|value| second.is_none_or(|second| second.column != *value));
    let periods = period_columns(survey);
    values.retain(|value| !periods.contains(value));
    let rankings = rankings(survey, &mut values);
    let found = find_period(survey, &values);
    // The columns are told apart by their periods: they hold values of one kind.
    let in_parts = found.doubt.as_ref().is_some_and(PeriodDoubt::is_in_two_places);
    let by_period = matches!(found.draft, PeriodDraft::Headings(..)) || in_parts;
    let (indicator, named) = find_indicator(survey, indicators, &found, by_period);
    let is_open = matches!(indicator, IndicatorDraft::Open) && !by_period && found.values.len() > 1;
    let (kept, unnamed) = if is_open { (named.iter().copied().take(1).collect(), named) } else { (named, Vec::new()) };
    let findings =
        Findings { across, second, rankings, otherwise: found.left_out, unnamed, period_doubt: found.doubt, periods };
    (of_survey(survey, kept, indicator, found.draft), findings)
}

fn areas_across(survey: &Survey<'_>, values: &[usize]) -> Option<usize> {
    survey.header_rows.iter().copied().find(|row| {
        let areas = values.iter().filter(|column| survey.is_area(*row, **column)).count();
        areas > 1 && areas * 2 >= values.len()
    })
}

/// Takes the columns of places in an order out of the values, unless nothing else is left.
fn rankings(survey: &Survey<'_>, values: &mut Vec<usize>) -> Vec<usize> {
    let (rankings, rest): (Vec<usize>, Vec<usize>) = values.iter().copied().partition(|column| survey.is_ranking(*column));
    if !rest.is_empty() {
        *values = rest;
    }
    rankings
}

fn of_survey(survey: &Survey<'_>, values: Vec<usize>, indicator: IndicatorDraft, period: PeriodDraft) -> MappingDraft {
    let labels = survey.texts(survey.label);
    let known = labels.iter().filter(|text| survey.is_known(text)).count();
    let unknown = labels.iter().filter(|text| known > 0 && !survey.is_known(text));
    MappingDraft {
        file: survey.table.file.clone(),
        notes: survey.table.notes.clone(),
        sheet: survey.table.sheet.clone(),
        preview: preview(survey.table, survey.first_row),
        decimal: survey.signs.decimal,
        thousands: survey.signs.thousands,
        header_rows: survey.header_rows.clone(),
        first_row: survey.first_row,
        label: survey.label,
        others: others(survey, &values, &period),
        unknown_labels: unknown.take(MAX_UNKNOWN_LABELS).cloned().collect(),
        known,
        labels: labels.len(),
        indented: survey.is_indented(),
        values,
        indicator,
        period,
        power: None,
        dimensions: Vec::new(),
        marks: BTreeMap::new(),
    }
}

/// Columns that are neither label, value nor period, with what they hold.
fn others(survey: &Survey<'_>, values: &[usize], period: &PeriodDraft) -> Vec<String> {
    let describe = |column: usize| {
        let texts = survey.texts(column);
        let first = texts.first()?.chars().take(40).collect::<String>();
        let heading = survey.heading_texts(column).pop().map(|heading| format!(" {heading:?}")).unwrap_or_default();
        let content = match texts.len() {
            1 => format!("always {first:?}"),
            several => format!("{several} texts, e.g. {first:?}"),
        };
        Some(format!("column {}{heading}: {content}", column_letters::of_index(column)))
    };
    let is_period = |column: usize| matches!(period, PeriodDraft::Column(of_period, _) if *of_period == column);
    let others =
        (0..survey.width).filter(|column| *column != survey.label && !values.contains(column) && !is_period(*column));
    others.filter_map(describe).take(40).collect()
}
