//! Breaks that a client gives.

use super::error::ClassifyError;
use serde::{Serialize, Serializer};
use std::{fmt, str::FromStr};
use utoipa::ToSchema;

/// More parts of a text than breaks may be: how many there are then stands in the error.
const MOST_READ: usize = 64;

/// Inner breaks of a client's own: 1 to 8 finite numbers that ascend.
#[derive(Debug, Clone, PartialEq, ToSchema)]
#[schema(value_type = Vec<f64>, min_items = 1, max_items = 8, example = json!([10, 20, 50]))]
pub struct ManualBreaks(Vec<f64>);

impl ManualBreaks {
    /// The most.
    pub const MOST: usize = 8;

    /// Checks breaks.
    ///
    /// # Errors
    /// They are too many or none, not finite, or do not ascend.
    pub fn new(breaks: Vec<f64>) -> Result<Self, ClassifyError> {
        if !(1..=Self::MOST).contains(&breaks.len()) {
            return Err(ClassifyError::BreaksInvalid(format!("there are {}", breaks.len())));
        }
        if let Some(bad) = breaks.iter().find(|b| !b.is_finite()) {
            return Err(ClassifyError::BreaksInvalid(format!("{bad} is not finite")));
        }
        match breaks.windows(2).find(|pair| matches!(pair, [a, b] if a >= b)) {
            Some([a, b]) => Err(ClassifyError::BreaksInvalid(format!("{b} comes after {a}"))),
            _ => Ok(Self(breaks)),
        }
    }

    /// The breaks in ascending order; there is at least one.
    pub(super) fn as_slice(&self) -> &[f64] {
        &self.0
    }
}

/// Numbers separated by commas, e.g. `10,20,50`.
impl fmt::Display for ManualBreaks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let numbers: Vec<String> = self.0.iter().map(f64::to_string).collect();
        f.write_str(&numbers.join(","))
    }
}

impl FromStr for ManualBreaks {
    type Err = ClassifyError;

    fn from_str(text: &str) -> Result<Self, ClassifyError> {
        let number = |part: &str| {
            let is_plain = |b: u8| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'e' | b'E');
            let plain = !part.is_empty() && part.bytes().all(is_plain);
            if plain { part.parse().map_err(|_| ClassifyError::BreaksText) } else { Err(ClassifyError::BreaksText) }
        };
        Self::new(text.split(',').take(MOST_READ).map(number).collect::<Result<_, _>>()?)
    }
}

impl Serialize for ManualBreaks {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn breaks_are_written_as_they_are_read() {
        for (text, expected) in [
            ("10,20,50", "10,20,50"),
            ("-0.5,1e3", "-0.5,1000"),
            ("", "breaks are not valid: expected 1 to 8"),
            ("1,", "breaks are not valid: expected 1 to 8"),
            ("NaN", "breaks are not valid: expected 1 to 8"),
            ("+1", "breaks are not valid: expected 1 to 8"),
            ("1e999", "breaks are not valid: inf is not finite"),
            ("2,1", "breaks are not valid: 1 comes after 2"),
            ("1,2,3,4,5,6,7,8,9", "breaks are not valid: there are 9"),
        ] {
            let read = text.parse::<ManualBreaks>().map_or_else(|error| error.to_string(), |breaks| breaks.to_string());
            assert!(read.starts_with(expected), "{text}: {read}");
        }
    }
}
