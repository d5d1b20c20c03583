//! Where an area's own cells stand, and whether those of one selection agree.

use super::{
    known_area::KnownArea,
    report::{Conflict, JoinReport},
    roles::{Role, Roles},
};
use crate::statistics::{Intake, LabelledCell, SpoolError};
use choro_model::PairSet;
use rustc_hash::FxHashMap;

/// Most repeated cells that are compared in one pass over the cells. In tests they are few, so that several passes are needed.
const MAX_HELD: usize = if cfg!(test) { 2 } else { 1 << 19 };
/// Most contradictions that are named; all are counted.
const MAX_CONFLICTS: usize = 10_000;

/// The pairs of selection and area that have cells of their own. A pair takes a bit in each set, however many cells there are.
#[derive(Default)]
pub(crate) struct OwnCells {
    all: PairSet,
    /// Those with several cells.
    repeated: PairSet,
    /// Those whose cells contradict each other.
    contradicted: PairSet,
}

impl OwnCells {
    /// Goes over the cells, and tells of repetitions and contradictions in the report.
    pub(crate) fn among(
        intake: &Intake,
        roles: &Roles,
        areas: &[KnownArea],
        report: &mut JoinReport,
    ) -> Result<Self, SpoolError> {
        let mut found = Self::default();
        for cell in intake.cells.iter() {
            let cell = cell?;
            let Some((selection, area)) = own(roles, &cell) else { continue };
            if !found.all.insert(selection, area) {
                found.repeated.insert(selection, area);
            }
        }
        if !found.repeated.is_empty() {
            let mut told = PairSet::default();
            while found.compare(intake, roles, areas, &mut told, report)? {}
        }
        Ok(found)
    }

    /// Compares the repeated cells that are not `told` yet, as many as fit into memory. Says whether there may be more.
    fn compare(
        &mut self,
        intake: &Intake,
        roles: &Roles,
        areas: &[KnownArea],
        told: &mut PairSet,
        report: &mut JoinReport,
    ) -> Result<bool, SpoolError> {
        let mut held: FxHashMap<(i64, i64), (LabelledCell, Option<usize>)> = FxHashMap::default();
        let mut more = false;
        for cell in intake.cells.iter() {
            let cell = cell?;
            let Some(pair) = own(roles, &cell).filter(|pair| self.repeated.contains(pair.0, pair.1)) else { continue };
            if let Some((first, conflict)) = held.get_mut(&pair) {
                if (first.cell, first.status) == (cell.cell, cell.status) {
                    report.repeated += 1;
                    continue;
                }
                if self.contradicted.insert(pair.0, pair.1) {
                    report.contradictions += 1;
                    *conflict = name(intake, areas, first, pair, report);
                }
                if let Some(named) = conflict.and_then(|index| report.conflicts.get_mut(index)) {
                    named.add(&cell, &intake.sheets);
                }
            } else if held.len() >= MAX_HELD {
                more |= !told.contains(pair.0, pair.1);
            } else if told.insert(pair.0, pair.1) {
                held.insert(pair, (cell, None));
            }
        }
        Ok(more)
    }

    /// Whether an area has a cell of its own.
    pub(crate) fn contains(&self, selection: i64, area: i64) -> bool {
        self.all.contains(selection, area)
    }

    /// Whether there are several cells.
    pub(crate) fn is_repeated(&self, selection: i64, area: i64) -> bool {
        self.repeated.contains(selection, area)
    }

    /// Whether there are several that contradict each other.
    pub(crate) fn is_contradicted(&self, selection: i64, area: i64) -> bool {
        self.contradicted.contains(selection, area)
    }
}

/// The selection and the area of a cell that is an area's own.
pub(crate) fn own(roles: &Roles, cell: &LabelledCell) -> Option<(i64, i64)> {
    match roles.of(cell.label) {
        Role::Area(area) | Role::Part(area, _) => Some(pair(cell, area)),
        Role::Larger(..) | Role::Joint(_) | Role::None => None,
    }
}

/// A cell's selection and an area, as numbers of a [`PairSet`].
pub(crate) fn pair(cell: &LabelledCell, area: usize) -> (i64, i64) {
    (i64::from(cell.selection), i64::try_from(area).unwrap_or(i64::MAX))
}

/// Names a contradiction with its first cell, while there is room. Returns its index in the report.
fn name(
    intake: &Intake,
    areas: &[KnownArea],
    first: &LabelledCell,
    pair: (i64, i64),
    report: &mut JoinReport,
) -> Option<usize> {
    if report.conflicts.len() >= MAX_CONFLICTS {
        return None;
    }
    let area = usize::try_from(pair.1).ok().and_then(|area| areas.get(area));
    let mut conflict = Conflict::new(area, intake.selections.get(first.selection as usize));
    conflict.add(first, &intake.sheets);
    report.conflicts.push(conflict);
    Some(report.conflicts.len() - 1)
}
