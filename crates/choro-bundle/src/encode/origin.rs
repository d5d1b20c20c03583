//! How an answer says that values are not the source's own on these borders.

use crate::format::catalog::Origin;
use serde_json::{Map, Value, json};

/// `restated` and `restated_from`, or `aggregated` and `aggregated_from`.
pub(super) fn members(origin: &Origin) -> Map<String, Value> {
    let (word, from) = match origin {
        Origin::Restated { vintage, .. } => ("restated", json!(vintage)),
        Origin::Aggregated { set, vintage } => ("aggregated", json!({"set": set, "borders": vintage})),
    };
    Map::from_iter([(word.to_owned(), Value::Bool(true)), (format!("{word}_from"), from)])
}

/// The head of a column that says so, e.g. `2004_restated_from`, and what stands in it.
pub(super) fn head(origin: &Origin) -> (&'static str, String) {
    match origin {
        Origin::Restated { vintage, .. } => ("restated_from", vintage.to_string()),
        Origin::Aggregated { set, vintage } => ("aggregated_from", format!("{set} {vintage}")),
    }
}
