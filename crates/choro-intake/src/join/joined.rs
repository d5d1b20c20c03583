//! Labelled cells -> observations, one for each area and selection.

use super::{
    cross_checks::{self, CheckedFile},
    known_area::KnownArea,
    labels::{crosswalk::Crosswalk, matching::Matcher},
    observations::PlacedCells,
    own_cells::{OwnCells, pair},
    report::{AreaGap, JoinReport, PeriodCounts, WhyNoValue},
    roles::{Role, Roles},
};
use crate::statistics::{Intake, LabelledCell, SpoolError};
use choro_model::{FileRow, Observation, PairSet, ReadObservation, Selection};

/// A file joined to areas. The observations are made anew each time they are asked for, since they may not all fit into memory.
pub struct Joined<'a> {
    /// What became of every row and every area.
    pub report: JoinReport,
    areas: &'a [KnownArea],
    intake: Intake,
    roles: Roles,
    own: OwnCells,
}

/// Joins the cells of a file to areas.
pub fn join<'a>(
    mut intake: Intake,
    areas: &'a [KnownArea],
    crosswalk: Option<&Crosswalk>,
) -> Result<Joined<'a>, SpoolError> {
    let mut report = JoinReport::of(&intake);
    let matcher = Matcher::new(areas, crosswalk, &intake.restore, &intake.split);
    let roles = Roles::assign(&intake.labels, areas, &matcher, &mut report);
    let checked = CheckedFile { areas, labels: &intake.labels, roles: &roles, matcher: &matcher };
    report.doubts.extend(cross_checks::check(&intake.unread, checked));
    report.hints.extend(cross_checks::better_column(&intake.unread, checked, &report));
    let own = OwnCells::among(&intake, &roles, areas, &mut report)?;
    report.rejects = std::mem::take(&mut intake.rejects);
    let mut joined = Joined { report, areas, intake, roles, own };
    joined.count()?;
    joined.count_others()?;
    Ok(joined)
}

impl Joined<'_> {
    /// The observations in the order of the file. No area and selection occurs twice: cells that repeat a value count once, and cells
    /// that contradict each other are left out. [`JoinReport::conflicts`] names those, and an import must take them as an error.
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

    /// The selections of the file, by number.
    #[must_use]
    pub fn selections(&self) -> &[Selection] {
        &self.intake.selections
    }

    /// The areas, by index.
    pub(super) fn areas(&self) -> &[KnownArea] {
        self.areas
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

    /// The cells that become observations, each with the index of its area.
    pub(super) fn placed(&self) -> PlacedCells<'_> {
        PlacedCells::new(&self.intake, &self.roles, &self.own)
    }

    /// Counts observations by period, and the areas that have none.
    fn count(&mut self) -> Result<(), SpoolError> {
        let mut counts = PeriodCounts::new(self.intake.selections.len());
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
            let gap = AreaGap::new(area, if seen { WhyNoValue::OnlyStates } else { WhyNoValue::NoRow });
            if !area.has_polygon && seen {
                self.report.areas_without_polygon.push(gap.clone());
            }
            if !valued {
                self.report.areas_without_value.push(gap);
            }
        }
        Ok(())
    }

    /// Counts the cells of rows without parts, of the larger rows that give way to these, and of rows that areas share.
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
                    let missing = !self.own.contains(selection, area) && filled.insert(selection, area);
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
