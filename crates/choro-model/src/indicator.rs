//! Indicators as data: `indicators.toml` and the code list files that it names.

use super::{
    area::Names,
    id::{Code, DimensionId, IndicatorId},
};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::ToSchema;

/// What kind of number an indicator is; decides whether areas may be summed and whether a choropleth is honest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A number of persons, events or things.
    Count,
    /// Events by population, e.g. per 1,000 inhabitants.
    Rate,
    /// A part of a whole, in per cent.
    Share,
    /// A figure without unit.
    Index,
}

/// The unit of measure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Unit {
    /// SDMX-like id, e.g. `PS` (persons), `PS_PER_1K`, `PC`.
    #[schema(example = "PS_PER_1K")]
    pub id: String,
    /// Its name by language, e.g. `per 1,000 inhabitants`.
    #[serde(default)]
    #[schema(required = true)]
    pub name: Names,
}

/// One code of a code list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CodeItem {
    /// The code.
    pub code: Code,
    /// Its name by language.
    pub name: Names,
    /// The broader code of the same list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub parent: Option<Code>,
}

/// A code list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CodeList {
    /// Its id, e.g. `sex`.
    pub id: String,
    /// Its codes in the order of the file.
    pub items: Vec<CodeItem>,
}

/// A dimension of an indicator besides area and period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Dimension {
    /// Its id, also the URL parameter.
    pub id: DimensionId,
    /// Its name by language.
    pub name: Names,
    /// Its codes.
    #[schema(value_type = CodeList)]
    pub code_list: Arc<CodeList>,
    /// The code that stands for all: what a selection takes when the dimension is left out.
    pub total: Code,
}

/// From which base on values are reliable: `{ base = "population", value = 1000 }`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReliableFrom {
    /// The indicator that the values refer to, of the same boundary set, vintage and period.
    pub base: IndicatorId,
    /// The least value of it, in its own unit.
    pub value: Threshold,
}

/// A number above zero.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(try_from = "f64")]
#[schema(value_type = f64, example = 1000)]
pub struct Threshold(f64);

// The number is never NaN.
impl Eq for Threshold {}

impl Threshold {
    /// The number.
    #[must_use]
    pub const fn get(self) -> f64 {
        self.0
    }
}

impl TryFrom<f64> for Threshold {
    type Error = String;

    fn try_from(number: f64) -> Result<Self, String> {
        let is_valid = number.is_finite() && number > 0.0;
        if is_valid {
            Ok(Self(number))
        } else {
            Err(format!("{number} is no least value of a base: expected a number above zero"))
        }
    }
}

/// What is measured.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Indicator {
    /// Its id, e.g. `net_migration_rate`.
    pub id: IndicatorId,
    /// Its name by language.
    pub name: Names,
    /// What it means and how it is computed, by language.
    #[serde(default)]
    #[schema(required = true)]
    pub note: Names,
    /// What it belongs to with others, by language, e.g. `Movements`.
    #[serde(default, skip_serializing_if = "Names::is_empty")]
    pub theme: Names,
    /// Other words that people look for it by, by language, separated by spaces.
    #[serde(default, skip_serializing_if = "Names::is_empty")]
    pub keywords: Names,
    /// Its unit.
    pub unit: Unit,
    /// Count, rate, share or index.
    pub kind: Kind,
    /// Decimals to print; values are stored as given.
    pub decimals: u8,
    /// Its dimensions.
    pub dimensions: Vec<Dimension>,
    /// Whether values lie on both sides of a meaningful zero.
    pub diverging: bool,
    /// Whether the figure of a whole is the sum of those of its parts, so that areas may be summed. Arrivals are not: a move
    /// between two parts is none of the whole.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub additive: bool,
    /// The additive indicator by which the mean over several areas is weighted, e.g. the population of a rate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub weighted_by: Option<IndicatorId>,
    /// How large the base of a value must be for the value to be relied on, e.g. the inhabitants that a rate refers to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub reliable_from: Option<ReliableFrom>,
    /// Whether it counts persons, so that small cells may disclose somebody.
    pub persons: bool,
    /// Whether the provider has declared the table public, small cells included.
    pub declared_public: bool,
    /// Who made the figures.
    pub source: String,
    /// Under which licence.
    pub licence: String,
}

/// What is wrong with an indicator file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {what}")]
pub struct IndicatorError {
    /// File and indicator, e.g. `indicators.toml: indicator arrivals`.
    pub place: String,
    /// What is wrong, what was got and expected, and how to mend it.
    pub what: String,
}
