//! What a field holds for an area: a text, nothing, or something of which no text can be trusted.

use crate::boundary::{features::area_fault::AreaFault, report::Reason};

/// The least whole number that a binary64 number cannot tell from its neighbours (2 to the power of 53).
const INEXACT: f64 = 9_007_199_254_740_992.0;

/// The content of a field. It is a fault only where somebody asks for it: what nobody asks for blocks no file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldText {
    /// Its text.
    Text(String),
    /// A text of which the last character was cut off, since its column is too narrow.
    Cut(String),
    /// Why there is no text that can be trusted.
    Unreadable(String),
    /// Nothing, said expressly.
    Null,
}

impl FieldText {
    /// Something that cannot be read, and why.
    pub fn unreadable(why: impl Into<String>) -> Self {
        Self::Unreadable(why.into())
    }

    /// A number. A whole one is written without a fraction, since many writers make every number a double: 5.0 is `5`. One that is too
    /// large to be told from its neighbours has no text: its last digits are lost already.
    pub fn number(number: f64) -> Self {
        if number.abs() >= INEXACT || !number.is_finite() {
            return Self::unreadable(format!("{number:e} is a number of which the last digits are lost: store it as text"));
        }
        Self::Text(if number.fract() == 0.0 { format!("{number:.0}") } else { number.to_string() })
    }

    /// Its text; empty where there is none.
    ///
    /// # Errors
    ///
    /// Where no text can be trusted.
    pub fn text(&self, field: &str) -> Result<&str, AreaFault> {
        match self {
            Self::Text(text) | Self::Cut(text) => Ok(text),
            Self::Null => Ok(""),
            Self::Unreadable(why) => Err(AreaFault::new(Reason::Unreadable, format!("field {field:?}: {why}"))),
        }
    }

    /// Its text where it is a code, of which every character counts; empty where there is none.
    ///
    /// # Errors
    ///
    /// Where no text can be trusted, or something was cut off.
    pub fn code(&self, field: &str) -> Result<&str, AreaFault> {
        match self {
            Self::Cut(text) => {
                let what = format!("field {field:?}: {text:?} is cut off within a character: its column is too narrow");
                Err(AreaFault::new(Reason::Unreadable, what))
            }
            other => other.text(field),
        }
    }

    /// How many bytes it takes.
    pub fn length(&self) -> usize {
        match self {
            Self::Text(text) | Self::Cut(text) | Self::Unreadable(text) => text.len(),
            Self::Null => 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_has_the_digits_of_the_file_or_none() {
        for (number, expected) in
            [(11001.0, "11001"), (12.5, "12.5"), (-3.0, "-3"), (9_007_199_254_740_991.0, "9007199254740991")]
        {
            assert_eq!(FieldText::number(number), FieldText::Text(expected.to_owned()));
        }
        for lost in [9_007_199_254_740_993.0, 1e19, f64::NAN] {
            assert_eq!(FieldText::number(lost).text("code").unwrap_err().reason, Reason::Unreadable);
        }
    }
}
