//! Numbers as people read them.

use choro_model::Lang;

const MINUS: char = '\u{2212}';
const NO_BREAK_SPACE: char = '\u{a0}';

/// From here on a number is printed as a power of ten: a double has no more digits.
const HUGE: f64 = 1e15;

/// `value` with so many decimals, thousands grouped and a true minus sign: `−1,234.5` in English, `−1 234,5` in Russian and,
/// until a language is told apart here, in every other one.
#[must_use]
pub fn number(value: f64, decimals: u8, lang: &Lang) -> String {
    if value.abs() >= HUGE || !value.is_finite() {
        return format!("{value:e}").replace('-', "\u{2212}");
    }
    let (group, point) = if lang.as_str().split('-').next() == Some("en") { (',', '.') } else { (NO_BREAK_SPACE, ',') };
    let text = format!("{:.*}", usize::from(decimals.min(12)), value.abs());
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let mut out = String::new();
    if value < 0.0 && text.bytes().any(|b| matches!(b, b'1'..=b'9')) {
        out.push(MINUS);
    }
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            out.push(group);
        }
        out.push(digit);
    }
    if !fraction.is_empty() {
        out.push(point);
        out.push_str(fraction);
    }
    out
}

/// The fewest decimals, from `least` on, that print `values` exactly.
pub(super) fn decimals_of(values: &[f64], least: u8) -> u8 {
    let exact = |d: u8| values.iter().all(|v| format!("{v:.*}", usize::from(d)).parse() == Ok(*v));
    (least.min(12)..=12).find(|d| exact(*d)).unwrap_or(12)
}
