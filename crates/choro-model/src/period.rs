//! Periods: SDMX TIME_PERIOD in the forms that statistics of regions use.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{ObjectBuilder, RefOr, Schema, Type},
};

/// A period. Ordered by its first day, longer periods first.
///
/// Forms (SDMX 2.1 technical notes, section 4.2): `2014`, `2014-S1`, `2014-T2`, `2014-Q3`, `2014-07`, `2014-W05`, `2014-07-01`. A week
/// is that of ISO 8601: it begins on a Monday, and the first one of a year holds its 4 January.
///
/// ```
/// use choro_model::Period;
/// assert_eq!("2014-Q3".parse::<Period>().unwrap().to_string(), "2014-Q3");
/// for bad in ["14", "2014-13", "2014-Q5", "2014-T4", "2014-W53", "2014-02-30", "-2014", "٢٠١٤", "2014 "] {
///     assert!(bad.parse::<Period>().is_err(), "{bad}");
/// }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Period {
    year: u16,
    part: YearPart,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum YearPart {
    Year,
    Semester(u8),
    Trimester(u8),
    Quarter(u8),
    Month(u8),
    Week(u8),
    Day(u8, u8),
}

/// How long a period is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PeriodKind {
    /// `2014`
    Year,
    /// `2014-S1`
    Semester,
    /// `2014-T2`: four months
    Trimester,
    /// `2014-Q3`
    Quarter,
    /// `2014-07`
    Month,
    /// `2014-W05`
    Week,
    /// `2014-07-01`
    Day,
}

impl fmt::Display for PeriodKind {
    /// In the plural: `years`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Year => "years",
            Self::Semester => "half-years",
            Self::Trimester => "periods of four months",
            Self::Quarter => "quarters",
            Self::Month => "months",
            Self::Week => "weeks",
            Self::Day => "days",
        })
    }
}

/// Why a text is not a period.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("period {0:?} is not valid: expected 2014, 2014-S1, 2014-T2, 2014-Q3, 2014-07, 2014-W05 or 2014-07-01")]
pub struct PeriodError(String);

impl Period {
    /// What the text of a period looks like, as a regular expression (ECMA-262) without its ends. It tells forms apart, not days that
    /// there are from those that there are not.
    pub const PATTERN: &'static str = "[0-9]{4}(-(S[12]|T[1-3]|Q[1-4]|W[0-9]{2}|[0-9]{2}(-[0-9]{2})?))?";

    /// A calendar year, 1000 to 9999.
    pub fn year(year: u16) -> Result<Self, PeriodError> {
        if (1000..=9999).contains(&year) {
            Ok(Self { year, part: YearPart::Year })
        } else {
            Err(PeriodError(year.to_string()))
        }
    }

    /// The calendar year in which the period lies.
    #[must_use]
    pub fn calendar_year(self) -> u16 {
        self.year
    }

    /// How long it is.
    #[must_use]
    pub fn kind(self) -> PeriodKind {
        match self.part {
            YearPart::Year => PeriodKind::Year,
            YearPart::Semester(_) => PeriodKind::Semester,
            YearPart::Trimester(_) => PeriodKind::Trimester,
            YearPart::Quarter(_) => PeriodKind::Quarter,
            YearPart::Month(_) => PeriodKind::Month,
            YearPart::Week(_) => PeriodKind::Week,
            YearPart::Day(..) => PeriodKind::Day,
        }
    }

    /// Which part of the year it is.
    pub(crate) fn part(self) -> YearPart {
        self.part
    }

    /// Month and day of the month, of a day.
    #[must_use]
    pub fn day(self) -> Option<(u8, u8)> {
        if let YearPart::Day(month, day) = self.part { Some((month, day)) } else { None }
    }

    /// First day, as days since 1 January of the year 0, and length in days (a month counts 30): the sort key.
    fn key(self) -> (i32, std::cmp::Reverse<u16>) {
        let (month, day, length) = match self.part {
            YearPart::Year => (1, 1, 365),
            YearPart::Semester(n) => (n * 6 - 5, 1, 180),
            YearPart::Trimester(n) => (n * 4 - 3, 1, 120),
            YearPart::Quarter(n) => (n * 3 - 2, 1, 90),
            YearPart::Month(m) => (m, 1, 30),
            YearPart::Week(n) => return (first_monday(self.year) + 7 * (i32::from(n) - 1), std::cmp::Reverse(7)),
            YearPart::Day(m, d) => (m, d, 1),
        };
        (day_number(self.year, month, day), std::cmp::Reverse(length))
    }
}

impl Ord for Period {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.key().cmp(&other.key())
    }
}

impl PartialOrd for Period {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

fn digits(text: &str, width: usize) -> Option<u16> {
    (text.len() == width && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

fn days_in(year: u16, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        _ => 31,
    }
}

/// Days from 1 January of the year 0 to a day.
fn day_number(year: u16, month: u8, day: u8) -> i32 {
    let before = i32::from(year) - 1;
    let leap_days = before / 4 - before / 100 + before / 400 + 1;
    let months: i32 = (1..month).map(|month| i32::from(days_in(year, month))).sum();
    i32::from(year) * 365 + leap_days + months + i32::from(day) - 1
}

/// The Monday with which the first week of a year begins: the week that holds 4 January. 1 January of the year 0 was a Saturday.
fn first_monday(year: u16) -> i32 {
    let fourth = day_number(year, 1, 4);
    fourth - (fourth + 5) % 7
}

/// 52 or 53.
fn weeks_in(year: u16) -> u8 {
    if first_monday(year + 1) - first_monday(year) > 52 * 7 { 53 } else { 52 }
}

fn parse_part(year: u16, rest: &str) -> Option<YearPart> {
    let within = |text: &str, width: usize, max: u8| {
        digits(text, width).and_then(|n| u8::try_from(n).ok()).filter(|n| (1..=max).contains(n))
    };
    if let Some(n) = rest.strip_prefix('S') {
        return within(n, 1, 2).map(YearPart::Semester);
    }
    if let Some(n) = rest.strip_prefix('Q') {
        return within(n, 1, 4).map(YearPart::Quarter);
    }
    if let Some(n) = rest.strip_prefix('T') {
        return within(n, 1, 3).map(YearPart::Trimester);
    }
    if let Some(n) = rest.strip_prefix('W') {
        return within(n, 2, weeks_in(year)).map(YearPart::Week);
    }
    match rest.split_once('-') {
        None => within(rest, 2, 12).map(YearPart::Month),
        Some((month, day)) => {
            let month = within(month, 2, 12)?;
            within(day, 2, days_in(year, month)).map(|day| YearPart::Day(month, day))
        }
    }
}

impl FromStr for Period {
    type Err = PeriodError;

    fn from_str(text: &str) -> Result<Self, PeriodError> {
        let error = || PeriodError(text.chars().take(40).collect());
        let (year, rest) = match text.split_once('-') {
            None => (text, None),
            Some((year, rest)) => (year, Some(rest)),
        };
        let whole = digits(year, 4).map(Self::year).and_then(Result::ok).ok_or_else(error)?;
        let part = rest.map_or(Some(YearPart::Year), |rest| parse_part(whole.year, rest)).ok_or_else(error)?;
        Ok(Self { part, ..whole })
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        match self.part {
            YearPart::Year => Ok(()),
            YearPart::Semester(n) => write!(f, "-S{n}"),
            YearPart::Trimester(n) => write!(f, "-T{n}"),
            YearPart::Quarter(n) => write!(f, "-Q{n}"),
            YearPart::Month(m) => write!(f, "-{m:02}"),
            YearPart::Week(n) => write!(f, "-W{n:02}"),
            YearPart::Day(m, d) => write!(f, "-{m:02}-{d:02}"),
        }
    }
}

impl TryFrom<String> for Period {
    type Error = PeriodError;
    fn try_from(text: String) -> Result<Self, PeriodError> {
        text.parse()
    }
}

impl From<Period> for String {
    fn from(period: Period) -> Self {
        period.to_string()
    }
}

/// Its text.
impl PartialSchema for Period {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .description(Some(
                "A period: 2014, 2014-S1, 2014-T2, 2014-Q3, 2014-07, 2014-W05 or 2014-07-01 (SDMX TIME_PERIOD).",
            ))
            .pattern(Some(format!("^{}$", Self::PATTERN)))
            .examples(["2014"])
            .into()
    }
}

impl ToSchema for Period {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_follow_one_another_by_their_first_day_and_the_longer_come_first() {
        let sorted = [
            "2013",
            "2013-12",
            "2014-W01",
            "2014",
            "2014-S1",
            "2014-T1",
            "2014-Q1",
            "2014-01",
            "2014-01-01",
            "2014-W02",
            "2014-02",
            "2014-W06",
            "2014-03",
            "2014-Q2",
            "2014-T2",
            "2014-S2",
            "2014-12-31",
            "2015",
            "2015-W53",
            "2016",
        ];
        let mut periods: Vec<Period> = sorted.iter().rev().map(|text| text.parse().unwrap()).collect();
        periods.sort_unstable();
        let found: Vec<String> = periods.iter().map(ToString::to_string).collect();
        assert_eq!(found, sorted);
    }

    #[test]
    fn years_have_the_weeks_of_the_calendar() {
        for (text, expected) in [
            ("2015-W53", true),
            ("2014-W53", false),
            ("2020-W53", true),
            ("2021-W53", false),
            ("2014-W00", false),
            ("2014-W5", false),
        ] {
            assert_eq!(text.parse::<Period>().is_ok(), expected, "{text}");
        }
    }
}
