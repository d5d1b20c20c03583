//! What a survey concludes: which columns and rows hold the labels, the values, the indicator and the period.

use super::{
    survey::Survey,
    years::{only_year, period_of},
};
use crate::statistics::file::table::CellTable;
use choro_model::Indicator;

/// What the survey concludes, ready to be written down.
pub struct MappingDraft {
    pub decimal: char,
    /// The file holds texts like `1,234`, which are thousands in some places and decimals in others.
    pub decimal_is_doubtful: bool,
    pub header_rows: Vec<usize>,
    pub first_row: usize,
    pub label: usize,
    pub values: Vec<usize>,
    pub indicator: IndicatorDraft,
    pub period: PeriodDraft,
    /// Other columns of text with what they hold, for comments.
    pub others: Vec<String>,
    /// Labels that are no known area.
    pub unknown_labels: Vec<String>,
    pub known: usize,
    pub labels: usize,
    /// The row of headings that are areas.
    pub across: Option<usize>,
    /// Whether labels have leading blanks.
    pub indented: bool,
}

/// Where the indicator stands.
pub enum IndicatorDraft {
    Constant(String),
    /// The row of headings, and pairs of heading and indicator.
    Headings(usize, Vec<(String, String)>),
    Open,
}

/// Where the period stands.
pub enum PeriodDraft {
    /// A period and where it was found.
    Constant(String, &'static str),
    Column(usize),
    /// The row of headings; pairs of heading and period where they differ.
    Headings(usize, Vec<(String, String)>),
    Open,
}

impl MappingDraft {
    /// What a survey of the table concludes; `None` where no row has a label and a number.
    pub fn new(table: &CellTable, indicators: &[Indicator], known: &dyn Fn(&str) -> bool) -> Option<Self> {
        let survey = Survey::new(table, known)?;
        let mut values = survey.value_columns();
        let across = survey.header_rows.iter().copied().find(|row| {
            let areas = values.iter().filter(|column| known(&survey.text(*row, **column))).count();
            areas > 1 && areas * 2 >= values.len()
        });
        let (period, dated) = period(&survey, &values);
        if let Some(dated) = dated {
            values = dated;
        }
        if let PeriodDraft::Column(column) = period {
            values.retain(|value| *value != column);
        }
        let by_period = matches!(period, PeriodDraft::Headings(..));
        let (indicator, measured) = indicator(&survey, indicators, &values, by_period);
        if let Some(measured) = measured {
            values = measured;
        }
        Some(Self {
            decimal: survey.convention.decimal(),
            decimal_is_doubtful: survey.decimal_is_doubtful,
            header_rows: survey.header_rows.clone(),
            first_row: survey.first_row,
            label: survey.label,
            others: survey.others(&values),
            unknown_labels: survey.unknown_labels.clone(),
            known: survey.known,
            labels: survey.labels,
            across,
            indented: survey.is_indented(),
            values,
            indicator,
            period,
        })
    }
}

/// Finds the period: by headings, else by a column, else by the only year in the title or the file's name. Where it is found by
/// headings, the columns that have one are returned too.
fn period(survey: &Survey<'_>, values: &[usize]) -> (PeriodDraft, Option<Vec<usize>>) {
    for row in survey.header_rows.iter().rev() {
        let heading = |column: usize| survey.text(*row, column);
        let dated: Vec<usize> = values.iter().copied().filter(|column| period_of(&heading(*column)).is_some()).collect();
        if dated.is_empty() || dated.len() * 2 < values.len() {
            continue;
        }
        let pairs = dated.iter().filter_map(|column| Some((heading(*column), period_of(&heading(*column))?)));
        let differing: Vec<_> = pairs.clone().filter(|(text, period)| text != period).collect();
        let translated = if differing.is_empty() { Vec::new() } else { pairs.collect() };
        return (PeriodDraft::Headings(*row, translated), Some(dated));
    }
    if let Some(column) = survey.period_column() {
        return (PeriodDraft::Column(column), None);
    }
    for (text, place) in [(survey.title(), "the title"), (survey.table.file.clone(), "the file's name")] {
        if let Some(year) = only_year(&text) {
            return (PeriodDraft::Constant(year, place), None);
        }
    }
    (PeriodDraft::Open, None)
}

/// Finds the indicators: by headings, else by the name in the title or the headings, else the only one there is.
fn indicator(
    survey: &Survey<'_>,
    indicators: &[Indicator],
    values: &[usize],
    by_period: bool,
) -> (IndicatorDraft, Option<Vec<usize>>) {
    if !by_period {
        for row in survey.header_rows.iter().rev() {
            let find = |column: &usize| {
                let text = survey.text(*row, *column);
                let found = indicators.iter().find(|indicator| is_called(indicator, &text))?;
                Some((*column, (text, found.id.to_string())))
            };
            let (columns, pairs): (Vec<usize>, Vec<_>) = values.iter().filter_map(find).unzip();
            if !columns.is_empty() {
                return (IndicatorDraft::Headings(*row, pairs), Some(columns));
            }
        }
    }
    let title = survey.title().to_lowercase();
    let named = indicators.iter().find(|indicator| {
        indicator.name.0.values().any(|name| !name.trim().is_empty() && title.contains(&name.trim().to_lowercase()))
    });
    let only = if let [only] = indicators { Some(only) } else { None };
    let one_column = by_period || values.len() == 1;
    match named.or(only).filter(|_| one_column) {
        Some(indicator) => (IndicatorDraft::Constant(indicator.id.to_string()), None),
        None if one_column => (IndicatorDraft::Open, None),
        // Several columns of unknown meaning: the first is taken, the others are named in a comment.
        None => (IndicatorDraft::Open, values.first().map(|first| vec![*first])),
    }
}

fn is_called(indicator: &Indicator, text: &str) -> bool {
    let text = text.to_lowercase();
    indicator.id.as_str() == text || indicator.name.0.values().any(|name| name.trim().to_lowercase() == text)
}
