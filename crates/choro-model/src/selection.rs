//! A selection: one indicator, one period, one code for every further dimension.

use super::{
    id::{Code, IndicatorId},
    indicator::{Dimension, Indicator},
    period::Period,
};

/// Which column of values is meant. `codes` follows the order of the indicator's dimensions.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Selection {
    /// The indicator.
    pub indicator: IndicatorId,
    /// The period.
    pub period: Period,
    /// One code for each dimension of the indicator.
    pub codes: Vec<Code>,
}

/// Why dimensions and codes make no selection of an indicator.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SelectionError {
    /// The indicator has no such dimension.
    #[error("indicator {indicator} has no dimension {dimension:?}: it has {valid}")]
    UnknownDimension {
        /// The indicator.
        indicator: IndicatorId,
        /// The dimension asked for.
        dimension: String,
        /// Its dimensions, comma separated.
        valid: String,
    },
    /// The dimension has no such code.
    #[error("dimension {dimension} has no code {code:?}: it has {valid}")]
    UnknownCode {
        /// The dimension.
        dimension: String,
        /// The code asked for.
        code: String,
        /// Its codes, comma separated, at most 40.
        valid: String,
    },
}

impl Selection {
    /// The selection of `indicator` at `period` with the codes given as (dimension, code); a dimension left out takes its
    /// total code.
    pub fn new(indicator: &Indicator, period: Period, given: &[(&str, &str)]) -> Result<Self, SelectionError> {
        Ok(Self { indicator: indicator.id.clone(), period, codes: indicator.codes(given)? })
    }
}

impl Indicator {
    /// One code for each of its dimensions, where some are given as (dimension, code); a dimension left out takes its total code.
    ///
    /// # Errors
    /// It has no such dimension, or the dimension no such code.
    pub fn codes(&self, given: &[(&str, &str)]) -> Result<Vec<Code>, SelectionError> {
        self.knows(given)?;
        let code = |dimension: &Dimension| {
            let Some((_, code)) = given.iter().find(|(id, _)| *id == dimension.id.as_str()) else {
                return Ok(dimension.total.clone());
            };
            let known = dimension.code_list.items.iter().find(|item| item.code.as_str() == *code);
            known.map(|item| item.code.clone()).ok_or_else(|| SelectionError::UnknownCode {
                dimension: dimension.id.to_string(),
                code: (*code).to_owned(),
                valid: list(dimension.code_list.items.iter().map(|item| item.code.as_str())),
            })
        };
        self.dimensions.iter().map(code).collect()
    }

    /// Whether it has the dimensions of what is given as (dimension, code).
    ///
    /// # Errors
    /// It lacks one of them.
    pub fn knows(&self, given: &[(&str, &str)]) -> Result<(), SelectionError> {
        let is_known = |id: &str| self.dimensions.iter().any(|dimension| dimension.id.as_str() == id);
        let Some((unknown, _)) = given.iter().find(|(id, _)| !is_known(id)) else { return Ok(()) };
        Err(SelectionError::UnknownDimension {
            indicator: self.id.clone(),
            dimension: (*unknown).to_owned(),
            valid: list(self.dimensions.iter().map(|dimension| dimension.id.as_str())),
        })
    }
}

fn list<'a>(ids: impl Iterator<Item = &'a str>) -> String {
    let ids: Vec<_> = ids.take(40).collect();
    if ids.is_empty() { "none".to_owned() } else { ids.join(", ") }
}
