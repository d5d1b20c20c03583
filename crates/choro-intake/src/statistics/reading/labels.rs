//! Labels of rows: their comparison key, and which of them are totals, groups or parts.

use super::marks::Marks;
use crate::statistics::mapping::AreaMapping;
use unicode_normalization::UnicodeNormalization;

/// A label for comparison: NFC, trimmed, every run of white space one space. Hierarchy by leading blanks, trailing blanks
/// and double spaces so fall away; letters and their case stay.
#[must_use]
pub fn key(label: &str) -> String {
    label.nfc().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a text fits a pattern in which `*` stands for any run of characters and `?` for one.
///
/// Backtracks to the last star only, so the time is at most the product of the lengths.
pub(crate) fn fits(pattern: &str, text: &str) -> bool {
    let (pattern, text): (Vec<char>, Vec<char>) = (pattern.chars().collect(), text.chars().collect());
    let (mut p, mut t, mut star) = (0, 0, None);
    while t < text.len() {
        match pattern.get(p) {
            Some('*') => {
                star = Some((p + 1, t));
                p += 1;
            }
            Some(c) if *c == '?' || Some(c) == text.get(t) => (p, t) = (p + 1, t + 1),
            _ => {
                let Some((after, from)) = star else { return false };
                star = Some((after, from + 1));
                (p, t) = (after, from + 1);
            }
        }
    }
    pattern.get(p..).unwrap_or_default().iter().all(|c| *c == '*')
}

/// The mapping's rules about labels, as keys.
pub(crate) struct Rules {
    groups: Vec<String>,
    /// (part row, the area whose polygon excludes its parts)
    pub(crate) parts: Vec<(String, String)>,
    /// (row, the areas that share it)
    pub(crate) joints: Vec<(String, Vec<String>)>,
}

/// What a rule says about a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ruling {
    Area,
    Group,
    Part(usize),
    Joint(usize),
}

impl Rules {
    /// Rules are compared with labels without footnotes, and so lose theirs.
    pub(crate) fn new(area: &AreaMapping, marks: &Marks) -> Self {
        let bare = |label: &String| marks.bare(&key(label));
        Self {
            groups: area.groups.iter().map(|pattern| key(pattern)).collect(),
            parts: area.part.iter().map(|part| (bare(&part.row), bare(&part.of))).collect(),
            joints: area.joint.iter().map(|joint| (bare(&joint.row), joint.of.iter().map(bare).collect())).collect(),
        }
    }

    /// The rows that must be there, each with its key in the mapping.
    pub(crate) fn rows(&self) -> impl Iterator<Item = (&'static str, &String)> {
        let parts = self.parts.iter().map(|(row, _)| ("area.part", row));
        parts.chain(self.joints.iter().map(|(row, _)| ("area.joint", row)))
    }

    /// A part is looked for before a group, so that a broad pattern does not swallow it.
    pub(crate) fn of(&self, key: &str) -> Ruling {
        if let Some(index) = self.parts.iter().position(|(row, _)| row == key) {
            return Ruling::Part(index);
        }
        if let Some(index) = self.joints.iter().position(|(row, _)| row == key) {
            return Ruling::Joint(index);
        }
        if self.groups.iter().any(|pattern| fits(pattern, key)) { Ruling::Group } else { Ruling::Area }
    }

    /// Patterns that fit none of the labels: probably misspelt.
    pub(crate) fn idle<'a>(&'a self, labels: &'a [String]) -> impl Iterator<Item = &'a String> {
        self.groups.iter().filter(|pattern| !labels.iter().any(|label| fits(pattern, label)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_know_star_and_question_mark() {
        for (pattern, text, expected) in [
            ("*федеральный округ*", "Крымский федеральный округ (2015)", true),
            ("*федеральный округ*", "Крым", false),
            ("a?c", "abc", true),
            ("a?c", "ac", false),
            ("*a*b", "xaxbxb", true),
            ("", "", true),
            ("*", "", true),
            ("a", "", false),
            ("a*", "ba", false),
        ] {
            assert_eq!(fits(pattern, text), expected, "{pattern} {text}");
        }
    }

    #[test]
    fn a_key_has_no_blanks_around_and_single_ones_within() {
        assert_eq!(key("  Республика\u{a0} Алтай \t"), "Республика Алтай");
        assert_eq!(key("И\u{306}"), "Й");
    }
}
