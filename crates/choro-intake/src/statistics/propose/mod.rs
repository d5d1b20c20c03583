//! A mapping for a file that has none, for the operator to see, save and edit. What cannot be known from the file is left
//! open and said, never invented: the mapping then is not accepted until it is filled in.

mod render;
mod survey;

use super::{file::table::Table, mapping::Mapping, reading::layout::index_to_letters};
use choro_model::{Indicator, Period};
use survey::Survey;

/// How many of a file's rows a proposal looks at.
pub const ROWS: usize = survey::HEAD + survey::SAMPLE;

/// A proposed mapping.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposal {
    /// The mapping with comments and a preview of the first rows.
    pub toml: String,
    /// What the operator must fill in first; empty when the mapping works as it is.
    pub open: Vec<String>,
    /// The mapping itself, when nothing is open.
    pub mapping: Option<Mapping>,
}

/// What the survey concludes, ready to be written down.
struct Plan {
    decimal: char,
    /// The file holds texts like `1,234`, which are thousands in some places and decimals in others.
    decimal_is_doubtful: bool,
    header_rows: Vec<usize>,
    first_row: usize,
    label: usize,
    values: Vec<usize>,
    indicator: IndicatorPlan,
    period: PeriodPlan,
    /// Other columns of text with what they hold, for comments.
    others: Vec<String>,
    /// Labels that are no known area.
    strangers: Vec<String>,
    known: usize,
    labels: usize,
    /// The row of headings that are areas.
    across: Option<usize>,
    /// Whether labels have leading blanks.
    indented: bool,
}

enum IndicatorPlan {
    Constant(String),
    /// The row of headings, and pairs of heading and indicator.
    Headings(usize, Vec<(String, String)>),
    Open,
}

enum PeriodPlan {
    /// A period and where it was found.
    Constant(String, &'static str),
    Column(usize),
    /// The row of headings; pairs of heading and period where they differ.
    Headings(usize, Vec<(String, String)>),
    Open,
}

/// Proposes a mapping. `known` says whether a label (see [`super::key`]) is that of an area.
#[must_use]
pub fn propose(table: &Table, indicators: &[Indicator], known: &dyn Fn(&str) -> bool) -> Proposal {
    let Some(plan) = Plan::new(table, indicators, known) else {
        let open = vec!["no row with a label and a number was found: is it the right file and sheet?".to_owned()];
        return Proposal { toml: render::preview(table, 0), open, mapping: None };
    };
    let mut open = Vec::new();
    if let Some(row) = plan.across {
        open.push(format!(
            "the headings of row {} are areas: where the rows are areas too, this is a table of flows, which is no map yet: \
             name its column of totals in value.columns; where the rows are periods, write area.header_row for area.column",
            row + 1
        ));
    }
    if matches!(plan.indicator, IndicatorPlan::Open) {
        let ids: Vec<&str> = indicators.iter().take(40).map(|indicator| indicator.id.as_str()).collect();
        open.push(format!("indicator.value: which indicator this is, one of {}", ids.join(", ")));
    }
    if matches!(plan.period, PeriodPlan::Open) {
        open.push("period.value: which period this is, e.g. 2014 or 2014-Q3".to_owned());
    }
    let toml = render::mapping(table, &plan, &open);
    let mapping = if open.is_empty() { Mapping::parse(&toml, "proposal").ok() } else { None };
    Proposal { toml, open, mapping }
}

impl Plan {
    fn new(table: &Table, indicators: &[Indicator], known: &dyn Fn(&str) -> bool) -> Option<Self> {
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
        if let PeriodPlan::Column(column) = period {
            values.retain(|value| *value != column);
        }
        let by_period = matches!(period, PeriodPlan::Headings(..));
        let (indicator, measured) = indicator(&survey, indicators, &values, by_period);
        if let Some(measured) = measured {
            values = measured;
        }
        Some(Self {
            decimal: survey.decimal,
            decimal_is_doubtful: survey.decimal_is_doubtful,
            header_rows: survey.header_rows.clone(),
            first_row: survey.first_row,
            label: survey.label,
            others: survey.others(&values),
            strangers: survey.strangers.clone(),
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

/// The period by headings, else by a column, else by the only year in the title or the file's name. With headings come the
/// columns that have one.
fn period(survey: &Survey<'_>, values: &[usize]) -> (PeriodPlan, Option<Vec<usize>>) {
    for row in survey.header_rows.iter().rev() {
        let heading = |column: usize| survey.text(*row, column);
        let dated: Vec<usize> = values.iter().copied().filter(|column| period_of(&heading(*column)).is_some()).collect();
        if dated.is_empty() || dated.len() * 2 < values.len() {
            continue;
        }
        let pairs = dated.iter().filter_map(|column| Some((heading(*column), period_of(&heading(*column))?)));
        let differing: Vec<_> = pairs.clone().filter(|(text, period)| text != period).collect();
        let translated = if differing.is_empty() { Vec::new() } else { pairs.collect() };
        return (PeriodPlan::Headings(*row, translated), Some(dated));
    }
    if let Some(column) = survey.period_column() {
        return (PeriodPlan::Column(column), None);
    }
    for (text, place) in [(survey.title(), "the title"), (survey.table.file.clone(), "the file's name")] {
        if let Some(year) = only_year(&text) {
            return (PeriodPlan::Constant(year, place), None);
        }
    }
    (PeriodPlan::Open, None)
}

/// The indicators by headings, else the one named in the title or the headings, else the only one there is.
fn indicator(
    survey: &Survey<'_>,
    indicators: &[Indicator],
    values: &[usize],
    by_period: bool,
) -> (IndicatorPlan, Option<Vec<usize>>) {
    if !by_period {
        for row in survey.header_rows.iter().rev() {
            let find = |column: &usize| {
                let text = survey.text(*row, *column);
                let found = indicators.iter().find(|indicator| is_called(indicator, &text))?;
                Some((*column, (text, found.id.to_string())))
            };
            let (columns, pairs): (Vec<usize>, Vec<_>) = values.iter().filter_map(find).unzip();
            if !columns.is_empty() {
                return (IndicatorPlan::Headings(*row, pairs), Some(columns));
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
        Some(indicator) => (IndicatorPlan::Constant(indicator.id.to_string()), None),
        None if one_column => (IndicatorPlan::Open, None),
        // Several columns of unknown meaning: the first is taken, the others are named in a comment.
        None => (IndicatorPlan::Open, values.first().map(|first| vec![*first])),
    }
}

fn is_called(indicator: &Indicator, text: &str) -> bool {
    let text = text.to_lowercase();
    indicator.id.as_str() == text || indicator.name.0.values().any(|name| name.trim().to_lowercase() == text)
}

/// A heading as a period: as it is, or by its only year (`2012 г.`, `за 2012 год`).
fn period_of(text: &str) -> Option<String> {
    if let Ok(period) = text.trim().parse::<Period>() {
        return plausible(period.calendar_year()).then(|| period.to_string());
    }
    let rest_is_word = text.chars().filter(|c| c.is_alphabetic()).count() <= 12;
    only_year(text).filter(|_| rest_is_word)
}

/// The only number of four digits, if it may be a year.
fn only_year(text: &str) -> Option<String> {
    let mut numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|number| number.len() == 4);
    let year = numbers.next().filter(|_| numbers.next().is_none())?;
    year.parse().ok().filter(|year| plausible(*year)).map(|_| year.to_owned())
}

/// Years that statistics of migration speak of: the first modern censuses to the projections of today.
fn plausible(year: u16) -> bool {
    (1850..=2150).contains(&year)
}

fn letters(column: usize) -> String {
    index_to_letters(column)
}
