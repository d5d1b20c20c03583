//! Labels -> what their cells are for.

use super::{
    known_area::KnownArea,
    labels::{
        candidates::{Candidate, CandidateSearch, WhyCandidate},
        hints::Hints,
        matching::{MatchedBy, Matcher, Miss},
    },
    report::{GroupRow, JoinReport, JointRow, MatchedLabel, PartRow, Unmatched, WhyUnmatched},
};
use crate::statistics::{FileLabel, LabelKind};
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
    /// By which step each label found its area.
    by: FxHashMap<u32, MatchedBy>,
    /// The areas of each joint row, as in the report.
    joints: Vec<Vec<usize>>,
}

impl Roles {
    /// Finds the area of every label, and tells of it in the report.
    pub(crate) fn assign(labels: &[FileLabel], areas: &[KnownArea], matcher: &Matcher<'_>, report: &mut JoinReport) -> Self {
        let candidates = CandidateSearch::new(areas);
        let (by, joints, hints, lengths) = (FxHashMap::default(), Vec::new(), Hints::default(), candidates.code_lengths());
        let mut assigning = Assigning { areas, matcher, candidates, lengths, by, joints, hints, report };
        let mut of: Vec<Role> = (0..).zip(labels).map(|(number, label)| assigning.role(number, label)).collect();
        let (by, joints) = (assigning.by, assigning.joints);
        assigning.report.hints = assigning.hints.lines();
        give_way(&mut of);
        Self { of, by, joints }
    }

    /// What the cells of a label are for.
    pub(crate) fn of(&self, label: u32) -> Role {
        self.of.get(label as usize).copied().unwrap_or(Role::None)
    }

    /// The area that a label found as one of its own, and by which step.
    pub(crate) fn matched(&self, label: u32) -> Option<(usize, MatchedBy)> {
        match self.of(label) {
            Role::Area(area) | Role::Larger(area, _) => Some((area, *self.by.get(&label)?)),
            Role::Part(..) | Role::Joint(_) | Role::None => None,
        }
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
    matcher: &'a Matcher<'a>,
    candidates: CandidateSearch<'a>,
    /// The different lengths of codes.
    lengths: Vec<usize>,
    by: FxHashMap<u32, MatchedBy>,
    joints: Vec<Vec<usize>>,
    hints: Hints,
    report: &'a mut JoinReport,
}

impl Assigning<'_> {
    fn role(&mut self, number: u32, label: &FileLabel) -> Role {
        match &label.kind {
            LabelKind::Group => {
                self.report.groups.push(GroupRow { label: label.key.clone(), row: label.row });
                Role::None
            }
            LabelKind::Area => self.area(number, label),
            LabelKind::Part { of } => self.part(label, of),
            LabelKind::Joint { of } => self.joint(label, of),
        }
    }

    fn area(&mut self, number: u32, label: &FileLabel) -> Role {
        match self.matcher.find(&label.key) {
            Ok((index, by)) => {
                self.by.insert(number, by);
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
            Miss::PartsDiffer(indices) => (WhyUnmatched::PartsDiffer, Some(self.parts(&indices))),
            Miss::CodeNotInSet(code) => (WhyUnmatched::CodeNotInSet { code: code.clone() }, self.candidates.of(&code)),
            Miss::Blank => (WhyUnmatched::BlankInCrosswalk, Some(Vec::new())),
            Miss::Unknown => (WhyUnmatched::Unknown, self.taken_apart(sought).or_else(|| self.candidates.of(sought))),
        };
        self.report.not_compared += u64::from(candidates.is_none());
        let candidates = candidates.unwrap_or_default();
        self.hints.add(sought, candidates.first());
        self.report.unmatched.push(Unmatched {
            label: label.key.clone(),
            row: label.row,
            rows: label.rows,
            why,
            candidates,
        });
    }

    /// The area that the parts of a label are, where it would be matched if it were taken apart or put together otherwise.
    fn taken_apart(&mut self, label: &str) -> Option<Vec<Candidate>> {
        let (index, why) = if let Some((index, widths)) = self.matcher.by_widths(label, &self.lengths) {
            self.hints.add_widths(widths);
            (index, WhyCandidate::JoinedParts)
        } else {
            let (index, split) = self.matcher.by_usual_parts(label)?;
            self.hints.add_split(split);
            (index, WhyCandidate::PartOfLabel)
        };
        Some(self.candidates.area(index, why).into_iter().collect())
    }

    fn parts(&self, indices: &[usize]) -> Vec<Candidate> {
        indices.iter().filter_map(|index| self.candidates.area(*index, WhyCandidate::PartOfLabel)).collect()
    }

    fn code(&self, index: usize) -> String {
        self.areas.get(index).map(|area| area.code.to_string()).unwrap_or_default()
    }
}
