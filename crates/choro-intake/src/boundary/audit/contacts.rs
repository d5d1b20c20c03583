//! Where the borders of two areas touch or cross, and what that says.

use crate::boundary::geometry::{
    bounds::middle,
    edge_tree::{EdgeTree, PointLocation},
    meeting::{EdgeMeeting, RingEdge, meeting},
    rings::key,
};
use geo::Coord;
use std::ops::ControlFlow;

/// How many meetings of two borders are kept for each of their edges. A shared border has one or two.
const CONTACTS: usize = 4;

/// Whether two areas may overlap by their borders: these cross, or run along each other in one direction, or one of them leaves the
/// common border into the other area.
pub fn borders_conflict(a: &EdgeTree<'_>, b: &EdgeTree<'_>) -> bool {
    let mut conflict = false;
    let (mut of_a, mut of_b) = (Contacts::default(), Contacts::default());
    let most = (a.count() + b.count()).saturating_mul(CONTACTS).saturating_add(1000);
    a.pairs(b, &mut |e, f| {
        let (ea, eb, fa, fb) = (key(e.a), key(e.b), key(f.a), key(f.b));
        conflict = ea == fa && eb == fb;
        if ea == fb && eb == fa {
            of_a.shared.push((e.ring, e.index));
            of_b.shared.push((f.ring, f.index));
        } else if !conflict {
            let joined = ea == fa || ea == fb || eb == fa || eb == fb;
            match meeting(e, f) {
                EdgeMeeting::Cross(_) => conflict = true,
                EdgeMeeting::Touch(on_e, on_f) => {
                    of_a.touching.push((*e, on_e));
                    of_b.touching.push((*f, on_f));
                }
                EdgeMeeting::Apart if joined => {
                    of_a.touching.push((*e, Vec::new()));
                    of_b.touching.push((*f, Vec::new()));
                }
                EdgeMeeting::Apart => {}
            }
            // With so many meetings, measuring costs less than telling.
            conflict |= of_a.touching.len() > most;
        }
        if conflict { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    conflict || of_a.stray_into(b) || of_b.stray_into(a)
}

/// The edges of one area that meet the other's border.
#[derive(Default)]
struct Contacts {
    /// Edges that the other area has as well.
    shared: Vec<(usize, usize)>,
    /// Edges with a vertex on the other border, and the positions between their ends where it touches them.
    touching: Vec<(RingEdge, Vec<Coord<f64>>)>,
}

impl Contacts {
    /// Whether an edge that leaves the common border goes into the other area. The middle of a piece of the edge tells it.
    fn stray_into(mut self, other: &EdgeTree<'_>) -> bool {
        self.shared.sort_unstable();
        let leaving =
            self.touching.into_iter().filter(|(edge, _)| self.shared.binary_search(&(edge.ring, edge.index)).is_err());
        leaving.into_iter().any(|(edge, touches)| {
            let ends = std::iter::once(edge.a).chain(touches).chain([edge.b]).collect::<Vec<_>>();
            ends.windows(2).any(|piece| other.locate(middle(piece.iter().copied())) == PointLocation::Interior)
        })
    }
}
