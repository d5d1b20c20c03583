//! How an answer says that values are not the source's own on these borders.

use crate::format::catalog::Origin;
use choro_model::{SetId, VintageId};
use serde::Serialize;
use utoipa::ToSchema;

/// Whose figures values were made of. Without any member: the source's own.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct OriginMembers<'a> {
    /// Whether they were restated from other borders of the same set.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    restated: Option<bool>,
    /// The vintage of those borders.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    restated_from: Option<&'a VintageId>,
    /// Whether they are sums of the areas of another set.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    aggregated: Option<bool>,
    /// That set and its borders.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    aggregated_from: Option<SetAndBorders<'a>>,
}

/// A boundary set in one of its vintages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct SetAndBorders<'a> {
    /// The boundary set.
    set: &'a SetId,
    /// Its vintage.
    borders: &'a VintageId,
}

impl<'a> OriginMembers<'a> {
    /// What is said of an origin; `None`: nothing.
    pub(super) fn of(origin: Option<&'a Origin>) -> Self {
        match origin {
            None => Self::default(),
            Some(Origin::Restated { vintage, .. }) => {
                Self { restated: Some(true), restated_from: Some(vintage), ..Self::default() }
            }
            Some(Origin::Aggregated { set, vintage }) => {
                let from = SetAndBorders { set, borders: vintage };
                Self { aggregated: Some(true), aggregated_from: Some(from), ..Self::default() }
            }
        }
    }
}

/// The head of a column that says so, e.g. `2004_restated_from`, and what stands in it.
pub(super) fn head(origin: &Origin) -> (&'static str, String) {
    match origin {
        Origin::Restated { vintage, .. } => ("restated_from", vintage.to_string()),
        Origin::Aggregated { set, vintage } => ("aggregated_from", format!("{set} {vintage}")),
    }
}
