//! Which combinations of codes have values.

use choro_model::{Code, Indicator, Period};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The combinations of codes that have values in some periods. Others have none there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CatalogCombinations {
    /// The periods in order.
    pub periods: Vec<Period>,
    /// A code for each dimension of the indicator, in the order of its dimensions.
    pub codes: Vec<Vec<Code>>,
}

/// Whether each combination of the codes of all dimensions is among these.
pub fn are_all(indicator: &Indicator, codes: &[Vec<Code>]) -> bool {
    let all = indicator.dimensions.iter().map(|dimension| dimension.code_list.items.len());
    all.fold(1_usize, usize::saturating_mul) == codes.len()
}
