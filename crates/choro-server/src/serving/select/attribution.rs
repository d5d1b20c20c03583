//! Whom an answer names as the makers of borders and values.

use super::resolved_query::ResolvedQuery;

/// The makers of the values, where there are values, and of the borders; named once where both are the same.
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
