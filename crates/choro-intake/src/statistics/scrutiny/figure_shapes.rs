//! How the figures of an indicator are written: with decimals where it has none, or with a sign that may separate thousands.
//!
//! Of a count under a decimal point, A `12.345`, B `1.234` and C `987` are parts of persons, or thousands of them.

use crate::statistics::{
    doubt::{Doubt, DoubtKind},
    file::{column_letters, table::CellContent},
};
use choro_model::{Cell, Indicator, Kind};

/// Most values that are named in a doubt.
const NAMED: usize = 3;
/// A value is a whole number if it is as near to one as this part of it. Sums in a spreadsheet end in such remainders.
const NEAR: f64 = 1e-9;
/// The SDMX unit of persons.
const PERSONS: &str = "PS";

/// One figure, as it stands in the file and as it was read.
pub struct ReadFigure<'a> {
    /// What stands in the cell.
    pub content: CellContent<'a>,
    /// What it was read as.
    pub cell: Cell,
    /// The power of ten by which it was multiplied.
    pub power: i32,
    /// Row and column, from 0.
    pub place: (usize, usize),
}

/// The shapes of all figures, by indicator.
pub struct FigureShapes {
    decimal: char,
    indicators: Vec<IndicatorShapes>,
}

/// The shapes of the figures of one indicator.
struct IndicatorShapes {
    id: String,
    /// Whether it counts what cannot be in parts.
    counts_wholes: bool,
    /// Whether its figures are told without decimals.
    is_whole: bool,
    fractions: NamedFigures,
    three_digits: NamedFigures,
    rounded: NamedFigures,
    /// Whether the decimal sign stands before other than three digits too.
    has_other_decimals: bool,
}

/// Figures of one shape: how many, and the first few.
#[derive(Default)]
struct NamedFigures {
    count: u64,
    first: Vec<String>,
}

impl FigureShapes {
    /// No figure yet, of a file that writes decimals with this sign.
    pub fn new(indicators: &[Indicator], decimal: char) -> Self {
        Self { decimal, indicators: indicators.iter().map(IndicatorShapes::new).collect() }
    }

    /// Adds a figure of the indicator of that index.
    pub fn add(&mut self, indicator: usize, figure: &ReadFigure<'_>) {
        let Some(number) = figure.cell.number() else { return };
        let Some(shapes) = self.indicators.get_mut(indicator) else { return };
        if let CellContent::Text(text) = figure.content {
            match Shape::of(text, self.decimal) {
                Shape::Plain => {}
                Shape::ThreeDigits if figure.power == 0 => shapes.three_digits.add(figure),
                Shape::ThreeDigits | Shape::Decimals => shapes.has_other_decimals = true,
                Shape::Rounded => shapes.rounded.add(figure),
            }
        }
        if shapes.is_whole && (number - number.round()).abs() > NEAR * number.abs().max(1.0) {
            shapes.fractions.add(figure);
        }
    }

    /// The doubts about them.
    pub fn doubts(&self) -> Vec<Doubt> {
        self.indicators.iter().flat_map(|shapes| shapes.doubts(self.decimal)).collect()
    }
}

impl IndicatorShapes {
    fn new(indicator: &Indicator) -> Self {
        let counts_wholes = indicator.kind == Kind::Count && (indicator.decimals == 0 || indicator.unit.id == PERSONS);
        let (fractions, three_digits, rounded) = Default::default();
        let is_whole = counts_wholes || indicator.decimals == 0;
        let id = indicator.id.to_string();
        Self { id, counts_wholes, is_whole, fractions, three_digits, rounded, has_other_decimals: false }
    }

    fn doubts(&self, decimal: char) -> Option<Doubt> {
        let id = &self.id;
        if self.is_whole && self.three_digits.count > 0 && !self.has_other_decimals {
            let other = if decimal == '.' { ',' } else { '.' };
            let what = format!(
                "{id}: each value with {decimal:?} has three digits behind it, and the indicator has no decimals: {}; if it \
                 separates thousands, write decimal = \"{other}\" and thousands = \"{decimal}\" in the mapping",
                self.three_digits
            );
            return Some(Doubt::new(DoubtKind::ThousandsSign, what));
        }
        if self.counts_wholes && self.fractions.count > 0 {
            let what = format!(
                "{id} is a count without decimals, and has values with some: {}; if they are thousands, write power = {{ value = \
                 3 }} in the mapping; if the sign is another, correct decimal and thousands there",
                self.fractions
            );
            return Some(Doubt::new(DoubtKind::Fractions, what));
        }
        (self.rounded.count > 0).then(|| {
            let what = format!(
                "{id} has values in powers of ten, which may be rounded: {}; write them with all their digits",
                self.rounded
            );
            Doubt::new(DoubtKind::RoundedNumbers, what)
        })
    }
}

impl NamedFigures {
    fn add(&mut self, figure: &ReadFigure<'_>) {
        self.count += 1;
        if self.first.len() < NAMED {
            let (row, column) = figure.place;
            let text: String = figure.content.to_string().chars().take(40).collect();
            self.first.push(format!("row {}, column {} {text:?}", row + 1, column_letters::of_index(column)));
        }
    }
}

impl std::fmt::Display for NamedFigures {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.first.join(", "))?;
        match self.count.saturating_sub(self.first.len() as u64) {
            0 => Ok(()),
            more => write!(f, " and {more} more"),
        }
    }
}

/// The shape of a number in text.
#[derive(Debug, PartialEq, Eq)]
enum Shape {
    /// Without a decimal sign.
    Plain,
    /// One to three digits before the decimal sign, and three behind it. A group of thousands does not begin with a zero.
    ThreeDigits,
    /// Any other decimals.
    Decimals,
    /// A power of ten that fills up the number with zeros: `4.1E5`, but not `4.1E1`.
    Rounded,
}

impl Shape {
    fn of(text: &str, decimal: char) -> Self {
        let text = text.trim().trim_start_matches(['-', '+', '\u{2212}', '\u{2013}', '(']).trim_start();
        let (mantissa, exponent) = match text.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.trim_start_matches('+').parse::<usize>().ok()),
            None => (text, None),
        };
        let Some((whole, fraction)) = mantissa.split_once(decimal) else {
            return if exponent.is_some_and(|exponent| exponent > 0) { Self::Rounded } else { Self::Plain };
        };
        let digits = fraction.bytes().take_while(u8::is_ascii_digit).count();
        if exponent.is_some_and(|exponent| exponent > digits) {
            return Self::Rounded;
        }
        let is_group = (1..=3).contains(&whole.len()) && whole.bytes().all(|b| b.is_ascii_digit());
        if exponent.is_none() && digits == 3 && is_group && !whole.starts_with('0') {
            Self::ThreeDigits
        } else {
            Self::Decimals
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::{
        read,
        tests::{csv, indicators, mapping},
    };

    #[test]
    fn a_number_in_text_has_one_of_four_shapes() {
        for (text, decimal, shape) in [
            ("12345", '.', Shape::Plain),
            ("12.345", '.', Shape::ThreeDigits),
            ("-1,234", ',', Shape::ThreeDigits),
            ("12.345*", '.', Shape::ThreeDigits),
            ("0.125", '.', Shape::Decimals),
            ("1234.567", '.', Shape::Decimals),
            ("1 234,500", ',', Shape::Decimals),
            ("12.34", '.', Shape::Decimals),
            ("12.3456", '.', Shape::Decimals),
            ("1E5", '.', Shape::Rounded),
            ("4.1e+02", '.', Shape::Rounded),
            ("4,7E+10", ',', Shape::Rounded),
            ("1.001E+03", '.', Shape::Decimals),
            ("1.5E-3", '.', Shape::Decimals),
        ] {
            assert_eq!(Shape::of(text, decimal), shape, "{text}");
        }
    }

    /// The doubts about figures of the last column, of a count without decimals or of a rate with one.
    fn doubts(values: &[&str], indicator: &str, more: &str) -> Vec<String> {
        let rows: String = values.iter().map(|value| format!("A;\"{value}\"\n")).collect();
        let how = format!(
            "{more}\narea = {{ column = 1 }}\nindicator = {{ value = '{indicator}' }}\nperiod = {{ value = 2014 }}\nvalue = {{ column = 2 }}\n"
        );
        let mut indicators = indicators();
        indicators.iter_mut().filter(|i| i.kind == Kind::Count).for_each(|i| i.decimals = 0);
        let intake = read(&csv(&format!("area;v\n{rows}")), &mapping(&how), &indicators).unwrap();
        intake.doubts.iter().map(|doubt| doubt.kind.to_string()).collect()
    }

    #[test]
    fn three_digits_behind_the_sign_of_all_values_are_doubted_of_a_count_and_other_decimals_too() {
        let comma = "decimal = ','";
        for (values, indicator, more, expected) in [
            (&["12.345", "1.234", "98.765"][..], "arrivals", "", &["thousands-sign"][..]),
            (&["12.345", "987", "98.765"], "arrivals", "", &["thousands-sign"]),
            (&["12,000", "987"], "arrivals", comma, &["thousands-sign"]),
            (&["12.345", "0.500"], "arrivals", "", &["fractions"]),
            (&["12.345", "98.76"], "arrivals", "", &["fractions"]),
            (&["12.5", "98"], "arrivals", "", &["fractions"]),
            (&["12.0", "98.00"], "arrivals", "", &[]),
            (&["12345", "987"], "arrivals", "", &[]),
            (&["12.345", "98.765"], "net_migration_rate", "", &[]),
            (&["12.345", "98.765"], "arrivals", "power = { value = 3 }", &[]),
            (&["12.345", "98.765"], "arrivals", "decimal = ','\nthousands = '.'", &[]),
            (&["12.3456"], "arrivals", "power = { value = 3 }", &["fractions"]),
            (&["1E5", "12"], "arrivals", "", &["rounded-numbers"]),
        ] {
            assert_eq!(doubts(values, indicator, more), expected, "{values:?} {more}");
        }
    }
}
