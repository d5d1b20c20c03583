//! Which file a language takes its words from.

use super::{language_file::LanguageFile, messages::Words};
use crate::id::Lang;
use std::{
    collections::BTreeMap,
    sync::{Arc, LazyLock},
};

/// The language of readers whose own has no file, and of messages that a file lacks.
const USUAL: &str = "en";

/// The files of `texts/`, each with its name without the ending (`build.rs`).
pub(super) const FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/language_files.rs"));

/// A language for the tests of this and other crates. A program that is built for use does not know it.
#[cfg(debug_assertions)]
const TESTED: &[(&str, &str)] = &[("sl", include_str!("testing/sl.ftl"))];
#[cfg(not(debug_assertions))]
const TESTED: &[(&str, &str)] = &[];

static LANGUAGES: LazyLock<Languages> = LazyLock::new(|| Languages::read([TESTED, FILES].concat()));

/// The words of a language: of `sr-Latn-RS` those of `sr-Latn`, else those of `sr`, else the English ones. What a file lacks is taken
/// from the next one of that list.
#[must_use]
pub fn words(lang: &Lang) -> &'static Words {
    LANGUAGES.words(lang.as_str())
}

/// All languages that have a file.
pub(super) struct Languages {
    usual: Words,
    /// By their tags in small letters.
    words: BTreeMap<String, Words>,
}

impl Languages {
    /// Reads files, each with its language. Of two files of one language the later one counts.
    pub fn read<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let read = |(tag, text): (&str, &str)| (tag.to_ascii_lowercase(), Arc::new(LanguageFile::read(tag, text)));
        let files: BTreeMap<_, _> = files.into_iter().map(read).collect();
        let words = |tag: &str| Words::new(broader(tag).chain([USUAL]).filter_map(|tag| files.get(tag)).cloned().collect());
        Self { usual: words(USUAL), words: files.keys().map(|tag| (tag.clone(), words(tag))).collect() }
    }

    pub fn words(&self, tag: &str) -> &Words {
        let tag = tag.to_ascii_lowercase();
        broader(&tag).find_map(|tag| self.words.get(tag)).unwrap_or(&self.usual)
    }
}

/// `sr-latn-rs`, `sr-latn`, `sr`.
fn broader(tag: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(tag), |tag| Some(tag.rsplit_once('-')?.0))
}
