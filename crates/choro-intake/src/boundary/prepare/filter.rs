//! Which areas of a file are taken.

use super::clean_text::clean;
use crate::boundary::{
    error::BoundaryError,
    features::feature::{FeatureCollection, RawFeature},
    options::{FieldEquals, Options},
};
use std::collections::{BTreeMap, BTreeSet};

/// Values that a message names.
const SHOWN: usize = 20;

/// Keeps the areas that the options let pass; says how many do not.
pub fn filter(source: &mut FeatureCollection, options: &Options, place: &str) -> Result<usize, BoundaryError> {
    let mut wanted: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for FieldEquals { field, value } in &options.filter {
        wanted.entry(field).or_default().insert(clean(value, field).ok().flatten().unwrap_or_default());
    }
    let all = source.areas.len();
    let met: BTreeMap<&str, BTreeSet<String>> = wanted
        .keys()
        .map(|field| (*field, source.areas.iter().map(|area| value(area, field)).take(10_000).collect()))
        .collect();
    source.areas.retain(|area| wanted.iter().all(|(field, values)| values.contains(&value(area, field))));
    if source.areas.is_empty() && !wanted.is_empty() {
        let shown = |(field, values): (&&str, &BTreeSet<String>)| {
            let values: Vec<String> = values.iter().take(SHOWN).map(|value| format!("{value:?}")).collect();
            format!("{field:?}: {}", values.join(", "))
        };
        return Err(BoundaryError::Format {
            path: place.to_owned(),
            what: "no area passes --where".to_owned(),
            expected: format!(
                "values that the file has, such as those of {}",
                met.iter().map(shown).collect::<Vec<_>>().join("; ")
            ),
        });
    }
    Ok(all - source.areas.len())
}

/// The text of a field; empty where it has none that can be read.
fn value(area: &RawFeature, field: &str) -> String {
    let text = area.properties.get(field).and_then(|text| text.text(field).ok()).unwrap_or_default();
    clean(text, field).ok().flatten().unwrap_or_default()
}
