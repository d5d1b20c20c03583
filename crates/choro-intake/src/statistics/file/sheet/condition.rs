//! Comparisons with a number, by which a number format chooses how it shows one.

use std::cmp::Ordering;

/// A comparison with a number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Condition {
    below: bool,
    equal: bool,
    above: bool,
    limit: f64,
}

impl Condition {
    /// Reads `>=1000`; `None` where the text is no comparison.
    pub fn parse(text: &str) -> Option<Self> {
        let number = text.trim_start_matches(['<', '>', '=', '!']);
        let sign = text.get(..text.len() - number.len())?;
        let (below, equal, above) = match sign {
            "<" => (true, false, false),
            "<=" => (true, true, false),
            "=" => (false, true, false),
            ">=" => (false, true, true),
            ">" => (false, false, true),
            "<>" | "!=" => (true, false, true),
            _ => return None,
        };
        Some(Self { below, equal, above, limit: number.trim().parse().ok()? })
    }

    /// Whether a number fulfils it.
    pub fn holds(self, number: f64) -> bool {
        number.partial_cmp(&self.limit).is_some_and(|order| match order {
            Ordering::Less => self.below,
            Ordering::Equal => self.equal,
            Ordering::Greater => self.above,
        })
    }
}
