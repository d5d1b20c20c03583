//! Texts of codes and names: in one spelling (NFC, trimmed), and without anything that hides what they say.

use crate::boundary::{features::area_fault::AreaFault, report::Reason};
use unicode_normalization::UnicodeNormalization;

/// The text in NFC without blanks around it, `None` where nothing is left, or why it cannot be taken.
pub fn clean(text: &str, what: &str) -> Result<Option<String>, AreaFault> {
    let text: String = text.trim().nfc().collect();
    let fault = |why: String| Err(AreaFault::new(Reason::Text, format!("{what} {text:?} {why}")));
    if let Some(bad) = text.chars().find(|c| c.is_control() || turns_direction(*c)) {
        return fault(format!("holds the invisible character U+{:04X}", u32::from(bad)));
    }
    if text.contains('\u{FFFD}') {
        return fault("was read in a wrong encoding".to_owned());
    }
    Ok((!text.is_empty()).then_some(text))
}

/// Marks that change the direction of the text around them (Unicode UAX 9, 2.1 to 2.6).
fn turns_direction(c: char) -> bool {
    matches!(c, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_get_one_spelling_and_invisible_characters_are_refused() {
        assert_eq!(clean("  Jo\u{308}nko\u{308}ping ", "name").unwrap().unwrap(), "Jönköping");
        assert_eq!(clean(" \u{a0} ", "name").unwrap(), None);
        for bad in ["a\u{202e}b", "a\nb", "a\0", "\u{2066}a", "K\u{fffd}ln"] {
            assert_eq!(clean(bad, "name").unwrap_err().reason, Reason::Text, "{bad:?}");
        }
    }
}
