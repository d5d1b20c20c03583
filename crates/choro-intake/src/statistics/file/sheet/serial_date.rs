//! Dates that a spreadsheet stores as a count of days.

use super::shown_as::DatePrecision;
use calamine::{ExcelDateTime, ExcelDateTimeType};

/// The day after 9999-12-31, beyond which spreadsheets show no date.
const END: f64 = 2_958_466.0;

/// From which day a workbook counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Epoch {
    /// The first day is 1 January 1900, and 29 February 1900 counts though there was none.
    #[default]
    Of1900,
    /// The days since 1 January 1904, as Excel for the Macintosh counted.
    Of1904,
}

/// A date as it is shown, in ISO 8601: `2014`, `2014-07`, `2014-07-01` or `2014-07-01T12:30:00`. `None` where a spreadsheet shows no
/// date either.
pub fn shown(days: f64, epoch: Epoch, precision: DatePrecision) -> Option<String> {
    if !(0.0..END).contains(&days) {
        return None;
    }
    let date = ExcelDateTime::new(days, ExcelDateTimeType::DateTime, epoch == Epoch::Of1904);
    let (year, month, day, hour, minute, second, _) = date.to_ymd_hms_milli();
    Some(match precision {
        DatePrecision::Year => format!("{year:04}"),
        DatePrecision::Month => format!("{year:04}-{month:02}"),
        DatePrecision::Time if (hour, minute, second) != (0, 0, 0) => {
            format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")
        }
        DatePrecision::Day | DatePrecision::Time => format!("{year:04}-{month:02}-{day:02}"),
    })
}

/// A date that is stored as text in ISO 8601, cut to what is shown of it. A time of day of zeros is left out.
pub fn cut(iso: &str, precision: DatePrecision) -> &str {
    let (date, time) = iso.split_once('T').unwrap_or((iso, ""));
    let is_date = date.len() == 10
        && date.bytes().enumerate().all(|(at, byte)| if at == 4 || at == 7 { byte == b'-' } else { byte.is_ascii_digit() });
    if !is_date {
        return iso;
    }
    match precision {
        DatePrecision::Year => date.get(..4).unwrap_or(date),
        DatePrecision::Month => date.get(..7).unwrap_or(date),
        DatePrecision::Day => date,
        DatePrecision::Time if time.bytes().all(|byte| matches!(byte, b'0' | b':' | b'.' | b'Z')) => date,
        DatePrecision::Time => iso,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use DatePrecision as P;

    #[test]
    fn a_count_of_days_is_shown_as_exactly_as_its_format_says() {
        for (days, epoch, precision, expected) in [
            (41_275.0, Epoch::Of1900, P::Year, Some("2013")),
            (41_640.0, Epoch::Of1900, P::Month, Some("2014-01")),
            (42_005.0, Epoch::Of1900, P::Day, Some("2015-01-01")),
            (42_005.5, Epoch::Of1900, P::Day, Some("2015-01-01")),
            (42_005.5, Epoch::Of1900, P::Time, Some("2015-01-01T12:00:00")),
            (40_724.0, Epoch::Of1904, P::Day, Some("2015-07-01")),
            (1.0, Epoch::Of1900, P::Day, Some("1900-01-01")),
            (-5.0, Epoch::Of1900, P::Day, None),
            (3e6, Epoch::Of1900, P::Day, None),
            (f64::NAN, Epoch::Of1900, P::Day, None),
        ] {
            assert_eq!(shown(days, epoch, precision).as_deref(), expected, "{days} {epoch:?}");
        }
    }

    #[test]
    fn a_date_in_text_is_cut_to_what_is_shown() {
        for (iso, precision, expected) in [
            ("2015-07-01", P::Year, "2015"),
            ("2015-07-01T00:00:00.000Z", P::Time, "2015-07-01"),
            ("2015-07-01T12:00:00", P::Time, "2015-07-01T12:00:00"),
            ("2015-07-01T12:00:00", P::Month, "2015-07"),
            ("PT12H", P::Year, "PT12H"),
        ] {
            assert_eq!(cut(iso, precision), expected);
        }
    }
}
