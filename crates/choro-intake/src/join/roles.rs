//! Labels -> what their cells are for.

use super::{
    known_area::KnownArea,
    labels::{
        candidates::CandidateSearch,
        crosswalk::Crosswalk,
        matching::{Matcher, Miss},
    },
    report::{GroupRow, JoinReport, JointRow, MatchedLabel, PartRow, Unmatched, WhyUnmatched},
};
use crate::statistics::{FileLabel, LabelKind, Restore};
use rustc_hash::FxHashMap;

/// What a label's cells are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// Values of this area.
    Area(usize),
    /// Values of this area, from the row without its parts. The second number is the entry of the report.
    Part(usize, usize),
    /// Values of this area with its parts, which give way to the row without them. The second number is the entry of the report for
    /// the row without them.
    Larger(usize, usize),
    /// States of the areas that share the row, by the entry of the report.
    Joint(usize),
    /// Nothing.
    None,
}

/// The roles of all labels.
pub(crate) struct Roles {
    of: Vec<Role>,
    /// The areas of each joint row, as in the report.
    joints: Vec<Vec<usize>>,
}

impl Roles {
    /// Finds the area of every label, and tells of it in the report.
    pub(crate) fn assign(
        labels: &[FileLabel],
        areas: &[KnownArea],
        crosswalk: Option<&Crosswalk>,
        restore: &[Restore],
        report: &mut JoinReport,
    ) -> Self {
        let (matcher, candidates) = (Matcher::new(areas, crosswalk, restore), CandidateSearch::new(areas));
        let mut assigning = Assigning { areas, matcher, candidates, joints: Vec::new(), report };
        let mut of: Vec<Role> = labels.iter().map(|label| assigning.role(label)).collect();
        let joints = assigning.joints;
        give_way(&mut of);
        Self { of, joints }
    }

    /// What the cells of a label are for.
    pub(crate) fn of(&self, label: u32) -> Role {
        self.of.get(label as usize).copied().unwrap_or(Role::None)
    }

    /// The areas that share a row.
    pub(crate) fn sharing(&self, joint: usize) -> &[usize] {
        self.joints.get(joint).map(Vec::as_slice).unwrap_or_default()
    }
}

/// Where an area has a row without its parts, its other rows become larger ones.
fn give_way(roles: &mut [Role]) {
    let of_part = |role: &Role| if let Role::Part(area, entry) = role { Some((*area, *entry)) } else { None };
    let entries: FxHashMap<usize, usize> = roles.iter().filter_map(of_part).collect();
    for role in roles {
        if let Role::Area(area) = role
            && let Some(entry) = entries.get(area)
        {
            *role = Role::Larger(*area, *entry);
        }
    }
}

struct Assigning<'a> {
    areas: &'a [KnownArea],
    matcher: Matcher<'a>,
    candidates: CandidateSearch<'a>,
    joints: Vec<Vec<usize>>,
    report: &'a mut JoinReport,
}

impl Assigning<'_> {
    fn role(&mut self, label: &FileLabel) -> Role {
        match &label.kind {
            LabelKind::Group => {
                self.report.groups.push(GroupRow { label: label.key.clone(), row: label.row });
                Role::None
            }
            LabelKind::Area => self.area(label),
            LabelKind::Part { of } => self.part(label, of),
            LabelKind::Joint { of } => self.joint(label, of),
        }
    }

    fn area(&mut self, label: &FileLabel) -> Role {
        match self.matcher.find(&label.key) {
            Ok((index, by)) => {
                let code = self.code(index);
                self.report.matched.push(MatchedLabel { label: label.key.clone(), row: label.row, code, by });
                Role::Area(index)
            }
            Err(miss) => {
                self.unmatched(label, &label.key, miss);
                Role::None
            }
        }
    }

    fn part(&mut self, label: &FileLabel, of: &str) -> Role {
        match self.matcher.find(of) {
            Ok((index, _)) => {
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

    fn joint(&mut self, label: &FileLabel, of: &[String]) -> Role {
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

    fn unmatched(&mut self, label: &FileLabel, sought: &str, miss: Miss) {
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
}
