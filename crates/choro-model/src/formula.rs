//! Texts that a spreadsheet program would compute, and the apostrophe that takes this from them.
//!
//! `=1+1` becomes `'=1+1`, and `x;=1+1` becomes `x;'=1+1`: programs of other locales split a line at `;`, whatever the comma was
//! meant for. Full-width signs count, since some programs fold them. <https://owasp.org/www-community/attacks/CSV_Injection>

use std::borrow::Cow;

/// Signs with which a cell becomes a formula, or runs over into the next one.
const SIGNS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
/// Where a spreadsheet program may begin the next cell.
const SEPARATORS: [char; 6] = [',', ';', '|', '\t', '\r', '\n'];
const APOSTROPHE: char = '\'';

/// A text that no spreadsheet program takes for a formula, in any of the cells that it may be split into. For texts only:
/// of a number, -5, it would make a text.
#[must_use]
pub fn guarded(text: &str) -> Cow<'_, str> {
    edited(text, |out, apostrophes| out.push_str(&"'".repeat(apostrophes + 1)))
}

/// The inverse of [`guarded`]: an apostrophe is dropped only where `guarded` would have set it, so that texts written by hand
/// keep theirs.
#[must_use]
pub fn unguarded(text: &str) -> Cow<'_, str> {
    edited(text, |out, apostrophes| out.push_str(&"'".repeat(apostrophes.saturating_sub(1))))
}

/// Writes the text anew, with `put` in place of the apostrophes before each sign at the beginning of a cell.
fn edited(text: &str, put: impl Fn(&mut String, usize)) -> Cow<'_, str> {
    if !text.contains(SIGNS) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 4);
    let mut rest = text;
    loop {
        let (blanks, cell) = rest.split_at(rest.len() - rest.trim_start_matches(is_passed_over).len());
        let signed = cell.trim_start_matches(APOSTROPHE);
        out.push_str(blanks);
        let cell = if signed.starts_with(SIGNS) {
            put(&mut out, cell.len() - signed.len());
            signed
        } else {
            cell
        };
        let Some((at, separator)) = cell.char_indices().find(|(_, c)| SEPARATORS.contains(c)) else {
            out.push_str(cell);
            return Cow::Owned(out);
        };
        let (done, next) = cell.split_at(at + separator.len_utf8());
        out.push_str(done);
        rest = next;
    }
}

/// What programs pass over before they look for a sign.
fn is_passed_over(c: char) -> bool {
    matches!(c, '"' | '\u{feff}' | '\u{200b}') || c.is_whitespace() && !SIGNS.contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn texts_that_a_spreadsheet_would_compute_get_an_apostrophe_before_their_sign() {
        for (text, expected) in [
            ("=1+1", "'=1+1"),
            ("@x", "'@x"),
            ("-5", "'-5"),
            ("＝1", "'＝1"),
            ("＠x", "'＠x"),
            ("\tx", "'\tx"),
            (" =1", " '=1"),
            ("\u{feff}=1", "\u{feff}'=1"),
            ("x;=1", "x;'=1"),
            ("x; +1", "x; '+1"),
            ("x,-1", "x,'-1"),
            ("x\t＋1", "x\t'＋1"),
            ("a;b;@c", "a;b;'@c"),
            ("'=1", "''=1"),
            ("x;\"=1", "x;\"'=1"),
            ("Chukotka", "Chukotka"),
            ("Khanty-Mansi - Yugra", "Khanty-Mansi - Yugra"),
            ("a=b; c+d", "a=b; c+d"),
            ("'Tis", "'Tis"),
            ("", ""),
        ] {
            assert_eq!(guarded(text), expected, "{text:?}");
            assert_eq!(unguarded(expected), text, "{expected:?}");
        }
    }

    proptest! {
        #[test]
        fn no_cell_of_a_guarded_text_begins_with_a_sign_and_nothing_is_lost(
            pieces in prop::collection::vec(
                prop::sample::select(vec!["=", "+", "-", "@", "＝", "－", "\t", "\r", "\n", ";", ",", "|", " ", "\"", "'", "x", "5"]), 0..12),
        ) {
            let text = pieces.concat();
            let safe = guarded(&text);
            prop_assert_eq!(unguarded(&safe), text.as_str());
            for cell in safe.split([';', ',', '|', '\t', '\r', '\n']) {
                let first = cell.trim_start_matches(is_passed_over).chars().next();
                prop_assert!(!first.is_some_and(|c| SIGNS.contains(&c)), "{:?} of {:?}", cell, safe);
            }
        }
    }
}
