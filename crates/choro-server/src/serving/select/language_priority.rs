//! Which language a reader gets: the ranges that the reader wants, matched with the languages that there are (RFC 4647).
//!
//! ```text
//! wanted de-CH, then fr;  there are de, en, fr   -> de: a range loses its last part until something has that name (3.4)
//! wanted pt;              there are en, pt-BR    -> pt-BR: nothing is called pt, and pt-BR begins with it (3.3.1)
//! ```

use choro_model::Lang;

/// What a reader says of languages: a language priority list (RFC 4647, 2.3) without its weights.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LanguagePriority {
    /// Ranges in lower case, the most wanted first.
    wanted: Vec<String>,
    /// Ranges in lower case that the reader will not have.
    refused: Vec<String>,
}

impl LanguagePriority {
    /// Ranges with their weights in thousandths, in the order in which the reader gives them. A weight of 0 refuses a range. The range
    /// `*` says nothing of which language to take, and is left out (RFC 4647, 3.4).
    pub fn new<'r>(ranges: impl IntoIterator<Item = (&'r str, u16)>) -> Self {
        let named = ranges.into_iter().filter(|(range, _)| *range != "*");
        let mut ranges: Vec<_> = named.map(|(range, weight)| (range.to_ascii_lowercase(), weight)).collect();
        // Stable: of equal weight, the first is wanted most.
        ranges.sort_by_key(|(_, weight)| std::cmp::Reverse(*weight));
        let names =
            |wanted: bool| ranges.iter().filter(move |(_, weight)| (*weight > 0) == wanted).map(|(name, _)| name.clone());
        Self { wanted: names(true).collect(), refused: names(false).collect() }
    }

    /// A reader who wants one language.
    #[must_use]
    pub fn of(lang: &Lang) -> Self {
        Self::new([(lang.as_str(), 1000)])
    }

    /// The language of those that there are; the usual one where none is wanted. Where that one is refused, the first other.
    pub(crate) fn choose<'l>(&self, there: &(impl Iterator<Item = &'l Lang> + Clone), usual: &'l Lang) -> &'l Lang {
        let wanted = self.wanted.iter().find_map(|range| {
            let lookup =
                || shortened(range).find_map(|range| there.clone().find(|lang| lang.as_str().eq_ignore_ascii_case(range)));
            lookup().or_else(|| there.clone().find(|lang| covers(range, lang)))
        });
        let other = || there.clone().find(|lang| !self.refuses(lang));
        wanted.unwrap_or_else(|| if self.refuses(usual) { other().unwrap_or(usual) } else { usual })
    }

    fn refuses(&self, lang: &Lang) -> bool {
        self.refused.iter().any(|range| covers(range, lang))
    }
}

/// A range, then without its last part, and so on. A part of one sign goes with what follows it.
fn shortened(range: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(range), |range| {
        let (shorter, _) = range.rsplit_once('-')?;
        Some(match shorter.rsplit_once('-') {
            Some((before, single)) if single.len() == 1 => before,
            _ => shorter,
        })
    })
}

/// Whether a language is the range, or begins with it and a hyphen.
fn covers(range: &str, lang: &Lang) -> bool {
    let lang = lang.as_str();
    let begins = lang.get(..range.len()).is_some_and(|beginning| beginning.eq_ignore_ascii_case(range));
    begins && matches!(lang.as_bytes().get(range.len()), None | Some(b'-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_wanted_range_that_fits_gives_the_language() {
        let there: Vec<Lang> = ["de", "en", "pt-BR", "ru", "sr-Latn"].map(|tag| Lang::new(tag).unwrap()).into();
        let usual = Lang::new("en").unwrap();
        for (ranges, expected) in [
            (&[][..], "en"),
            (&[("ru", 1000)], "ru"),
            (&[("RU", 1000)], "ru"),
            (&[("ru-RU", 1000), ("en", 900)], "ru"),
            (&[("de", 300), ("ru", 800)], "ru"),
            (&[("de", 800), ("ru", 800)], "de"),
            (&[("fr", 1000), ("ru", 100)], "ru"),
            (&[("fr", 1000)], "en"),
            // By lookup.
            (&[("de-CH-1996", 1000), ("ru", 900)], "de"),
            (&[("sr-latn-rs", 1000)], "sr-Latn"),
            (&[("de-x-dialect", 1000)], "de"),
            // By what a tag begins with.
            (&[("pt", 1000), ("ru", 900)], "pt-BR"),
            (&[("sr", 1000)], "sr-Latn"),
            (&[("pt-PT", 1000), ("ru", 900)], "ru"),
            (&[("d", 1000)], "en"),
            // A star names nothing.
            (&[("*", 1000)], "en"),
            (&[("*", 1000), ("ru", 500)], "ru"),
            (&[("fr", 1000), ("*", 500)], "en"),
            // What is refused is not taken.
            (&[("ru", 0)], "en"),
            (&[("en", 0), ("*", 1000)], "de"),
            (&[("en", 0), ("ru", 500)], "ru"),
            (&[("en", 0), ("de", 0), ("pt", 0), ("ru", 0)], "sr-Latn"),
            (&[("en", 0), ("de", 0), ("pt", 0), ("ru", 0), ("sr", 0)], "en"),
        ] {
            let chosen = LanguagePriority::new(ranges.iter().copied());
            assert_eq!(chosen.choose(&there.iter(), &usual).as_str(), expected, "{ranges:?}");
        }
    }
}
