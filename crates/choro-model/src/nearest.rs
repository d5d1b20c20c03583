//! The nearest valid word to a wrong one, for messages that say how to mend a misspelling.

/// The candidate nearest to `word` by edit distance (optimal string alignment, letter case ignored), if it is near enough
/// to be what was meant: at most a third of the longer word, and at least one edit is always allowed.
///
/// ```
/// use choro_model::nearest;
/// assert_eq!(nearest("decimls", ["delimiter", "decimals"]), Some("decimals"));
/// assert_eq!(nearest("colour", ["sheet", "area"]), None);
/// ```
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let folded: String = word.chars().take(LONGEST).collect::<String>().to_lowercase();
    candidates
        .into_iter()
        .filter_map(|candidate| {
            let other = candidate.chars().take(LONGEST).collect::<String>().to_lowercase();
            let distance = strsim::osa_distance(&folded, &other);
            let longer = folded.chars().count().max(other.chars().count());
            (distance <= (longer / 3).max(1)).then_some((distance, candidate))
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Words are compared up to here, so that a hostile one costs little.
const LONGEST: usize = 128;

/// The end of a message about an unknown key: `; did you mean "decimals"?`, or nothing when no valid key is near.
///
/// Takes the message of a serde error of a struct with `deny_unknown_fields` (unknown field `x`, expected one of `a`, `b`),
/// whose wording is part of serde's documented `Error::unknown_field`.
#[must_use]
pub fn nearest_key_hint(message: &str) -> Option<String> {
    let rest = message.strip_prefix("unknown field `")?;
    let (unknown, expected) = rest.split_once('`')?;
    let valid = expected.split('`').skip(1).step_by(2);
    nearest(unknown, valid).map(|key| format!("did you mean \"{key}\"?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hint_names_the_nearest_valid_key_or_none() {
        let message = "unknown field `decimls`, expected one of `id`, `decimals`, `kind`";
        assert_eq!(nearest_key_hint(message).as_deref(), Some("did you mean \"decimals\"?"));
        assert_eq!(nearest_key_hint("unknown field `zzz`, expected `id`"), None);
        assert_eq!(nearest_key_hint("missing field `id`"), None);
    }
}
