//! Makes an area valid (OGC Simple Features 6.1.11.1).
//!
//! An area without defects passes through untouched, and so do all vertices of one with a defect: `arrange` only adds
//! crossings and drops what encloses nothing.

use super::{
    area_change::{AreaChange, MAX_CHANGE},
    arrange::arrange,
    defeat::Defeat,
    examine::{MAX_VISITS, examine},
    knots::GROWTH,
};
use crate::boundary::{
    features::area_fault::AreaFault,
    geometry::{
        rings::{DefectNotes, Parts, orient},
        steps::{STEPS, StepBudget},
    },
    report::Reason,
};

/// Steps that any area may take, however few its vertices are.
const FEW_STEPS: u64 = 1_000_000;

/// A valid area.
pub struct Mended {
    pub parts: Parts,
    /// Whether the antimeridian had cut it.
    pub dissolved: bool,
    /// What mending did to its area; none where no ring was taken apart.
    pub change: Option<AreaChange>,
}

/// Makes an area valid. Notes what was mended.
pub fn mend(mut parts: Parts, notes: &mut DefectNotes) -> Result<Mended, AreaFault> {
    orient(&mut parts);
    let steps = StepBudget::of(parts.iter().flatten().map(Vec::len).sum(), FEW_STEPS);
    let findings = examine(&parts, &steps);
    if findings.notes.0.is_empty() && !findings.meridian && !findings.hopeless {
        return Ok(Mended { parts, dissolved: false, change: None });
    }
    let faults = findings.notes.0.iter().map(|(p, (n, at))| format!("{} ({n}, first at {} {})", p.text(), at.x, at.y));
    let fault = |limit: Option<String>| {
        AreaFault::new(Reason::Unmendable, faults.clone().chain(limit).collect::<Vec<_>>().join(", "))
    };
    let spent = || format!("the limit of {} steps, {STEPS} for each vertex, is met", steps.limit());
    if findings.hopeless {
        let pairs = || format!("the limit of {MAX_VISITS} pairs of edges for each edge is met");
        return Err(fault(Some(if steps.is_over() { spent() } else { pairs() })));
    }
    let (parts, change) = arrange(&parts, &steps).map_err(|defeat| match defeat {
        Defeat::Growth => {
            fault(Some(format!("the limit of {GROWTH} times as many vertices, with those where it crosses, is met")))
        }
        Defeat::Rounding => fault(steps.is_over().then(spent)),
        Defeat::AreaChange(AreaChange { before_km2, after_km2 }) => {
            let share = MAX_CHANGE * 100.0;
            let what = format!("a part has {before_km2:.3} km2, and {after_km2:.3} mended, more than {share} % off");
            AreaFault { reason: Reason::AreaChange, ..fault(Some(what)) }
        }
    })?;
    if !examine(&parts, &steps).notes.0.is_empty() || steps.is_over() {
        return Err(fault(steps.is_over().then(spent)));
    }
    for (problem, (count, at)) in findings.notes.0 {
        notes.0.entry(problem).or_insert((0, at)).0 += count;
    }
    Ok(Mended { parts, dissolved: findings.meridian, change: Some(change) })
}
