//! The text of a period -> the period, by its words.

use super::{
    open::OpenPeriod,
    tokens::{Token, tokens},
};
use crate::statistics::vocabulary::calendar::CalendarWord as W;
use Token::{Number, Slash, To, Word};
use choro_model::Period;

/// How far the years of the Buddhist calendar are ahead of ours.
pub const BUDDHIST: u16 = 543;

/// What a text of a period says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SpelledPeriod {
    /// A period.
    Period(Period),
    /// A period of no form here.
    Open(OpenPeriod),
}

/// Reads the text of a period. `None` where any part of it is not understood: a year in it would not be all that it says.
pub fn read(text: &str) -> Option<SpelledPeriod> {
    let all = tokens(text)?;
    open(&all).map(SpelledPeriod::Open).or_else(|| of_one_year(&all))
}

/// A period of no form here, if the whole text is one.
pub fn open_period(text: &str) -> Option<OpenPeriod> {
    tokens(text).as_deref().and_then(open)
}

fn open(all: &[Token]) -> Option<OpenPeriod> {
    if let [Word(W::Fiscal), rest @ ..] | [rest @ .., Word(W::Fiscal)] = all {
        return open(rest).or_else(|| matches!(rest, [Number(_, 2 | 4)]).then_some(OpenPeriod::BudgetYear));
    }
    match *all {
        [Number(first, 4), To | Slash, Number(last, 4)] if last == first + 1 => Some(OpenPeriod::SplitYear { first }),
        [Number(first, 4), To | Slash, Number(last, 2)] if (first + 1) % 100 == last => {
            Some(OpenPeriod::SplitYear { first })
        }
        [Number(first, 4), To, Number(last, 4)] if last > first => Some(OpenPeriod::Years),
        _ => None,
    }
}

/// What stands beside the one year of a text says which part of it.
fn of_one_year(all: &[Token]) -> Option<SpelledPeriod> {
    let is_year = |token: &Token| matches!(token, Number(_, 4));
    let at = all.iter().position(is_year).filter(|at| !all.iter().skip(at + 1).any(is_year))?;
    let (before, after) = (all.get(..at)?, all.get(at + 1..)?);
    let (year, before) = match (all.get(at)?, before) {
        (Number(year, _), [before @ .., Word(W::Buddhist)]) => (year.checked_sub(BUDDHIST)?, before),
        (Number(year, _), before) => (*year, before),
        _ => return None,
    };
    match (bare(before), bare(after)) {
        (None, None) => period(&year.to_string()),
        // The day of `1 January 2014` stands on the same side as the month.
        (Some(part), None) | (None, Some(part)) => part_of(year, part),
        (Some(_), Some(_)) => None,
    }
}

/// Tokens without the signs at their ends that part them from the year; `None` where nothing is left.
fn bare(tokens: &[Token]) -> Option<&[Token]> {
    match tokens {
        [To | Slash, rest @ ..] | [rest @ .., To | Slash] => bare(rest),
        [] => None,
        rest => Some(rest),
    }
}

fn part_of(year: u16, part: &[Token]) -> Option<SpelledPeriod> {
    match *part {
        [Word(W::Month(month))] => period(&format!("{year}-{month:02}")),
        [Number(day, 1 | 2), Word(W::Month(month))] | [Word(W::Month(month)), Number(day, 1 | 2)] => {
            period(&format!("{year}-{month:02}-{day:02}"))
        }
        [Number(month, 1 | 2), Word(W::MonthNumber)] | [Word(W::MonthNumber), Number(month, 1 | 2)] => {
            period(&format!("{year}-{month:02}"))
        }
        [Word(W::Month(first)), To, Word(W::Month(last))] => months(year, first, last),
        [Number(count @ 1..=12, 1 | 2), Word(W::Months)] => months(year, 1, u8::try_from(count).ok()?),
        [first, To, last, Word(W::Quarter)] => {
            let (first, last) = (ordinal(first)?, ordinal(last)?);
            months(year, (first * 3).checked_sub(2)?, last * 3)
        }
        [number, Word(W::Quarter)] | [Word(W::Quarter), number] => period(&format!("{year}-Q{}", ordinal(number)?)),
        [number, Word(W::Half)] | [Word(W::Half), number] => period(&format!("{year}-S{}", ordinal(number)?)),
        _ => None,
    }
}

fn ordinal(token: Token) -> Option<u8> {
    match token {
        Number(number @ 1..=4, 1) => u8::try_from(number).ok(),
        Word(W::Ordinal(number)) => Some(number),
        _ => None,
    }
}

/// Months from one to another, both included: a month, a quarter, half a year, a year, or none of these.
fn months(year: u16, first: u8, last: u8) -> Option<SpelledPeriod> {
    match (first, last) {
        (1, 12) => period(&year.to_string()),
        (1, 6) => period(&format!("{year}-S1")),
        (7, 12) => period(&format!("{year}-S2")),
        (1, 3) | (4, 6) | (7, 9) | (10, 12) => period(&format!("{year}-Q{}", last / 3)),
        _ if first == last => period(&format!("{year}-{first:02}")),
        _ => Some(SpelledPeriod::Open(OpenPeriod::Months { count: last.checked_sub(first)? + 1 })),
    }
}

fn period(text: &str) -> Option<SpelledPeriod> {
    text.parse().ok().map(SpelledPeriod::Period)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn words_of_several_languages_are_read_as_the_period_that_they_say() {
        for (text, expected) in [
            ("2014 год", "2014"),
            ("Jan 2016", "2016-01"),
            ("2016 январь", "2016-01"),
            ("январь 2016 г.", "2016-01"),
            ("August 2014", "2014-08"),
            ("août 2014", "2014-08"),
            ("März 2014", "2014-03"),
            ("2014年1月", "2014-01"),
            ("2014-M07", "2014-07"),
            ("2014M07", "2014-07"),
            ("1 января 2014 г.", "2014-01-01"),
            ("January 1, 2014", "2014-01-01"),
            ("Q1 2016", "2016-Q1"),
            ("2016Q1", "2016-Q1"),
            ("2016-Q1", "2016-Q1"),
            ("1Q2016", "2016-Q1"),
            ("Q1/2016", "2016-Q1"),
            ("I квартал 2016", "2016-Q1"),
            ("2-й квартал 2016 года", "2016-Q2"),
            ("3 кв. 2016", "2016-Q3"),
            ("4. Quartal 2016", "2016-Q4"),
            ("1er trimestre 2016", "2016-Q1"),
            ("первое полугодие 2016", "2016-S1"),
            ("II п/г 2016", "2016-S2"),
            ("H1 2016", "2016-S1"),
            ("1. Halbjahr 2016", "2016-S1"),
            ("январь-март 2016", "2016-Q1"),
            ("Jan–Mar 2016", "2016-Q1"),
            ("Januar bis Juni 2016", "2016-S1"),
            ("за январь-июнь 2016 года", "2016-S1"),
            ("январь-декабрь 2016", "2016"),
            ("6 месяцев 2016", "2016-S1"),
            ("3 months 2016", "2016-Q1"),
            ("I-II квартал 2016", "2016-S1"),
            ("พ.ศ. 2556", "2013"),
        ] {
            assert_eq!(read(text), Some(SpelledPeriod::Period(expected.parse().unwrap())), "{text}");
        }
    }

    #[test]
    fn what_has_no_form_here_is_named_and_never_shortened_to_its_year() {
        let split = |first| Some(SpelledPeriod::Open(OpenPeriod::SplitYear { first }));
        let months = |count| Some(SpelledPeriod::Open(OpenPeriod::Months { count }));
        for (text, expected) in [
            ("2011-12", split(2011)),
            ("2011–12", split(2011)),
            ("2011/12", split(2011)),
            ("2011/2012", split(2011)),
            ("2011-2012 гг.", split(2011)),
            ("1999-00", split(1999)),
            ("FY 2011-12", split(2011)),
            ("FY2012", Some(SpelledPeriod::Open(OpenPeriod::BudgetYear))),
            ("2009-2011", Some(SpelledPeriod::Open(OpenPeriod::Years))),
            ("январь-сентябрь 2016", months(9)),
            ("9 мес. 2016", months(9)),
            ("Feb-Apr 2016", months(3)),
            ("2014-13", None),
            ("Rank 2015", None),
            ("Change 2015, %", None),
            ("Население 2014", None),
            ("декабрь 2015 - февраль 2016", None),
            ("март-январь 2016", None),
            ("5 квартал 2016", None),
            ("30 February 2016", None),
            ("январь", None),
            ("Jan 16", None),
            ("", None),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_period_is_read_as_itself_and_no_text_makes_the_reader_panic(text in "[0-9QSMIV январьг./-]{0,14}", year in 1000_u16..9999) {
            let _ = read(&text);
            prop_assert_eq!(read(&year.to_string()), Some(SpelledPeriod::Period(Period::year(year).unwrap())));
            for quarter in 1..5 {
                let text = format!("{year}-Q{quarter}");
                prop_assert_eq!(read(&text), Some(SpelledPeriod::Period(text.parse().unwrap())));
            }
        }
    }
}
