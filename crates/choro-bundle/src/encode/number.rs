//! Numbers as text: the shortest decimal that reads back as the same double, in JSON and CSV alike.

use std::io::Write;

/// From here on a plain decimal is longer than one with an exponent, and so it is below the inverse.
const LARGE: f64 = 1e17;

/// Appends a finite number, e.g. `12`, `-0.35` or `1e-9`. JSON and CSV know no other: anything else becomes `null`.
pub fn push(out: &mut Vec<u8>, number: f64) {
    let size = number.abs();
    let written = if !number.is_finite() {
        out.write_all(b"null")
    } else if size >= LARGE || (size > 0.0 && size < 1e-6) {
        write!(out, "{number:e}")
    } else {
        write!(out, "{number}")
    };
    debug_assert!(written.is_ok(), "a vector takes every byte");
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
        }
    }
}
