//! Paths with the area to their left -> closed rings.

use super::rings::{Ring, key, signed_area};
use geo::Coord;
use rustc_hash::FxHashMap;

/// Joins directed chains to closed paths. Where several chains go on, the one with the sharpest turn to the left is taken, since it
/// goes around the same piece of the area.
pub fn stitch(chains: Vec<Vec<Coord<f64>>>) -> Option<Vec<Ring>> {
    let mut from: FxHashMap<(u64, u64), Vec<usize>> = FxHashMap::default();
    for (index, chain) in chains.iter().enumerate() {
        from.entry(key(*chain.first()?)).or_default().push(index);
    }
    let mut chains: Vec<Option<Vec<Coord<f64>>>> = chains.into_iter().map(Some).collect();
    let mut rings = Vec::new();
    for index in 0..chains.len() {
        let Some(mut path) = chains.get_mut(index).and_then(Option::take) else { continue };
        while key(*path.first()?) != key(*path.last()?) {
            let (before, at) = (*path.get(path.len().checked_sub(2)?)?, *path.last()?);
            let turn = |index: &usize| {
                let next = chains.get(*index).and_then(Option::as_ref).and_then(|chain| chain.get(1).copied());
                next.map(|next| left_turn(before, at, next))
            };
            let onward = from.get(&key(at))?.iter().copied().filter_map(|i| Some((turn(&i)?, i)));
            let (_, best) = onward.max_by(|p, q| p.0.total_cmp(&q.0))?;
            path.extend(chains.get_mut(best).and_then(Option::take)?.into_iter().skip(1));
        }
        path.pop();
        rings.push(path);
    }
    Some(rings)
}

/// The angle of the turn at `b`, left positive.
fn left_turn(a: Coord<f64>, b: Coord<f64>, c: Coord<f64>) -> f64 {
    let (d, e) = (b - a, c - b);
    (d.x * e.y - d.y * e.x).atan2(d.x * e.x + d.y * e.y)
}

/// Splits a closed path at every vertex that it visits twice. Loops without area are dropped.
pub fn simple_loops(path: Ring) -> Vec<Ring> {
    let mut at: FxHashMap<(u64, u64), usize> = FxHashMap::default();
    let (mut open, mut loops): (Ring, Vec<Ring>) = (Ring::new(), Vec::new());
    for c in path {
        if let Some(start) = at.get(&key(c)).copied() {
            let closed = open.split_off(start);
            closed.iter().for_each(|c| _ = at.remove(&key(*c)));
            loops.push(closed);
        }
        at.insert(key(c), open.len());
        open.push(c);
    }
    loops.push(open);
    loops.retain(|ring| ring.len() >= 3 && signed_area(ring) != 0.0);
    loops
}
