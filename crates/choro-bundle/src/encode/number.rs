//! Numbers as text: the shortest decimal that reads back as the same double, in JSON and CSV alike.

use serde::Serialize;
use serde_json::{Serializer, ser::Formatter};
use std::io::{self, Write};

/// From here on a plain decimal is longer than one with an exponent, and so it is below the inverse.
const LARGE: f64 = 1e17;

/// Appends a finite number, e.g. `12`, `-0.35` or `1e-9`. JSON and CSV know no other: anything else becomes `null`.
pub fn push(out: &mut Vec<u8>, number: f64) {
    let written = write(out, number);
    debug_assert!(written.is_ok(), "a vector takes every byte");
}

fn write(out: &mut (impl Write + ?Sized), number: f64) -> io::Result<()> {
    let size = number.abs();
    if !number.is_finite() {
        out.write_all(b"null")
    } else if size >= LARGE || (size > 0.0 && size < 1e-6) {
        write!(out, "{number:e}")
    } else {
        write!(out, "{number}")
    }
}

/// Appends a document of values as JSON, its numbers as [`push`] writes them.
pub fn json(out: &mut Vec<u8>, document: &impl Serialize) -> serde_json::Result<()> {
    document.serialize(&mut Serializer::with_formatter(out, ShortNumbers))
}

/// JSON without blanks, whose numbers are as short as those of CSV.
struct ShortNumbers;

impl Formatter for ShortNumbers {
    fn write_f64<W: Write + ?Sized>(&mut self, out: &mut W, number: f64) -> io::Result<()> {
        write(out, number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short_and_read_back_as_themselves() {
        for (number, text) in [
            (0.0, "0"),
            (12.0, "12"),
            (-0.35, "-0.35"),
            (1e300, "1e300"),
            (1e-9, "1e-9"),
            (0.1 + 0.2, "0.30000000000000004"),
        ] {
            let mut out = Vec::new();
            push(&mut out, number);
            let out = String::from_utf8_lossy(&out).into_owned();
            assert_eq!(out, text);
            assert_eq!(out.parse::<f64>().ok(), Some(number));
            let mut in_json = Vec::new();
            json(&mut in_json, &[Some(number), None]).unwrap();
            assert_eq!(String::from_utf8_lossy(&in_json), format!("[{text},null]"));
        }
    }
}
