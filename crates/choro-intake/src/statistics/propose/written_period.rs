//! Periods in the headings, titles and file names of people.
//!
//! `2014` and `за 2014 год` are the year, `Jan 2016` is a month. `Jan-Jun 2016`, `2011/12` and `1 January 2014` are neither the year
//! alone nor anything that can be known without asking.

use super::words::{is_cumulative, is_half, is_table_title, is_year_word, month, quarter, words};
use choro_model::Period;

/// How a text names a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WrittenPeriod {
    /// It is one.
    Known(String),
    /// It names one in a way that may mean several; why.
    Doubtful(&'static str),
    /// It names none.
    None,
}

/// The text of a heading, a title or a cell as a period.
pub fn written_period(text: &str) -> WrittenPeriod {
    let text = text.trim();
    if let Ok(period) = text.parse::<Period>() {
        return of_period(text, period);
    }
    let all = words(text);
    // The number of a table is none of its period.
    let words = if is_table_title(text) { all.get(2..).unwrap_or_default() } else { &all[..] };
    let years: Vec<&String> = words.iter().filter(|word| is_year(word)).collect();
    let [year] = years[..] else { return of_years(&years) };
    part_of_year(year, words)
}

fn of_period(text: &str, period: Period) -> WrittenPeriod {
    if !plausible(period.calendar_year()) {
        WrittenPeriod::None
    } else if text.len() == "2014-07-01".len() {
        WrittenPeriod::Doubtful("a day, or the year or month that begins or ends with it")
    } else {
        WrittenPeriod::Known(period.to_string())
    }
}

/// No year, or several: `2011/2012` is a split year.
fn of_years(years: &[&String]) -> WrittenPeriod {
    if years.is_empty() { WrittenPeriod::None } else { WrittenPeriod::Doubtful("several years") }
}

/// One year with words and numbers beside it.
fn part_of_year(year: &str, words: &[String]) -> WrittenPeriod {
    let months: Vec<usize> = words.iter().filter_map(|word| month(word)).collect();
    let numbers = words.iter().filter(|word| *word != year && word.starts_with(|c: char| c.is_numeric())).count();
    let grows = words.iter().any(|word| is_cumulative(word));
    let halves = words.iter().any(|word| is_half(word));
    match (&months[..], quarter(words)) {
        ([], None) if numbers == 0 && !halves && !is_growing(words) => WrittenPeriod::Known(year.to_owned()),
        ([month], None) if numbers == 0 && !grows && !halves => WrittenPeriod::Known(format!("{year}-{month:02}")),
        ([], Some(Some(quarter))) if numbers <= 1 && !grows => WrittenPeriod::Known(format!("{year}-Q{quarter}")),
        ([_, _, ..], _) => {
            WrittenPeriod::Doubtful("from one month to another, so that one period may contain the one before")
        }
        (_, Some(_)) => WrittenPeriod::Doubtful("a quarter, alone or with those before it"),
        ([], None) if halves => WrittenPeriod::Doubtful("half a year"),
        _ => WrittenPeriod::Doubtful("a year with other numbers beside it: a split year, a day, or a part of the year"),
    }
}

/// `to` and `по` alone do not make a year grow: they stand in titles for other reasons.
fn is_growing(words: &[String]) -> bool {
    words.iter().any(|word| is_cumulative(word) && word.chars().count() > 3) || words.iter().any(|word| word == "ytd")
}

/// Whether all of these periods are written as split years are: `2009-10`, `2010-11`, where months would not follow each other so.
pub fn are_split_years(texts: &[String]) -> bool {
    let split = |text: &String| {
        let Some((year, rest)) = text.split_once('-') else { return false };
        let (Ok(year), Ok(next)) = (year.parse::<u16>(), rest.parse::<u16>()) else { return false };
        rest.len() == 2 && next == (year + 1) % 100
    };
    !texts.is_empty() && texts.iter().all(split)
}

/// Whether a text names a month, a quarter or half a year, with or without the year.
pub fn names_part_of_year(text: &str) -> bool {
    let words = words(text);
    let alone = words.len() <= 2;
    (alone && words.iter().any(|word| month(word).is_some() || is_half(word))) || quarter(&words).is_some()
}

/// What a heading says beside its period: `Rank` of `Rank 2015`.
pub fn beside_period(text: &str) -> String {
    let says = |word: &String| !is_year_word(word) && month(word).is_none() && !word.starts_with(|c: char| c.is_numeric());
    let words: Vec<String> = words(text).into_iter().filter(says).collect();
    let sign = if text.contains('%') { " %" } else { "" };
    words.join(" ") + sign
}

/// Whether a number of four digits may be a year of another calendar: of the Persian and Islamic ones, or of the Buddhist one.
pub fn is_year_of_another_calendar(number: f64) -> bool {
    number.fract() == 0.0 && ((1300.0..1500.0).contains(&number) || (2400.0..2700.0).contains(&number))
}

fn is_year(word: &str) -> bool {
    word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit()) && word.parse().is_ok_and(plausible)
}

/// Whether statistics of migration may speak of a year: from the first modern censuses to the projections of today.
pub fn plausible(year: u16) -> bool {
    (1850..=2150).contains(&year)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_a_year_a_month_or_a_quarter_or_is_left_open() {
        for (text, expected) in [
            ("2014", Some("2014")),
            ("за 2012 год", Some("2012")),
            ("2012 г.", Some("2012")),
            ("Popolazione 2011", Some("2011")),
            ("Jan 2016", Some("2016-01")),
            ("сентябрь 2016", Some("2016-09")),
            ("2016 Q1", Some("2016-Q1")),
            ("I квартал 2016 года", Some("2016-Q1")),
            ("2nd quarter 2016", Some("2016-Q2")),
            ("январь-июнь 2016", None),
            ("Jan-Jun 2016", None),
            ("I-II кварталы 2016", None),
            ("1 полугодие 2016", None),
            ("2011/12", None),
            ("2011/2012", None),
            ("2010-2014", None),
            ("1 January 2014", None),
            ("01.01.2014", None),
            ("2013-01-01", None),
            ("2016 YTD", None),
        ] {
            let known = if let WrittenPeriod::Known(period) = written_period(text) { Some(period) } else { None };
            assert_eq!(known.as_deref(), expected, "{text}");
        }
    }
}
