//! Finds what is wrong with the rings of an area.

use super::nesting::nesting;
use crate::boundary::{
    geometry::{
        edge_tree::EdgeTree,
        meeting::{EdgeMeeting, RingEdge, meeting},
        rings::{DefectNotes, Parts, Ring, key},
        steps::StepBudget,
    },
    prepare::antimeridian::on_meridian,
    report::GeometryDefect,
};
use std::ops::ControlFlow;

/// How many pairs of edges are looked at for each edge, on average, before an area counts as hopeless. Good areas need two, and a
/// hostile scribble of n edges would need n.
pub const MAX_VISITS: usize = 200;

/// What was found in an area.
#[derive(Debug, Default)]
pub struct Findings {
    /// Its defects.
    pub notes: DefectNotes,
    /// Its parts meet on the antimeridian.
    pub meridian: bool,
    /// Its edges lie across each other without end.
    pub hopeless: bool,
    /// Pairs of edges that were looked at.
    visits: usize,
}

/// Looks for every defect.
pub fn examine(parts: &Parts, steps: &StepBudget) -> Findings {
    let mut found = Findings::default();
    let rings: Vec<&Ring> = parts.iter().flatten().collect();
    let tree = EdgeTree::new(rings.iter().map(|ring| ring.as_slice()), steps);
    let most = rings.iter().map(|ring| ring.len()).sum::<usize>().saturating_mul(MAX_VISITS).saturating_add(1_000_000);
    tree.pairs(&tree, &mut |e, f| {
        let length = rings.get(e.ring).map_or(0, |ring| ring.len());
        compare(e, f, length, &mut found);
        found.visits += 1;
        if found.visits > most { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    found.hopeless = found.visits > most;
    if rings.len() > 1 && !found.hopeless {
        nesting(parts, steps, &mut found.notes);
    }
    found.hopeless |= steps.is_over();
    found
}

/// Notes the defect that two edges of an area show, if any. Edges of one ring are neighbours if their places differ by one.
fn compare(e: &RingEdge, f: &RingEdge, length: usize, found: &mut Findings) {
    let same_ring = e.ring == f.ring;
    let apart = e.index.abs_diff(f.index);
    let adjacent = same_ring && (apart == 1 || apart + 1 == length);
    let (ea, eb, fa, fb) = (key(e.a), key(e.b), key(f.a), key(f.b));
    let common = usize::from(ea == fa || ea == fb) + usize::from(eb == fa || eb == fb);
    let (problem, at) = match meeting(e, f) {
        EdgeMeeting::Cross(at) => (if same_ring { GeometryDefect::SelfCrossing } else { GeometryDefect::RingsCross }, at),
        EdgeMeeting::Touch(on_e, on_f) => {
            let at = on_e.iter().chain(&on_f).next().copied().unwrap_or(e.a);
            let along = on_e.len() + on_f.len() + common >= 2;
            match (same_ring, along) {
                (true, true) => (GeometryDefect::Spike, at),
                (true, false) => (GeometryDefect::SelfTouch, at),
                (false, true) => (GeometryDefect::SharedEdge, at),
                // Rings may touch in a point.
                (false, false) => return,
            }
        }
        EdgeMeeting::Apart if common == 2 => {
            (if same_ring { GeometryDefect::Spike } else { GeometryDefect::SharedEdge }, e.a)
        }
        EdgeMeeting::Apart if common == 1 && same_ring && !adjacent => {
            (GeometryDefect::SelfTouch, if ea == fa || ea == fb { e.a } else { e.b })
        }
        EdgeMeeting::Apart => return,
    };
    if problem == GeometryDefect::SharedEdge && on_meridian(e.a.x) && e.a.x == e.b.x {
        found.meridian = true;
    } else {
        found.notes.add(problem, at);
    }
}
