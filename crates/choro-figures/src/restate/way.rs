//! All steps from one vintage to another.

use super::{
    column::DraftColumn,
    plan::Plan,
    rule::{Rule, restate},
};
use std::sync::Arc;

/// The plans of all steps on a way, in order; ways share them.
#[derive(Debug, Clone, PartialEq)]
pub struct Way {
    plans: Vec<Arc<Plan>>,
}

impl Way {
    /// The way of these plans, each beginning at the areas where the one before ends.
    #[must_use]
    pub fn new(plans: Vec<Arc<Plan>>) -> Self {
        Self { plans }
    }

    /// The values at the end of the way. The weights of a mean go along with it.
    #[must_use]
    pub fn follow(&self, column: &DraftColumn, rule: Rule<'_>) -> DraftColumn {
        let mut column = column.clone();
        let mut weights = if let Rule::Mean(weights) = rule { Some(weights.clone()) } else { None };
        for plan in &self.plans {
            column = restate(plan, &column, weights.as_ref().map_or(rule, Rule::Mean));
            weights = weights.map(|weights| restate(plan, &weights, Rule::Sum));
        }
        column
    }
}
