//! Finds what is wrong with an area's rings and makes it valid (OGC Simple Features 6.1.11.1).
//!
//! An area without fault passes through untouched, and so do all vertices of one with a fault: `arrange` only adds
//! crossings and drops what encloses nothing.

use super::arrange::{Defeat, GROWTH, arrange};
use crate::boundary::{
    features::source::AreaFault,
    geometry::{
        boxes::BoxTree,
        edges::{Bounds, EdgeMeeting, EdgeTree, Location, RingEdge, meeting},
        rings::{DefectNotes, Parts, Ring, key, orient},
        work::{STEPS, StepBudget},
    },
    prepare::longitude::on_meridian,
    report::{GeometryDefect, Reason},
};
use geo::Coord;
use std::ops::ControlFlow;

/// What was found in an area.
#[derive(Debug, Default)]
struct Findings {
    notes: DefectNotes,
    /// Its parts meet on the antimeridian.
    meridian: bool,
    /// Its edges lie across each other without end.
    hopeless: bool,
    /// Pairs of edges that were looked at.
    visits: usize,
}

/// Pairs of edges looked at for each edge, on average, before an area counts as hopeless: good ones need two, and a
/// hostile scribble of n edges would need n.
const MAX_VISITS: usize = 200;
/// Steps that any area may take, however few its vertices are.
const FEW_STEPS: u64 = 1_000_000;

/// A valid area and whether it was cut by the antimeridian; notes what was mended.
pub fn mend(mut parts: Parts, notes: &mut DefectNotes) -> Result<(Parts, bool), AreaFault> {
    orient(&mut parts);
    let work = StepBudget::of(parts.iter().flatten().map(Vec::len).sum(), FEW_STEPS);
    let findings = examine(&parts, &work);
    if findings.notes.0.is_empty() && !findings.meridian && !findings.hopeless {
        return Ok((parts, false));
    }
    let faults = findings.notes.0.iter().map(|(p, (n, at))| format!("{} ({n}, first at {} {})", p.text(), at.x, at.y));
    let fault = |limit: Option<String>| {
        AreaFault::new(Reason::Unmendable, faults.clone().chain(limit).collect::<Vec<_>>().join(", "))
    };
    let spent = || format!("the limit of {} steps, {STEPS} for each vertex, is met", work.limit());
    if findings.hopeless {
        let pairs = || format!("the limit of {MAX_VISITS} pairs of edges for each edge is met");
        return Err(fault(Some(if work.is_over() { spent() } else { pairs() })));
    }
    let parts = arrange(&parts, &work).map_err(|defeat| match defeat {
        Defeat::Growth => {
            fault(Some(format!("the limit of {GROWTH} times as many vertices, with those where it crosses, is met")))
        }
        Defeat::Rounding => fault(work.is_over().then(spent)),
    })?;
    if !examine(&parts, &work).notes.0.is_empty() || work.is_over() {
        return Err(fault(work.is_over().then(spent)));
    }
    for (problem, (count, at)) in findings.notes.0 {
        notes.0.entry(problem).or_insert((0, at)).0 += count;
    }
    Ok((parts, findings.meridian))
}

fn examine(parts: &Parts, work: &StepBudget) -> Findings {
    let mut found = Findings::default();
    let rings: Vec<&Ring> = parts.iter().flatten().collect();
    let tree = EdgeTree::new(rings.iter().map(|ring| ring.as_slice()), work);
    let most = rings.iter().map(|ring| ring.len()).sum::<usize>().saturating_mul(MAX_VISITS).saturating_add(1_000_000);
    tree.pairs(&tree, &mut |e, f| {
        let length = rings.get(e.ring).map_or(0, |ring| ring.len());
        compare(e, f, length, &mut found);
        found.visits += 1;
        if found.visits > most { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    found.hopeless = found.visits > most;
    if rings.len() > 1 && !found.hopeless {
        nesting(parts, work, &mut found.notes);
    }
    found.hopeless |= work.is_over();
    found
}

/// Two edges of an area; those of one ring are neighbours when their places differ by one.
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

/// Holes outside of their part, holes in holes, parts in parts.
fn nesting(parts: &Parts, work: &StepBudget, notes: &mut DefectNotes) {
    for part in parts {
        let Some((exterior, holes)) = part.split_first() else { continue };
        if holes.is_empty() {
            continue;
        }
        let tree = EdgeTree::new([exterior.as_slice()], work);
        for hole in holes {
            if let Some((Location::Exterior, at)) = sample(&tree, hole) {
                notes.add(GeometryDefect::Nesting, at);
            }
        }
        let holes: Vec<Vec<&Ring>> = holes.iter().map(|hole| vec![hole]).collect();
        contained(&holes, work).into_iter().for_each(|nested| notes.add(GeometryDefect::Nesting, nested.at));
    }
    nested_parts(parts, work).into_iter().for_each(|nested| notes.add(GeometryDefect::Nesting, nested.at));
}

/// A ring or part that lies in another one of its area.
#[derive(Debug, Clone, Copy)]
pub struct NestedRing {
    pub inner: usize,
    pub outer: usize,
    pub at: Coord<f64>,
}

/// Parts that lie in other parts.
pub fn nested_parts(parts: &Parts, work: &StepBudget) -> Vec<NestedRing> {
    let parts: Vec<Vec<&Ring>> = parts.iter().map(|part| part.iter().collect()).collect();
    contained(&parts, work)
}

/// Every group of rings whose first one lies within another group, from west to east.
fn contained(groups: &[Vec<&Ring>], work: &StepBudget) -> Vec<NestedRing> {
    let bounds = |group: &Vec<&Ring>| Bounds::of(group.first().into_iter().flat_map(|ring| ring.iter().copied()));
    let boxes: Vec<Bounds> = groups.iter().map(bounds).collect();
    let (tree_of_boxes, ranks) = (BoxTree::new(&boxes, work), from_west(&boxes));
    let mut eastward: Vec<usize> = (0..groups.len()).collect();
    eastward.sort_by_key(|group| ranks.get(*group));
    let mut nested = Vec::new();
    for (outer, outer_box) in eastward.into_iter().filter_map(|outer| Some((outer, boxes.get(outer)?))) {
        let mut within = Vec::new();
        tree_of_boxes.meeting(outer_box, &mut |inner| {
            let holds = boxes.get(inner).is_some_and(|b| outer_box.holds(b.min) && outer_box.holds(b.max));
            within.extend((inner != outer && holds).then_some(inner));
            ControlFlow::Continue(())
        });
        if within.is_empty() {
            continue;
        }
        within.sort_by_key(|inner| ranks.get(*inner));
        let tree = EdgeTree::new(groups.get(outer).into_iter().flatten().map(|ring| ring.as_slice()), work);
        for inner in within {
            let ring = groups.get(inner).and_then(|group| group.first());
            if let Some((Location::Interior, at)) = ring.and_then(|ring| sample(&tree, ring)) {
                nested.push(NestedRing { inner, outer, at });
            }
        }
    }
    nested
}

/// The place of each box when they are sorted by their western ends.
pub fn from_west(boxes: &[Bounds]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..boxes.len()).collect();
    order.sort_by(|a, b| boxes.get(*a).map_or(0.0, |b| b.min.x).total_cmp(&boxes.get(*b).map_or(0.0, |b| b.min.x)));
    let mut ranks = vec![0; boxes.len()];
    for (rank, index) in order.into_iter().enumerate() {
        if let Some(slot) = ranks.get_mut(index) {
            *slot = rank;
        }
    }
    ranks
}

/// Where the first vertex of the ring lies that is not on the boundary of the other.
fn sample(tree: &EdgeTree<'_>, ring: &Ring) -> Option<(Location, Coord<f64>)> {
    ring.iter().map(|c| (tree.locate(*c), *c)).find(|(place, _)| *place != Location::Boundary)
}
