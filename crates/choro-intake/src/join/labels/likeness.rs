//! How alike two names or codes are, from 0 to 1.

use crate::statistics::vocabulary::{area_nouns::is_area_noun, latin::latin};

/// Names are compared up to this many characters.
pub const LONGEST: usize = 80;
/// Letters that a stem must have.
const STEM: usize = 4;
/// How much the nouns for kinds of areas count beside the other words.
const NOUNS: f64 = 0.08;

/// A name prepared for comparison: in Latin letters, its nouns for kinds of areas apart from its other words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComparedName {
    /// The words that tell areas apart, in their order.
    pub core: String,
    /// These words by the alphabet.
    sorted: String,
    /// The nouns by the alphabet.
    nouns: Vec<String>,
}

impl ComparedName {
    /// Prepares a folded name.
    pub fn new(name: &str) -> Self {
        let name: String = name.chars().take(LONGEST).collect();
        let words: Vec<&str> = split_words(&name).collect();
        let (nouns, core): (Vec<&str>, Vec<&str>) = words.iter().partition(|word| is_area_noun(word));
        // A name of nouns alone, such as City of London without London, is compared by these.
        let core = if core.is_empty() { words } else { core };
        let core: Vec<String> = core.into_iter().map(latin).collect();
        let (mut sorted, mut nouns): (Vec<String>, Vec<String>) = (core.clone(), nouns.into_iter().map(latin).collect());
        sorted.sort_unstable();
        nouns.sort_unstable();
        Self { core: core.join(" "), sorted: sorted.join(" "), nouns }
    }

    /// How alike two names are. Words count in any order. Kinds of areas count little: `Tver oblast` is more like `Tver` than like
    /// `Omsk oblast`.
    pub fn likeness(&self, other: &Self) -> f64 {
        let in_order = letters(&self.core, &other.core);
        let is_in_order = self.core == self.sorted && other.core == other.sorted;
        let sorted = if is_in_order { in_order } else { letters(&self.sorted, &other.sorted) };
        let long_form = long_form(&self.core, &other.core).max(long_form(&other.core, &self.core));
        let stem = same_stem(&self.core, &other.core);
        let nouns = match (self.nouns == other.nouns, self.nouns.is_empty() || other.nouns.is_empty()) {
            (true, _) => 1.0,
            (false, true) => 0.5,
            (false, false) => 0.0,
        };
        in_order.max(sorted).max(long_form).max(stem) * (1.0 - NOUNS) + nouns * NOUNS
    }
}

/// The better of two: the count of edits (Damerau-Levenshtein) finds misspelt names, shared pairs of letters (Sørensen-Dice) those
/// that are put together otherwise.
fn letters(a: &str, b: &str) -> f64 {
    strsim::normalized_damerau_levenshtein(a, b).max(strsim::sorensen_dice(a, b))
}

/// Where every word of `short` is a word of `long`, 0.6 to 1 by the share of its letters that they make up; else 0.
fn long_form(long: &str, short: &str) -> f64 {
    let within = split_words(short).all(|word| split_words(long).any(|other| other == word));
    let share = letters_in(short) / letters_in(long).max(1.0);
    if within && split_words(short).next().is_some() { 0.6 + 0.4 * share.min(1.0) } else { 0.0 }
}

/// Where two words begin alike and one of them ends soon after, as `Tver` and `Tverskaya`: 0.6 to 1 by the share of the longer one that
/// they have in common; else 0.
fn same_stem(a: &str, b: &str) -> f64 {
    let common = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
    let (shorter, longer) = (a.chars().count().min(b.chars().count()), a.chars().count().max(b.chars().count()));
    #[expect(clippy::cast_precision_loss, reason = "names are cut to 80 letters")]
    let share = common as f64 / longer.max(1) as f64;
    if common >= STEM && common + 1 >= shorter { 0.6 + 0.4 * share } else { 0.0 }
}

fn split_words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

#[expect(clippy::cast_precision_loss, reason = "names are cut to 80 letters")]
fn letters_in(text: &str) -> f64 {
    text.chars().filter(|c| c.is_alphanumeric()).count() as f64
}

/// Likeness of codes that differ by one or two edits. `None` for other codes, and for those too short for this to mean anything.
pub fn near_code(label: &str, code: &str) -> Option<f64> {
    let longer = label.chars().count().max(code.chars().count());
    if !may_be_code(label) || longer > LONGEST {
        return None;
    }
    let distance = strsim::osa_distance(label, code);
    #[expect(clippy::cast_precision_loss, reason = "lengths below 80")]
    (distance <= 2 && longer >= 3 * distance.max(1)).then(|| 1.0 - distance as f64 / longer as f64)
}

/// Whether a text looks like a code.
pub fn may_be_code(label: &str) -> bool {
    label.chars().any(|c| c.is_ascii_digit() || c == '-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_of_areas_count_little_words_count_in_any_order_and_scripts_meet() {
        let likeness = |a: &str, b: &str| ComparedName::new(a).likeness(&ComparedName::new(b));
        for (label, meant, other) in [
            ("тверская губерния", "тверская область", "томская губерния"),
            ("тверь область", "тверская область", "омская область"),
            ("tver oblast", "tver", "omsk oblast"),
            ("republic of tatarstan", "tatarstan republic", "republic of dagestan"),
            ("tver", "тверь", "томск"),
            ("тверь", "tver", "tomsk"),
            ("орёл", "орел", "омск"),
            ("северная осетия алания республика", "республика северная осетия алания", "республика карелия"),
            ("kreis kiel landeshauptstadt", "kiel", "lübeck hansestadt"),
        ] {
            assert!(likeness(label, meant) > 0.75, "{label} {meant}: {}", likeness(label, meant));
            assert!(likeness(label, meant) > likeness(label, other) + 0.1, "{label}: {meant} or {other}");
        }
        assert!(likeness("московская область", "тверская область") < 0.75);
    }
}
