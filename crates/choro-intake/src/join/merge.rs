//! Labelled cells -> observations, one for each area and selection.

use super::{
    Crosswalk, KnownArea,
    found::{Found, pair},
    report::{AreaGap, Counts, Gap, JoinReport},
    roles::{Role, Roles},
};
use crate::intake::{CellIter, Intake, LabelledCell, SpoolError};
use choro_model::{Cell, FileRow, Observation, PairSet, ReadObservation, State};

/// A file joined to areas. The observations are made anew each time they are asked for, since all of them may not fit into
/// memory.
pub struct Joined<'a> {
    /// What became of every row and every area.
    pub report: JoinReport,
    areas: &'a [KnownArea],
    intake: Intake,
    roles: Roles,
    found: Found,
}

/// Joins the cells of a file to areas.
pub fn join<'a>(
    mut intake: Intake,
    areas: &'a [KnownArea],
    crosswalk: Option<&Crosswalk>,
) -> Result<Joined<'a>, SpoolError> {
    let mut report = JoinReport::of(&intake);
    let roles = Roles::assign(&intake.labels, areas, crosswalk, &intake.restore, &mut report);
    let found = Found::among(&intake, &roles, areas, &mut report)?;
    report.rejects = std::mem::take(&mut intake.rejects);
    let mut joined = Joined { report, areas, intake, roles, found };
    joined.count()?;
    joined.count_others()?;
    Ok(joined)
}

impl Joined<'_> {
    /// The observations in the order of the file. No area and selection occurs twice: cells that repeat a value count once,
    /// cells that contradict each other are left out, and [`JoinReport::conflicts`] names them, which an import must take as
    /// an error.
    pub fn observations(&self) -> impl Iterator<Item = Result<Observation, SpoolError>> {
        self.placed().filter_map(|placed| placed.map(|(area, cell)| self.observation(area, &cell)).transpose())
    }

    /// All [`Self::observations`], each with its row in the file.
    pub fn read_observations(&self) -> impl Iterator<Item = Result<ReadObservation, SpoolError>> {
        let read = |(area, cell): (usize, LabelledCell)| {
            let at = Some(FileRow { sheet: cell.sheet, row: cell.row });
            Some(ReadObservation { observation: self.observation(area, &cell)?, at })
        };
        self.placed().filter_map(move |placed| placed.map(read).transpose())
    }

    /// The names of the file's sheets, where there are several.
    #[must_use]
    pub fn sheets(&self) -> &[String] {
        &self.intake.sheets
    }

    fn observation(&self, area: usize, cell: &LabelledCell) -> Option<Observation> {
        let (area, selection) = (self.areas.get(area)?, self.intake.selections.get(cell.selection as usize)?);
        Some(Observation {
            indicator: selection.indicator.clone(),
            period: selection.period,
            codes: selection.codes.clone(),
            area: area.code.clone(),
            cell: cell.cell,
            status: cell.status,
        })
    }

    fn placed(&self) -> Placed<'_> {
        let (joined, phase, cells) = (self, Phase::Own, self.intake.cells.iter());
        Placed { joined, phase, cells, given: PairSet::default(), ready: Vec::new() }
    }

    /// Counts observations by period, and the areas that have none.
    fn count(&mut self) -> Result<(), SpoolError> {
        let mut counts = Counts::new(self.intake.selections.len());
        let (mut seen, mut valued) = (vec![false; self.areas.len()], vec![false; self.areas.len()]);
        for placed in self.placed() {
            let (area, cell) = placed?;
            counts.add(cell.selection, cell.cell);
            for (list, is) in [(&mut seen, true), (&mut valued, cell.cell.number().is_some())] {
                list.get_mut(area).into_iter().for_each(|known| *known |= is);
            }
        }
        (self.report.observations, self.report.by_period) = counts.of(&self.intake.selections);
        for ((area, seen), valued) in self.areas.iter().zip(seen).zip(valued) {
            let gap = AreaGap::new(area, if seen { Gap::OnlyStates } else { Gap::NoRow });
            if !area.has_polygon && seen {
                self.report.areas_without_polygon.push(gap.clone());
            }
            if !valued {
                self.report.areas_without_value.push(gap);
            }
        }
        Ok(())
    }

    /// Counts the cells of rows without parts, of those that give way to them, and of rows that areas share.
    fn count_others(&mut self) -> Result<(), SpoolError> {
        let mut filled = PairSet::default();
        for cell in self.intake.cells.iter() {
            let cell = cell?;
            match self.roles.of(cell.label) {
                Role::Part(_, entry) => {
                    let missing = u64::from(cell.cell.number().is_none());
                    self.report.parts.get_mut(entry).into_iter().for_each(|part| part.missing += missing);
                }
                Role::Larger(area, entry) => {
                    let (selection, area) = pair(&cell, area);
                    let missing = !self.found.contains(selection, area) && filled.insert(selection, area);
                    if let Some(part) = self.report.parts.get_mut(entry) {
                        part.replaced += 1;
                        part.missing += u64::from(missing);
                    }
                }
                Role::Joint(entry) => {
                    let values = u64::from(cell.cell.number().is_some());
                    self.report.joints.get_mut(entry).into_iter().for_each(|joint| joint.values += values);
                }
                Role::Area(_) | Role::None => {}
            }
        }
        Ok(())
    }
}

/// What is looked for in one pass over the cells.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// Cells of areas and of rows without parts.
    Own,
    /// Where the larger row has a cell and the row without parts has none at all (long form), the area's value is missing: the
    /// larger row's figure would count its parts twice.
    Larger,
    /// Areas that share a row are missing there, unless they have a row of their own: their common figure is nobody's alone.
    Joint,
}

/// Every observation, as the index of its area and a cell.
struct Placed<'a> {
    joined: &'a Joined<'a>,
    phase: Phase,
    cells: CellIter<'a>,
    /// Pairs of selection and area that were given and could come again.
    given: PairSet,
    ready: Vec<(usize, LabelledCell)>,
}

impl Iterator for Placed<'_> {
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

impl Placed<'_> {
    /// `None` after the last.
    fn next_phase(&mut self) -> Option<()> {
        self.phase = match self.phase {
            Phase::Own => Phase::Larger,
            Phase::Larger => Phase::Joint,
            Phase::Joint => return None,
        };
        self.cells = self.joined.intake.cells.iter();
        Some(())
    }

    fn take(&mut self, cell: LabelledCell) {
        let joined = self.joined;
        match (self.phase, joined.roles.of(cell.label)) {
            (Phase::Own, Role::Area(area) | Role::Part(area, _)) => self.give_own(area, cell),
            (Phase::Larger, Role::Larger(area, _)) => self.give_missing(area, cell),
            (Phase::Joint, Role::Joint(entry)) => {
                joined.roles.sharing(entry).iter().rev().for_each(|area| self.give_missing(*area, cell));
            }
            _ => {}
        }
    }

    fn give_own(&mut self, area: usize, cell: LabelledCell) {
        let (selection, number) = pair(&cell, area);
        let found = &self.joined.found;
        if !found.is_repeated(selection, number)
            || (!found.is_contradicted(selection, number) && self.given.insert(selection, number))
        {
            self.ready.push((area, cell));
        }
    }

    fn give_missing(&mut self, area: usize, cell: LabelledCell) {
        let (selection, number) = pair(&cell, area);
        if !self.joined.found.contains(selection, number) && self.given.insert(selection, number) {
            self.ready.push((area, LabelledCell { cell: Cell::State(State::Missing), status: None, ..cell }));
        }
    }
}
