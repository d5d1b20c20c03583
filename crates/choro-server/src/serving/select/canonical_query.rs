//! The query string of a selection in its one canonical form.

use super::resolved_query::ResolvedQuery;
use choro_model::{Indicator, ReleaseId, Selection};
use std::fmt::Write;

/// The query string of a selection in its one canonical form: parameters in a fixed order, totals left out. Ids need no escaping in
/// a query (RFC 3986, 3.4).
pub(crate) fn query(resolved: &ResolvedQuery<'_>, release: &ReleaseId) -> String {
    let mut query = String::new();
    match resolved.selection() {
        Some((indicator, selection)) => {
            push_selection(&mut query, indicator, selection);
            if resolved.fixed {
                push(&mut query, "borders", resolved.vintage.id().as_str());
            }
        }
        None => push(&mut query, "borders", resolved.vintage.id().as_str()),
    }
    push(&mut query, "release", release.as_str());
    query
}

fn push_selection(query: &mut String, indicator: &Indicator, selection: &Selection) {
    push(query, "indicator", indicator.id.as_str());
    push(query, "period", &selection.period.to_string());
    for (dimension, code) in indicator.dimensions.iter().zip(&selection.codes) {
        if *code != dimension.total {
            push(query, dimension.id.as_str(), code.as_str());
        }
    }
}

fn push(query: &mut String, name: &str, value: &str) {
    let mark = if query.is_empty() { '?' } else { '&' };
    let written = write!(query, "{mark}{name}={value}");
    debug_assert!(written.is_ok(), "a string takes every character");
}
