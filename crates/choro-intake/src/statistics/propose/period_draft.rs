//! Where the period stands, and what is doubtful in it.

use super::{
    survey::Survey,
    words::{is_generic, is_indicator_word},
    written_period::{
        WrittenPeriod, are_split_years, beside_period, is_year_of_another_calendar, names_part_of_year, written_period,
    },
};
use crate::statistics::file::column_letters;

/// Where the period stands.
#[derive(Debug, Clone, PartialEq)]
pub enum PeriodDraft {
    /// A period and where it was found.
    Constant(String, &'static str),
    /// The column; pairs of text and period where they differ.
    Column(usize, Vec<(String, String)>),
    /// The row of headings; pairs of heading and period where they differ.
    Headings(usize, Vec<(String, String)>),
    /// It is not known.
    Open,
}

/// Why a period that was found may be another.
#[derive(Debug, Clone, PartialEq)]
pub struct PeriodDoubt {
    /// The row or column.
    pub place: String,
    /// The texts there.
    pub texts: Vec<String>,
    /// What they may be.
    pub why: &'static str,
}

impl PeriodDoubt {
    /// Whether the year and its part stand in two places.
    pub fn is_in_two_places(&self) -> bool {
        self.why == IN_TWO_PLACES
    }
}

/// The period of a table.
pub struct FoundPeriod {
    pub draft: PeriodDraft,
    pub doubt: Option<PeriodDoubt>,
    /// The columns of values that have it.
    pub values: Vec<usize>,
    /// Columns whose heading has a period and says something else beside it.
    pub left_out: Vec<usize>,
}

const SPLIT: &str = "split years, or months";
const FOREIGN: &str = "years of another calendar";
const IN_TWO_PLACES: &str = "parts of a year, and the year stands elsewhere: the period is both together";

/// Finds the period: by a row of headings, else by a column, else by the only year in the title or the file's name.
pub fn find_period(survey: &Survey<'_>, values: &[usize]) -> FoundPeriod {
    let plain = |draft, doubt| FoundPeriod { draft, doubt, values: values.to_vec(), left_out: Vec::new() };
    if let Some(doubt) = parts_of_years(survey, values) {
        return plain(PeriodDraft::Open, Some(doubt));
    }
    if let Some(found) = survey.header_rows.iter().rev().find_map(|row| by_headings(survey, values, *row)) {
        return found;
    }
    let in_headings = |column: &usize| survey.heading_texts(*column).iter().any(|text| named(text) != WrittenPeriod::None);
    if let Some(found) = by_column(survey, values) {
        return found;
    }
    if values.len() > 1 && values.iter().any(in_headings) {
        return plain(PeriodDraft::Open, None);
    }
    let (draft, doubt) = by_title(survey);
    plain(draft, doubt)
}

/// A heading or cell as a period, years of other calendars included.
fn named(text: &str) -> WrittenPeriod {
    match written_period(text) {
        WrittenPeriod::None if text.parse().is_ok_and(is_year_of_another_calendar) => WrittenPeriod::Doubtful(FOREIGN),
        other => other,
    }
}

/// A row of headings or a column that holds months or quarters without their year.
fn parts_of_years(survey: &Survey<'_>, values: &[usize]) -> Option<PeriodDoubt> {
    let alone = |text: &String| names_part_of_year(text) && written_period(text) == WrittenPeriod::None;
    for row in &survey.header_rows {
        let texts: Vec<String> = values.iter().map(|column| survey.text(*row, *column)).filter(alone).collect();
        if !texts.is_empty() && texts.len() * 2 >= values.len() {
            return Some(doubt(format!("row {}", row + 1), texts, IN_TWO_PLACES));
        }
    }
    (0..survey.width).filter(|column| *column != survey.label && !values.contains(column)).find_map(|column| {
        let all = survey.texts(column);
        let texts: Vec<String> = all.iter().filter(|text| alone(text)).cloned().collect();
        let enough = texts.len() * 2 > all.len();
        enough.then(|| doubt(format!("column {}", column_letters::of_index(column)), texts, IN_TWO_PLACES))
    })
}

fn doubt(place: String, mut texts: Vec<String>, why: &'static str) -> PeriodDoubt {
    texts.dedup();
    PeriodDoubt { place, texts, why }
}

fn by_headings(survey: &Survey<'_>, values: &[usize], row: usize) -> Option<FoundPeriod> {
    let heading = |column: usize| survey.text(row, column);
    let dated: Vec<usize> =
        values.iter().copied().filter(|column| named(&heading(*column)) != WrittenPeriod::None).collect();
    if dated.is_empty() || dated.len() * 2 < values.len() {
        return None;
    }
    let beside: Vec<String> = dated.iter().map(|column| beside_period(&heading(*column))).collect();
    let main = beside.iter().find(|text| text.is_empty()).or(beside.first()).cloned().unwrap_or_default();
    let (kept, left_out): (Vec<usize>, Vec<usize>) =
        dated.into_iter().partition(|column| beside_period(&heading(*column)) == main);
    let texts: Vec<String> = kept.iter().map(|column| heading(*column)).collect();
    let (pairs, doubt) = meaning(format!("row {}", row + 1), &texts);
    Some(FoundPeriod { draft: PeriodDraft::Headings(row, pairs), doubt, values: kept, left_out })
}

/// The period of each text where one differs from its text, and what is doubtful.
fn meaning(place: String, texts: &[String]) -> (Vec<(String, String)>, Option<PeriodDoubt>) {
    let why = texts.iter().find_map(|text| if let WrittenPeriod::Doubtful(why) = named(text) { Some(why) } else { None });
    let why = why.or_else(|| are_split_years(texts).then_some(SPLIT));
    if let Some(why) = why {
        return (Vec::new(), Some(doubt(place, texts.to_vec(), why)));
    }
    let pair = |text: &String| match named(text) {
        WrittenPeriod::Known(period) => Some((text.clone(), period)),
        _ => None,
    };
    let pairs: Vec<(String, String)> = texts.iter().filter_map(pair).collect();
    if pairs.iter().all(|(text, period)| text == period) { (Vec::new(), None) } else { (pairs, None) }
}

/// A column that holds nothing but periods, of which one at least repeats over labels or whose heading says so.
fn by_column(survey: &Survey<'_>, values: &[usize]) -> Option<FoundPeriod> {
    let column = period_columns(survey).into_iter().max_by_key(|column| {
        (survey.has_year_heading(*column), survey.texts(*column).len().min(2), std::cmp::Reverse(*column))
    })?;
    let texts: Vec<String> = survey.texts(column).into_iter().collect();
    let (pairs, doubt) = meaning(format!("column {}", column_letters::of_index(column)), &texts);
    let values = values.iter().copied().filter(|value| *value != column).collect();
    Some(FoundPeriod { draft: PeriodDraft::Column(column, pairs), doubt, values, left_out: Vec::new() })
}

/// All columns that may be of periods.
pub fn period_columns(survey: &Survey<'_>) -> Vec<usize> {
    let is_period = |column: &usize| {
        let texts = survey.texts(*column);
        let full = survey.rows().filter(|row| !survey.text(*row, *column).is_empty()).count();
        let repeats = texts.len() < full;
        let all_named = !texts.is_empty() && texts.iter().all(|text| named(text) != WrittenPeriod::None);
        let above = survey.heading_texts(*column).iter().any(|text| named(text) != WrittenPeriod::None);
        *column != survey.label && all_named && !above && (repeats || survey.has_year_heading(*column))
    };
    (0..survey.width).filter(is_period).collect()
}

/// The only period of the titles, else of the file's name.
fn by_title(survey: &Survey<'_>) -> (PeriodDraft, Option<PeriodDoubt>) {
    let titles = survey.head_texts().into_iter().map(|(row, _, text)| (format!("row {}", row + 1), text, "the title"));
    let stem = survey.table.file.rsplit_once('.').map_or(survey.table.file.as_str(), |(stem, _)| stem).to_owned();
    let all = titles.chain([("the file's name".to_owned(), stem, "the file's name")]);
    let named: Vec<_> = all.filter(|(_, text, _)| named(text) != WrittenPeriod::None).collect();
    let in_titles = named.iter().filter(|(_, _, place)| *place == "the title").count();
    let considered = if in_titles > 0 { named.get(..in_titles).unwrap_or_default() } else { &named[..] };
    let mut found: Vec<(String, &'static str)> = Vec::new();
    for (place, text, from) in considered {
        match written_period(text) {
            WrittenPeriod::Known(period) => found.push((period, from)),
            WrittenPeriod::Doubtful(why) => return (PeriodDraft::Open, Some(doubt(place.clone(), vec![text.clone()], why))),
            WrittenPeriod::None => {}
        }
    }
    found.dedup_by(|a, b| a.0 == b.0);
    match &found[..] {
        [(period, from)] => (PeriodDraft::Constant(period.clone(), from), None),
        _ => (PeriodDraft::Open, None),
    }
}

/// What the headings of periods say beside them, where that is the name of something.
pub fn said_beside(survey: &Survey<'_>, row: usize, values: &[usize]) -> Option<String> {
    let texts = values.iter().map(|column| beside_period(&survey.text(row, *column)));
    texts.into_iter().find(|text| !text.is_empty() && !is_generic(text) && !is_indicator_word(text))
}
