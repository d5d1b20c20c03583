//! Foldings of names and codes for comparison.

use crate::statistics::is_invisible;
use unicode_normalization::UnicodeNormalization;

/// A name folded for comparison: NFC, lower case, `ё` as `е`, every run of blanks and dashes one space.
///
/// Two names that fold alike may differ in case, dashes or blanks alone. Where a set has two such areas, a label matches neither,
/// since it would be ambiguous.
pub(crate) fn fold(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    for c in name.nfc().flat_map(char::to_lowercase).nfc() {
        match c {
            'ё' => folded.push('е'),
            c if c.is_whitespace() || is_dash(c) => {
                if !folded.is_empty() && !folded.ends_with(' ') {
                    folded.push(' ');
                }
            }
            c => folded.push(c),
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{ad}' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// What a text looks like: in upper case, without invisible characters, and with Latin letters for the Cyrillic and Greek ones that
/// look like them. `RU-СНU` and `RU-CHU` have one skeleton. The pairs are the capital letters of one shape among Unicode's
/// confusables (UTS 39).
pub(crate) fn skeleton(text: &str) -> String {
    text.trim().to_uppercase().chars().filter(|c| !is_invisible(*c)).map(latin).collect()
}

/// A label as it may be printed. A character that shows nothing might steer a terminal or turn the line, so it becomes a mark.
pub(crate) fn printable(label: &str) -> String {
    label.chars().map(|c| if is_invisible(c) { char::REPLACEMENT_CHARACTER } else { c }).collect()
}

fn latin(c: char) -> char {
    match c {
        'А' | 'Α' => 'A',
        'В' | 'Β' => 'B',
        'С' => 'C',
        'Е' | 'Ε' | 'Ё' => 'E',
        'Н' | 'Η' => 'H',
        'І' | 'Ι' => 'I',
        'Ј' => 'J',
        'К' | 'Κ' => 'K',
        'М' | 'Μ' => 'M',
        'Ν' => 'N',
        'О' | 'Ο' => 'O',
        'Р' | 'Ρ' => 'P',
        'Ѕ' => 'S',
        'Т' | 'Τ' => 'T',
        'У' | 'Υ' => 'Y',
        'Х' | 'Χ' => 'X',
        'Ζ' => 'Z',
        'З' => '3',
        c if is_dash(c) => '-',
        c => c,
    }
}

/// A code of digits without its leading zeros; `None` for any other text.
pub(crate) fn without_leading_zeros(code: &str) -> Option<&str> {
    (!code.is_empty() && code.bytes().all(|b| b.is_ascii_digit())).then(|| code.trim_start_matches('0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fold_alike_whatever_their_case_dashes_and_blanks() {
        for (a, b) in [
            ("Республика Марий-Эл", "республика  Марий Эл "),
            ("Ханты-Мансийский АО — Югра", "Ханты-Мансийский АО - Югра"),
            ("Орёл", "ОРЕЛ"),
            ("И\u{306}ошкар", "Йошкар"),
        ] {
            assert_eq!(fold(a), fold(b), "{a}");
        }
        assert_ne!(fold("Алтай"), fold("Алтайский край"));
    }

    #[test]
    fn skeletons_see_through_look_alike_letters() {
        assert_eq!(skeleton("RU-РЕR"), skeleton("RU-PER"));
        assert_ne!(skeleton("RU-PER"), skeleton("RU-PEZ"));
        assert_eq!(skeleton("RU\u{202e}-P\u{200b}ER"), "RU-PER");
        assert_eq!(printable("a\u{1b}[2J\u{202e}b"), "a\u{fffd}[2J\u{fffd}b");
        assert_eq!(without_leading_zeros("01000000"), Some("1000000"));
        assert_eq!(without_leading_zeros("RU-01"), None);
    }
}
