//! How numbers and dates are shown (OpenDocument 1.3, part 3, 16.29).

use super::super::{
    error::TableError,
    sheet::{
        condition::Condition,
        number_format::NumberFormat,
        shown_as::{DatePrecision, ShownAs},
    },
    xml::{XmlReader, name},
};
use quick_xml::events::{BytesStart, Event};
use rustc_hash::FxHashMap;
use std::io::BufRead;

/// A style for numbers, as it stands in the file.
#[derive(Debug, Clone, Default)]
pub struct DataStyle {
    kind: DataKind,
    year: bool,
    month: bool,
    day: bool,
    /// What is shown beside the number.
    literals: String,
    number: NumberPart,
    /// Other styles, for numbers that fulfil a condition.
    maps: Vec<(Condition, String)>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum DataKind {
    #[default]
    Number,
    Percentage,
    Date,
    Time,
}

/// How the number itself is shown.
#[derive(Debug, Clone, Default)]
struct NumberPart {
    is_shown: bool,
    /// By which power of ten it is divided.
    divided: i32,
    digits: usize,
    /// Whether it has decimals or signs between thousands.
    has_signs: bool,
}

impl DataStyle {
    /// Whether an element is such a style.
    pub fn is_one(element: &str) -> bool {
        matches!(element, "number-style" | "currency-style" | "percentage-style" | "date-style" | "time-style")
    }

    /// Reads the style whose element has begun, to its end.
    pub fn read<R: BufRead>(xml: &mut XmlReader<R>, element: &str) -> Result<Self, TableError> {
        let kind = match element {
            "percentage-style" => DataKind::Percentage,
            "date-style" => DataKind::Date,
            "time-style" => DataKind::Time,
            _ => DataKind::Number,
        };
        let (mut style, mut depth, mut buffer) = (Self { kind, ..Self::default() }, 1_usize, Vec::new());
        while depth > 0 {
            match xml.next(&mut buffer)? {
                Event::Start(tag) if name(&tag) == "text" => xml.text(&mut style.literals)?,
                Event::Start(tag) => {
                    depth += 1;
                    style.part(xml, &tag)?;
                }
                Event::End(_) => depth -= 1,
                Event::Eof => break,
                _ => {}
            }
        }
        Ok(style)
    }

    fn part<R: BufRead>(&mut self, xml: &XmlReader<R>, tag: &BytesStart<'_>) -> Result<(), TableError> {
        match name(tag) {
            "year" | "era" => self.year = true,
            "month" => self.month = true,
            "day" | "day-of-week" | "quarter" | "week-of-year" => self.day = true,
            "hours" | "minutes" | "seconds" if self.kind == DataKind::Date => self.kind = DataKind::Time,
            "number" | "scientific-number" | "fraction" => self.number = NumberPart::read(xml, tag)?,
            "map" => {
                let condition = xml.attribute(tag, "condition")?.unwrap_or_default();
                let condition =
                    condition.split_once("value()").and_then(|(_, comparison)| Condition::parse(comparison.trim()));
                if let (Some(condition), Some(style)) = (condition, xml.attribute(tag, "apply-style-name")?) {
                    self.maps.push((condition, style.into_owned()));
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn shown(&self) -> ShownAs {
        let NumberPart { is_shown, divided, digits, has_signs } = self.number;
        match self.kind {
            DataKind::Date => ShownAs::Date(self.precision()),
            DataKind::Time => ShownAs::Date(DatePrecision::Time),
            DataKind::Percentage => ShownAs::Number { power: 2 - divided, loses_sign: false },
            DataKind::Number if !is_shown => ShownAs::Words(self.literals.clone()),
            DataKind::Number if digits > 1 && divided == 0 && !has_signs && self.literals.trim().is_empty() => {
                ShownAs::Padded(digits)
            }
            DataKind::Number => ShownAs::Number { power: -divided, loses_sign: false },
        }
    }

    fn precision(&self) -> DatePrecision {
        match (self.day, self.month, self.year) {
            (false, month, true) if !self.literals.contains(|c: char| c.is_ascii_digit()) => {
                if month {
                    DatePrecision::Month
                } else {
                    DatePrecision::Year
                }
            }
            _ => DatePrecision::Day,
        }
    }
}

impl NumberPart {
    fn read<R: BufRead>(xml: &XmlReader<R>, tag: &BytesStart<'_>) -> Result<Self, TableError> {
        let factor = xml.attribute(tag, "display-factor")?.and_then(|text| text.parse::<f64>().ok());
        let has_decimals = xml.number(tag, "decimal-places")?.is_some_and(|places| places > 0);
        let digits = xml.number(tag, "min-integer-digits")?.unwrap_or_default();
        Ok(Self {
            is_shown: true,
            divided: factor.map_or(0, power_of_ten),
            digits: usize::try_from(digits.min(30)).unwrap_or_default(),
            has_signs: has_decimals || xml.is_set(tag, "grouping")? || name(tag) != "number",
        })
    }
}

/// Which power of ten a factor is; 0 where it is none.
fn power_of_ten(factor: f64) -> i32 {
    (1..=15).find(|power| 10_f64.powi(*power) == factor).unwrap_or(0)
}

/// The formats of styles by their names.
pub fn formats(styles: &FxHashMap<String, DataStyle>) -> FxHashMap<String, NumberFormat> {
    let format = |style: &DataStyle| {
        let maps = style.maps.iter().filter_map(|(condition, name)| Some((*condition, styles.get(name)?.shown())));
        NumberFormat::by_conditions(maps.collect(), style.shown())
    };
    styles.iter().map(|(name, style)| (name.clone(), format(style))).collect()
}
