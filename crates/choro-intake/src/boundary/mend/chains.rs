//! Edges -> chains between the vertices where more or less than two of them meet.

use crate::boundary::geometry::rings::{Ring, edges, key};
use geo::Coord;
use rustc_hash::{FxHashMap, FxHashSet};

/// Paths of edges between the vertices where more or less than two edges meet. Each edge stands in one path. Where there is no such
/// vertex, the path is closed.
pub fn chains(rings: &[Ring]) -> Vec<Vec<Coord<f64>>> {
    let mut ids: FxHashMap<(u64, u64), usize> = FxHashMap::default();
    let (mut positions, mut links): (Vec<Coord<f64>>, Vec<Vec<usize>>) = (Vec::new(), Vec::new());
    let mut seen: FxHashSet<(usize, usize)> = FxHashSet::default();
    for (a, b) in rings.iter().flat_map(|ring| edges(ring)) {
        let mut id = |c: Coord<f64>| {
            *ids.entry(key(c)).or_insert_with(|| {
                positions.push(c);
                links.push(Vec::new());
                positions.len() - 1
            })
        };
        let (a, b) = (id(a), id(b));
        if a != b && seen.insert((a.min(b), a.max(b))) {
            for (from, to) in [(a, b), (b, a)] {
                if let Some(list) = links.get_mut(from) {
                    list.push(to);
                }
            }
        }
    }
    walk(&positions, &links)
}

fn walk(positions: &[Coord<f64>], links: &[Vec<usize>]) -> Vec<Vec<Coord<f64>>> {
    let mut used: FxHashSet<(usize, usize)> = FxHashSet::default();
    let node = |id: usize| links.get(id).is_none_or(|list| list.len() != 2);
    let mut chains = Vec::new();
    // Paths between nodes come first. What is left then are closed paths without a node.
    let (mut starts, free): (Vec<usize>, Vec<usize>) = (0..links.len()).partition(|id| node(*id));
    starts.extend(free);
    for start in starts {
        for next in links.get(start).into_iter().flatten().copied() {
            if !used.insert((start.min(next), start.max(next))) {
                continue;
            }
            let mut path = vec![start, next];
            let mut at = next;
            while !node(at) && at != start {
                let onward = links.get(at).into_iter().flatten().copied().find(|to| used.insert((at.min(*to), at.max(*to))));
                let Some(to) = onward else { break };
                path.push(to);
                at = to;
            }
            chains.push(path.into_iter().filter_map(|id| positions.get(id).copied()).collect());
        }
    }
    chains
}
