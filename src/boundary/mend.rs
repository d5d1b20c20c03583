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

/// What was found in an area.
#[derive(Debug, Default)]
struct Findings {
    notes: Notes,
    /// Its parts meet on the antimeridian.
    meridian: bool,
}

/// A valid area and whether it was cut by the antimeridian; notes what was mended.
pub fn mend(mut parts: Parts, notes: &mut Notes) -> Result<(Parts, bool), Fault> {
    orient(&mut parts);
    let findings = examine(&parts);
    if findings.notes.0.is_empty() && !findings.meridian {
        return Ok((parts, false));
    }
    let faults = findings.notes.0.iter().map(|(p, (n, at))| format!("{} ({n}, first at {} {})", p.text(), at.x, at.y));
    let fault = || Fault::new(Reason::Unmendable, faults.clone().collect::<Vec<_>>().join(", "));
    let parts = arrange(&parts).ok_or_else(fault)?;
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
    tree.pairs(&tree, &mut |e, f| {
        let length = rings.get(e.ring).map_or(0, |ring| ring.len());
        compare(e, f, length, &mut found);
    });
    if rings.len() > 1 {
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
        contained(&holes, notes);
    }
    let parts: Vec<Vec<&Ring>> = parts.iter().map(|part| part.iter().collect()).collect();
    contained(&parts, notes);
}

/// Notes every first ring that lies within another group of rings.
fn contained(groups: &[Vec<&Ring>], notes: &mut Notes) {
    let bounds = |group: &Vec<&Ring>| Bounds::of(group.first().into_iter().flat_map(|ring| ring.iter().copied()));
    let mut boxes: Vec<(Bounds, usize)> = groups.iter().enumerate().map(|(index, group)| (bounds(group), index)).collect();
    boxes.sort_by(|a, b| a.0.min.x.total_cmp(&b.0.min.x));
    for (place, (outer, index)) in boxes.iter().enumerate() {
        // What begins further west than the outer box cannot lie in it, what begins at the same place can.
        let first = boxes.iter().take(place).rposition(|(b, _)| b.min.x < outer.min.x).map_or(0, |p| p + 1);
        let candidates = boxes.iter().skip(first).take_while(|(b, _)| b.min.x <= outer.max.x);
        let inner: Vec<usize> = candidates
            .filter(|(b, other)| other != index && outer.holds(b.min) && outer.holds(b.max))
            .map(|(_, other)| *other)
            .collect();
        if inner.is_empty() {
            continue;
        }
        let tree = Edges::new(groups.get(*index).into_iter().flatten().map(|ring| ring.as_slice()));
        for ring in inner.iter().filter_map(|i| groups.get(*i)?.first()) {
            if let Some((Place::Inside, at)) = sample(&tree, ring) {
                notes.add(Problem::Nesting, at);
            }
        }
    }
}

/// Where the first vertex of the ring lies that is not on the boundary of the other.
fn sample(tree: &Edges<'_>, ring: &Ring) -> Option<(Place, Coord<f64>)> {
    ring.iter().map(|c| (tree.place(*c), *c)).find(|(place, _)| *place != Place::Boundary)
}
