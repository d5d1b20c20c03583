//! Numbers and dates of a sheet, as their formats show them.

use super::{
    cell_look::CellLook,
    findings::Finding,
    place::CellPlace,
    serial_date,
    sheet_reading::SheetReading,
    shown_as::{DatePrecision, ShownAs},
};
use crate::statistics::{
    file::{error::TableError, table::CellContent},
    shifted::shifted,
};

/// What a spreadsheet shows where a date cannot be shown.
const NO_DATE: &str = "####";

impl SheetReading<'_> {
    /// A number, as its cell shows it.
    pub fn number(&mut self, place: CellPlace, number: f64, look: &CellLook) -> Result<(), TableError> {
        if look.is_plain() {
            return self.push(place, CellContent::Number(number));
        }
        if self.is_marked_off(place, look.text, &number.to_string()) {
            return Ok(());
        }
        match look.format.shown(number) {
            ShownAs::Number { power, loses_sign } => {
                if *loses_sign {
                    self.findings.add(Finding::LostSign, place, || number.to_string());
                }
                self.scaled(place, number, *power)
            }
            ShownAs::Padded(width) => self.padded(place, number, *width),
            ShownAs::Date(precision) => self.serial_date(place, number, *precision),
            ShownAs::Elapsed => {
                self.findings.add(Finding::Words, place, || format!("{number} as a span of time"));
                self.text_as_it_is(place, &number.to_string())
            }
            ShownAs::Words(words) => {
                self.words(place, number, words);
                self.push(place, CellContent::Number(number))
            }
        }
    }

    fn scaled(&mut self, place: CellPlace, number: f64, power: i32) -> Result<(), TableError> {
        let Some(shown) = shifted(number, power).filter(|_| power != 0) else {
            return self.push(place, CellContent::Number(number));
        };
        let finding = if power > 0 { Finding::Percent } else { Finding::Scaled };
        self.findings.add(finding, place, || format!("{shown} for {number}"));
        self.push(place, CellContent::Number(shown))
    }

    fn padded(&mut self, place: CellPlace, number: f64, width: usize) -> Result<(), TableError> {
        let plain = number.to_string();
        if number < 0.0 || number.fract() != 0.0 || plain.len() >= width {
            return self.push(place, CellContent::Number(number));
        }
        let shown = format!("{plain:0>width$}");
        self.findings.add(Finding::Padded, place, || format!("{shown} for {plain}"));
        self.push(place, CellContent::Text(&shown))
    }

    fn serial_date(&mut self, place: CellPlace, days: f64, precision: DatePrecision) -> Result<(), TableError> {
        let shown = serial_date::shown(days, self.book.epoch, precision);
        let whole = || serial_date::shown(days, self.book.epoch, DatePrecision::Day).unwrap_or_default();
        if let (Some(finding), Some(shown)) = (of_date(precision), &shown) {
            self.findings.add(finding, place, || format!("{shown} for {}", whole()));
        }
        self.push(place, CellContent::Text(shown.as_deref().unwrap_or(NO_DATE)))
    }

    /// Tells of a number that is shown as words. A zero that is shown as a dash is none of them.
    fn words(&mut self, place: CellPlace, number: f64, words: &str) {
        let words = words.trim();
        let is_dash = matches!(words, "-" | "\u{2212}" | "\u{2013}" | "\u{2014}");
        match (number == 0.0, words.is_empty(), is_dash) {
            (true, true, _) => self.findings.add(Finding::BlankZero, place, String::new),
            (true, _, true) => {}
            _ => self.findings.add(Finding::Words, place, || format!("{number} as {words:?}")),
        }
    }

    /// A date that is stored as text in ISO 8601.
    pub fn iso_date(&mut self, place: CellPlace, iso: &str, look: &CellLook) -> Result<(), TableError> {
        let precision = match look.format.shown(1.0) {
            ShownAs::Date(precision) => *precision,
            _ => DatePrecision::Time,
        };
        if self.is_marked_off(place, look.text, iso) {
            return Ok(());
        }
        let shown = serial_date::cut(iso, precision);
        if let Some(finding) = of_date(precision) {
            self.findings.add(finding, place, || format!("{shown} for {}", serial_date::cut(iso, DatePrecision::Day)));
        }
        self.push(place, CellContent::Text(shown))
    }
}

/// What to tell of a date that is not shown to the day.
fn of_date(precision: DatePrecision) -> Option<Finding> {
    match precision {
        DatePrecision::Year => Some(Finding::Year),
        DatePrecision::Month => Some(Finding::Month),
        DatePrecision::Day | DatePrecision::Time => None,
    }
}
