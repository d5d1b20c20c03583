//! Labelled cells -> observations, one for each area and selection.

use super::{
    Crosswalk, KnownArea,
    candidates::Candidates,
    matching::{Matcher, Miss},
    report::{AreaGap, Counts, Duplicate, Gap, GroupRow, JoinReport, JointRow, Matched, PartRow, Unmatched, WhyUnmatched},
};
use crate::{
    intake::{Intake, Label, LabelKind, LabelledCell},
    model::{Cell, Observation, State},
};
use rustc_hash::{FxHashMap, FxHashSet};

/// Joins the cells of a file to areas. The observations are in the order of the file; no area and selection occurs twice:
/// cells that repeat a value count once, cells that contradict each other are left out, and [`JoinReport::conflicts`] names
/// them, which an import must take as an error.
#[must_use]
pub fn join(intake: Intake, areas: &[KnownArea], crosswalk: Option<&Crosswalk>) -> (Vec<Observation>, JoinReport) {
    let mut merge = Merge {
        areas,
        matcher: Matcher::new(areas, crosswalk, &intake.restore),
        candidates: Candidates::new(areas),
        roles: Vec::new(),
        joints: Vec::new(),
        replaced: FxHashSet::default(),
        found: FxHashMap::default(),
        conflicts: FxHashMap::default(),
        order: Vec::new(),
        report: JoinReport::of(&intake),
    };
    merge.assign_labels(&intake.labels);
    for cell in &intake.cells {
        merge.cell(&intake, cell);
    }
    merge.fill_parts(&intake);
    merge.fill_joints(&intake);
    merge.finish(intake)
}

/// What a label's cells are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    /// Values of this area.
    Area(usize),
    /// Values of this area, from the row without its parts; the entry of the report.
    Part(usize, usize),
    /// The states of the areas that share the row; the entry of the report.
    Joint(usize),
    /// Nothing.
    None,
}

/// An area and a selection, both by index.
type Key = (usize, u32);

struct Merge<'a> {
    areas: &'a [KnownArea],
    matcher: Matcher<'a>,
    candidates: Candidates<'a>,
    roles: Vec<Role>,
    /// The areas of each joint row, as in the report.
    joints: Vec<Vec<usize>>,
    /// Areas whose own row gives way to a part row.
    replaced: FxHashSet<usize>,
    found: FxHashMap<Key, LabelledCell>,
    conflicts: FxHashMap<Key, usize>,
    order: Vec<Key>,
    report: JoinReport,
}

impl Merge<'_> {
    fn assign_labels(&mut self, labels: &[Label]) {
        for label in labels {
            let role = match &label.kind {
                LabelKind::Group => {
                    self.report.groups.push(GroupRow { label: label.key.clone(), row: label.row });
                    Role::None
                }
                LabelKind::Area => self.area(label),
                LabelKind::Part { of } => self.part(label, of),
                LabelKind::Joint { of } => self.joint(label, of),
            };
            self.roles.push(role);
        }
    }

    fn area(&mut self, label: &Label) -> Role {
        match self.matcher.find(&label.key) {
            Ok((index, by)) => {
                let code = self.code(index);
                self.report.matched.push(Matched { label: label.key.clone(), row: label.row, code, by });
                Role::Area(index)
            }
            Err(miss) => {
                self.unmatched(label, &label.key, miss);
                Role::None
            }
        }
    }

    fn part(&mut self, label: &Label, of: &str) -> Role {
        match self.matcher.find(of) {
            Ok((index, _)) => {
                self.replaced.insert(index);
                let (label, row, code) = (label.key.clone(), label.row, self.code(index));
                self.report.parts.push(PartRow { label, row, of: of.to_owned(), code, replaced: 0, missing: 0 });
                Role::Part(index, self.report.parts.len() - 1)
            }
            Err(miss) => {
                self.unmatched(label, of, miss);
                Role::None
            }
        }
    }

    fn joint(&mut self, label: &Label, of: &[String]) -> Role {
        let mut areas = Vec::new();
        for sought in of {
            match self.matcher.find(sought) {
                Ok((index, _)) => areas.push(index),
                Err(miss) => self.unmatched(label, sought, miss),
            }
        }
        let codes = areas.iter().map(|index| self.code(*index)).collect();
        self.report.joints.push(JointRow { label: label.key.clone(), row: label.row, codes, values: 0 });
        self.joints.push(areas);
        Role::Joint(self.joints.len() - 1)
    }

    fn unmatched(&mut self, label: &Label, sought: &str, miss: Miss) {
        let (why, candidates) = match miss {
            Miss::Ambiguous(indices) => (WhyUnmatched::Ambiguous, Some(self.candidates.same_name(&indices))),
            Miss::CodeNotInSet(code) => (WhyUnmatched::CodeNotInSet { code: code.clone() }, self.candidates.of(&code)),
            Miss::Blank => (WhyUnmatched::BlankInCrosswalk, Some(Vec::new())),
            Miss::Unknown => (WhyUnmatched::Unknown, self.candidates.of(sought)),
        };
        self.report.not_compared += u64::from(candidates.is_none());
        let candidates = candidates.unwrap_or_default();
        self.report.unmatched.push(Unmatched {
            label: label.key.clone(),
            row: label.row,
            rows: label.rows,
            why,
            candidates,
        });
    }

    fn code(&self, index: usize) -> String {
        self.areas.get(index).map(|area| area.code.to_string()).unwrap_or_default()
    }

    fn cell(&mut self, intake: &Intake, cell: &LabelledCell) {
        match self.roles.get(cell.label as usize).copied() {
            Some(Role::Area(index)) if !self.replaced.contains(&index) => self.put(intake, index, *cell),
            Some(Role::Part(index, entry)) => {
                let missing = u64::from(cell.cell.number().is_none());
                self.count_part(entry, 0, missing);
                self.put(intake, index, *cell);
            }
            Some(Role::Area(_) | Role::Joint(_) | Role::None) | None => {}
        }
    }

    fn count_part(&mut self, entry: usize, replaced: u64, missing: u64) {
        if let Some(part) = self.report.parts.get_mut(entry) {
            part.replaced += replaced;
            part.missing += missing;
        }
    }

    fn put(&mut self, intake: &Intake, area: usize, cell: LabelledCell) {
        let Some(before) = self.found.get(&(area, cell.selection)).copied() else {
            self.found.insert((area, cell.selection), cell);
            self.order.push((area, cell.selection));
            return;
        };
        let equal = before.cell == cell.cell && before.status == cell.status;
        if equal {
            self.report.repeated += 1;
            return;
        }
        let entry = *self.conflicts.entry((area, cell.selection)).or_insert_with(|| {
            let selection = intake.selections.get(cell.selection as usize);
            let mut duplicate = Duplicate::new(self.areas.get(area), selection);
            duplicate.add(&before, &intake.sheets);
            self.report.conflicts.push(duplicate);
            self.report.conflicts.len() - 1
        });
        if let Some(duplicate) = self.report.conflicts.get_mut(entry) {
            duplicate.add(&cell, &intake.sheets);
        }
    }

    /// Where the larger row has a cell and the part row has none at all (long form), the area's value is missing: the larger
    /// row's figure would count its parts twice.
    fn fill_parts(&mut self, intake: &Intake) {
        let entries: FxHashMap<usize, usize> = self
            .roles
            .iter()
            .filter_map(|role| if let Role::Part(area, entry) = role { Some((*area, *entry)) } else { None })
            .collect();
        for cell in &intake.cells {
            let Some(Role::Area(area)) = self.roles.get(cell.label as usize).copied() else { continue };
            let Some(entry) = entries.get(&area).copied() else { continue };
            self.count_part(entry, 1, 0);
            if !self.found.contains_key(&(area, cell.selection)) {
                self.count_part(entry, 0, 1);
                self.put(intake, area, LabelledCell { cell: Cell::State(State::Missing), status: None, ..*cell });
            }
        }
    }

    /// Areas that share a row are missing there, unless they have a row of their own: their common figure is nobody's alone.
    fn fill_joints(&mut self, intake: &Intake) {
        for cell in &intake.cells {
            let Some(Role::Joint(entry)) = self.roles.get(cell.label as usize).copied() else { continue };
            if let Some(joint) = self.report.joints.get_mut(entry) {
                joint.values += u64::from(cell.cell.number().is_some());
            }
            for area in self.joints.get(entry).cloned().unwrap_or_default() {
                if !self.found.contains_key(&(area, cell.selection)) {
                    self.put(intake, area, LabelledCell { cell: Cell::State(State::Missing), status: None, ..*cell });
                }
            }
        }
    }

    fn finish(mut self, intake: Intake) -> (Vec<Observation>, JoinReport) {
        let mut observations = Vec::with_capacity(self.order.len());
        let mut counts = Counts::default();
        let (mut seen, mut valued) = (FxHashSet::default(), FxHashSet::default());
        for key in &self.order {
            if self.conflicts.contains_key(key) {
                continue;
            }
            let (Some(cell), Some(area), Some(selection)) =
                (self.found.get(key), self.areas.get(key.0), intake.selections.get(key.1 as usize))
            else {
                continue;
            };
            seen.insert(key.0);
            if cell.cell.number().is_some() {
                valued.insert(key.0);
            }
            counts.add(selection, cell.cell);
            observations.push(Observation {
                indicator: selection.indicator.clone(),
                period: selection.period,
                codes: selection.codes.clone(),
                area: area.code.clone(),
                cell: cell.cell,
                status: cell.status,
            });
        }
        for (index, area) in self.areas.iter().enumerate() {
            let gap = AreaGap::new(area, if seen.contains(&index) { Gap::OnlyStates } else { Gap::NoRow });
            if !area.has_polygon && seen.contains(&index) {
                self.report.areas_without_polygon.push(gap.clone());
            }
            if !valued.contains(&index) {
                self.report.areas_without_value.push(gap);
            }
        }
        self.report.observations = observations.len() as u64;
        self.report.by_period = counts.into_list();
        self.report.rejects = intake.rejects;
        (observations, self.report)
    }
}
