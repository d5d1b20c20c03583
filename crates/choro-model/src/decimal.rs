//! Arithmetic in decimals, as figures are printed and as people check them.
//!
//! ```text
//! 78.8 - 78.7 = 0.1      in binary 0.09999999999999432, which lies in another class
//! 0.7 + 0.1   = 0.8      in binary 0.7999999999999999
//! ```

use num_bigint::{BigInt, Sign};
use std::{
    iter::Sum,
    ops::{Add, Mul, Sub},
};

/// Digits of a quotient. A double has 17 at most.
const QUOTIENT_DIGITS: i32 = 30;

/// A number as it is written: `digits` times ten to the power of `exponent`.
///
/// What is promised: a figure is taken as the shortest decimal text that reads as its double. That is the text of its source wherever
/// the source wrote up to 15 digits. Sums, differences and products of such numbers are exact, however many there are and however far
/// apart they lie (1e15 beside 1e-13). [`Decimal::to_f64`] gives the double next to the exact result, so one operation, or a sum of
/// any number of parts, is rounded once and does not drift. A quotient is cut after 30 digits, then rounded in the same way. What has
/// been rounded to a double and goes on into the next operation is taken as that double's own shortest text.
///
/// ```
/// use choro_model::Decimal;
/// let of = |number| Decimal::of(number).unwrap();
/// assert_eq!((of(78.8) - of(78.7)).to_f64(), 0.1);
/// assert_eq!([0.7, 0.1].map(of).into_iter().sum::<Decimal>().to_f64(), 0.8);
/// assert_eq!(of(9.95).to_text(1), "10.0");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Decimal {
    digits: BigInt,
    exponent: i32,
}

impl Decimal {
    /// The shortest decimal text of a number; `None` for NaN and the infinities.
    #[must_use]
    pub fn of(number: f64) -> Option<Self> {
        let text = format!("{number:e}");
        let (mantissa, exponent) = text.split_once('e')?;
        let (whole, part) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let digits: i64 = format!("{whole}{part}").parse().ok()?;
        let exponent = exponent.parse::<i32>().ok()? - i32::try_from(part.len()).ok()?;
        Some(Self { digits: digits.into(), exponent })
    }

    /// The nearest double; infinite beyond the largest one.
    #[must_use]
    pub fn to_f64(&self) -> f64 {
        // Reading a text rounds rightly, however long it is.
        format!("{}e{}", self.digits, self.exponent).parse().unwrap_or(f64::NAN)
    }

    /// The quotient, cut after 30 digits; `None`: the divisor is zero.
    #[must_use]
    pub fn divided_by(&self, divisor: &Self) -> Option<Self> {
        if divisor.digits.sign() == Sign::NoSign {
            return None;
        }
        let more = (QUOTIENT_DIGITS + divisor.length() - self.length()).max(0);
        let digits = &self.digits * power(more) / &divisor.digits;
        Some(Self { digits, exponent: self.exponent - divisor.exponent - more })
    }

    /// Rounded to a number of decimals, halves away from zero. Fewer than none: to tens, hundreds and so on.
    #[must_use]
    pub fn rounded(&self, decimals: i32) -> Self {
        let cut = -(self.exponent + decimals);
        if cut <= 0 {
            return self.clone();
        }
        let unit = power(cut);
        let half = &unit / 2;
        let raised = if self.digits.sign() == Sign::Minus { &self.digits - half } else { &self.digits + half };
        Self { digits: raised / unit, exponent: -decimals }
    }

    /// Rounded to a number of digits from the first one that is not zero, halves away from zero.
    #[must_use]
    pub fn significant(&self, digits: i32) -> Self {
        self.rounded(digits - 1 - self.order())
    }

    /// The power of ten of the first digit: 2 of 350, -2 of 0.035; of zero no power is meant.
    #[must_use]
    pub fn order(&self) -> i32 {
        self.length() - 1 + self.exponent
    }

    /// How many decimals its text has.
    #[must_use]
    pub fn decimals(&self) -> i32 {
        (-self.exponent).max(0)
    }

    /// The text with so many decimals, rounded to them, with a point and without marks between thousands. What was rounded to zero has
    /// no sign.
    #[must_use]
    pub fn to_text(&self, decimals: u8) -> String {
        let places = usize::from(decimals);
        let rounded = self.rounded(decimals.into());
        let scaled = rounded.digits * power(rounded.exponent + i32::from(decimals));
        let sign = if scaled.sign() == Sign::Minus { "-" } else { "" };
        let digits = format!("{:0>1$}", scaled.magnitude().to_string(), places + 1);
        let (whole, part) = digits.split_at(digits.len() - places);
        if part.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part}") }
    }

    /// How many times ten it is, as a number from 1 to under 10 with its sign, and the power of ten.
    #[must_use]
    pub fn scientific(&self) -> (Self, i32) {
        let order = self.order();
        (Self { digits: self.digits.clone(), exponent: self.exponent - order }.shortest(), order)
    }

    /// Without zeros at the end of the decimals.
    fn shortest(mut self) -> Self {
        let ten = BigInt::from(10);
        while self.exponent < 0 && (&self.digits % &ten).sign() == Sign::NoSign {
            self = Self { digits: self.digits / &ten, exponent: self.exponent + 1 };
        }
        self
    }

    /// How many digits there are.
    fn length(&self) -> i32 {
        i32::try_from(self.digits.magnitude().to_string().len()).unwrap_or(i32::MAX)
    }

    /// The digits of two numbers at the smaller one of their exponents.
    fn aligned(self, other: Self) -> (BigInt, BigInt, i32) {
        let exponent = self.exponent.min(other.exponent);
        let digits = |number: Self| number.digits * power(number.exponent - exponent);
        (digits(self), digits(other), exponent)
    }
}

/// A power of ten; 1 where the exponent is negative.
fn power(exponent: i32) -> BigInt {
    BigInt::from(10).pow(exponent.try_into().unwrap_or(0))
}

impl Add for Decimal {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        let (a, b, exponent) = self.aligned(other);
        Self { digits: a + b, exponent }
    }
}

impl Sub for Decimal {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        let (a, b, exponent) = self.aligned(other);
        Self { digits: a - b, exponent }
    }
}

impl Mul for Decimal {
    type Output = Self;

    fn mul(self, other: Self) -> Self {
        Self { digits: self.digits * other.digits, exponent: self.exponent + other.exponent }
    }
}

impl Sum for Decimal {
    fn sum<I: Iterator<Item = Self>>(numbers: I) -> Self {
        numbers.fold(Self::default(), Add::add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(number: f64) -> Decimal {
        Decimal::of(number).unwrap()
    }

    #[test]
    fn sums_and_differences_are_those_of_the_texts() {
        for (a, b, sum, difference) in [
            (78.8, 78.7, 157.5, 0.1),
            (0.7, 0.1, 0.8, 0.6),
            (0.1, 0.2, 0.3, -0.1),
            (-0.3, 0.1, -0.2, -0.4),
            (1e15, 1e-13, 1e15, 1e15),
            (1e-13, 3e-13, 4e-13, -2e-13),
            (0.0, -0.0, 0.0, 0.0),
            (5e-324, 5e-324, 1e-323, 0.0),
            (9_007_199_254_740_993.0, 1.0, 9_007_199_254_740_993.0, 9_007_199_254_740_991.0),
            (f64::MAX, f64::MAX, f64::INFINITY, 0.0),
        ] {
            assert_eq!((of(a) + of(b)).to_f64(), sum, "{a} + {b}");
            assert_eq!((of(a) - of(b)).to_f64(), difference, "{a} - {b}");
        }
        assert_eq!([f64::NAN, f64::INFINITY].map(Decimal::of), [None, None]);
    }

    #[test]
    fn a_sum_of_many_parts_does_not_drift_and_loses_no_small_part() {
        let sum = |parts: &[f64]| parts.iter().copied().map(of).sum::<Decimal>().to_f64();
        assert_eq!(sum(&[0.1; 83]), 8.3);
        assert_eq!(sum(&[1e15, 0.1, 0.2, -1e15]), 0.3);
        assert_eq!(sum(&[1e300, 1e-300, -1e300]), 1e-300);
        assert_eq!(sum(&[]), 0.0);
    }

    #[test]
    fn a_quotient_is_that_of_the_texts() {
        let quotient = |a: f64, b: f64| of(a).divided_by(&of(b)).map(|quotient| quotient.to_f64());
        for (a, b, expected) in [(0.6, 3.0, 0.2), (2600.0, 400.0, 6.5), (-1.0, 3.0, -1.0 / 3.0), (1e-13, 1e15, 1e-28)] {
            assert_eq!(quotient(a, b), Some(expected), "{a} / {b}");
        }
        assert_eq!(quotient(1.0, 0.0), None);
    }

    #[test]
    fn halves_are_rounded_away_from_zero_by_the_text() {
        for (number, decimals, expected) in [
            (9.95, 1, "10.0"),
            (1.005, 2, "1.01"),
            (-0.25, 1, "-0.3"),
            (0.5, 0, "1"),
            (-0.04, 1, "0.0"),
            (0.0, 2, "0.00"),
            (1234.0, 1, "1234.0"),
            (1e-13, 3, "0.000"),
            (1e15, 0, "1000000000000000"),
            (2.5, 0, "3"),
            (0.045, 2, "0.05"),
        ] {
            assert_eq!(of(number).to_text(decimals), expected, "{number} with {decimals}");
        }
    }

    #[test]
    fn a_power_of_ten_stands_beside_the_shortest_digits() {
        for (number, digits, mantissa, order) in
            [(1e15, 4, "1", 15), (1.234_56e-13, 3, "1.23", -13), (-9.996e20, 3, "-1", 21), (350.0, 2, "3.5", 2)]
        {
            let (found, power) = of(number).significant(digits).scientific();
            assert_eq!((found.to_text(found.decimals().try_into().unwrap()).as_str(), power), (mantissa, order), "{number}");
        }
    }

    /// Tenths, hundredths and so on, as tables have them.
    fn written() -> impl Strategy<Value = (i64, u8)> {
        (-999_999_999_999_i64..=999_999_999_999, 0_u8..=6)
    }

    fn read((digits, decimals): (i64, u8)) -> f64 {
        format!("{digits}e-{decimals}").parse().unwrap()
    }

    proptest! {
        #[test]
        fn figures_of_tables_are_added_as_on_paper(a in written(), b in written()) {
            let scaled = |(digits, decimals): (i64, u8)| i128::from(digits) * 10_i128.pow(6 - u32::from(decimals));
            let expected = |digits: i128| format!("{digits}e-6").parse::<f64>().unwrap();
            let (x, y) = (of(read(a)), of(read(b)));
            prop_assert_eq!((x.clone() + y.clone()).to_f64(), expected(scaled(a) + scaled(b)));
            prop_assert_eq!((x - y).to_f64(), expected(scaled(a) - scaled(b)));
        }

        #[test]
        fn every_number_comes_back_and_is_nothing_less_itself(number in any::<f64>().prop_filter("finite", |n| n.is_finite())) {
            prop_assert_eq!(of(number).to_f64(), number);
            prop_assert_eq!((of(number) - of(number)).to_f64(), 0.0);
        }

        #[test]
        fn the_order_of_parts_makes_no_difference(mut parts in prop::collection::vec(-1e15..1e15_f64, 0..90)) {
            let sum = |parts: &[f64]| parts.iter().copied().map(of).sum::<Decimal>().to_f64();
            let before = sum(&parts);
            parts.sort_by(f64::total_cmp);
            prop_assert_eq!(sum(&parts), before);
        }
    }
}
