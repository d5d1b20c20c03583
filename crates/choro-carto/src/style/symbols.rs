//! Proportional symbols: circles whose area is the value (sizes for counts, colours for rates).

use super::number::number;
use choro_figures::classify::Colour;
use choro_model::{Indicator, Lang};
use serde::Serialize;
use utoipa::ToSchema;

/// Radius of the largest value in CSS pixels.
const MAX_RADIUS: f64 = 28.0;
/// What the circles of the legend show, as parts of the largest: a tenth of the area is a third of the radius.
const SHOWN: [f64; 3] = [1.0, 0.25, 0.05];

/// How large and in which colour a value's circle is. The scale holds for all values it was made of, so that circles of
/// different periods compare.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Symbols {
    /// The largest distance from zero.
    pub max: f64,
    /// Its radius in CSS pixels.
    pub max_radius: f64,
    /// Circles for the legend, the largest first.
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
        let max = values.iter().map(|value| value.abs()).fold(0.0, f64::max);
        if max == 0.0 || !max.is_finite() {
            return None;
        }
        let (positive, negative) = match indicator.diverging {
            true => (Colour::hex(0xb7_62_14), Colour::hex(0x78_5e_aa)),
            false => (Colour::hex(0x2c_6f_ad), Colour::hex(0x78_5e_aa)),
        };
        let mut symbols = Self { max, max_radius: MAX_RADIUS, circles: Vec::new(), positive, negative };
        let mut circles: Vec<Circle> = Vec::new();
        for part in SHOWN {
            let value = readable(max * part);
            let label = number(value, indicator.decimals, lang);
            if circles.iter().all(|circle| circle.label != label) {
                circles.push(Circle { value, label, radius: symbols.radius(value) });
            }
        }
        symbols.circles = circles;
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

    #[test]
    fn a_number_of_the_legend_is_readable_and_not_above_what_it_stands_for() {
        for (value, expected) in
            [(4_671_697.0, 4e6), (1.0, 1.0), (0.37, 0.3), (99.9, 90.0), (2600.0, 2500.0), (1500.0, 1500.0)]
        {
            assert_eq!(readable(value), expected, "{value}");
        }
    }
}
