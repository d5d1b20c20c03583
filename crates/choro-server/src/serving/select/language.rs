//! The language of an answer: one in which the release has texts, or the default. Answers are cached by it, so made-up languages do
//! not make more of them.

use super::{data_query::DataQuery, language_priority::LanguagePriority};
use crate::serving::release::open_release::Release;
use choro_model::Lang;

/// The language for a query.
pub(crate) fn lang(release: &Release, query: &DataQuery, default: &Lang) -> Lang {
    query.lang.as_ref().map_or_else(|| default.clone(), |asked| named(release, asked, default))
}

/// The language for a reader who names one.
pub(crate) fn named(release: &Release, asked: &Lang, default: &Lang) -> Lang {
    preferred(release, &LanguagePriority::of(asked), default)
}

/// The language for a reader with these wishes.
pub(crate) fn preferred(release: &Release, wanted: &LanguagePriority, default: &Lang) -> Lang {
    wanted.choose(&release.langs(), default).clone()
}
