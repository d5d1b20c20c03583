//! Numbers as people read them. `web/src/words/numbers.ts` prints alike; the cases of `web/tests/state/cases.json` hold them together.
//!
//! ```text
//! 9.95 with one decimal                  10.0
//! 9.96 with one decimal, a break at 10   9.96, since 10.0 would stand in the class above
//! 0.04 with one decimal                  0.04, since 0.0 would say that there is nothing
//! 0.0000000000001                        1 × 10⁻¹³
//! 1000000000000000                       1 × 10¹⁵
//! ```

use choro_model::{Decimal, Lang};
use icu_decimal::{
    DecimalFormatter,
    input::{Decimal as Digits, SignDisplay},
};
use icu_locale_core::Locale;
use std::iter;

/// From here on a number is printed with a power of ten: sixteen digits are not read any more, and a double has no more.
const HUGE: f64 = 1e15;
/// Below this distance from zero, a number other than zero is printed with a power of ten.
const TINY: f64 = 1e-6;
/// Digits before a power of ten.
const POWER_DIGITS: i32 = 4;
/// Most decimals that an indicator gets.
const MOST_DECIMALS: u8 = 12;
/// Most decimals that a number gets so that it stays on its side of a limit.
const MOST_MORE: u8 = 20;

/// How the figures of an indicator are printed.
#[derive(Debug, Clone, Copy)]
pub struct NumberForm<'a> {
    /// Decimals to print. Halves are rounded away from zero, by the decimal text of the number.
    pub decimals: u8,
    /// Numbers that rounding must not cross nor reach from below, such as the breaks of classes; zero is always one. A number next to
    /// one of them is printed with so many decimals more that it stays on its side.
    pub limits: &'a [f64],
    /// Whether a plus sign stands before numbers above zero.
    pub signed: bool,
    /// The language, whose form is that of CLDR, as browsers print it: `1,234.5` in English, `1 234,5` in Russian. The minus is a true
    /// one, where CLDR has a hyphen in most languages.
    pub lang: &'a Lang,
}

impl NumberForm<'_> {
    /// A number, rounded.
    #[must_use]
    pub fn print(&self, value: f64) -> String {
        let Some(number) = Decimal::of(value) else { return value.to_string() };
        if is_plain(value) {
            let usual = self.decimals.min(MOST_DECIMALS);
            // What would print as zero keeps its first digit.
            let first_digit = u8::try_from(-number.order()).unwrap_or(0);
            let keeps = |decimals: &u8| self.keeps_side(value, &number.rounded((*decimals).into()));
            if let Some(decimals) = iter::once(usual).chain(first_digit.max(usual + 1)..=MOST_MORE).find(keeps) {
                return self.plain(&number, decimals);
            }
        }
        // A double has 17 digits: the last of these roundings changes nothing.
        let mut rounded = (POWER_DIGITS..=17).map(|digits| number.significant(digits));
        let rounded = rounded.find(|rounded| self.keeps_side(value, rounded));
        self.with_power(&rounded.unwrap_or(number))
    }

    /// A number with all its digits, and at least the decimals of the form: the limit of a class.
    #[must_use]
    pub fn exact(&self, value: f64) -> String {
        let Some(number) = Decimal::of(value) else { return value.to_string() };
        match u8::try_from(number.decimals()) {
            Ok(decimals) if is_plain(value) => self.plain(&number, decimals.max(self.decimals.min(MOST_DECIMALS))),
            _ => self.with_power(&number),
        }
    }

    /// Whether a number and what it was rounded to lie on the same side of zero and of each limit, whose upper side holds it.
    fn keeps_side(&self, value: f64, rounded: &Decimal) -> bool {
        let rounded = rounded.to_f64();
        let side = |number: f64| number.total_cmp(&0.0);
        side(value + 0.0) == side(rounded) && self.limits.iter().all(|limit| (value < *limit) == (rounded < *limit))
    }

    fn plain(&self, number: &Decimal, decimals: u8) -> String {
        self.with_sign(&number.to_text(decimals))
    }

    fn with_power(&self, number: &Decimal) -> String {
        let (mantissa, order) = number.scientific();
        let decimals = u8::try_from(mantissa.decimals()).unwrap_or(u8::MAX);
        let (mantissa, ten) = (self.with_sign(&mantissa.to_text(decimals)), localised("10", self.lang));
        format!("{mantissa}\u{a0}\u{d7}\u{a0}{ten}{}", superscript(order))
    }

    /// Digits with a point, in the form of the language and with the sign that they need.
    fn with_sign(&self, digits: &str) -> String {
        let is_above_zero = !digits.starts_with('-') && digits.bytes().any(|digit| matches!(digit, b'1'..=b'9'));
        let plus = if self.signed && is_above_zero { "+" } else { "" };
        format!("{plus}{}", localised(digits, self.lang).replace('-', "\u{2212}"))
    }
}

/// `value` with so many decimals in the form of a language, where no class is near.
#[must_use]
pub fn number(value: f64, decimals: u8, lang: &Lang) -> String {
    NumberForm { decimals, limits: &[], signed: false, lang }.print(value)
}

/// Whether a number is printed without a power of ten.
fn is_plain(value: f64) -> bool {
    value == 0.0 || (TINY..HUGE).contains(&value.abs())
}

/// Digits in the form of a language; as they are where they are no number.
fn localised(digits: &str, lang: &Lang) -> String {
    let formatted = || {
        let number = Digits::try_from_str(digits).ok()?.with_sign_display(SignDisplay::Negative);
        let locale = Locale::try_from_str(lang.as_str()).unwrap_or(Locale::UNKNOWN);
        let formatter = DecimalFormatter::try_new(locale.into(), Default::default()).ok()?;
        Some(formatter.format(&number).to_string())
    };
    formatted().unwrap_or_else(|| digits.to_owned())
}

fn superscript(number: i32) -> String {
    let raised = |letter: char| match letter {
        '-' => '\u{207b}',
        '1' => '\u{b9}',
        '2' => '\u{b2}',
        '3' => '\u{b3}',
        digit => digit.to_digit(10).and_then(|digit| char::from_u32(0x2070 + digit)).unwrap_or(letter),
    };
    number.to_string().chars().map(raised).collect()
}

/// The fewest decimals, from `least` on, that print `values` exactly, as far as they are printed without a power of ten.
pub(super) fn decimals_of(values: &[f64], least: u8) -> u8 {
    let decimals = |value: &f64| u8::try_from(Decimal::of(*value)?.decimals()).ok();
    let needed = values.iter().filter(|value| is_plain(**value)).filter_map(decimals).max();
    needed.unwrap_or_default().max(least).min(MOST_DECIMALS)
}
