//! Why a cell is no value, and what to do: its stable code and the remedy.

use crate::statistics::{
    number::{Convention, NumberError},
    number_fault::NumberFault,
    toml_text::toml_text,
};

/// Longest text that may be a mark, characters.
const LONGEST_MARK: usize = 8;

/// What a percent sign says behind a figure of an indicator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PercentSign {
    /// The unit that the figure has anyway.
    Fits,
    /// Another unit: a count is in no percent.
    Wrong,
    /// It may be the sign of a footnote.
    Unknown,
}

/// The code and the remedy of a text that is no number and no mark.
pub fn not_a_value(text: &str, error: NumberError, convention: Convention, percent: PercentSign) -> (&'static str, String) {
    by_form(text, convention, percent).unwrap_or_else(|| by_error(text, error, convention))
}

/// By what the text may be.
fn by_form(text: &str, convention: Convention, percent: PercentSign) -> Option<(&'static str, String)> {
    Some(match NumberFault::of(text, convention) {
        NumberFault::Unknown => return None,
        NumberFault::Invisible(c) => (
            "value.invisible_character",
            format!("take the character U+{:04X} out of the cell: it shows nothing, and is part of no number", u32::from(c)),
        ),
        NumberFault::Brackets => {
            ("value.brackets", "if brackets stand for a minus, write negative = [\"(12)\"] in the mapping".to_owned())
        }
        NumberFault::MinusBehind => {
            ("value.minus_behind", "if it is negative, write negative = [\"12-\"] in the mapping".to_owned())
        }
        NumberFault::Percent if percent == PercentSign::Wrong => (
            "value.percent",
            "it is a percentage, and the indicator is a count: leave the column or the row out, or correct the cell"
                .to_owned(),
        ),
        NumberFault::Percent => (
            "value.percent",
            "if the indicator is in percent, give it unit.id = \"PC\" in indicators.toml; if the sign says nothing, write \
             marks.footnotes = { \"%\" = \"\" } in the mapping"
                .to_owned(),
        ),
        NumberFault::Exponent(letter) => (
            "value.exponent",
            format!("if {letter} stands before a power of ten, write {} in its place", text.trim().replacen(letter, "E", 1)),
        ),
        NumberFault::Thousands(sign) => {
            let decimal = convention.with_thousands(sign).decimal();
            let line = format!("decimal = \"{decimal}\" and thousands = \"{sign}\"");
            ("value.thousands", format!("{sign:?} stands between thousands: write {line} in the mapping"))
        }
        NumberFault::ForeignDigits => ("value.foreign_digits", "write it with the digits 0 to 9".to_owned()),
        NumberFault::Behind(sign) => (
            "value.not_a_number",
            format!(
                "if {sign:?} refers to a footnote, write marks.footnotes = {{ {} = \"\" }} in the mapping; if it is a unit, take it out \
                 of the cell",
                toml_text(sign)
            ),
        ),
    })
}

/// By why it could not be read.
fn by_error(text: &str, error: NumberError, convention: Convention) -> (&'static str, String) {
    use NumberError as E;
    let trimmed = text.trim();
    let is_mark = trimmed.chars().count() <= LONGEST_MARK && !trimmed.chars().any(|c| c.is_ascii_digit());
    match error {
        E::NotANumber if trimmed.is_empty() => {
            ("value.empty", "an empty cell is declared to be no mark: fill it or add \"\" to marks.missing".to_owned())
        }
        E::NotANumber | E::UndeclaredSign(_) if is_mark => (
            "value.undeclared_mark",
            "say what it means: add it to marks.missing, marks.secrecy, marks.invalid or marks.zero".to_owned(),
        ),
        E::NotANumber => (
            "value.not_a_number",
            "correct the cell, or leave the row or the column out; if it stands for no value, as <5 may, add it to marks.secrecy or \
             marks.missing"
                .to_owned(),
        ),
        E::UndeclaredSign(sign @ ('.' | ',')) => (
            "value.ambiguous_sign",
            format!(
                "decimal is {:?} here; if {sign:?} is right, declare decimal = {sign:?} or thousands = {sign:?}",
                convention.decimal()
            ),
        ),
        E::UndeclaredSign(sign) => {
            ("value.ambiguous_sign", format!("if {sign:?} stands between thousands, write thousands = \"'\" in the mapping"))
        }
        E::Grouping => ("value.grouping", "write thousands in groups of three, or correct the declared signs".to_owned()),
        E::NotFinite => ("value.not_finite", "correct the cell or leave it empty".to_owned()),
    }
}
