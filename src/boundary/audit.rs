//! placeholder
use super::{Limits, report::BoundaryReport, rings::Parts};
use crate::model::AreaCode;
pub fn audit(_: &[&AreaCode], _: &[&Parts], _: &Limits, _: &mut BoundaryReport) {}
