//! Periods that are read as one thing and may be another: months that are split years, days that are years, years of another
//! calendar, and periods of several kinds side by side.

use crate::statistics::{
    doubt::{Doubt, DoubtKind},
    period_text::{spelled::BUDDHIST, split_years},
    toml_text::toml_pairs,
};
use choro_model::{IndicatorId, Period, PeriodKind, Selection};
use std::collections::{BTreeMap, BTreeSet};

/// The years that statistics of migration speak of: from the first modern censuses to the projections of today.
const YEARS: std::ops::RangeInclusive<u16> = 1850..=2150;
/// How far the years of the Persian calendar lie behind ours.
const PERSIAN: u16 = 621;
/// Most periods that are named in a doubt.
const NAMED: usize = 5;
/// Most texts that are named as keys of a mapping.
const KEYS: usize = 40;
/// How many months of days that are all the first of their month are no chance.
const FEW_MONTHS: usize = 3;

/// The text of a period that the mapping does not translate, and what it was read as.
#[derive(Debug, Clone, Copy)]
pub struct PeriodText<'a> {
    /// The text.
    pub text: &'a str,
    /// The period; `None` where it was rejected.
    pub period: Option<Period>,
}

/// The doubts about the texts of a file's periods.
pub fn of_texts(texts: &[PeriodText<'_>]) -> Vec<Doubt> {
    [split_years(texts), other_calendar(texts), days_for_years(texts)].into_iter().flatten().collect()
}

/// Where each text of the form `2011-12` may be a split year, and no text is a month that cannot be one.
fn split_years(texts: &[PeriodText<'_>]) -> Option<Doubt> {
    let is_month = |read: &&PeriodText<'_>| read.period.is_some_and(|period| period.kind() == PeriodKind::Month);
    let is_split = |read: &&PeriodText<'_>| split_years::first_year(read.text).is_some();
    let months = texts.iter().filter(is_month).count();
    let doubtful: Vec<&str> = texts.iter().filter(is_month).filter(is_split).map(|read| read.text).collect();
    // A text such as `2012-13` is no month, so that those beside it are none either.
    let has_certain = texts.iter().any(|read| read.period.is_none() && is_split(&read));
    if doubtful.is_empty() || (doubtful.len() < months && !has_certain) {
        return None;
    }
    let line = split_years::translated(texts.iter().map(|read| read.text)).unwrap_or_default();
    let what = format!(
        "{} are read as months, and may be years that begin in one calendar year and end in the next; if they are, say for \
         which year each stands: period.values = {line}",
        listed(&doubtful)
    );
    Some(Doubt::new(DoubtKind::SplitYears, what))
}

/// Where years are none of those that statistics speak of.
fn other_calendar(texts: &[PeriodText<'_>]) -> Option<Doubt> {
    let read = texts.iter().filter_map(|read| Some((read.text, read.period?)));
    let odd: Vec<(&str, Period)> = read.filter(|(_, period)| !YEARS.contains(&period.calendar_year())).collect();
    if odd.is_empty() {
        return None;
    }
    let ours = |period: &Period| {
        let year = period.calendar_year();
        let (buddhist, persian) = (year.checked_sub(BUDDHIST), year.checked_add(PERSIAN));
        buddhist
            .filter(|year| YEARS.contains(year))
            .map(|year| (year, "Buddhist"))
            .or(persian.filter(|year| YEARS.contains(year)).map(|year| (year, "Persian")))
    };
    let names: Vec<&str> = odd.iter().map(|(text, _)| *text).collect();
    let calendars: BTreeSet<&str> = odd.iter().filter_map(|(_, period)| Some(ours(period)?.1)).collect();
    let pairs = odd.iter().filter_map(|(text, period)| {
        let year = period.calendar_year().to_string();
        Some((*text, period.to_string().replacen(&year, &ours(period)?.0.to_string(), 1)))
    });
    let calendars = calendars.into_iter().collect::<Vec<_>>().join(" or ");
    let remedy = match toml_pairs(pairs.take(KEYS)) {
        Some(line) => format!("if they are of the {calendars} calendar, write period.values = {line}"),
        None => "say in period.values which years they are".to_owned(),
    };
    Some(Doubt::new(DoubtKind::OtherCalendar, format!("{}: no years that figures are known of; {remedy}", listed(&names))))
}

/// Where all periods are days, and all of them the same day of different years, or the first day of different months.
fn days_for_years(texts: &[PeriodText<'_>]) -> Option<Doubt> {
    let read = texts.iter().filter_map(|read| Some((read.text, read.period?)));
    let days: Option<Vec<NamedDay<'_>>> = read.map(|(text, period)| NamedDay::new(text, period)).collect();
    let days = days?;
    let first = days.first()?;
    let years: BTreeSet<u16> = days.iter().map(|day| day.year).collect();
    let months: BTreeSet<(u16, u8)> = days.iter().map(|day| (day.year, day.month)).collect();
    let is_same = days.iter().all(|day| (day.month, day.day) == (first.month, first.day));
    let (what, pairs): (_, Vec<(&str, String)>) = if years.len() > 1 && is_same {
        ("years", days.iter().map(|day| (day.text, day.year.to_string())).collect())
    } else if months.len() == days.len() && months.len() >= FEW_MONTHS && days.iter().all(|day| day.day == 1) {
        ("months", days.iter().map(|day| (day.text, format!("{}-{:02}", day.year, day.month))).collect())
    } else {
        return None;
    };
    let names: Vec<&str> = days.iter().map(|day| day.text).collect();
    let line = toml_pairs(pairs.into_iter().take(KEYS)).unwrap_or_default();
    let what = format!(
        "{} are the same day in each of the {what}, as a spreadsheet writes {what}; if {what} are meant, write period.values = \
         {line}",
        listed(&names)
    );
    Some(Doubt::new(DoubtKind::DaysForYears, what))
}

/// A day, with the text that says it.
struct NamedDay<'a> {
    text: &'a str,
    year: u16,
    month: u8,
    day: u8,
}

impl<'a> NamedDay<'a> {
    /// `None` for a period that is no day.
    fn new(text: &'a str, period: Period) -> Option<Self> {
        let (month, day) = period.day()?;
        Some(Self { text, year: period.calendar_year(), month, day })
    }
}

/// The kinds of period of each indicator, where there are several.
pub fn mixed(selections: &[Selection]) -> Vec<Doubt> {
    let mut kinds: BTreeMap<&IndicatorId, BTreeMap<PeriodKind, Period>> = BTreeMap::new();
    for selection in selections {
        kinds.entry(&selection.indicator).or_default().entry(selection.period.kind()).or_insert(selection.period);
    }
    let doubt = |(indicator, kinds): (&IndicatorId, BTreeMap<PeriodKind, Period>)| {
        let kinds: Vec<String> = kinds.iter().map(|(kind, example)| format!("{kind} ({example})")).collect();
        let what = format!(
            "{indicator} has {} in this file; leave out the rows (only) or columns (value.columns) of those that are not meant",
            kinds.join(", ")
        );
        (kinds.len() > 1).then(|| Doubt::new(DoubtKind::MixedPeriods, what))
    };
    kinds.into_iter().filter_map(doubt).collect()
}

fn listed(texts: &[&str]) -> String {
    let first = texts.iter().take(NAMED).copied().collect::<Vec<_>>().join(", ");
    match texts.len().checked_sub(NAMED).filter(|more| *more > 0) {
        Some(more) => format!("{first} and {more} more"),
        None => first,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn doubts(texts: &[&str]) -> Vec<String> {
        let texts: Vec<PeriodText<'_>> = texts.iter().map(|text| PeriodText { text, period: text.parse().ok() }).collect();
        of_texts(&texts).iter().map(|doubt| format!("{}: {}", doubt.kind, doubt.what)).collect()
    }

    #[test]
    fn texts_that_may_be_another_period_are_doubted_with_the_line_that_says_what_they_are() {
        for (texts, expected) in [
            (&["2009-10", "2010-11", "2011-12"][..], "split-years: 2009-10, 2010-11, 2011-12 are read as months"),
            (&["2009-10", "2010-11"], "period.values = { \"2009-10\" = \"2009\", \"2010-11\" = \"2010\" }"),
            (&["2011-12"], "split-years"),
            (&["2011-12", "2012-13", "2011-07"], "split-years: 2011-12 are"),
            (&["2556", "2557"], "other-calendar: 2556, 2557: no years"),
            (
                &["2556", "2557"],
                "of the Buddhist calendar, write period.values = { \"2556\" = \"2013\", \"2557\" = \"2014\" }",
            ),
            (&["1392"], "Persian calendar, write period.values = { \"1392\" = \"2013\" }"),
            (&["2556-01"], "{ \"2556-01\" = \"2013-01\" }"),
            (&["9999"], "say in period.values which years they are"),
            (&["2013-01-01", "2014-01-01"], "period.values = { \"2013-01-01\" = \"2013\", \"2014-01-01\" = \"2014\" }"),
            (&["2013-12-31", "2014-12-31"], "days-for-years"),
            (&["2013-01-01", "2013-02-01", "2013-03-01"], "{ \"2013-01-01\" = \"2013-01\""),
        ] {
            let found = doubts(texts);
            assert!(found.len() == 1 && found[0].contains(expected), "{texts:?}: {found:?}");
        }
        for good in [
            &["2011-10", "2011-11", "2011-12"][..],
            &["2013", "2014"],
            &["2014-01-01"],
            &["2014-01-01", "2014-04-01"],
            &["2014-01-01", "2014-01-02", "2014-02-01"],
            &["1897", "2100"],
            &["2014", "2015-01-01"],
            &[],
        ] {
            assert_eq!(doubts(good), [""; 0], "{good:?}");
        }
    }

    #[test]
    fn kinds_of_periods_are_mixed_only_within_one_indicator() {
        let selection = |indicator: &str, period: &str| Selection {
            indicator: IndicatorId::new(indicator).unwrap(),
            period: period.parse().unwrap(),
            codes: Vec::new(),
        };
        let found =
            mixed(&[selection("a", "2014"), selection("a", "2014-07"), selection("b", "2014"), selection("c", "2014-Q1")]);
        assert!(found.len() == 1 && found[0].what.starts_with("a has years (2014), months (2014-07)"), "{found:?}");
    }
}
