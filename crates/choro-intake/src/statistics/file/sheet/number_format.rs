//! What a number format makes of a number: by `0.0%` it is shown a hundredfold, by `yyyy` a date is shown as its year.

use super::{
    condition::Condition,
    format_section::{FormatSection, PLAIN, section, shows_no_sign},
    format_token::sections,
    shown_as::ShownAs,
};

/// A number format. Which of its sections is used depends on the number.
#[derive(Debug, Clone, PartialEq)]
pub struct NumberFormat {
    sections: Vec<FormatSection>,
}

impl Default for NumberFormat {
    /// Shows every number as it is.
    fn default() -> Self {
        Self::of(PLAIN)
    }
}

impl NumberFormat {
    /// Shows every number in one way.
    pub fn of(shown: ShownAs) -> Self {
        Self { sections: vec![FormatSection { condition: None, shown }] }
    }

    /// Shows numbers that fulfil a condition in one way, by the first condition that holds, and all others in another. Of more than
    /// two conditions the first two count.
    pub fn by_conditions(conditions: Vec<(Condition, ShownAs)>, otherwise: ShownAs) -> Self {
        let held = conditions.into_iter().take(2).map(|(condition, shown)| (Some(condition), shown));
        let sections = held.chain([(None, otherwise)]).map(|(condition, shown)| FormatSection { condition, shown });
        Self { sections: sections.collect() }
    }

    /// Reads the code of a format. No code shows numbers as they are.
    pub fn parse(code: &str) -> Self {
        if code.trim().is_empty() {
            return Self::default();
        }
        let mut sections: Vec<FormatSection> = sections(code).iter().take(3).map(|tokens| section(tokens)).collect();
        let has_conditions = sections.iter().any(|section| section.condition.is_some());
        if let Some(negative) = sections.get_mut(1).filter(|_| !has_conditions)
            && let ShownAs::Number { loses_sign, .. } = &mut negative.shown
        {
            *loses_sign = shows_no_sign(code);
        }
        Self { sections }
    }

    /// Whether every number is shown as it is.
    pub fn is_plain(&self) -> bool {
        self.sections.iter().all(|section| section.shown == PLAIN)
    }

    /// How a number is shown.
    pub fn shown(&self, number: f64) -> &ShownAs {
        let section = |index: usize| self.sections.get(index).map_or(&PLAIN, |section| &section.shown);
        let condition = |index: usize| self.sections.get(index).and_then(|section| section.condition);
        match (condition(0), condition(1), self.sections.len()) {
            (None, None, 0 | 1) => section(0),
            (None, None, 2) => section(usize::from(number < 0.0)),
            (None, None, _) if number > 0.0 => section(0),
            (None, None, _) => section(if number < 0.0 { 1 } else { 2 }),
            (Some(first), _, _) if first.holds(number) => section(0),
            (_, Some(second), _) if second.holds(number) => section(1),
            (Some(_), Some(_), 3) => section(2),
            (_, _, 1) => &PLAIN,
            _ => section(1),
        }
    }
}

/// The formats that a workbook need not write out, by their numbers (ECMA-376, part 1, 18.8.30).
pub fn builtin(number: u16) -> NumberFormat {
    let code = match number {
        1 => "0",
        2 => "0.00",
        3 | 37 | 38 => "#,##0",
        4 | 39 | 40 => "#,##0.00",
        9 | 67 => "0%",
        10 | 68 => "0.00%",
        11 => "0.00E+00",
        12 => "# ?/?",
        13 => "# ??/??",
        // 27 to 36 and 50 to 58 are dates in East Asian languages, 71 to 81 in Thai.
        14..=16 | 27..=31 | 36 | 50..=58 | 71..=74 | 81 => "yyyy-mm-dd",
        17 => "mmm-yy",
        18..=22 | 32..=35 | 45 | 47 | 75..=80 => "yyyy-mm-dd hh:mm",
        46 => "[h]:mm:ss",
        _ => "General",
    };
    NumberFormat::parse(code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::file::sheet::shown_as::DatePrecision;

    fn number(power: i32) -> ShownAs {
        ShownAs::Number { power, loses_sign: false }
    }

    #[test]
    fn percent_signs_and_commas_behind_digits_scale_what_is_shown_and_literals_do_not() {
        for (code, power) in [
            ("General", 0),
            ("0.0%", 2),
            ("0.00 %", 2),
            ("[Red]0%", 2),
            ("#,##0.0\"%\"", 0),
            ("0.0\\%", 0),
            ("#,##0", 0),
            ("#,##0.0,", -3),
            ("0,", -3),
            ("0.0,,\" M\"", -6),
            ("#,##0,.0", -3),
            ("#,##0_,", 0),
            ("0*,", 0),
            ("[$€-407] #,##0.00", 0),
            ("0.00E+00", 0),
            ("# ??/??", 0),
            ("", 0),
        ] {
            assert_eq!(*NumberFormat::parse(code).shown(7.0), number(power), "{code:?}");
        }
    }

    #[test]
    fn dates_are_as_exact_as_they_are_shown() {
        use DatePrecision as P;
        for (code, precision) in [
            ("yyyy", P::Year),
            ("yy", P::Year),
            ("yyyy\" г.\"", P::Year),
            ("yyyy\"年\"", P::Year),
            ("[$-409]mmm yyyy", P::Month),
            ("mm/yyyy", P::Month),
            ("yyyy-mm-dd", P::Day),
            ("d/m/yyyy", P::Day),
            ("mmm", P::Day),
            ("dd.mm", P::Day),
            ("yyyy \"Q1\"", P::Day),
            ("yyyy-mm-dd hh:mm", P::Time),
            ("h:mm AM/PM", P::Time),
        ] {
            assert_eq!(*NumberFormat::parse(code).shown(1.0), ShownAs::Date(precision), "{code}");
        }
        assert_eq!(*NumberFormat::parse("[hh]:mm").shown(1.0), ShownAs::Elapsed);
    }

    #[test]
    fn the_section_is_chosen_by_sign_or_by_condition() {
        let accounting = NumberFormat::parse("_-* #,##0_-;-* #,##0_-;_-* \"-\"??_-;_-@_-");
        assert_eq!(*accounting.shown(5.0), number(0));
        assert_eq!(*accounting.shown(-5.0), number(0));
        // `??` are places for digits, but blank ones.
        assert_eq!(*NumberFormat::parse("0;-0;\"-\"").shown(0.0), ShownAs::Words("-".to_owned()));
        assert_eq!(*NumberFormat::parse("0;-0;;@").shown(0.0), ShownAs::Words(String::new()));
        assert_eq!(*NumberFormat::parse(";;;").shown(3.0), ShownAs::Words(String::new()));
        let scaled = NumberFormat::parse("[>=1000000]0.0,,\"M\";[>=1000]0.0,\"K\";0");
        assert_eq!([2e6, 2e3, 2.0].map(|n| scaled.shown(n).clone()), [-6, -3, 0].map(number));
        let two = NumberFormat::parse("[<1]0%;0");
        assert_eq!([0.5, 5.0].map(|n| two.shown(n).clone()), [number(2), number(0)]);
    }

    #[test]
    fn a_negative_number_that_looks_like_a_positive_one_is_known() {
        for (code, loses) in
            [("0;0", true), ("#,##0;[Red]#,##0", false), ("0;-0", false), ("0;(0)", false), ("0", false), ("0%;0%", true)]
        {
            let format = NumberFormat::parse(code);
            assert!(matches!(format.shown(-5.0), ShownAs::Number { loses_sign, .. } if *loses_sign == loses), "{code}");
            assert!(matches!(format.shown(5.0), ShownAs::Number { loses_sign: false, .. }), "{code}");
        }
    }

    #[test]
    fn leading_zeros_are_known_by_a_format_of_digits_alone() {
        for (code, width) in
            [("00000", Some(5)), ("##00", Some(2)), ("0", None), ("00.0", None), ("00,000", None), ("00%", None)]
        {
            let expected = width.map_or_else(|| number(if code.ends_with('%') { 2 } else { 0 }), ShownAs::Padded);
            assert_eq!(*NumberFormat::parse(code).shown(7.0), expected, "{code}");
        }
    }
}
