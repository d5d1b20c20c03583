//! Which indicator a table holds, where the table says so.

use super::{
    period_draft::{FoundPeriod, PeriodDraft},
    survey::Survey,
    words::{is_preposition, is_table_title},
};
use choro_model::Indicator;
use std::collections::BTreeSet;

/// Where the indicator stands.
#[derive(Debug, Clone, PartialEq)]
pub enum IndicatorDraft {
    /// One for the whole file.
    Constant(String),
    /// The row of headings, and pairs of heading and indicator.
    Headings(usize, Vec<(String, String)>),
    /// The file does not say it.
    Open,
}

/// Finds the indicator: by headings that are names, else by a column that always has a name, else by the only name in the titles.
/// Where it is found by headings, the columns that have one are returned too. `by_period`: the columns differ by their periods.
pub fn find_indicator(
    survey: &Survey<'_>,
    indicators: &[Indicator],
    period: &FoundPeriod,
    by_period: bool,
) -> (IndicatorDraft, Vec<usize>) {
    let values = &period.values[..];
    let of_period = if let PeriodDraft::Headings(row, _) = period.draft { Some(row) } else { None };
    for row in survey.header_rows.iter().rev().filter(|row| Some(**row) != of_period) {
        if let Some(found) = by_headings(survey, indicators, values, *row) {
            return found;
        }
    }
    if !by_period && values.len() != 1 {
        return (IndicatorDraft::Open, values.to_vec());
    }
    let by_column = (0..survey.width).filter(|column| !values.contains(column)).find_map(|column| {
        let texts = survey.texts(column);
        texts
            .first()
            .filter(|_| texts.len() == 1)
            .and_then(|text| indicators.iter().find(|indicator| is_called(indicator, text)))
    });
    let found = by_column.or_else(|| by_titles(survey, indicators));
    (found.map_or(IndicatorDraft::Open, |indicator| IndicatorDraft::Constant(indicator.id.to_string())), values.to_vec())
}

fn by_headings(
    survey: &Survey<'_>,
    indicators: &[Indicator],
    values: &[usize],
    row: usize,
) -> Option<(IndicatorDraft, Vec<usize>)> {
    let find = |column: &usize| {
        let text = survey.text(row, *column);
        let found = indicators.iter().find(|indicator| is_called(indicator, &text))?;
        Some((*column, (text, found.id.to_string())))
    };
    let (columns, pairs): (Vec<usize>, Vec<_>) = values.iter().filter_map(find).unzip();
    (!columns.is_empty()).then_some((IndicatorDraft::Headings(row, pairs), columns))
}

/// The only indicator that titles and headings name.
fn by_titles<'i>(survey: &Survey<'_>, indicators: &'i [Indicator]) -> Option<&'i Indicator> {
    let texts = survey.head_texts();
    let named =
        |indicator: &&Indicator| texts.iter().any(|(_, _, text)| names(indicator).iter().any(|name| is_named(text, name)));
    let mut found = indicators.iter().filter(named);
    found.next().filter(|_| found.next().is_none())
}

fn is_called(indicator: &Indicator, text: &str) -> bool {
    names(indicator).contains(&text.to_lowercase())
}

/// The id and the names, in lower case.
fn names(indicator: &Indicator) -> BTreeSet<String> {
    let names = indicator.name.0.values().map(|name| name.trim().to_lowercase());
    names.chain([indicator.id.as_str().to_owned()]).filter(|name| !name.is_empty()).collect()
}

/// Whether a text names this and nothing more: `Arrivals 2014`, `Table 1. Arrivals by region`; not `Tourist arrivals`, nor
/// `Arrivals and departures`.
fn is_named(text: &str, name: &str) -> bool {
    let lower = text.to_lowercase();
    lower.match_indices(name).any(|(at, _)| {
        let (before, after) = (lower.get(..at).unwrap_or_default(), lower.get(at + name.len()..).unwrap_or_default());
        begins(before) && ends(after)
    })
}

fn begins(before: &str) -> bool {
    let last = before.chars().next_back();
    let trimmed = before.trim_end();
    trimmed.is_empty()
        || (last.is_some_and(|c| !c.is_alphanumeric() && c != '-')
            && (!trimmed.ends_with(char::is_alphanumeric) || is_table_title(trimmed)))
}

fn ends(after: &str) -> bool {
    let next = after.trim_start().split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let apart = after.chars().next().is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '-' | '/' | '&' | '+'));
    let rest = after.trim_start();
    apart && !rest.starts_with(['&', '+', '/']) && (next.is_empty() || is_preposition(next))
}

#[cfg(test)]
mod tests {
    use super::is_named;

    #[test]
    fn a_title_names_an_indicator_where_it_says_nothing_more() {
        for (text, expected) in [
            ("Arrivals", true),
            ("Arrivals 2014", true),
            ("Table 1. Arrivals 2014", true),
            ("Table 3 Arrivals by region, 2014", true),
            ("Arrivals (persons)", true),
            ("Tourist arrivals 2014", false),
            ("Arrivals and departures", false),
            ("Arrivals & departures", false),
            ("Arrivals rate", false),
            ("Non-arrivals", false),
        ] {
            assert_eq!(is_named(text, "arrivals"), expected, "{text}");
        }
    }
}
