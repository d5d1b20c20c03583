//! The program's own words on maps, pictures and pages. They stand in `texts/`, one file a language.
//!
//! `legend-change = change from { $from } to { $to }` of `texts/en.ftl` is `words(lang).legend_change("2013", "2014")`, and
//! `period = Period` is `words(lang).period`.

mod language_file;
mod languages;
mod messages;
mod notes;
mod period_names;
#[cfg(test)]
mod tests;

pub use languages::words;
pub use messages::Words;
