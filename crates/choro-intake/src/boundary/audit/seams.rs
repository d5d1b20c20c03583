//! Measures where areas overlap and where they gape, as the source has it. Nothing is changed.

use super::{gaps::gaps, overlaps::measure_overlaps};
use crate::boundary::{error::BoundaryError, geometry::rings::Parts, limits::Limits, report::BoundaryReport};
use choro_model::AreaCode;

/// How many gaps are listed. The totals count all.
const LISTED: usize = 10;

/// Measures overlaps and gaps into the report.
pub fn audit(
    codes: &[&AreaCode],
    shapes: &[&Parts],
    limits: &Limits,
    report: &mut BoundaryReport,
) -> Result<(), BoundaryError> {
    let is_tangled = measure_overlaps(codes, shapes, limits, report)?;
    let mut gaps = gaps(shapes, limits.gap_width_km, !is_tangled);
    gaps.sort_by(|a, b| b.km2.total_cmp(&a.km2));
    report.gap_width_km = limits.gap_width_km;
    report.gap_count = gaps.len();
    report.gap_km2 = gaps.iter().map(|g| g.km2).sum();
    gaps.truncate(LISTED);
    report.gaps = gaps;
    Ok(())
}
