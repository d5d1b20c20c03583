//! How a number format shows a number.

/// How a number is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ShownAs {
    /// As a number.
    Number {
        /// It is multiplied by ten to this power: 2 of a percentage, -3 in thousands.
        power: i32,
        /// Whether nothing tells that it is negative.
        loses_sign: bool,
    },
    /// As a whole number of at least so many digits: 1003 as `01003`.
    Padded(usize),
    /// As a date, so exactly.
    Date(DatePrecision),
    /// As a span of time; the number counts days.
    Elapsed,
    /// As these words, which may be none, without a digit of the number.
    Words(String),
}

/// How exactly a date is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DatePrecision {
    /// `2014`
    Year,
    /// `2014-07`
    Month,
    /// `2014-07-01`
    Day,
    /// With a time of day.
    Time,
}
