//! The labels of a file, each once, with what the mapping says that they are.

use super::{
    intake::{FileLabel, LabelKind},
    label_rules::{LabelRules, LabelRuling},
};
use choro_model::nearest;
use rustc_hash::FxHashMap;

/// Most different labels in a file.
pub const MAX_LABELS: usize = 2_000_000;

/// The labels of a file by their numbers, which count from 0 in the order of the file.
pub struct FileLabels {
    rules: LabelRules,
    numbers: FxHashMap<String, u32>,
    /// Every label once.
    pub list: Vec<FileLabel>,
}

impl FileLabels {
    /// No label yet.
    pub fn new(rules: LabelRules) -> Self {
        Self { rules, numbers: FxHashMap::default(), list: Vec::new() }
    }

    /// Counts one more row with a label, of which `key` is what is compared. `None` where the file has more than
    /// [`MAX_LABELS`].
    pub fn count(&mut self, text: String, key: String, row: usize, is_total: bool) -> Option<u32> {
        if let Some(number) = self.numbers.get(&key) {
            if let Some(label) = self.list.get_mut(*number as usize) {
                label.rows = label.rows.saturating_add(1);
            }
            return Some(*number);
        }
        let number = u32::try_from(self.list.len()).ok().filter(|_| self.list.len() < MAX_LABELS)?;
        let kind = self.kind(&key, is_total);
        self.numbers.insert(key.clone(), number);
        let row = u32::try_from(row + 1).unwrap_or(u32::MAX);
        self.list.push(FileLabel { text, key, kind, row, rows: 1 });
        Some(number)
    }

    fn kind(&self, key: &str, is_total: bool) -> LabelKind {
        match self.rules.of(key) {
            // An area with a row without its parts is an area, though its parts stand below it.
            LabelRuling::Area if is_total && !self.rules.has_part(key) => LabelKind::Group,
            LabelRuling::Area => LabelKind::Area,
            LabelRuling::Group => LabelKind::Group,
            LabelRuling::Part(of) => LabelKind::Part { of: of.to_owned() },
            LabelRuling::Joint(of) => LabelKind::Joint { of: of.to_vec() },
        }
    }

    /// Whether the label of a number is a total or a group.
    pub fn is_group(&self, number: u32) -> bool {
        matches!(self.list.get(number as usize).map(|label| &label.kind), Some(LabelKind::Group))
    }

    /// The first part or joint row of the mapping that no row bears: its key in the mapping, and what is wrong.
    pub fn absent_row(&self) -> Option<(&'static str, String)> {
        let (key, row) = self.rules.rows().find(|(_, row)| !self.numbers.contains_key(*row))?;
        let near = nearest(row, self.list.iter().map(|label| label.key.as_str()));
        let remedy = near.map_or_else(|| ": correct or remove it".to_owned(), |near| format!("; did you mean {near:?}?"));
        Some((key, format!("no row is labelled {row:?}{remedy}")))
    }

    /// Patterns of groups that fit no label: probably misspelt.
    pub fn idle_groups(&self) -> Vec<String> {
        let keys: Vec<&str> = self.list.iter().map(|label| label.key.as_str()).collect();
        self.rules.idle_groups(&keys).map(|pattern| format!("no row fits the group {pattern:?}")).collect()
    }
}
