//! A label that holds several names of one area, or its code and its name -> its parts.
//!
//! `Northland / Нортланд` has two names, `01001 Flensburg` and `Hamburg (02000)` a code and a name. What stands at an end of a label with
//! blanks is a part only as a code: the last word of `New York` is another town.

use crate::statistics::LabelSplit;

/// Most parts of a label.
const MAX_PARTS: usize = 8;

/// What a code may stand in.
const BRACKETS: [(char, char); 2] = [('(', ')'), ('[', ']')];

/// A part of a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LabelPart<'a> {
    /// A name or a code.
    Name(&'a str),
    /// A code, or nothing.
    Code(&'a str),
    /// What stands beside a code: it may only contradict it.
    BesideCode(&'a str),
}

/// The parts of a label; none where the sign does not stand in it.
pub fn parts<'a>(label: &'a str, split: &LabelSplit) -> Vec<LabelPart<'a>> {
    use LabelPart::{BesideCode, Code, Name};
    match split {
        LabelSplit::Sign(sign) => {
            // A hyphen without blanks belongs to a name.
            let sign = if sign == "-" { " - " } else { sign.as_str() };
            let parts = label.split(sign).take(MAX_PARTS).map(|part| Name(part.trim()));
            if label.contains(sign) { parts.collect() } else { Vec::new() }
        }
        LabelSplit::Brackets => {
            let behind = |(open, close)| label.strip_suffix(close).and_then(|rest: &'a str| rest.rsplit_once(open));
            let before = |(open, close)| {
                let (inner, outer) = label.strip_prefix(open).and_then(|rest: &'a str| rest.split_once(close))?;
                Some((outer, inner))
            };
            let parts = BRACKETS.into_iter().find_map(behind).or_else(|| BRACKETS.into_iter().find_map(before));
            parts.map(|(outer, inner)| vec![Name(outer.trim()), Code(inner.trim())]).unwrap_or_default()
        }
        LabelSplit::Blank => {
            let first = label.split_once(' ').map(|(word, rest)| [Code(word), BesideCode(rest)]);
            let last = label.rsplit_once(' ').map(|(rest, word)| [Code(word), BesideCode(rest)]);
            first.into_iter().chain(last).flatten().collect()
        }
    }
}

/// The signs that are tried on labels that found no area.
pub fn usual() -> Vec<LabelSplit> {
    let signs = ["/", "|", ";", ":", "_", "\u{2013}", "\u{2014}", "-"].map(|sign| LabelSplit::Sign(sign.to_owned()));
    signs.into_iter().chain([LabelSplit::Brackets, LabelSplit::Blank]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_is_taken_apart_at_the_sign_and_ends_with_blanks_are_codes_alone() {
        let shown = |label: &str, split: &str| -> Vec<String> {
            let split = LabelSplit::try_from(split.to_owned()).unwrap();
            let show = |part: &LabelPart<'_>| match part {
                LabelPart::Name(text) => (*text).to_owned(),
                LabelPart::Code(text) => format!("#{text}"),
                LabelPart::BesideCode(text) => format!("={text}"),
            };
            parts(label, &split).iter().map(show).collect()
        };
        assert_eq!(shown("Northland / Нортланд", "/"), ["Northland", "Нортланд"]);
        assert_eq!(shown("Northland | Нортланд", " | "), ["Northland", "Нортланд"]);
        assert_eq!(shown("Hamburg (02000)", "()"), ["Hamburg", "#02000"]);
        assert_eq!(shown("[02000] Hamburg", "()"), ["Hamburg", "#02000"]);
        assert_eq!(shown("01001 Frankfurt am Main", " "), ["#01001", "=Frankfurt am Main", "#Main", "=01001 Frankfurt am"]);
        assert_eq!(shown("North-East - Nord-Ost", "-"), ["North-East", "Nord-Ost"]);
        assert_eq!(shown("North-East", "-"), [""; 0]);
        assert_eq!(shown("Northland", "/"), [""; 0]);
        assert_eq!(shown("Northland", " "), [""; 0]);
        assert!(LabelSplit::try_from("and".to_owned()).is_err() && LabelSplit::try_from(String::new()).is_err());
    }
}
