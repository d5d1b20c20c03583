//! Units of measure in titles and headings: thousands, millions, percent, per so many.

use super::words::words;
use std::collections::BTreeSet;

/// Beginnings of words, in lower case, and the power of ten that they stand for.
const POWERS: [(&str, i32); 16] = [
    ("thousand", 3),
    ("тыс", 3),
    ("tausend", 3),
    ("tsd", 3),
    ("millier", 3),
    ("ths", 3),
    ("мың", 3),
    ("million", 6),
    ("миллион", 6),
    ("млн", 6),
    ("mio", 6),
    ("mln", 6),
    ("billion", 9),
    ("миллиард", 9),
    ("млрд", 9),
    ("bln", 9),
];
const PERCENT: [&str; 6] = ["percent", "процент", "prozent", "pourcent", "pct", "pc"];
const PERMILLE: [&str; 4] = ["промилле", "permille", "promille", "permil"];
const PER: [&str; 7] = ["per", "на", "je", "pro", "por", "pour", "auf"];

/// What a text says about the unit of the values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum UnitWord {
    /// Ten to this power: thousands, millions.
    Power(i32),
    /// Hundredths.
    Percent,
    /// For each thousand, ten thousand, hundred thousand.
    Per(u32),
}

/// All that a text says about its unit.
pub fn unit_words(text: &str) -> BTreeSet<UnitWord> {
    let words = words(text);
    let mut found = BTreeSet::new();
    let mut rest = &words[..];
    while let Some((word, behind)) = rest.split_first() {
        let per = PER.contains(&word.as_str()).then(|| per_number(behind)).flatten();
        let (unit, read) = per.map_or((of_word(word), 0), |(unit, read)| (Some(unit), read));
        found.extend(unit);
        rest = behind.get(read..).unwrap_or_default();
    }
    found.extend(text.contains('%').then_some(UnitWord::Percent));
    found.extend(text.contains('‰').then_some(UnitWord::Per(1000)));
    found.extend((text.contains("'000") || text.contains("’000")).then_some(UnitWord::Power(3)));
    found
}

fn of_word(word: &str) -> Option<UnitWord> {
    let begins = |list: &[&str]| list.iter().any(|start| word.starts_with(start) && word.chars().count() <= 12);
    if begins(&PERMILLE) {
        return Some(UnitWord::Per(1000));
    }
    if begins(&PERCENT) {
        return Some(UnitWord::Percent);
    }
    let power = POWERS.iter().find(|(start, _)| word.starts_with(start));
    power.map(|(_, power)| UnitWord::Power(*power))
}

/// `1000`, `10 000`, `10 thousand`, `thousand` behind the word for "per", and how many words that is.
fn per_number(words: &[String]) -> Option<(UnitWord, usize)> {
    let digits = words.iter().take_while(|word| word.starts_with(|c: char| c.is_ascii_digit())).take(2).count();
    let written: String = words.iter().take(digits).map(String::as_str).collect();
    let number: u32 = if digits == 0 { 1 } else { written.parse().ok()? };
    let thousand = words.get(digits).is_some_and(|word| of_word(word) == Some(UnitWord::Power(3)));
    let (number, read) = if thousand { (number.checked_mul(1000)?, digits + 1) } else { (number, digits) };
    matches!(number, 1_000 | 10_000 | 100_000 | 1_000_000).then_some((UnitWord::Per(number), read))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_says_its_unit_by_words_signs_and_numbers() {
        for (text, expected) in [
            ("Население (тысяч человек)", &[UnitWord::Power(3)][..]),
            ("Population in thousands", &[UnitWord::Power(3)]),
            ("тыс. человек", &[UnitWord::Power(3)]),
            ("млн", &[UnitWord::Power(6)]),
            ("Persons ('000)", &[UnitWord::Power(3)]),
            ("Change 2015, %", &[UnitWord::Percent]),
            ("Arrivals per 1000", &[UnitWord::Per(1000)]),
            ("per 10,000 inhabitants", &[UnitWord::Per(10_000)]),
            ("на 10 000 человек", &[UnitWord::Per(10_000)]),
            ("на 10 тыс. человек", &[UnitWord::Per(10_000)]),
            ("per thousand", &[UnitWord::Per(1000)]),
            ("Общий коэффициент, промилле", &[UnitWord::Per(1000)]),
            ("Arrivals 2014", &[]),
            ("на 1 января", &[]),
        ] {
            assert_eq!(unit_words(text).into_iter().collect::<Vec<_>>(), expected, "{text}");
        }
    }
}
