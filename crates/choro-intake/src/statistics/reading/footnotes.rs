//! Footnote signs behind a number or a label: `1 234*`, `12.5 1)`, `Isles¹`.
//!
//! Only declared signs are understood. A sign that begins with a digit counts only if no digit stands before it: `121)` could be 12
//! with a footnote or 121 with a bracket. A minus behind a number is no footnote: `12-` is less than nothing.

use super::meaning::StatusMeaning;
use crate::statistics::number::MINUS;
use std::collections::BTreeMap;

/// Most signs behind one number or label.
const MAX_SIGNS: usize = 8;
/// Longest sign, characters.
const MAX_LENGTH: usize = 8;

/// The declared signs, the longer first, with how often each was met.
pub(crate) struct Footnotes {
    signs: Vec<FootnoteSign>,
}

struct FootnoteSign {
    text: String,
    meaning: StatusMeaning,
    numbers: u64,
    labels: u64,
}

impl Footnotes {
    pub(crate) fn new(declared: &BTreeMap<String, String>) -> Result<Self, String> {
        let mut signs = Vec::new();
        for (text, meaning) in declared {
            let text = text.trim().to_owned();
            if text.is_empty() || text.chars().count() > MAX_LENGTH {
                return Err(format!("footnote {text:?} is not valid: expected 1 to {MAX_LENGTH} characters"));
            }
            let meaning = StatusMeaning::parse(meaning).map_err(|what| format!("footnote {text:?}: {what}"))?;
            signs.push(FootnoteSign { text, meaning, numbers: 0, labels: 0 });
        }
        signs.sort_by_key(|sign| std::cmp::Reverse(sign.text.len()));
        Ok(Self { signs })
    }

    /// What stands before the signs, and the signs by index; `None` where there are none.
    pub(crate) fn split<'a>(&self, text: &'a str) -> Option<(&'a str, Vec<usize>)> {
        let (mut rest, mut found) = (text.trim_end(), Vec::new());
        while let Some((index, before)) = self.last(rest).filter(|_| found.len() < MAX_SIGNS) {
            found.push(index);
            rest = before.trim_end();
        }
        (!found.is_empty()).then_some((rest, found))
    }

    fn last<'a>(&self, text: &'a str) -> Option<(usize, &'a str)> {
        let ends = |sign: &FootnoteSign| {
            let before = text.strip_suffix(sign.text.as_str())?;
            let is_digit = |c: char| c.is_ascii_digit();
            let is_doubtful = (sign.text.starts_with(is_digit)
                && before.ends_with(|c: char| is_digit(c) || matches!(c, '.' | ',')))
                || (sign.text.starts_with(MINUS) && before.trim_end().ends_with(is_digit));
            (!is_doubtful).then_some(before)
        };
        self.signs.iter().enumerate().find_map(|(index, sign)| ends(sign).map(|before| (index, before)))
    }

    /// The meanings of signs beside a number, which are counted.
    pub(crate) fn count_numbers(&mut self, signs: &[usize]) -> Vec<StatusMeaning> {
        let mut meanings = Vec::new();
        for index in signs {
            if let Some(sign) = self.signs.get_mut(*index) {
                sign.numbers += 1;
                meanings.push(sign.meaning);
            }
        }
        meanings
    }

    /// A label without its signs. Signs that hold letters are left, since words end in letters like `p` too.
    pub(crate) fn bare_label<'a>(&self, label: &'a str) -> &'a str {
        self.label(label).0
    }

    /// Takes the signs off a label, and counts them.
    pub(crate) fn drop_from_label(&mut self, label: &str) -> String {
        let (rest, signs) = self.label(label);
        for index in signs {
            if let Some(sign) = self.signs.get_mut(index) {
                sign.labels += 1;
            }
        }
        rest.to_owned()
    }

    fn label<'a>(&self, label: &'a str) -> (&'a str, Vec<usize>) {
        let (mut rest, mut found) = (label, Vec::new());
        let is_of_labels = |index: &usize| self.signs.get(*index).is_some_and(|s| !s.text.contains(char::is_alphabetic));
        while let Some((index, before)) = self.last(rest).filter(|(index, _)| is_of_labels(index) && found.len() < MAX_SIGNS)
        {
            found.push(index);
            rest = before.trim_end();
        }
        if rest.is_empty() { (label, Vec::new()) } else { (rest, found) }
    }

    /// For the report: which signs were met, and how often.
    pub(crate) fn met(&self) -> Vec<String> {
        let met = self.signs.iter().filter(|sign| sign.numbers + sign.labels > 0);
        met.map(|s| format!("footnote {:?} stands beside {} numbers and {} labels", s.text, s.numbers, s.labels)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn footnotes(signs: &[&str]) -> Footnotes {
        Footnotes::new(&signs.iter().map(|sign| ((*sign).to_owned(), String::new())).collect()).unwrap()
    }

    #[test]
    fn declared_signs_are_split_off_and_doubtful_ones_stay() {
        let signs = footnotes(&["*", "**", "1)", "¹", "p"]);
        for (text, rest, count) in [
            ("1 234*", "1 234", 1),
            ("12 1)", "12", 1),
            ("12** 1)", "12", 2),
            ("12¹*", "12", 2),
            (": p", ":", 1),
            ("121)", "121)", 0),
            ("12,1)", "12,1)", 0),
            ("12 2)", "12 2)", 0),
        ] {
            let expected = (count > 0).then_some((rest, count));
            assert_eq!(signs.split(text).map(|(rest, signs)| (rest, signs.len())), expected, "{text}");
        }
        for (label, bare) in
            [("Isles 1)", "Isles"), ("Isles*¹", "Isles"), ("Camp", "Camp"), ("*", "*"), ("Zone 11)", "Zone 11)")]
        {
            assert_eq!(signs.bare_label(label), bare, "{label}");
        }
        assert!(Footnotes::new(&BTreeMap::from([("*".to_owned(), "x".to_owned())])).is_err());
        assert!(Footnotes::new(&BTreeMap::from([(" ".to_owned(), String::new())])).is_err());
    }
}
