//! Makes any set of rings a valid area without moving a vertex: the arrangement of their edges.
//!
//! ```text
//!   A---B   C---D        Where edges cross, the crossing becomes a vertex of both. Edges between two such nodes form a
//!   |    \ /    |        chain, and a chain stays where the area lies on one of its sides only: what two parts share
//!   |     X     |        disappears (a border inside the area, a spike, the antimeridian), what crosses is split at X.
//!   |    / \    |        The kept chains, with the area to their left, are stitched to rings again.
//!   F---E   H---G
//! ```
//!
//! The area is what lies in any of its parts. A part is what its exterior encloses an odd number of times and none of its holes
//! encloses. General Boolean operations would find the same area, but they round every vertex to a grid of their own: then the borders
//! that it shares with its neighbours would no longer be the same.

use super::{
    area_change::{AreaChange, of_part, size},
    chains::chains,
    defeat::Defeat,
    holes::nest,
    knots::knot,
    region::Region,
};
use crate::boundary::geometry::{
    rings::{Parts, Ring},
    steps::StepBudget,
    stitch::{simple_loops, stitch},
};

/// The valid parts of the area that the rings enclose, and what that does to the area.
pub fn arrange(parts: &Parts, steps: &StepBudget) -> Result<(Parts, AreaChange), Defeat> {
    let rings = knot(parts.iter().flatten().cloned().collect(), steps)?;
    let mended = enclosed(parts, &rings, steps).ok_or(Defeat::Rounding)?;
    let mut change = AreaChange { before_km2: 0.0, after_km2: size(&mended) };
    let mut rest = rings.as_slice();
    for part in parts {
        let (own, others) = rest.split_at_checked(part.len()).unwrap_or((rest, &[]));
        rest = others;
        let of_part = part_alone(part, own, steps).ok_or(Defeat::Rounding)?;
        if of_part.is_grave() {
            return Err(Defeat::AreaChange(of_part));
        }
        change.before_km2 += of_part.before_km2;
    }
    Ok((mended, change))
}

/// What mending does to a part by itself. That parts overlap changes no ground.
fn part_alone(part: &[Ring], rings: &[Ring], steps: &StepBudget) -> Option<AreaChange> {
    let is_simple = |ring: &Ring| simple_loops(ring.clone()).len() == 1;
    let mended = match rings {
        [exterior] if is_simple(exterior) => vec![rings.to_vec()],
        _ => enclosed(&vec![part.to_vec()], rings, steps)?,
    };
    Some(of_part(rings, &mended))
}

fn enclosed(parts: &Parts, rings: &[Ring], steps: &StepBudget) -> Option<Parts> {
    let region = Region::new(parts, steps);
    let chains = chains(rings).into_iter().filter_map(|chain| region.directed(chain)).collect();
    let loops: Vec<Ring> = stitch(chains)?.into_iter().flat_map(simple_loops).collect();
    nest(loops, steps)
}
