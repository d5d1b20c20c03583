//! All periods of one kind from one to another: `2000-01..2023-12` are months.

use choro_model::Period;
use std::{fmt, str::FromStr};

/// All periods of one kind from one to another, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PeriodRange {
    first: Period,
    last: Period,
}

impl PeriodRange {
    /// The first period that may be in it.
    #[must_use]
    pub fn first(&self) -> Period {
        self.first
    }

    /// The last period that may be in it.
    #[must_use]
    pub fn last(&self) -> Period {
        self.last
    }

    /// Whether a period is in it: a year is in no range of months.
    #[must_use]
    pub fn has(&self, period: Period) -> bool {
        period.kind() == self.first.kind() && (self.first..=self.last).contains(&period)
    }
}

/// Two periods of one kind with two points between them, the earlier one first.
impl FromStr for PeriodRange {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (first, last) = text
            .split_once("..")
            .ok_or_else(|| "expected two periods with .. between them, e.g. 2000-01..2023-12".to_owned())?;
        let [first, last] = [first, last].map(str::parse::<Period>);
        let (first, last) = (first.map_err(|error| error.to_string())?, last.map_err(|error| error.to_string())?);
        if first.kind() != last.kind() {
            return Err(format!("{first}..{last} leads from {} to {}: expected one kind", first.kind(), last.kind()));
        }
        if first > last {
            return Err(format!("{first}..{last} ends before it begins: expected {last}..{first}"));
        }
        Ok(Self { first, last })
    }
}

impl fmt::Display for PeriodRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.first, self.last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_holds_what_is_of_its_kind_and_lies_between_its_ends() {
        for (range, period, expected) in [
            ("2000-01..2023-12", "2000-01", true),
            ("2000-01..2023-12", "2023-12", true),
            ("2000-01..2023-12", "2024-01", false),
            ("2000-01..2023-12", "2010", false),
            ("2000-01..2023-12", "2010-Q2", false),
            ("2014..2014", "2014", true),
            ("2013-S2..2014-S1", "2014-S1", true),
        ] {
            let read: PeriodRange = range.parse().unwrap();
            assert_eq!(read.has(period.parse().unwrap()), expected, "{range} {period}");
            assert_eq!(read.to_string(), range);
        }
        for (text, expected) in [
            ("2014", "expected two periods"),
            ("2014..2013", "expected 2013..2014"),
            ("2014..2014-05", "from years to months"),
            ("2014..", "period \"\" is not valid"),
            ("2000...2005", "period \".2005\" is not valid"),
        ] {
            let error = text.parse::<PeriodRange>().unwrap_err();
            assert!(error.contains(expected), "{text}: {error}");
        }
    }
}
