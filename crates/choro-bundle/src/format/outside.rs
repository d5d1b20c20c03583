//! Areas that a grid does not hold, as a file beside its tiles and as an error; and grids that cannot be told apart.

use choro_model::AreaCode;
use serde::{Deserialize, Serialize};

/// How many areas the catalogue and messages name.
const NAMED: usize = 20;

/// Areas of a vintage that a grid does not hold, or not as a whole. It lies beside the tiles, so that every release says it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outside {
    /// Those that are in no tile: they lie beyond the square, or the projection cannot hold them.
    pub missing: Vec<AreaCode>,
    /// Those that the edge of the square cuts.
    pub cut: Vec<AreaCode>,
}

impl Outside {
    /// How many they are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.missing.len() + self.cut.len()
    }

    /// The first twenty of those that are missing, and the first twenty of those that are cut.
    #[must_use]
    pub fn first(&self) -> [Vec<AreaCode>; 2] {
        [&self.missing, &self.cut].map(|codes| codes.iter().take(NAMED).cloned().collect())
    }
}

/// A grid that leaves out more areas of a set than it may.
#[derive(Debug, thiserror::Error)]
#[error(
    "grid {grid} does not hold {missing} of the {of} areas of {set} {vintage}{} and cuts {cut}{}; a share of {most} may be left out. \
     Leave the grid out of boundary_sets.{set}.grids, give it another corner and side, or raise boundary_sets.{set}.most_outside",
    named(first_missing),
    named(first_cut)
)]
pub struct GridTooSmall {
    /// The boundary set.
    pub set: String,
    /// The vintage.
    pub vintage: String,
    /// The grid.
    pub grid: String,
    /// How many areas are in none of its tiles.
    pub missing: usize,
    /// How many its edge cuts.
    pub cut: usize,
    /// Of how many with a polygon.
    pub of: usize,
    /// The first of the missing.
    pub first_missing: Vec<AreaCode>,
    /// The first of the cut.
    pub first_cut: Vec<AreaCode>,
    /// The share that may be left out.
    pub most: f64,
}

/// Two different grids of one id.
#[derive(Debug, thiserror::Error)]
#[error(
    "boundary set {set} has a grid {grid} of {second}, and another set has one of that id of {first} or with another square; give one of \
     them another id under [[grids]]"
)]
pub struct TwoGrids {
    /// The boundary set whose grid came later.
    pub set: String,
    /// The id.
    pub grid: String,
    /// The CRS of the one that was there first.
    pub first: String,
    /// The CRS of the other.
    pub second: String,
}

/// Codes in brackets; nothing where there is none.
fn named(codes: &[AreaCode]) -> String {
    let codes: Vec<&str> = codes.iter().map(AreaCode::as_str).collect();
    if codes.is_empty() { String::new() } else { format!(" ({})", codes.join(", ")) }
}
