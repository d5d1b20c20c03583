//! Areas that an unmatched label may have meant. Nothing here is ever taken by itself.

use super::{
    area_index::{AreaIndex, NamedArea},
    folding::{fold, skeleton, without_leading_zeros},
    likeness::{ComparedName, near_code},
    spoilt_codes::{month_forms, whole_number},
};
use crate::join::known_area::KnownArea;
use rustc_hash::FxHashSet;
use serde::Serialize;

/// How many are named for each label.
pub const EACH: usize = 3;
/// Most labels that are compared with names and codes that resemble them.
const MAX_COMPARED: usize = 20_000;
/// How alike two names must be to be candidates, from 0 to 1.
const LEAST: f64 = 0.45;

/// An area that may have been meant.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Candidate {
    /// Its code.
    pub code: String,
    /// Its nearest name.
    pub name: String,
    /// Why it is named.
    pub why: WhyCandidate,
    /// Likeness, 1 is equal.
    pub likeness: f64,
}

/// Why an area is a candidate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum WhyCandidate {
    /// The label is the code without its leading zeros.
    LostLeadingZeros,
    /// The label is the code with leading zeros that the set does not have.
    ZerosNotInSet,
    /// The label is the code as a number with decimals, or as a power of ten.
    DecimalCode,
    /// The label is a date that a spreadsheet made of the code.
    MonthName,
    /// The label is the code or name, with letters of another script that look alike.
    LookAlikeLetters,
    /// A part of the label is the code or a name.
    PartOfLabel,
    /// The parts of the label are the code without a sign between them.
    JoinedParts,
    /// The name belongs to several areas.
    SameName,
    /// The name is the same in the letters of another script.
    OtherScript,
    /// The code is one or two edits away.
    NearCode,
    /// The name is near.
    NearName,
}

impl WhyCandidate {
    /// The reason in words.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::LostLeadingZeros => "leading zeros lost",
            Self::ZerosNotInSet => "leading zeros lost in the set",
            Self::DecimalCode => "code turned into a decimal number",
            Self::MonthName => "code turned into a date",
            Self::LookAlikeLetters => "look-alike letters",
            Self::PartOfLabel => "part of the label",
            Self::JoinedParts => "parts without a sign between them",
            Self::SameName => "same name",
            Self::OtherScript => "same name in other letters",
            Self::NearCode => "near code",
            Self::NearName => "near name",
        }
    }
}

/// All areas prepared for comparison.
pub(crate) struct CandidateSearch<'a> {
    areas: &'a [KnownArea],
    index: AreaIndex<'a>,
    compared: usize,
}

impl<'a> CandidateSearch<'a> {
    pub(crate) fn new(areas: &'a [KnownArea]) -> Self {
        Self { areas, index: AreaIndex::new(areas), compared: 0 }
    }

    /// The nearest areas of a label, the likeliest first. `None` if too many labels were compared already.
    pub(crate) fn of(&mut self, label: &str) -> Option<Vec<Candidate>> {
        let mut found = self.spoilt(label);
        if found.is_empty() {
            self.compared += 1;
            if self.compared > MAX_COMPARED {
                return None;
            }
            found = self.near(label);
        }
        found.sort_by(|a, b| b.likeness.total_cmp(&a.likeness).then_with(|| a.code.cmp(&b.code)));
        found.truncate(EACH);
        Some(found)
    }

    /// Areas of one name.
    pub(crate) fn same_name(&self, indices: &[usize]) -> Vec<Candidate> {
        indices.iter().take(EACH).filter_map(|index| self.area(*index, WhyCandidate::SameName)).collect()
    }

    /// The area of an index, as a certain candidate.
    pub(crate) fn area(&self, index: usize, why: WhyCandidate) -> Option<Candidate> {
        self.areas.get(index).map(|area| candidate(area, None, why, 1.0))
    }

    /// The different lengths of codes.
    pub(crate) fn code_lengths(&self) -> Vec<usize> {
        let lengths: FxHashSet<usize> = self.areas.iter().map(|area| area.code.as_str().len()).collect();
        lengths.into_iter().collect()
    }

    /// Areas whose code or name the label was, before something spoilt it.
    fn spoilt(&self, label: &str) -> Vec<Candidate> {
        let shape = skeleton(label);
        let dates = month_forms(label).into_iter().flat_map(|form| self.index.by_code(&form)).map(|area| (area, None));
        let dates = dates.map(|(area, name)| (area, name, WhyCandidate::MonthName));
        let label = label.trim();
        let zeros = without_leading_zeros(label).into_iter().flat_map(|bare| self.index.by_bare_code(bare)).map(|area| {
            let is_longer = self.areas.get(area).is_some_and(|area| area.code.as_str().len() < label.len());
            let why = if is_longer { WhyCandidate::ZerosNotInSet } else { WhyCandidate::LostLeadingZeros };
            (area, None, why)
        });
        let decimal = whole_number(label).filter(|number| number != label);
        let decimal = decimal.iter().filter_map(|number| without_leading_zeros(number));
        let decimal = decimal.flat_map(|bare| self.index.by_bare_code(bare));
        let decimal = decimal.map(|area| (area, None, WhyCandidate::DecimalCode));
        let shapes =
            self.index.by_skeleton(&shape).map(|NamedArea { area, name }| (area, name, WhyCandidate::LookAlikeLetters));
        let mut seen = FxHashSet::default();
        let all = dates.chain(zeros).chain(decimal).chain(shapes).filter(|(area, ..)| seen.insert(*area));
        all.filter_map(|(area, name, why)| Some(candidate(self.areas.get(area)?, name, why, 1.0))).collect()
    }

    /// Areas whose code or name is near.
    fn near(&mut self, label: &str) -> Vec<Candidate> {
        let (name, shape) = (ComparedName::new(&fold(label)), skeleton(label));
        let mut found: Vec<Candidate> = Vec::new();
        for other in self.index.near_names(&name.core) {
            let likeness = name.likeness(&other.compared);
            let Some(area) = self.areas.get(other.area).filter(|_| likeness >= LEAST) else { continue };
            let is_same = other.compared.core == name.core && is_of_other_script(label, other.name);
            let why = if is_same { WhyCandidate::OtherScript } else { WhyCandidate::NearName };
            add(&mut found, candidate(area, Some(other.name), why, likeness));
        }
        for area in self.index.near_codes(&shape) {
            let Some(area) = self.areas.get(area) else { continue };
            if let Some(likeness) = near_code(&shape, &skeleton(area.code.as_str())) {
                add(&mut found, candidate(area, None, WhyCandidate::NearCode, likeness));
            }
        }
        found
    }
}

/// Adds a candidate, or puts it in the place of a less likely one of the same area.
fn add(found: &mut Vec<Candidate>, candidate: Candidate) {
    match found.iter_mut().find(|known| known.code == candidate.code) {
        Some(known) if known.likeness < candidate.likeness => *known = candidate,
        Some(_) => {}
        None => found.push(candidate),
    }
}

/// Whether one of two texts has Latin letters and the other has others.
fn is_of_other_script(a: &str, b: &str) -> bool {
    let is_latin = |text: &str| text.contains(|c: char| c.is_ascii_alphabetic());
    is_latin(a) != is_latin(b)
}

fn candidate(area: &KnownArea, name: Option<&str>, why: WhyCandidate, likeness: f64) -> Candidate {
    let name = name.or(area.names.first().map(String::as_str)).unwrap_or_default().to_owned();
    Candidate { code: area.code.to_string(), name, why, likeness: (likeness * 100.0).round() / 100.0 }
}
