//! The lines of a mapping that say for which year each split year stands.

use super::{open::OpenPeriod, spelled::open_period};
use crate::statistics::toml_text::toml_pairs;
use std::collections::BTreeMap;

/// Most texts that are named.
const MOST: usize = 100;

/// The calendar year in which a split year begins: 2011 of `2011-12` and `2011/2012`.
pub fn first_year(text: &str) -> Option<u16> {
    match open_period(text) {
        Some(OpenPeriod::SplitYear { first }) => Some(first),
        _ => None,
    }
}

/// The split years among texts, each with the year in which it begins, as a value of a mapping: `{ "2011-12" = "2011" }`.
pub fn translated<'a>(texts: impl Iterator<Item = &'a str>) -> Option<String> {
    let pairs: BTreeMap<&str, u16> = texts.filter_map(|text| Some((text, first_year(text)?))).collect();
    toml_pairs(pairs.into_iter().take(MOST).map(|(text, year)| (text, year.to_string())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_split_year_is_given_the_year_in_which_it_begins() {
        let line = translated(["2012/13", "2011/12", "2012", "2012/13"].into_iter());
        assert_eq!(line.as_deref(), Some("{ \"2011/12\" = \"2011\", \"2012/13\" = \"2012\" }"));
        assert_eq!(translated(["2012", "2012-07"].into_iter()), None);
    }
}
