//! Whom an answer names as the makers of borders and values.

use super::resolved_query::ResolvedQuery;

/// Who made the borders and, where there are values, who made those; each once.
pub(crate) fn attribution(resolved: &ResolvedQuery<'_>) -> String {
    let vintage = resolved.set.vintages.iter().find(|vintage| vintage.id == *resolved.vintage.id());
    let borders = vintage.map_or("", |vintage| vintage.source.as_str());
    let values = resolved.values.as_ref().map_or("", |(indicator, _)| indicator.source.as_str());
    match (borders, values) {
        ("", one) | (one, "") => one.to_owned(),
        (borders, values) if borders == values => borders.to_owned(),
        (borders, values) => format!("{values}; {borders}"),
    }
}
