//! Numbers in text under a declared convention. What could be read in two ways is refused, never guessed.

use std::fmt::Write as _;

/// The signs of a negative number: a hyphen, the minus sign, an en dash, and dashes of the width of a digit or of a Chinese letter.
pub(crate) const MINUS: [char; 5] = ['-', '\u{2212}', '\u{2013}', '\u{2012}', '\u{ff0d}'];

/// How a file writes numbers: which signs stand in them, and for what. No sign has two meanings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Convention {
    decimal: char,
    thousands: Option<char>,
    /// Whether `12-` is a negative number.
    minus_behind: bool,
    /// Whether `(12)` is a negative number.
    minus_by_brackets: bool,
}

impl Convention {
    /// A decimal point, and nothing but blanks between thousands.
    pub const POINT: Self = Self { decimal: '.', thousands: None, minus_behind: false, minus_by_brackets: false };
    /// A decimal comma, and nothing but blanks between thousands.
    pub const COMMA: Self = Self { decimal: ',', ..Self::POINT };

    /// The decimal sign is `.` or `,`. The sign between thousands is `.`, `,`, `'` or a blank; blanks (space, no-break, thin,
    /// figure) are understood in any case, and an apostrophe in both of its forms.
    ///
    /// # Errors
    ///
    /// Says which sign cannot be taken and what is expected.
    pub fn new(decimal: char, thousands: Option<char>) -> Result<Self, String> {
        if !matches!(decimal, '.' | ',') {
            return Err(format!("decimal {decimal:?} is not valid: expected \".\" or \",\""));
        }
        match thousands {
            Some(sign) if sign == decimal => Err(format!("decimal and thousands are both {sign:?}: they must differ")),
            Some(sign) if !matches!(sign, '.' | ',' | '\'' | '\u{2019}' | ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}') => {
                Err(format!("thousands {sign:?} is not valid: expected \".\", \",\", \"'\" or a blank"))
            }
            _ => Ok(Self { decimal, thousands, ..Self::POINT }),
        }
    }

    /// With negative numbers in these forms too, each shown by an example: `12-` or `(12)`.
    ///
    /// # Errors
    ///
    /// Says which form is not known and what is expected.
    pub fn with_negative(mut self, forms: &[String]) -> Result<Self, String> {
        for form in forms {
            match form.trim_matches(|c: char| c.is_ascii_digit()) {
                "-" if form.ends_with('-') => self.minus_behind = true,
                _ if form.starts_with('(') && form.ends_with(')') => self.minus_by_brackets = true,
                _ => return Err(format!("negative {form:?} is not valid: expected \"12-\" or \"(12)\"")),
            }
        }
        Ok(self)
    }

    /// The decimal sign.
    #[must_use]
    pub fn decimal(self) -> char {
        self.decimal
    }

    /// This convention with a sign between thousands, and the other one before decimals.
    pub(crate) fn with_thousands(self, thousands: char) -> Self {
        let decimal = if thousands == '.' { ',' } else { '.' };
        Self { decimal, thousands: Some(thousands), ..self }
    }

    /// Whether a sign stands between thousands.
    fn parts_thousands(self, c: char) -> bool {
        is_blank(c) || self.thousands.is_some_and(|sign| sign == c || (is_apostrophe(sign) && is_apostrophe(c)))
    }
}

/// Why a text is no number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NumberError {
    /// It holds a sign that may stand in numbers, and to which the convention gives no meaning.
    #[error("it holds {0:?}, which is neither the declared decimal sign nor the declared thousands sign")]
    UndeclaredSign(char),
    /// Thousands are not in groups of three.
    #[error("its thousands are not in groups of three digits")]
    Grouping,
    /// Anything else.
    #[error("it is no number")]
    NotANumber,
    /// Too large for a double.
    #[error("it is too large")]
    NotFinite,
}

/// Reads a number: sign, digits, decimals, exponent. A sign is `-`, `+`, the minus sign U+2212 or an en dash. Surrounding
/// blanks do not count.
///
/// ```
/// use choro_intake::statistics::{Convention, parse_number};
/// assert_eq!(parse_number("1 234,5", Convention::COMMA), Ok(1234.5));
/// assert!(parse_number("1.234", Convention::COMMA).is_err());
/// assert!(parse_number("1,234", Convention::POINT).is_err());
/// ```
pub fn parse(text: &str, convention: Convention) -> Result<f64, NumberError> {
    let text = text.trim();
    let (negative, unsigned) = sign(text, convention);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let (whole, fraction) = match mantissa.split_once(convention.decimal) {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    let mut plain = String::with_capacity(text.len() + 1);
    plain.push_str(if negative { "-" } else { "" });
    plain.push_str(&ungroup(whole, convention)?);
    if let Some(fraction) = fraction {
        // `5.` may have lost its decimals, so it is refused. In `.5` only the zero is left out, as is often done.
        let _ = write!(plain, ".{}", digits(fraction, convention)?);
    } else if plain.trim_start_matches('-').is_empty() {
        return Err(NumberError::NotANumber);
    }
    if let Some(exponent) = exponent {
        let unsigned = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
        let _ = write!(plain, "e{}{}", if exponent.starts_with('-') { "-" } else { "" }, digits(unsigned, convention)?);
    }
    let number: f64 = plain.parse().map_err(|_| NumberError::NotANumber)?;
    // `+ 0.0` turns minus zero into zero.
    if number.is_finite() { Ok(number + 0.0) } else { Err(NumberError::NotFinite) }
}

/// Whether a text is negative, and what stands beside its sign.
fn sign(text: &str, convention: Convention) -> (bool, &str) {
    if let Some(rest) = text.strip_prefix(MINUS) {
        return (true, rest.trim_start());
    }
    if let Some(rest) = text.strip_suffix(MINUS).filter(|_| convention.minus_behind) {
        return (true, rest.trim_end());
    }
    let inner = text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')).filter(|_| convention.minus_by_brackets);
    inner.map_or_else(|| (false, text.strip_prefix('+').unwrap_or(text)), |inner| (true, inner.trim()))
}

/// An apostrophe in its two forms.
fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}')
}

/// White space that stands between thousands.
fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{2007}' | '\u{2009}' | '\u{202f}')
}

/// A whole part without its thousands signs. They must be of one kind, and stand before groups of three digits.
fn ungroup(whole: &str, convention: Convention) -> Result<String, NumberError> {
    let Some(sign) = whole.chars().find(|c| convention.parts_thousands(*c)) else {
        return if whole.is_empty() { Ok(String::new()) } else { digits(whole, convention).map(str::to_owned) };
    };
    let groups: Vec<&str> = whole.split(sign).collect();
    for group in &groups {
        digits(group, convention)?;
    }
    let right = groups.iter().enumerate().all(|(n, group)| group.len() == 3 || (n == 0 && group.len() < 3));
    if right { Ok(groups.concat()) } else { Err(NumberError::Grouping) }
}

/// The text if it is one or more ASCII digits.
fn digits(text: &str, convention: Convention) -> Result<&str, NumberError> {
    match text.chars().find(|c| !c.is_ascii_digit()) {
        Some(c @ ('.' | ',' | '\'' | '\u{2019}')) if c != convention.decimal => Err(NumberError::UndeclaredSign(c)),
        Some(_) => Err(NumberError::NotANumber),
        None if text.is_empty() => Err(NumberError::NotANumber),
        None => Ok(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const POINT: Convention = Convention::POINT;
    const COMMA: Convention = Convention::COMMA;
    const ENGLISH: Convention = Convention { thousands: Some(','), ..POINT };
    const GERMAN: Convention = Convention { thousands: Some('.'), ..COMMA };
    const SWISS: Convention = Convention { thousands: Some('\''), ..POINT };
    const ACCOUNTS: Convention = Convention { minus_behind: true, minus_by_brackets: true, ..ENGLISH };

    #[test]
    fn numbers_are_read_as_the_declared_signs_say_or_refused() {
        let undeclared = |c| Err(NumberError::UndeclaredSign(c));
        for (text, convention, expected) in [
            ("1 234,5", COMMA, Ok(1234.5)),
            ("1\u{a0}234\u{a0}567,25", COMMA, Ok(1_234_567.25)),
            ("1\u{2009}234", POINT, Ok(1234.0)),
            ("-0", POINT, Ok(0.0)),
            ("\u{2212}12.5", POINT, Ok(-12.5)),
            ("–3", POINT, Ok(-3.0)),
            ("+7", POINT, Ok(7.0)),
            (".5", POINT, Ok(0.5)),
            ("1.5E3", POINT, Ok(1500.0)),
            ("1,234.5", ENGLISH, Ok(1234.5)),
            ("1.234,5", GERMAN, Ok(1234.5)),
            ("1'234.5", SWISS, Ok(1234.5)),
            ("1\u{2019}234.5", SWISS, Ok(1234.5)),
            ("1\u{2019}234", POINT, undeclared('\u{2019}')),
            ("12-", ACCOUNTS, Ok(-12.0)),
            ("1,234.5 \u{2212}", ACCOUNTS, Ok(-1234.5)),
            ("(410)", ACCOUNTS, Ok(-410.0)),
            ("( 1,410 )", ACCOUNTS, Ok(-1410.0)),
            ("(-410)", ACCOUNTS, Err(NumberError::NotANumber)),
            ("-12-", ACCOUNTS, Err(NumberError::NotANumber)),
            ("()", ACCOUNTS, Err(NumberError::NotANumber)),
            ("12-", POINT, Err(NumberError::NotANumber)),
            ("(410)", POINT, Err(NumberError::NotANumber)),
            ("1 234,5", POINT, undeclared(',')),
            ("1,234", POINT, undeclared(',')),
            ("1.234", COMMA, undeclared('.')),
            ("1.234,5", COMMA, undeclared('.')),
            ("1'234", POINT, undeclared('\'')),
            ("1,23", ENGLISH, Err(NumberError::Grouping)),
            ("12 34", POINT, Err(NumberError::Grouping)),
            ("1234 567", POINT, Err(NumberError::Grouping)),
            ("", POINT, Err(NumberError::NotANumber)),
            ("-", POINT, Err(NumberError::NotANumber)),
            ("5.", POINT, Err(NumberError::NotANumber)),
            (".", POINT, Err(NumberError::NotANumber)),
            ("1.2.3", POINT, Err(NumberError::NotANumber)),
            ("12 *", POINT, Err(NumberError::NotANumber)),
            ("NaN", POINT, Err(NumberError::NotANumber)),
            ("inf", POINT, Err(NumberError::NotANumber)),
            ("1e999", POINT, Err(NumberError::NotFinite)),
            ("٣", POINT, Err(NumberError::NotANumber)),
        ] {
            assert_eq!(parse(text, convention), expected, "{text:?}");
        }
    }

    /// Writes hundredths by a convention, the way a print program does.
    fn print(hundredths: i64, decimal: char, thousands: Option<char>) -> String {
        let whole = (hundredths.unsigned_abs() / 100).to_string();
        let mut grouped = String::new();
        for (index, digit) in whole.chars().enumerate() {
            if let Some(sign) = thousands.filter(|_| index > 0 && (whole.len() - index).is_multiple_of(3)) {
                grouped.push(sign);
            }
            grouped.push(digit);
        }
        let sign = if hundredths < 0 { "-" } else { "" };
        format!("{sign}{grouped}{decimal}{:02}", hundredths.unsigned_abs() % 100)
    }

    proptest! {
        #[test]
        fn a_number_printed_by_any_convention_reads_back_the_same(
            hundredths in -1_000_000_000_000_i64..1_000_000_000_000,
            decimal in prop::sample::select(vec!['.', ',']),
            thousands in prop::sample::select(vec![None, Some(' '), Some('\u{a0}'), Some('\u{202f}'), Some('\u{2009}'), Some('\''),
                Some('.'), Some(',')]),
        ) {
            prop_assume!(thousands != Some(decimal));
            let text = print(hundredths, decimal, thousands);
            let declared = thousands.filter(|sign| !is_blank(*sign));
            #[expect(clippy::cast_precision_loss, reason = "below 2^53")]
            let expected = hundredths as f64 / 100.0;
            prop_assert_eq!(parse(&text, Convention { decimal, thousands: declared, ..POINT }), Ok(expected));
        }

        #[test]
        fn no_text_makes_the_reader_panic_or_yields_a_value_that_is_not_finite(text in "\\PC{0,40}") {
            for convention in [POINT, COMMA, ENGLISH, GERMAN] {
                prop_assert!(parse(&text, convention).is_ok_and(f64::is_finite) || parse(&text, convention).is_err());
            }
        }
    }
}
