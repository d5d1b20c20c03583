//! What a text may be that is no number as it stands: `(410)`, `12-`, `12.5%`, `2D3`, `5 a`. The remedy follows from that.

use super::{
    comparison::is_invisible,
    number::{Convention, MINUS, NumberError, parse},
};

/// Longest sign behind a number, characters.
const LONGEST: usize = 8;

/// What a text may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberFault<'a> {
    /// It holds this character, which shows nothing.
    Invisible(char),
    /// It is in brackets.
    Brackets,
    /// Its minus stands behind it.
    MinusBehind,
    /// It is a percentage.
    Percent,
    /// It has this letter before a power of ten.
    Exponent(char),
    /// The decimal sign stands between groups of three.
    Thousands(char),
    /// Its digits are those of another script.
    ForeignDigits,
    /// This stands behind a number: the sign of a footnote, or a unit.
    Behind(&'a str),
    /// None of these.
    Unknown,
}

impl<'a> NumberFault<'a> {
    /// What a text may be that the convention takes for no number.
    pub fn of(text: &'a str, convention: Convention) -> Self {
        let text = text.trim();
        // Another sign between thousands is another matter, and does not hide this one.
        let is_number = |text: &str| {
            matches!(parse(text, convention), Ok(_) | Err(NumberError::UndeclaredSign(_) | NumberError::Grouping))
        };
        if let Some(c) = text.chars().find(|c| is_invisible(*c)) {
            return Self::Invisible(c);
        }
        let bracketed = text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
        if bracketed.is_some_and(is_number) {
            return Self::Brackets;
        }
        if text.strip_suffix(MINUS).is_some_and(|rest| is_number(rest.trim_end())) {
            return Self::MinusBehind;
        }
        if percentage(text).is_some_and(is_number) {
            return Self::Percent;
        }
        if let Some(letter) = exponent(text, convention) {
            return Self::Exponent(letter);
        }
        let decimal = convention.decimal();
        if text.matches(decimal).count() > 1 && parse(text, convention.with_thousands(decimal)).is_ok() {
            return Self::Thousands(decimal);
        }
        if text.chars().any(|c| c.is_numeric() && !c.is_ascii()) && !text.contains(|c: char| c.is_ascii_digit()) {
            return Self::ForeignDigits;
        }
        behind(text, convention).map_or(Self::Unknown, Self::Behind)
    }
}

/// The number before a percent sign; `None` where no digit stands before it.
pub fn percentage(text: &str) -> Option<&str> {
    let bare = text.trim_end().strip_suffix(['%', '\u{ff05}', '\u{66a}'])?;
    bare.contains(|c: char| c.is_ascii_digit()).then_some(bare.trim_end())
}

/// The letter before a power of ten, where it is another one than E: Fortran writes D.
fn exponent(text: &str, convention: Convention) -> Option<char> {
    let letter = text.chars().find(|c| c.is_alphabetic()).filter(|c| matches!(c, 'd' | 'D' | 'q' | 'Q'))?;
    parse(&text.replacen(letter, "E", 1), convention).is_ok().then_some(letter)
}

/// What stands behind the longest beginning that is a number.
fn behind(text: &str, convention: Convention) -> Option<&str> {
    let ends = text.char_indices().map(|(at, _)| at).skip(1).collect::<Vec<_>>();
    let (_, rest) = ends.into_iter().rev().filter_map(|at| text.split_at_checked(at)).find(|(number, rest)| {
        rest.trim().chars().count() <= LONGEST && !number.ends_with(char::is_whitespace) && parse(number, convention).is_ok()
    })?;
    let sign = rest.trim();
    // A digit or a sign of numbers may belong to the number.
    let is_close = rest.len() == sign.len();
    let is_doubtful = sign.starts_with(['.', ',', '\'', '\u{2019}', '-', '+', '%', ')'])
        || (is_close && sign.contains(|c: char| c.is_ascii_digit()));
    (!is_doubtful && !sign.is_empty()).then_some(sign)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_text_may_be_is_told_by_its_form() {
        use NumberFault as F;
        for (text, expected) in [
            ("(410)", F::Brackets),
            ("(1,410)", F::Brackets),
            ("12-", F::MinusBehind),
            ("1 234 \u{2212}", F::MinusBehind),
            ("+5%", F::Percent),
            ("12,5 %", F::Percent),
            ("1\u{200b}234", F::Invisible('\u{200b}')),
            ("2D3", F::Exponent('D')),
            ("1.234.567", F::Thousands('.')),
            ("٣٤", F::ForeignDigits),
            ("5 a", F::Behind("a")),
            ("12*", F::Behind("*")),
            ("12 1)", F::Behind("1)")),
            ("234¹", F::Behind("¹")),
            ("12 чел.", F::Behind("чел.")),
            ("121)", F::Unknown),
            ("1\u{2019}234", F::Unknown),
            ("12x3", F::Unknown),
            ("1.2.3", F::Unknown),
            ("5.", F::Unknown),
            ("persons", F::Unknown),
            ("12 inhabitants of the town", F::Unknown),
            ("", F::Unknown),
        ] {
            assert_eq!(NumberFault::of(text, Convention::POINT), expected, "{text}");
        }
    }
}
