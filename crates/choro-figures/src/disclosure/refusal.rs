//! Why values may not be published.

use super::unprotected::UnprotectedTable;
use choro_model::{Code, Indicator, Period};

/// How many cells a refusal names.
const NAMED: usize = 10;

/// Why values may not be published.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Refusal {
    /// Small counts of persons.
    #[error(
        "indicator {indicator} counts persons and {period}{codes} holds {count} cells of 1 to 4 ({named}): withhold them in the \
         source (state secrecy) or, where the provider has published the table itself, set declared_public = true in \
         indicators.toml"
    )]
    Small {
        /// The indicator.
        indicator: String,
        /// The period.
        period: String,
        /// The further codes, each after a space.
        codes: String,
        /// How many cells.
        count: usize,
        /// The first of them as `area = value`.
        named: String,
    },
    /// Withheld cells that can be computed. The sums are named, never their numbers.
    #[error(
        "indicator {indicator}, {period}: {count} withheld cells can be computed from a sum whose other cells are public ({named}): \
         withhold a second cell of each sum in the source (state secrecy); where a code or an area is no part of the whole, correct \
         the parents in the code list or in the boundaries"
    )]
    Told {
        /// The indicator.
        indicator: String,
        /// The period.
        period: String,
        /// How many cells and sums.
        count: usize,
        /// The first of them as `cell by whole = part + part`.
        named: String,
    },
    /// A column that does not fit its areas.
    #[error(
        "indicator {indicator}, {period}: a column of boundary set {set}, vintage {vintage}, has {figures} figures for {areas} areas"
    )]
    Shape {
        /// The indicator.
        indicator: String,
        /// The period.
        period: String,
        /// The boundary set.
        set: String,
        /// Its vintage.
        vintage: String,
        /// How many figures the column has.
        figures: usize,
        /// How many areas there are.
        areas: usize,
    },
}

impl Refusal {
    pub(super) fn shape(table: &UnprotectedTable<'_>, figures: usize) -> Self {
        Self::Shape {
            indicator: table.indicator.id.to_string(),
            period: table.period.to_string(),
            set: table.set.to_string(),
            vintage: table.vintage.to_string(),
            figures,
            areas: table.areas.len(),
        }
    }

    pub(super) fn small(table: &UnprotectedTable<'_>, codes: &[Code], cells: &[String]) -> Self {
        Self::Small {
            indicator: table.indicator.id.to_string(),
            period: table.period.to_string(),
            codes: codes.iter().fold(String::new(), |text, code| text + " " + code.as_str()),
            count: cells.len(),
            named: named(cells, ", "),
        }
    }

    pub(super) fn told(indicator: &Indicator, period: Period, cells: &[String]) -> Self {
        Self::Told {
            indicator: indicator.id.to_string(),
            period: period.to_string(),
            count: cells.len(),
            named: named(cells, "; "),
        }
    }
}

fn named(cells: &[String], between: &str) -> String {
    let more = if cells.len() > NAMED { format!("{between}...") } else { String::new() };
    cells.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join(between) + &more
}
