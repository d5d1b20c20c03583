//! Proportional symbols: circles whose area is the value (sizes for counts, colours for rates).

use super::number::NumberForm;
use choro_figures::classify::Colour;
use choro_model::{Indicator, Lang};
use serde::Serialize;
use utoipa::ToSchema;

/// Radius of the largest value in CSS pixels.
const MAX_RADIUS: f64 = 28.0;
/// What the circles of the legend show, as parts of the value that is farthest from zero: a tenth of the area is a third of the radius.
const SHOWN: &[f64] = &[1.0, 0.25, 0.05];
/// The same for values on the other side of zero: one circle tells their colour.
const SHOWN_BEYOND_ZERO: &[f64] = &[1.0];

/// How large and in which colour a value's circle is. The scale holds for all values it was made of, so that circles of
/// different periods compare.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Symbols {
    /// The largest distance from zero.
    pub max: f64,
    /// Its radius in CSS pixels.
    pub max_radius: f64,
    /// Circles for the legend: those above zero, then those below, the largest of each first.
    pub circles: Vec<Circle>,
    /// Fill of values above zero.
    pub positive: Colour,
    /// Fill of values below zero.
    pub negative: Colour,
}

/// A circle of the legend.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Circle {
    /// Its value.
    pub value: f64,
    /// The value in words.
    pub label: String,
    /// Its radius in CSS pixels.
    pub radius: f64,
}

impl Symbols {
    /// The scale of `values`; `None` where none of them differs from zero.
    #[must_use]
    pub fn new(values: &[f64], indicator: &Indicator, lang: &Lang) -> Option<Self> {
        let farthest = |sign: f64| values.iter().map(|value| value * sign).fold(0.0, f64::max);
        let (gain, loss) = (farthest(1.0), farthest(-1.0));
        let max = gain.max(loss);
        if max == 0.0 || !max.is_finite() {
            return None;
        }
        let (positive, negative) = match indicator.diverging {
            true => (Colour::hex(0xb7_62_14), Colour::hex(0x78_5e_aa)),
            false => (Colour::hex(0x2c_6f_ad), Colour::hex(0x78_5e_aa)),
        };
        let mut symbols = Self { max, max_radius: MAX_RADIUS, circles: Vec::new(), positive, negative };
        let parts = |is_farthest: bool| if is_farthest { SHOWN } else { SHOWN_BEYOND_ZERO };
        let gains = shown(gain, parts(gain >= loss), indicator.decimals);
        let losses = shown(loss, parts(loss > gain), indicator.decimals);
        let values = gains.into_iter().chain(losses.into_iter().map(|value| -value));
        let circle = |value| Circle { value, label: label(value, indicator, lang), radius: symbols.radius(value) };
        symbols.circles = values.map(circle).collect();
        Some(symbols)
    }

    /// The radius of a value in CSS pixels: its square is proportional to the value.
    #[must_use]
    pub fn radius(&self, value: f64) -> f64 {
        self.max_radius * (value.abs() / self.max).sqrt()
    }

    /// The fill of a value.
    #[must_use]
    pub fn colour(&self, value: f64) -> Colour {
        if value < 0.0 { self.negative } else { self.positive }
    }
}

/// What the legend shows of values up to `most`: readable numbers that the indicator's decimals can print. Where even the largest has
/// more decimals, it is shown alone. Nothing where `most` is zero.
fn shown(most: f64, parts: &[f64], decimals: u8) -> Vec<f64> {
    if most <= 0.0 {
        return Vec::new();
    }
    let power = 10_f64.powi(i32::from(decimals));
    let printable = |value: f64| {
        let whole = (readable(value) * power).floor() / power;
        // Too large a number for such steps has no decimals.
        if whole.is_finite() { whole } else { readable(value) }
    };
    let mut values: Vec<f64> = parts.iter().map(|part| printable(most * part)).filter(|value| *value > 0.0).collect();
    values.dedup();
    if values.is_empty() { vec![readable(most)] } else { values }
}

/// A value in words, digit for digit, with its sign where the indicator lies on both sides of zero.
fn label(value: f64, indicator: &Indicator, lang: &Lang) -> String {
    NumberForm { decimals: indicator.decimals, limits: &[], signed: indicator.diverging, lang }.exact(value)
}

/// The largest number of one digit, or 1.5, 2.5 and so on of a power of ten, that is not above `value`.
fn readable(value: f64) -> f64 {
    let power = 10_f64.powf(value.log10().floor());
    let steps = [9.0, 8.0, 7.0, 6.0, 5.0, 4.0, 3.0, 2.5, 2.0, 1.5, 1.0];
    let step = steps.into_iter().find(|step| step * power <= value * (1.0 + 1e-12)).unwrap_or(1.0);
    if power < 1.0 { step / (1.0 / power).round() } else { step * power }
}

#[cfg(test)]
mod tests {
    use super::*;
    use choro_model::{Kind, Names, Unit};

    #[test]
    fn a_number_of_the_legend_is_readable_and_not_above_what_it_stands_for() {
        for (value, expected) in
            [(4_671_697.0, 4e6), (1.0, 1.0), (0.37, 0.3), (99.9, 90.0), (2600.0, 2500.0), (1500.0, 1500.0)]
        {
            assert_eq!(readable(value), expected, "{value}");
        }
    }

    fn indicator(decimals: u8, diverging: bool) -> Indicator {
        Indicator {
            id: "x".parse().unwrap(),
            name: Names::default(),
            note: Names::default(),
            theme: Names::default(),
            keywords: Names::default(),
            unit: Unit { id: "PS".to_owned(), name: Names::default() },
            kind: Kind::Count,
            decimals,
            dimensions: Vec::new(),
            diverging,
            additive: false,
            weighted_by: None,
            reliable_from: None,
            persons: false,
            declared_public: false,
            source: String::new(),
            licence: String::new(),
        }
    }

    #[test]
    fn losses_have_circles_of_their_own_and_a_label_is_the_value_drawn() {
        let en = Lang::new("en").unwrap();
        for (values, decimals, diverging, expected) in [
            (&[3_000_000.0, 12.0][..], 0, false, &["3,000,000", "700,000", "150,000"][..]),
            (&[100.0, -3.0], 0, true, &["+100", "+25", "+5", "\u{2212}3"]),
            (&[-100.0, 3.0], 0, true, &["+3", "\u{2212}100", "\u{2212}25", "\u{2212}5"]),
            (&[-40.0, -7.0], 0, false, &["\u{2212}40", "\u{2212}10", "\u{2212}2"]),
            (&[5.0, -5.0], 1, false, &["5.0", "1.0", "0.2", "\u{2212}5.0"]),
            // A quarter of one person is nobody.
            (&[1.0], 0, false, &["1"]),
            (&[10.0], 0, false, &["10", "2"]),
            (&[0.3], 0, false, &["0.3"]),
            (&[1e-13], 2, false, &["1\u{a0}×\u{a0}10⁻¹³"]),
            (&[1e15], 0, false, &["1\u{a0}×\u{a0}10¹⁵", "250,000,000,000,000", "50,000,000,000,000"]),
        ] {
            let symbols = Symbols::new(values, &indicator(decimals, diverging), &en).unwrap();
            let labels: Vec<&str> = symbols.circles.iter().map(|circle| circle.label.as_str()).collect();
            assert_eq!(labels, expected, "{values:?}");
            for Circle { value, label, radius } in &symbols.circles {
                let plain = label.replace(['+', ','], "").replace('\u{2212}', "-");
                let plain = plain.replace("\u{a0}×\u{a0}10⁻¹³", "e-13").replace("\u{a0}×\u{a0}10¹⁵", "e15");
                let said: f64 = plain.parse().unwrap();
                assert_eq!(said, *value, "{values:?}");
                let area = value.abs() / symbols.max;
                assert!((radius - MAX_RADIUS * area.sqrt()).abs() < 1e-9 && area <= 1.0, "{label}");
                assert_eq!(symbols.colour(*value) == symbols.negative, label.starts_with('\u{2212}'));
            }
        }
        for nothing in [&[][..], &[0.0, 0.0]] {
            assert_eq!(Symbols::new(nothing, &indicator(0, false), &en), None);
        }
    }
}
