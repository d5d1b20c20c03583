//! Numbers whose decimal point is moved.

/// A number times a power of ten; `None` where the result is no finite number.
///
/// The point moves in the shortest text of the number, so that 1.1 thousand are 1100 and not 1100.0000000000002.
///
/// ```
/// use choro_intake::statistics::shifted;
/// assert_eq!(shifted(0.131, 2), Some(13.1));
/// assert_eq!(shifted(1_234_567.0, -3), Some(1234.567));
/// assert_eq!(shifted(1e308, 3), None);
/// ```
#[must_use]
pub fn shifted(number: f64, power: i32) -> Option<f64> {
    let text = format!("{number:e}");
    let (digits, exponent) = text.split_once('e')?;
    let exponent = exponent.parse::<i32>().ok()?.checked_add(power)?;
    format!("{digits}e{exponent}").parse().ok().filter(|shifted: &f64| shifted.is_finite())
}
