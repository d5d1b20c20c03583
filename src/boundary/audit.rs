//! placeholder
use super::{report::BoundaryReport, rings::Parts, Limits};
use crate::model::AreaCode;
pub fn audit(_: &[&AreaCode], _: &[&Parts], _: &Limits, _: &mut BoundaryReport) {}
