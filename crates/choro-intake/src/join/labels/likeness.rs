//! How alike two names or codes are, from 0 to 1.

/// Names are compared up to this many characters.
pub const LONGEST: usize = 80;

/// Likeness of names, the best of three. The count of edits (Damerau-Levenshtein) finds misspelt names, shared pairs of letters
/// (Sørensen-Dice) find reordered words, and words that all occur in the other name find an official long form.
pub fn likeness(label: &str, name: &str) -> f64 {
    let letters = strsim::normalized_damerau_levenshtein(label, name).max(strsim::sorensen_dice(label, name));
    letters.max(long_form(label, name)).max(long_form(name, label))
}

/// Where every word of `short` is a word of `long`, 0.6 to 1 by the share of its letters that they make up; else 0.
fn long_form(long: &str, short: &str) -> f64 {
    let within = split_words(short).all(|word| split_words(long).any(|other| other == word));
    let share = letters_in(short) / letters_in(long).max(1.0);
    if within && split_words(short).next().is_some() { 0.6 + 0.4 * share.min(1.0) } else { 0.0 }
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
    if longer > LONGEST || !label.chars().any(|c| c.is_ascii_digit() || c == '-') {
        return None;
    }
    let distance = strsim::osa_distance(label, code);
    #[expect(clippy::cast_precision_loss, reason = "lengths below 80")]
    (distance <= 2 && longer >= 3 * distance.max(1)).then(|| 1.0 - distance as f64 / longer as f64)
}
