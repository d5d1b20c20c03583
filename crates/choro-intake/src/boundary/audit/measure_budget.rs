//! How much of the overlaps of a set is measured.

use crate::boundary::{
    geometry::{
        edge_tree::EdgeTree,
        meeting::{EdgeMeeting, meeting},
        rings::Parts,
    },
    limits::Limits,
};
use std::ops::ControlFlow;

/// What measuring a pair costs besides its coordinates.
const PAIR_COST: usize = 64;
/// Crossings of borders that are measured in any set. A union has all of them in memory at once.
const FEW_CROSSINGS: usize = 200_000;
/// Crossings that are measured besides, for each vertex.
const CROSSINGS: usize = 2;

/// What may still be measured.
pub struct MeasureBudget {
    coordinates: usize,
    crossings: usize,
}

impl MeasureBudget {
    pub fn of(vertices: usize, limits: &Limits) -> Self {
        let crossings = vertices.saturating_mul(CROSSINGS).saturating_add(FEW_CROSSINGS);
        Self { coordinates: limits.overlap_coordinates, crossings }
    }

    pub fn has_coordinates(&mut self, a: &Parts, b: &Parts) -> bool {
        let cost = a.iter().chain(b).flatten().map(Vec::len).sum::<usize>() + PAIR_COST;
        let rest = self.coordinates.checked_sub(cost);
        self.coordinates = rest.unwrap_or(self.coordinates);
        rest.is_some()
    }

    /// Takes the crossings that two borders have. Says whether there was room for them.
    pub fn has_crossings(&mut self, a: &EdgeTree<'_>, b: &EdgeTree<'_>) -> bool {
        let mut rest = self.crossings;
        a.pairs(b, &mut |e, f| {
            if matches!(meeting(e, f), EdgeMeeting::Cross(_)) {
                rest = rest.saturating_sub(1);
            }
            if rest == 0 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        if rest > 0 {
            self.crossings = rest;
        }
        rest > 0
    }
}
