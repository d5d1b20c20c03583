//! The language of an answer.

use super::data_query::DataQuery;
use crate::serving::release::open_release::Release;
use choro_model::Lang;

/// The language of an answer: the one asked for, or the default where the release has no texts in it.
pub(crate) fn lang(release: &Release, query: &DataQuery, default: &Lang) -> Lang {
    release.lang(query.lang.as_ref(), default)
}
