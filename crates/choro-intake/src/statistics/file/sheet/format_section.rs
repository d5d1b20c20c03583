//! A section of a number format: how it shows the numbers that it is for.

use super::{
    condition::Condition,
    format_token::{FormatToken, sections},
    shown_as::{DatePrecision, ShownAs},
};

/// A section, and for which numbers it is if it says so itself.
#[derive(Debug, Clone, PartialEq)]
pub struct FormatSection {
    /// The numbers that it is for.
    pub condition: Option<Condition>,
    /// How it shows them.
    pub shown: ShownAs,
}

/// As it is.
pub const PLAIN: ShownAs = ShownAs::Number { power: 0, loses_sign: false };

/// Whether the second section of a format, for negative numbers, shows neither a minus sign nor brackets nor a colour.
pub fn shows_no_sign(code: &str) -> bool {
    let tokens = sections(code).into_iter().nth(1).unwrap_or_default();
    let tells = |token: &FormatToken| match token {
        FormatToken::Literal(sign) => {
            matches!(sign, '-' | '(' | '\u{2212}' | '\u{2013}' | '▲' | '△') || sign.is_alphabetic()
        }
        FormatToken::Colour => true,
        _ => false,
    };
    !tokens.iter().any(tells)
}

/// A section by what it is made of.
pub fn section(tokens: &[FormatToken]) -> FormatSection {
    let condition = tokens.iter().find_map(|token| if let FormatToken::Condition(it) = token { Some(*it) } else { None });
    FormatSection { condition, shown: shown(tokens) }
}

fn shown(tokens: &[FormatToken]) -> ShownAs {
    use FormatToken as T;
    let has = |token: T| tokens.contains(&token);
    if has(T::Elapsed) {
        return ShownAs::Elapsed;
    }
    if [T::Year, T::Month, T::Day, T::Time].into_iter().any(has) {
        return ShownAs::Date(precision(tokens));
    }
    let digits = tokens.iter().filter(|token| matches!(token, T::Digit { .. })).count();
    if digits == 0 && !has(T::General) {
        return ShownAs::Words(literals(tokens).collect());
    }
    match padding(tokens) {
        Some(width) => ShownAs::Padded(width),
        None => ShownAs::Number { power: power(tokens), loses_sign: false },
    }
}

fn literals(tokens: &[FormatToken]) -> impl Iterator<Item = char> {
    tokens.iter().filter_map(|token| if let FormatToken::Literal(sign) = token { Some(*sign) } else { None })
}

/// What of a date is shown. Digits beside it may be a quarter, so then nothing of the date is left out.
fn precision(tokens: &[FormatToken]) -> DatePrecision {
    use FormatToken as T;
    let has = |token: T| tokens.contains(&token);
    match (has(T::Time), has(T::Day), has(T::Month), has(T::Year)) {
        (true, ..) => DatePrecision::Time,
        (false, false, month, true) if !literals(tokens).any(|sign| sign.is_ascii_digit()) => {
            if month {
                DatePrecision::Month
            } else {
                DatePrecision::Year
            }
        }
        _ => DatePrecision::Day,
    }
}

/// How many digits a whole number is filled up to, where the format is nothing but places for digits.
fn padding(tokens: &[FormatToken]) -> Option<usize> {
    let is_place = |token: &FormatToken| {
        matches!(token, FormatToken::Digit { .. } | FormatToken::Condition(_) | FormatToken::Colour)
            || matches!(token, FormatToken::Literal(sign) if sign.is_whitespace())
    };
    let filled = tokens.iter().filter(|token| matches!(token, FormatToken::Digit { filled: true })).count();
    (filled > 1 && tokens.iter().all(is_place)).then_some(filled)
}

/// By which power of ten the number is multiplied: each percent sign counts two, each comma behind the last digit minus three.
fn power(tokens: &[FormatToken]) -> i32 {
    let (mut power, mut commas, mut begun) = (0, 0, false);
    for token in tokens {
        match token {
            FormatToken::Percent => power += 2,
            FormatToken::Comma if begun => commas += 1,
            // Commas before a digit stand between thousands.
            FormatToken::Digit { .. } => (commas, begun) = (0, true),
            FormatToken::Point => power -= 3 * std::mem::take(&mut commas),
            _ => {}
        }
    }
    power - 3 * commas
}
