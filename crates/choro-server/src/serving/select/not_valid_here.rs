//! What is said of a parameter that means nothing.

/// Characters of a value in an error.
const SHOWN: usize = 80;

/// Says that the value of a parameter means nothing, and where one can see what would.
#[must_use]
pub fn not_valid_here(name: &str, value: &str) -> String {
    let value: String = value.chars().take(SHOWN).collect();
    format!("{name}={value:?} is not valid here: see /catalog.json and /openapi.json")
}
