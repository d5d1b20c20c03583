//! Periods in the headings, titles and file names of people.

use choro_model::Period;

/// A heading as a period: as it is, or by its only year (`2012 г.`, `за 2012 год`).
pub fn period_of(text: &str) -> Option<String> {
    if let Ok(period) = text.trim().parse::<Period>() {
        return plausible(period.calendar_year()).then(|| period.to_string());
    }
    let rest_is_word = text.chars().filter(|c| c.is_alphabetic()).count() <= 12;
    only_year(text).filter(|_| rest_is_word)
}

/// The only number of four digits, if it may be a year.
pub fn only_year(text: &str) -> Option<String> {
    let mut numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|number| number.len() == 4);
    let year = numbers.next().filter(|_| numbers.next().is_none())?;
    year.parse().ok().filter(|year| plausible(*year)).map(|_| year.to_owned())
}

/// Whether statistics of migration may speak of a year: from the first modern censuses to the projections of today.
pub fn plausible(year: u16) -> bool {
    (1850..=2150).contains(&year)
}
