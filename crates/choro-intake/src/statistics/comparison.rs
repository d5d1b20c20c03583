//! How texts of a file are compared: the labels of its rows, its headings, marks and codes.

use unicode_normalization::UnicodeNormalization;

/// A text as it is compared: in NFC, without blanks around it, every run of white space one space. Letters and their case stay.
///
/// So neither the blanks by which a label is indented, nor those behind it, nor double spaces make two labels differ.
#[must_use]
pub fn comparison_key(label: &str) -> String {
    label.nfc().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a text fits a pattern in which `*` stands for any run of characters and `?` for one.
///
/// It goes back to the last star only, so the time is at most the product of the lengths.
pub(crate) fn fits_pattern(pattern: &str, text: &str) -> bool {
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

/// Whether a character shows nothing: control characters, those of zero width, and those that turn the direction of writing. In a
/// label or a number they are an attack or an accident.
pub(crate) fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
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
            assert_eq!(fits_pattern(pattern, text), expected, "{pattern} {text}");
        }
    }

    #[test]
    fn a_key_has_no_blanks_around_and_single_ones_within() {
        assert_eq!(comparison_key("  Республика\u{a0} Алтай \t"), "Республика Алтай");
        assert_eq!(comparison_key("И\u{306}"), "Й");
    }
}
