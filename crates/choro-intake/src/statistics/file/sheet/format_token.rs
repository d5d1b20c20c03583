//! A number format taken apart into what it is made of (ECMA-376, part 1, 18.8.31).
//!
//! `#,##0.0"*"` is four places for digits with a comma and a point between them, and a star that is shown as it is.

use super::condition::Condition;

/// A piece of a number format.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum FormatToken {
    /// A sign that is shown as it is.
    Literal(char),
    /// A place for a digit: `0`, which is always filled, `#` or `?`.
    Digit {
        /// Whether the place is filled by a zero where the number has no digit for it.
        filled: bool,
    },
    /// Between digits a sign of thousands; behind them it divides by a thousand.
    Comma,
    /// The decimal point.
    Point,
    /// Shows the number a hundredfold.
    Percent,
    /// `E+00`: powers of ten are written out.
    Exponent,
    /// `/` between places for digits.
    Slash,
    /// The number as it comes.
    General,
    /// A year, also one of an era.
    Year,
    /// A month; beside hours or seconds, minutes.
    Month,
    /// A day of the month or of the week.
    Day,
    /// A time of day.
    Time,
    /// A span of time: `[h]`.
    Elapsed,
    /// A colour: `[Red]`.
    Colour,
    /// Which numbers are shown so: `[>=1000]`.
    Condition(Condition),
}

/// The sections of a format, each in tokens: for positive numbers, negative ones, zero, and text. There is at least one.
pub fn sections(code: &str) -> Vec<Vec<FormatToken>> {
    let (mut done, mut tokens) = (Vec::new(), Vec::new());
    let mut rest = code;
    while let Some(first) = rest.chars().next() {
        if first == ';' {
            done.push(std::mem::take(&mut tokens));
            rest = rest.get(1..).unwrap_or_default();
            continue;
        }
        let (mut found, length) = token(rest, first);
        tokens.append(&mut found);
        rest = rest.get(length.max(first.len_utf8())..).unwrap_or_default();
    }
    done.push(tokens);
    done
}

/// What a text begins with, and how many bytes of it that is.
fn token(text: &str, first: char) -> (Vec<FormatToken>, usize) {
    use FormatToken as T;
    let second = text.chars().nth(1);
    let both = first.len_utf8() + second.map_or(0, char::len_utf8);
    let starts = |word: &str| text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    match first {
        '"' => quoted(text),
        '\\' => (second.map(T::Literal).into_iter().collect(), both),
        // `_` leaves the width of the next sign blank, and `*` repeats it.
        '_' | '*' => (Vec::new(), both),
        '[' => bracketed(text),
        _ if starts("general") => (vec![T::General], "general".len()),
        _ if starts("am/pm") => (vec![T::Time], "am/pm".len()),
        _ if starts("a/p") => (vec![T::Time], "a/p".len()),
        'E' | 'e' if matches!(second, Some('+' | '-')) => (vec![T::Exponent], both),
        _ => (vec![single(first)], first.len_utf8()),
    }
}

fn single(sign: char) -> FormatToken {
    use FormatToken as T;
    match sign {
        '0' => T::Digit { filled: true },
        '#' | '?' => T::Digit { filled: false },
        ',' => T::Comma,
        '.' => T::Point,
        '%' => T::Percent,
        '/' => T::Slash,
        '@' => T::General,
        'y' | 'Y' | 'e' | 'E' | 'g' | 'G' => T::Year,
        'm' | 'M' => T::Month,
        // `b` is a Buddhist year, which is another number than ours: as with a day, nothing of the date is left out.
        'd' | 'D' | 'b' | 'B' => T::Day,
        'h' | 'H' | 's' | 'S' => T::Time,
        other => T::Literal(other),
    }
}

/// A text between quotes, up to the end where the second quote is missing.
fn quoted(text: &str) -> (Vec<FormatToken>, usize) {
    let inner = text.get(1..).unwrap_or_default();
    let end = inner.find('"').unwrap_or(inner.len());
    let signs = inner.get(..end).unwrap_or_default();
    (signs.chars().map(FormatToken::Literal).collect(), end + 2)
}

/// What stands in brackets: a span of time, a condition, a currency, a colour, or a language.
fn bracketed(text: &str) -> (Vec<FormatToken>, usize) {
    let end = text.find(']').unwrap_or(text.len());
    let inner = text.get(1..end).unwrap_or_default();
    let is_span = ['h', 'm', 's'].iter().any(|unit| inner.chars().all(|c| c.eq_ignore_ascii_case(unit)));
    let tokens = if is_span && !inner.is_empty() {
        vec![FormatToken::Elapsed]
    } else if let Some(condition) = Condition::parse(inner) {
        vec![FormatToken::Condition(condition)]
    } else if let Some(currency) = inner.strip_prefix('$') {
        let sign = currency.split('-').next().unwrap_or_default();
        sign.chars().map(FormatToken::Literal).collect()
    } else if inner.starts_with(|c: char| c.is_ascii_alphabetic()) && !inner.starts_with("DBNum") {
        vec![FormatToken::Colour]
    } else {
        Vec::new()
    };
    (tokens, end + 1)
}
