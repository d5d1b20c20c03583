//! From one vintage to another over the correspondences that there are, each usable in both directions.

use choro_model::{Correspondence, VintageId};
use std::collections::{BTreeMap, VecDeque};

/// Which way a correspondence is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// From its older vintage to its newer.
    Forward,
    /// From its newer vintage to its older.
    Back,
}

/// One correspondence on a way.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Step<'a> {
    /// The table.
    pub table: &'a Correspondence,
    /// Which way it is used.
    pub direction: Direction,
}

impl<'a> Step<'a> {
    /// The vintage that it leads to.
    #[must_use]
    pub fn target(&self) -> &'a VintageId {
        match self.direction {
            Direction::Forward => self.table.to(),
            Direction::Back => self.table.from(),
        }
    }

    /// The vintage that it begins at.
    #[must_use]
    pub fn source(&self) -> &'a VintageId {
        match self.direction {
            Direction::Forward => self.table.from(),
            Direction::Back => self.table.to(),
        }
    }
}

/// The tables as steps, each in both directions.
pub fn steps(tables: &[Correspondence]) -> impl Iterator<Item = Step<'_>> {
    tables.iter().flat_map(|table| [Direction::Forward, Direction::Back].map(|direction| Step { table, direction }))
}

/// The shortest way from `native` to every vintage that can be reached; of equal ones the first in the order of the tables.
/// All tables are of one boundary set.
#[must_use]
pub fn paths<'a>(tables: &'a [Correspondence], native: &VintageId) -> BTreeMap<&'a VintageId, Vec<Step<'a>>> {
    let steps: Vec<Step<'a>> = steps(tables).collect();
    let mut found: BTreeMap<&VintageId, Vec<Step<'a>>> = BTreeMap::new();
    let mut queue = VecDeque::from([(native.clone(), Vec::new())]);
    while let Some((at, way)) = queue.pop_front() {
        for step in steps.iter().filter(|step| *step.source() == at) {
            let target = step.target();
            if target == native || found.contains_key(target) {
                continue;
            }
            let way: Vec<Step<'a>> = way.iter().chain([step]).copied().collect();
            queue.push_back((target.clone(), way.clone()));
            found.insert(target, way);
        }
    }
    found
}
