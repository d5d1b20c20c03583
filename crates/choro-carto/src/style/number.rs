//! Numbers as people read them.

use choro_model::Lang;
use icu_decimal::{
    DecimalFormatter,
    input::{Decimal, SignDisplay},
};
use icu_locale_core::Locale;

/// From here on a number is printed as a power of ten: a double has no more digits.
const HUGE: f64 = 1e15;

/// `value` with so many decimals, in the form that CLDR gives for the language, as browsers print it: `1,234.5` in English,
/// `1 234,5` in Russian. The minus is a true one, where CLDR has a hyphen in most languages.
#[must_use]
pub fn number(value: f64, decimals: u8, lang: &Lang) -> String {
    if value.abs() >= HUGE || !value.is_finite() {
        return true_minus(&format!("{value:e}"));
    }
    let digits = format!("{value:.*}", usize::from(decimals.min(12)));
    true_minus(&localised(&digits, lang).unwrap_or(digits))
}

/// Digits with a point, in the form of a language. A value that was rounded to zero has no sign. `None` where they are no number.
fn localised(digits: &str, lang: &Lang) -> Option<String> {
    let number = Decimal::try_from_str(digits).ok()?.with_sign_display(SignDisplay::Negative);
    let locale = Locale::try_from_str(lang.as_str()).unwrap_or(Locale::UNKNOWN);
    let formatter = DecimalFormatter::try_new(locale.into(), Default::default()).ok()?;
    Some(formatter.format(&number).to_string())
}

fn true_minus(text: &str) -> String {
    text.replace('-', "\u{2212}")
}

/// The fewest decimals, from `least` on, that print `values` exactly.
pub(super) fn decimals_of(values: &[f64], least: u8) -> u8 {
    let exact = |d: u8| values.iter().all(|v| format!("{v:.*}", usize::from(d)).parse() == Ok(*v));
    (least.min(12)..=12).find(|d| exact(*d)).unwrap_or(12)
}
