//! Junctions: the vertices at which a shared border begins or ends.
//!
//! A vertex B is no junction as long as every ring through it has the same two neighbours there, A and C, in whatever
//! direction (`ABC` or `CBA`). As soon as another ring comes from elsewhere (`DBC`), rings part at B.

use super::extract::Rings;

const NONE: u32 = u32::MAX;

/// For every vertex whether it is a junction.
pub fn junctions(rings: &Rings) -> Vec<bool> {
    let mut neighbours = vec![[NONE; 2]; rings.vertices.len()];
    let mut is_junction = vec![false; rings.vertices.len()];
    for range in &rings.rings {
        let ring = rings.numbers.get(range.clone()).unwrap_or_default();
        let before = ring.iter().cycle().skip(ring.len().saturating_sub(1));
        let after = ring.iter().cycle().skip(1);
        for ((vertex, before), after) in ring.iter().zip(before).zip(after) {
            let pair = [*before.min(after), *before.max(after)];
            let (Some(seen), Some(junction)) = (neighbours.get_mut(*vertex as usize), is_junction.get_mut(*vertex as usize))
            else {
                continue;
            };
            if seen[0] == NONE {
                *seen = pair;
            } else if *seen != pair {
                *junction = true;
            }
        }
    }
    is_junction
}
