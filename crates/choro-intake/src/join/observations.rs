//! Labelled cells -> the cells of each area: those that become observations.

use super::{
    own_cells::{OwnCells, pair},
    roles::{Role, Roles},
};
use crate::statistics::{CellIter, Intake, LabelledCell, SpoolError};
use choro_model::{Cell, PairSet, State};

/// What is looked for in one pass over the cells.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// Cells of areas and of rows without parts.
    Own,
    /// Cells of larger rows. In the long form, the row without parts may have no cell at all where the larger row has one. Then the
    /// area's value is missing, since the figure of the larger row would count its parts twice.
    Larger,
    /// Cells of rows that areas share. The value of such an area is missing unless it has a row of its own, since the common figure is
    /// that of no area alone.
    Joint,
}

/// Every observation, as the index of its area and a cell.
pub struct PlacedCells<'a> {
    intake: &'a Intake,
    roles: &'a Roles,
    own: &'a OwnCells,
    phase: Phase,
    cells: CellIter<'a>,
    /// Pairs of selection and area that were given, among those that could come again.
    given: PairSet,
    ready: Vec<(usize, LabelledCell)>,
}

impl Iterator for PlacedCells<'_> {
    type Item = Result<(usize, LabelledCell), SpoolError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(ready) = self.ready.pop() {
                return Some(Ok(ready));
            }
            match self.cells.next() {
                Some(Ok(cell)) => self.take(cell),
                Some(Err(error)) => return Some(Err(error)),
                None => self.next_phase()?,
            }
        }
    }
}

impl<'a> PlacedCells<'a> {
    /// Begins with the first cell.
    pub fn new(intake: &'a Intake, roles: &'a Roles, own: &'a OwnCells) -> Self {
        let (phase, cells) = (Phase::Own, intake.cells.iter());
        Self { intake, roles, own, phase, cells, given: PairSet::default(), ready: Vec::new() }
    }

    /// `None` after the last.
    fn next_phase(&mut self) -> Option<()> {
        self.phase = match self.phase {
            Phase::Own => Phase::Larger,
            Phase::Larger => Phase::Joint,
            Phase::Joint => return None,
        };
        self.cells = self.intake.cells.iter();
        Some(())
    }

    fn take(&mut self, cell: LabelledCell) {
        let roles = self.roles;
        match (self.phase, roles.of(cell.label)) {
            (Phase::Own, Role::Area(area) | Role::Part(area, _)) => self.give_own(area, cell),
            (Phase::Larger, Role::Larger(area, _)) => self.give_missing(area, cell),
            (Phase::Joint, Role::Joint(entry)) => {
                roles.sharing(entry).iter().rev().for_each(|area| self.give_missing(*area, cell));
            }
            _ => {}
        }
    }

    fn give_own(&mut self, area: usize, cell: LabelledCell) {
        let (selection, number) = pair(&cell, area);
        let own = self.own;
        if !own.is_repeated(selection, number)
            || (!own.is_contradicted(selection, number) && self.given.insert(selection, number))
        {
            self.ready.push((area, cell));
        }
    }

    fn give_missing(&mut self, area: usize, cell: LabelledCell) {
        let (selection, number) = pair(&cell, area);
        if !self.own.contains(selection, number) && self.given.insert(selection, number) {
            self.ready.push((area, LabelledCell { cell: Cell::State(State::Missing), status: None, ..cell }));
        }
    }
}
