//! What is to be known of some values beside their class: the entries of a legend, and words for one value.
//!
//! ```text
//! A 12.5 P, B 90.0 P small_base    ->    provisional: 2; small base, not reliable: 1
//! ```

use super::look::Pattern;
use choro_model::{Flag, Flags, Lang, words::words};
use serde::Serialize;
use utoipa::ToSchema;

/// What is to be known of some values.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct FlagEntry {
    /// The flag.
    pub flag: Flag,
    /// Its words.
    #[schema(example = "provisional")]
    pub label: String,
    /// How many areas have a value with it.
    pub count: usize,
    /// A pattern over those areas; without it only the count is told.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub pattern: Option<Pattern>,
    /// The rows of those areas in the table of areas, counted from 0; only of differences, since the values of one period say it
    /// themselves.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rows: Vec<usize>,
}

/// The values of a map and what is to be known of each.
#[derive(Debug, Clone, Copy)]
pub struct Flagged<'a> {
    /// The flags of each area's value; empty: there are none.
    pub flags: &'a [Flags],
    /// Whether the values are differences of two periods.
    pub is_change: bool,
    /// The language.
    pub lang: &'a Lang,
}

impl Flagged<'_> {
    /// An entry for each flag that occurs.
    #[must_use]
    pub fn entries(&self) -> Vec<FlagEntry> {
        let entry = |flag: Flag| {
            let of = self.flags.iter().enumerate().filter(|(_, flags)| flags.has(flag));
            let rows: Vec<usize> = of.map(|(row, _)| row).collect();
            let pattern = matches!(flag, Flag::Reliability(_)).then_some(Pattern::Dots);
            let (label, count) = (self.label(flag).to_owned(), rows.len());
            (count > 0).then(|| FlagEntry {
                flag,
                label,
                count,
                pattern,
                rows: if self.is_change { rows } else { Vec::new() },
            })
        };
        Flag::ALL.into_iter().filter_map(entry).collect()
    }

    /// What is to be known of the value of an area, in words; empty where there is nothing.
    #[must_use]
    pub fn words(&self, row: usize) -> String {
        self.join(row, |_| true)
    }

    /// Why the value of an area is not to be relied on, in words; empty where it is.
    pub(super) fn doubt(&self, row: usize) -> String {
        self.join(row, |flag| matches!(flag, Flag::Reliability(_)))
    }

    fn join(&self, row: usize, wanted: impl Fn(Flag) -> bool) -> String {
        let flags = self.flags.get(row).copied().unwrap_or_default();
        flags.iter().filter(|flag| wanted(*flag)).map(|flag| self.label(flag)).collect::<Vec<_>>().join("; ")
    }

    fn label(&self, flag: Flag) -> &'static str {
        let words = words(self.lang);
        if self.is_change { words.change_flag(flag) } else { words.flag(flag) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use choro_model::{ObsStatus, Reliability};

    #[test]
    fn each_flag_that_occurs_has_an_entry_with_its_count_and_differences_say_it_of_both_periods() {
        let lang = Lang::new("en").unwrap();
        let provisional = Flags::of(Some(ObsStatus::P), None);
        let both = Flags::of(Some(ObsStatus::P), Some(Reliability::SmallBase));
        let flags = [provisional, Flags::NONE, both, Flags::of(Some(ObsStatus::B), None)];
        let shown = |is_change: bool| -> Vec<String> {
            let flagged = Flagged { flags: &flags, is_change, lang: &lang };
            flagged.entries().iter().map(|entry| format!("{}: {} {:?}", entry.label, entry.count, entry.rows)).collect()
        };
        assert_eq!(shown(false), ["provisional: 2 []", "break in the series: 1 []", "small base, not reliable: 1 []"]);
        assert_eq!(
            shown(true),
            [
                "from or to provisional figures: 2 [0, 2]",
                "across a break in the series: 1 [3]",
                "small base, not reliable: 1 [2]"
            ]
        );
        let flagged = Flagged { flags: &flags, is_change: false, lang: &lang };
        let words: Vec<String> = (0..5).map(|row| flagged.words(row)).collect();
        assert_eq!(words, ["provisional", "", "provisional; small base, not reliable", "break in the series", ""]);
        assert_eq!((flagged.doubt(0), flagged.doubt(2)), (String::new(), "small base, not reliable".to_owned()));
    }
}
