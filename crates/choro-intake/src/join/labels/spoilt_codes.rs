//! What a code may have been that a spreadsheet spoilt.
//!
//! `DEC01` became `Dec-01` or the date 2001-12-01, `DEC1` became `1-Dec`, and `04729000` became `4729000`, `4729000.0` or
//! `4.729E+06`. The cell alone does not tell what was lost, so every form that it may have had is given, and the codes of the set decide.

use crate::statistics::Restore;

/// Month names by which a spreadsheet takes a code for a date. They are those of its language, which was English where a code of
/// Latin letters was spoilt.
const MONTHS: [(&str, &str); 12] = [
    ("JAN", "JANUARY"),
    ("FEB", "FEBRUARY"),
    ("MAR", "MARCH"),
    ("APR", "APRIL"),
    ("MAY", "MAY"),
    ("JUN", "JUNE"),
    ("JUL", "JULY"),
    ("AUG", "AUGUST"),
    ("SEP", "SEPTEMBER"),
    ("OCT", "OCTOBER"),
    ("NOV", "NOVEMBER"),
    ("DEC", "DECEMBER"),
];

/// The codes that a label may have been, by one rule.
pub(crate) fn forms(label: &str, rule: Restore) -> Vec<String> {
    match rule {
        Restore::LeadingZeros(width) => {
            let (label, width) = (label.trim(), usize::from(width));
            let number =
                whole_number(label).filter(|number| number.len() < width || (number.len() == width && number != label));
            number.map(|number| vec![format!("{number:0>width$}")]).unwrap_or_default()
        }
        Restore::WholeNumbers => {
            let number = whole_number(label.trim()).filter(|number| number != label.trim());
            number.into_iter().collect()
        }
        Restore::MonthNames => month_forms(label),
    }
}

/// The digits of a whole number that may be written with decimals, thousands or as a power of ten: `1001`, `1001.0`, `1,001E+03`. `None` for
/// another text, and for a power of ten that would be filled up with zeros, since these may have been other digits.
pub(crate) fn whole_number(label: &str) -> Option<String> {
    let (mantissa, power) = match label.split_once(['e', 'E']) {
        Some((mantissa, power)) => (mantissa, power.strip_prefix('+').unwrap_or(power).parse::<usize>().ok()?),
        None => (label, 0),
    };
    if power == 0
        && let Some(digits) = without_thousands(mantissa)
    {
        return Some(digits);
    }
    let (whole, decimals) = mantissa.split_once(['.', ',']).unwrap_or((mantissa, ""));
    let is_digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || !is_digits(whole) || !is_digits(decimals) || decimals.len() < power {
        return None;
    }
    let (kept, dropped) = decimals.split_at_checked(power)?;
    (dropped.len() <= 2 && dropped.bytes().all(|b| b == b'0')).then(|| format!("{whole}{kept}"))
}

/// The digits of a number with signs between its thousands: `1,001`. No code has three decimals.
fn without_thousands(text: &str) -> Option<String> {
    let sign = text.chars().find(|c| matches!(c, ',' | '.' | ' ' | '\'' | '\u{2019}'))?;
    let mut groups = text.split(sign);
    let first = groups.next().filter(|group| (1..=3).contains(&group.len()))?;
    let is_digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let rest: Vec<&str> = groups.collect();
    (is_digits(first) && rest.iter().all(|group| group.len() == 3 && is_digits(group)))
        .then(|| format!("{first}{}", rest.concat()))
}

/// Whether a code was written as a power of ten and lost its last digits: `4,7E+10`.
pub(crate) fn is_rounded(label: &str) -> bool {
    let Some((mantissa, power)) = label.trim().split_once(['e', 'E']) else { return false };
    let (whole, decimals) = mantissa.split_once(['.', ',']).unwrap_or((mantissa, ""));
    let is_digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let power = power.strip_prefix('+').unwrap_or(power).parse::<usize>();
    whole.len() == 1
        && is_digits(whole)
        && is_digits(decimals)
        && power.is_ok_and(|power| (decimals.len() + 1..99).contains(&power))
}

/// The codes that a date may have been. A text that is no date has none.
pub(crate) fn month_forms(label: &str) -> Vec<String> {
    let tokens: Vec<&str> = label.trim().split(['-', '.', '/', ' ']).filter(|token| !token.is_empty()).collect();
    let dates: Vec<(&str, String)> = match tokens[..] {
        [a, b] => {
            [(a, b), (b, a)].into_iter().filter_map(|(name, number)| Some((month(name)?, digits(number, 4)?))).collect()
        }
        [year, number, day] if year.len() == 4 => match (digits(year, 4), nth(number), digits(day, 2)) {
            (Some(year), Some(month), Some(day)) => vec![(month, day), (month, year)],
            _ => Vec::new(),
        },
        _ => Vec::new(),
    };
    let mut forms: Vec<String> = dates.iter().flat_map(|(month, number)| spellings(month, number)).collect();
    forms.sort_unstable();
    forms.dedup();
    forms
}

/// The spellings of a code of month and number: `DEC01`, `DEC1`, `DEC-01`, `01DEC` and so on. Of a year the last two digits count.
fn spellings(month: &str, number: &str) -> Vec<String> {
    let short = number.get(number.len().saturating_sub(2)..).unwrap_or(number);
    let bare = short.trim_start_matches('0');
    let numbers =
        [number.to_owned(), format!("{short:0>2}"), if bare.is_empty() { "0".to_owned() } else { bare.to_owned() }];
    let spell = |number: &String| {
        [format!("{month}{number}"), format!("{month}-{number}"), format!("{number}{month}"), format!("{number}-{month}")]
    };
    numbers.iter().flat_map(spell).collect()
}

fn month(name: &str) -> Option<&'static str> {
    let name = name.to_ascii_uppercase();
    MONTHS.iter().find(|(short, long)| name == *short || name == *long).map(|(short, _)| *short)
}

fn nth(number: &str) -> Option<&'static str> {
    let index = number.parse::<usize>().ok()?.checked_sub(1)?;
    MONTHS.get(index).map(|(short, _)| *short)
}

fn digits(text: &str, most: usize) -> Option<String> {
    (text.len() <= most && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_code_of_month_and_number_is_among_the_forms_of_every_date_made_of_it(month in 0_usize..12, number in 1_u8..32) {
            let short = MONTHS[month].0;
            let name = format!("{}{}", &short[..1], short[1..].to_lowercase());
            for (code, dates) in [
                (format!("{short}{number}"), [format!("{number}-{name}"), format!("2024-{:02}-{number:02}", month + 1)]),
                (format!("{short}{number:02}"), [format!("{name}-{number:02}"), format!("20{number:02}-{:02}-01", month + 1)]),
            ] {
                for date in dates {
                    prop_assert!(month_forms(&date).contains(&code), "{date} {code}");
                }
            }
        }

        #[test]
        fn no_text_makes_the_forms_many_or_the_reader_panic(label in "\\PC{0,20}") {
            prop_assert!(month_forms(&label).len() <= 24);
            prop_assert!(forms(&label, Restore::LeadingZeros(32)).len() <= 1);
        }
    }

    #[test]
    fn every_form_that_a_date_may_have_been_is_given_and_no_other_text_has_any() {
        for (label, code) in [
            ("Dec-01", "DEC01"),
            ("Dec-01", "DEC1"),
            ("1-Dec", "DEC1"),
            ("01-Dec", "DEC01"),
            ("Dec-2001", "DEC01"),
            ("2001-12-01", "DEC01"),
            ("2024-03-02", "MAR2"),
            ("March 2", "2-MAR"),
        ] {
            assert!(month_forms(label).iter().any(|form| form == code), "{label}: {:?}", month_forms(label));
        }
        for label in ["DEC01", "Dez-01", "2001-13-01", "Decatur 1", "1-2", "", "Dec-", "a-b-c"] {
            assert_eq!(month_forms(label), Vec::<String>::new(), "{label}");
        }
    }

    #[test]
    fn zeros_are_put_before_numbers_that_are_too_short_and_before_nothing_else() {
        for (label, width, expected) in [
            ("4729000", 8, Some("04729000")),
            ("47290000", 8, None),
            ("4729000a", 8, None),
            ("4729000.0", 8, Some("04729000")),
            ("16077.0", 5, Some("16077")),
            ("1,001E+03", 5, Some("01001")),
            ("1.6077E4", 5, Some("16077")),
            ("1.6E4", 5, None),
            ("1001.5", 5, None),
            ("", 8, None),
            ("7", 2, Some("07")),
        ] {
            let forms = forms(label, Restore::LeadingZeros(width));
            assert_eq!(forms.first().map(String::as_str), expected, "{label}");
        }
    }

    #[test]
    fn whole_numbers_lose_their_decimals_and_rounded_ones_are_not_guessed() {
        for (label, expected, rounded) in [
            ("1001.0", Some("1001"), false),
            ("1001,00", Some("1001"), false),
            ("1.001E+03", Some("1001"), false),
            ("1001", Some("1001"), false),
            ("4,7E+10", None, true),
            ("2E3", None, true),
            ("1E-3", None, false),
            ("E3", None, false),
            ("12.5", None, false),
            ("1.000", Some("1000"), false),
            ("1,001", Some("1001"), false),
            ("12 345", Some("12345"), false),
            ("1,0012", None, false),
            ("UKE3", None, false),
            ("", None, false),
        ] {
            assert_eq!((whole_number(label).as_deref(), is_rounded(label)), (expected, rounded), "{label}");
        }
        assert_eq!(forms("1001.0", Restore::WholeNumbers), ["1001"]);
        assert_eq!(forms("1001", Restore::WholeNumbers), [""; 0]);
    }
}
