//! How words of tables are compared with the lists: apart from case and accents.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// A text in lower case and without accents: `Août` and `AOUT` are alike, and so are `ё` and `е`, `й` and `и`.
#[must_use]
pub fn folded(text: &str) -> String {
    text.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_accents_do_not_count() {
        for (a, b) in [("Août", "aout"), ("МАЙ", "май"), ("Орёл", "орел"), ("März", "MARZ"), ("кв", "КВ")]
        {
            assert_eq!(folded(a), folded(b), "{a}");
        }
        assert_ne!(folded("año"), folded("anno"));
    }
}
