//! Areas that an unmatched label may have meant. Nothing here is ever taken by itself.

use super::{
    folding::{fold, skeleton, without_leading_zeros},
    likeness::{LONGEST, likeness, near_code},
    spoilt_codes::month_forms,
};
use crate::join::known_area::KnownArea;
use serde::Serialize;

/// How many are named for each label.
pub const EACH: usize = 3;
/// Most pairs of label and area that are compared. Labels beyond that number get no candidates.
const MAX_PAIRS: usize = 4_000_000;
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
    /// The label is a date that a spreadsheet made of the code.
    MonthName,
    /// The label is the code or name, with letters of another script that look alike.
    LookAlikeLetters,
    /// The name belongs to several areas.
    SameName,
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
            Self::MonthName => "code turned into a date",
            Self::LookAlikeLetters => "look-alike letters",
            Self::SameName => "same name",
            Self::NearCode => "near code",
            Self::NearName => "near name",
        }
    }
}

/// One area prepared for comparison.
struct Prepared<'a> {
    area: &'a KnownArea,
    code_skeleton: String,
    /// Of each name: what it folds to, cut to the length that is compared; its skeleton; the name itself.
    names: Vec<(String, String, &'a str)>,
}

/// A label prepared for comparison.
struct Sought<'a> {
    label: &'a str,
    folded: String,
    shape: String,
    /// The codes of which a spreadsheet may have made this date.
    dates: Vec<String>,
}

/// All areas prepared for comparison.
pub(crate) struct CandidateSearch<'a> {
    areas: Vec<Prepared<'a>>,
    pairs: usize,
}

impl<'a> CandidateSearch<'a> {
    pub(crate) fn new(areas: &'a [KnownArea]) -> Self {
        let prepare = |area: &'a KnownArea| Prepared {
            area,
            code_skeleton: skeleton(area.code.as_str()),
            names: area.names.iter().map(|name| (cut(&fold(name)), skeleton(name), name.as_str())).collect(),
        };
        Self { areas: areas.iter().map(prepare).collect(), pairs: 0 }
    }

    /// The nearest areas of a label, the likeliest first. `None` if too many labels were compared already.
    pub(crate) fn of(&mut self, label: &str) -> Option<Vec<Candidate>> {
        self.pairs = self.pairs.saturating_add(self.areas.len());
        if self.pairs > MAX_PAIRS {
            return None;
        }
        let sought = Sought { label, folded: cut(&fold(label)), shape: skeleton(label), dates: month_forms(label) };
        let mut found: Vec<Candidate> = self.areas.iter().filter_map(|area| area.compare(&sought)).collect();
        found.sort_by(|a, b| b.likeness.total_cmp(&a.likeness).then_with(|| a.code.cmp(&b.code)));
        found.truncate(EACH);
        Some(found)
    }

    /// Areas of one name.
    pub(crate) fn same_name(&self, indices: &[usize]) -> Vec<Candidate> {
        let areas = indices.iter().filter_map(|index| self.areas.get(*index)).take(EACH);
        areas.map(|area| area.candidate(None, WhyCandidate::SameName, 1.0)).collect()
    }
}

impl Prepared<'_> {
    fn compare(&self, sought: &Sought<'_>) -> Option<Candidate> {
        let (label, folded, shape) = (sought.label, sought.folded.as_str(), sought.shape.as_str());
        let code = self.area.code.as_str();
        if sought.dates.iter().any(|form| form == code) {
            return Some(self.candidate(None, WhyCandidate::MonthName, 1.0));
        }
        let bare = without_leading_zeros(label.trim());
        if bare.is_some_and(|bare| !bare.is_empty()) && bare == without_leading_zeros(code) {
            return Some(self.candidate(None, WhyCandidate::LostLeadingZeros, 1.0));
        }
        if shape == self.code_skeleton {
            return Some(self.candidate(None, WhyCandidate::LookAlikeLetters, 1.0));
        }
        if let Some((_, _, name)) = self.names.iter().find(|(_, skeleton, _)| skeleton == shape) {
            return Some(self.candidate(Some(name), WhyCandidate::LookAlikeLetters, 1.0));
        }
        let by_name = self.names.iter().map(|(other, _, name)| (likeness(folded, other), *name));
        let by_name = by_name.max_by(|a, b| a.0.total_cmp(&b.0)).filter(|(likeness, _)| *likeness >= LEAST);
        let by_code = near_code(shape, &self.code_skeleton);
        match (by_name, by_code) {
            (name, Some(code)) if name.is_none_or(|(likeness, _)| likeness < code) => {
                Some(self.candidate(None, WhyCandidate::NearCode, code))
            }
            (Some((likeness, name)), _) => Some(self.candidate(Some(name), WhyCandidate::NearName, likeness)),
            (None, _) => None,
        }
    }

    fn candidate(&self, name: Option<&str>, why: WhyCandidate, likeness: f64) -> Candidate {
        let name = name.or(self.names.first().map(|(_, _, name)| *name)).unwrap_or_default().to_owned();
        Candidate { code: self.area.code.to_string(), name, why, likeness: (likeness * 100.0).round() / 100.0 }
    }
}

fn cut(text: &str) -> String {
    text.chars().take(LONGEST).collect()
}
