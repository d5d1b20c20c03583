//! The codes of a selection, as answers name them.

use choro_model::{Code, DimensionId, Indicator, Selection};
use serde::{Serialize, Serializer};
use utoipa::ToSchema;

/// The codes of a selection by dimension id, in the order of the indicator's dimensions.
#[derive(Debug, Clone, Default, PartialEq, Eq, ToSchema)]
#[schema(value_type = BTreeMap<String, String>, example = json!({"sex": "F"}))]
pub struct Codes(Vec<(DimensionId, Code)>);

impl Codes {
    /// Those of a selection.
    #[must_use]
    pub fn of(indicator: &Indicator, selection: &Selection) -> Self {
        Self::in_order(indicator, &selection.codes)
    }

    /// One for each dimension, in their order.
    #[must_use]
    pub fn in_order(indicator: &Indicator, codes: &[Code]) -> Self {
        let pairs = indicator.dimensions.iter().zip(codes);
        Self(pairs.map(|(dimension, code)| (dimension.id.clone(), code.clone())).collect())
    }
}

impl Serialize for Codes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(dimension, code)| (dimension, code)))
    }
}
