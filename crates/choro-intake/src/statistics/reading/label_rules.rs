//! Which labels of rows are totals, groups, parts or joint rows, by the mapping.

use super::marks::Marks;
use crate::statistics::{
    comparison::{comparison_key, fits_pattern},
    mapping::AreaMapping,
};

/// The mapping's rules about labels. All labels are comparison keys.
pub struct LabelRules {
    /// Patterns of totals and groups.
    groups: Vec<String>,
    /// A row, and the area whose polygon excludes its parts.
    parts: Vec<(String, String)>,
    /// A row, and the areas that share it.
    joints: Vec<(String, Vec<String>)>,
}

/// What a rule says about a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LabelRuling<'a> {
    /// It is an area, since no rule says otherwise.
    Area,
    /// It is a total or a group.
    Group,
    /// Its values are those of this area, whose polygon excludes its parts.
    Part(&'a str),
    /// These areas share it.
    Joint(&'a [String]),
}

impl LabelRules {
    /// Labels of rows are compared without their footnote signs, and so are the labels of the rules.
    pub fn new(area: &AreaMapping, marks: &Marks) -> Self {
        let bare = |label: &String| marks.bare(&comparison_key(label));
        Self {
            groups: area.groups.iter().map(|pattern| comparison_key(pattern)).collect(),
            parts: area.part.iter().map(|part| (bare(&part.row), bare(&part.of))).collect(),
            joints: area.joint.iter().map(|joint| (bare(&joint.row), joint.of.iter().map(bare).collect())).collect(),
        }
    }

    /// What the rules say about a label. A part is looked for before a group, so that a broad pattern does not swallow it.
    pub fn of(&self, key: &str) -> LabelRuling<'_> {
        if let Some((_, of)) = self.parts.iter().find(|(row, _)| row == key) {
            return LabelRuling::Part(of);
        }
        if let Some((_, of)) = self.joints.iter().find(|(row, _)| row == key) {
            return LabelRuling::Joint(of);
        }
        if self.groups.iter().any(|pattern| fits_pattern(pattern, key)) { LabelRuling::Group } else { LabelRuling::Area }
    }

    /// Whether some row gives the values of an area without its parts.
    pub fn has_part(&self, area: &str) -> bool {
        self.parts.iter().any(|(_, of)| of == area)
    }

    /// The rows that must be there, each with the key of the mapping that names it.
    pub fn rows(&self) -> impl Iterator<Item = (&'static str, &String)> {
        let parts = self.parts.iter().map(|(row, _)| ("area.part", row));
        parts.chain(self.joints.iter().map(|(row, _)| ("area.joint", row)))
    }

    /// Patterns of groups that fit none of the labels.
    pub fn idle_groups<'a>(&'a self, labels: &'a [&str]) -> impl Iterator<Item = &'a String> {
        self.groups.iter().filter(|pattern| !labels.iter().any(|label| fits_pattern(pattern, label)))
    }
}
