//! What may mend several unmatched labels at once: lines for the mapping, by why their candidates are candidates.

use super::{
    candidates::{Candidate, WhyCandidate},
    spoilt_codes::{is_rounded, whole_number},
};
use crate::statistics::LabelSplit;
use std::collections::{BTreeMap, BTreeSet};

/// What was seen of all unmatched labels.
#[derive(Debug, Default)]
pub struct Hints {
    month_names: bool,
    /// The widths of codes that have lost their leading zeros.
    zeros: BTreeSet<usize>,
    /// Whether codes were written as numbers with decimals, and what one of them was.
    decimals: Option<String>,
    /// Whether such a code would not be restored by zeros, since none are lost.
    whole: bool,
    /// A label with zeros that the set does not have, and the set's code.
    not_in_set: Option<(String, String)>,
    splits: BTreeSet<LabelSplit>,
    /// Widths by which the columns of labels are codes, and how many labels are.
    widths: BTreeMap<[usize; 2], u64>,
    rounded: Option<String>,
}

impl Hints {
    /// Adds a label and its likeliest candidate.
    pub fn add(&mut self, label: &str, candidate: Option<&Candidate>) {
        if is_rounded(label) {
            self.rounded.get_or_insert_with(|| label.to_owned());
        }
        let Some(candidate) = candidate else { return };
        let width = candidate.code.len();
        match candidate.why {
            WhyCandidate::MonthName => self.month_names = true,
            WhyCandidate::LostLeadingZeros => drop(self.zeros.insert(width)),
            WhyCandidate::DecimalCode => {
                self.decimals.get_or_insert_with(|| label.to_owned());
                if whole_number(label.trim()).is_some_and(|number| number.len() < width) {
                    self.zeros.insert(width);
                } else {
                    self.whole = true;
                }
            }
            WhyCandidate::ZerosNotInSet => {
                self.not_in_set.get_or_insert_with(|| (label.to_owned(), candidate.code.clone()));
            }
            _ => {}
        }
    }

    /// Adds the sign that parts a label.
    pub fn add_split(&mut self, split: LabelSplit) {
        self.splits.insert(split);
    }

    /// Adds the widths by which the parts of a label are a code.
    pub fn add_widths(&mut self, widths: [usize; 2]) {
        *self.widths.entry(widths).or_default() += 1;
    }

    /// The lines for the report.
    pub fn lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        lines.extend(self.restoring());
        if let Some(label) = &self.rounded {
            lines.push(format!(
                "codes such as {label:?} were rounded by a spreadsheet, and their last digits are lost: give the column the format of \
                 text there, and save it again"
            ));
        }
        if let Some((label, code)) = &self.not_in_set {
            lines.push(format!(
                "the boundary set has lost leading zeros, its {code} is {label:?} here: import the boundaries again with codes as \
                 text, or join by the correction CSV"
            ));
        }
        if !self.splits.is_empty() {
            let signs = self.splits.iter().map(|split| format!("\"{split}\"")).collect::<Vec<_>>().join(", ");
            lines.push(format!(
                "labels hold several names, or a code and a name: area.split = [{signs}] in the mapping takes them apart"
            ));
        }
        if let Some(([first, second], _)) = self.widths.iter().max_by_key(|(_, labels)| **labels) {
            lines.push(format!(
                "the columns of the label are one code without a sign between them: area.widths = [{first}, {second}] in the mapping \
                 joins them so"
            ));
        }
        lines
    }

    /// The rules that restore codes which a spreadsheet spoilt.
    fn restoring(&self) -> Option<String> {
        let mut what = Vec::new();
        let mut rules = Vec::new();
        if self.month_names {
            what.push("were turned into dates");
            rules.push("\"month-names\"".to_owned());
        }
        if self.decimals.is_some() {
            what.push("were turned into decimal numbers");
        }
        if !self.zeros.is_empty() {
            what.push("lost their leading zeros");
        }
        // Zeros are put before numbers with decimals too.
        if self.whole && self.zeros.is_empty() {
            rules.push("\"whole-numbers\"".to_owned());
        }
        rules.extend(self.zeros.iter().map(|width| format!("\"leading-zeros:{width}\"")));
        let (what, rules) = (what.join(" and "), rules.join(", "));
        (!rules.is_empty()).then(|| format!("codes {what}: area.restore = [{rules}] in the mapping takes them back"))
    }
}
