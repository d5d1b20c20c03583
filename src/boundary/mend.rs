//! Finds what is wrong with an area's rings and makes it valid (OGC Simple Features 6.1.11.1).
//!
//! An area without fault passes through untouched, and so do all vertices of one with a fault: `arrange` only adds
//! crossings and drops what encloses nothing.

use super::{
    Problem, Reason,
    arrange::arrange,
    edges::{Bounds, Edge, Edges, Meeting, Place, meeting},
    longitude::on_meridian,
    rings::{Notes, Parts, Ring, key, orient},
    source::Fault,
};
use geo::Coord;
use std::ops::ControlFlow;

/// What was found in an area.
#[derive(Debug, Default)]
struct Findings {
    notes: Notes,
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

/// A valid area and whether it was cut by the antimeridian; notes what was mended.
pub fn mend(mut parts: Parts, notes: &mut Notes) -> Result<(Parts, bool), Fault> {
    orient(&mut parts);
    let findings = examine(&parts);
    if findings.notes.0.is_empty() && !findings.meridian && !findings.hopeless {
        return Ok((parts, false));
    }
    let faults = findings.notes.0.iter().map(|(p, (n, at))| format!("{} ({n}, first at {} {})", p.text(), at.x, at.y));
    let fault = || Fault::new(Reason::Unmendable, faults.clone().collect::<Vec<_>>().join(", "));
    let parts = if findings.hopeless { None } else { arrange(&parts) }.ok_or_else(fault)?;
    if !examine(&parts).notes.0.is_empty() {
        return Err(fault());
    }
    for (problem, (count, at)) in findings.notes.0 {
        notes.0.entry(problem).or_insert((0, at)).0 += count;
    }
    Ok((parts, findings.meridian))
}

fn examine(parts: &Parts) -> Findings {
    let mut found = Findings::default();
    let rings: Vec<&Ring> = parts.iter().flatten().collect();
    let tree = Edges::new(rings.iter().map(|ring| ring.as_slice()));
    let most = rings.iter().map(|ring| ring.len()).sum::<usize>().saturating_mul(MAX_VISITS).saturating_add(1_000_000);
    tree.pairs(&tree, &mut |e, f| {
        let length = rings.get(e.ring).map_or(0, |ring| ring.len());
        compare(e, f, length, &mut found);
        found.visits += 1;
        if found.visits > most { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    found.hopeless = found.visits > most;
    if rings.len() > 1 && !found.hopeless {
        nesting(parts, &mut found.notes);
    }
    found
}

/// Two edges of an area; those of one ring are neighbours when their places differ by one.
fn compare(e: &Edge, f: &Edge, length: usize, found: &mut Findings) {
    let same_ring = e.ring == f.ring;
    let apart = e.index.abs_diff(f.index);
    let adjacent = same_ring && (apart == 1 || apart + 1 == length);
    let (ea, eb, fa, fb) = (key(e.a), key(e.b), key(f.a), key(f.b));
    let common = usize::from(ea == fa || ea == fb) + usize::from(eb == fa || eb == fb);
    let (problem, at) = match meeting(e, f) {
        Meeting::Cross(at) => (if same_ring { Problem::SelfCrossing } else { Problem::RingsCross }, at),
        Meeting::Touch(on_e, on_f) => {
            let at = on_e.iter().chain(&on_f).next().copied().unwrap_or(e.a);
            let along = on_e.len() + on_f.len() + common >= 2;
            match (same_ring, along) {
                (true, true) => (Problem::Spike, at),
                (true, false) => (Problem::SelfTouch, at),
                (false, true) => (Problem::SharedEdge, at),
                // Rings may touch in a point.
                (false, false) => return,
            }
        }
        Meeting::Apart if common == 2 => (if same_ring { Problem::Spike } else { Problem::SharedEdge }, e.a),
        Meeting::Apart if common == 1 && same_ring && !adjacent => {
            (Problem::SelfTouch, if ea == fa || ea == fb { e.a } else { e.b })
        }
        Meeting::Apart => return,
    };
    if problem == Problem::SharedEdge && on_meridian(e.a.x) && e.a.x == e.b.x {
        found.meridian = true;
    } else {
        found.notes.add(problem, at);
    }
}

/// Holes outside of their part, holes in holes, parts in parts.
fn nesting(parts: &Parts, notes: &mut Notes) {
    for part in parts {
        let Some((exterior, holes)) = part.split_first() else { continue };
        if holes.is_empty() {
            continue;
        }
        let tree = Edges::new([exterior.as_slice()]);
        for hole in holes {
            if let Some((Place::Outside, at)) = sample(&tree, hole) {
                notes.add(Problem::Nesting, at);
            }
        }
        let holes: Vec<Vec<&Ring>> = holes.iter().map(|hole| vec![hole]).collect();
        contained(&holes).into_iter().for_each(|nested| notes.add(Problem::Nesting, nested.at));
    }
    nested_parts(parts).into_iter().for_each(|nested| notes.add(Problem::Nesting, nested.at));
}

/// A ring or part that lies in another one of its area.
#[derive(Debug, Clone, Copy)]
pub struct Nested {
    pub inner: usize,
    pub outer: usize,
    pub at: Coord<f64>,
}

/// Parts that lie in other parts.
pub fn nested_parts(parts: &Parts) -> Vec<Nested> {
    let parts: Vec<Vec<&Ring>> = parts.iter().map(|part| part.iter().collect()).collect();
    contained(&parts)
}

/// Every group of rings whose first one lies within another group.
fn contained(groups: &[Vec<&Ring>]) -> Vec<Nested> {
    let bounds = |group: &Vec<&Ring>| Bounds::of(group.first().into_iter().flat_map(|ring| ring.iter().copied()));
    let mut boxes: Vec<(Bounds, usize)> = groups.iter().map(bounds).zip(0..).collect();
    boxes.sort_by(|a, b| a.0.min.x.total_cmp(&b.0.min.x));
    let mut nested = Vec::new();
    for (outer_box, outer) in &boxes {
        // What begins further west cannot lie in the outer box.
        let first = boxes.partition_point(|(b, _)| b.min.x < outer_box.min.x);
        let within = |(b, inner): &&(Bounds, usize)| inner != outer && outer_box.holds(b.min) && outer_box.holds(b.max);
        let eastward = boxes.iter().skip(first).take_while(|(b, _)| b.min.x <= outer_box.max.x);
        let mut candidates = eastward.filter(within).peekable();
        if candidates.peek().is_none() {
            continue;
        }
        let tree = Edges::new(groups.get(*outer).into_iter().flatten().map(|ring| ring.as_slice()));
        for (_, inner) in candidates {
            let ring = groups.get(*inner).and_then(|group| group.first());
            if let Some((Place::Inside, at)) = ring.and_then(|ring| sample(&tree, ring)) {
                nested.push(Nested { inner: *inner, outer: *outer, at });
            }
        }
    }
    nested
}

/// Where the first vertex of the ring lies that is not on the boundary of the other.
fn sample(tree: &Edges<'_>, ring: &Ring) -> Option<(Place, Coord<f64>)> {
    ring.iter().map(|c| (tree.place(*c), *c)).find(|(place, _)| *place != Place::Boundary)
}
