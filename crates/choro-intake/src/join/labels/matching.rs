//! One label -> one area, by exact steps.

use super::{
    crosswalk::Crosswalk,
    folding::fold,
    label_parts::{self, LabelPart},
    spoilt_codes,
};
use crate::{
    join::known_area::KnownArea,
    statistics::{LabelSplit, Restore, comparison_key},
};
use rustc_hash::FxHashMap;
use serde::Serialize;

/// The step by which a label found its area.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MatchedBy {
    /// The crosswalk names the code.
    Crosswalk,
    /// The label is the code.
    Code,
    /// The label is a name, blanks apart.
    Name,
    /// The label is a name, blanks, case, dashes and `ё` apart.
    FoldedName,
    /// The label is a code that a spreadsheet spoilt, restored by a rule of the mapping.
    Restored,
    /// A part of the label is a code or name, taken apart by a rule of the mapping.
    Part,
}

impl MatchedBy {
    /// All steps in their order.
    pub const ALL: [Self; 6] = [Self::Crosswalk, Self::Code, Self::Name, Self::FoldedName, Self::Restored, Self::Part];

    /// The step in words.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Crosswalk => "by the crosswalk",
            Self::Code => "by code",
            Self::Name => "by name",
            Self::FoldedName => "by name, apart from case, dashes and ё",
            Self::Restored => "by a restored code",
            Self::Part => "by a part of the label",
        }
    }
}

/// Why a label found none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Miss {
    /// No step found one.
    Unknown,
    /// The crosswalk has the label with an empty code.
    Blank,
    /// The crosswalk gives a code that the set does not have.
    CodeNotInSet(String),
    /// The name belongs to these areas, by index.
    Ambiguous(Vec<usize>),
    /// Its parts are these different areas, by index.
    PartsDiffer(Vec<usize>),
}

/// The areas by code, by name and by folded name.
pub(crate) struct Matcher<'a> {
    crosswalk: Option<&'a Crosswalk>,
    restore: Vec<Restore>,
    split: Vec<LabelSplit>,
    codes: FxHashMap<&'a str, usize>,
    names: FxHashMap<String, Vec<usize>>,
    folded: FxHashMap<String, Vec<usize>>,
}

impl<'a> Matcher<'a> {
    pub(crate) fn new(
        areas: &'a [KnownArea],
        crosswalk: Option<&'a Crosswalk>,
        restore: &[Restore],
        split: &[LabelSplit],
    ) -> Self {
        let (codes, names, folded) = Default::default();
        let (restore, split) = (restore.to_vec(), split.to_vec());
        let mut matcher = Self { crosswalk, restore, split, codes, names, folded };
        for (index, area) in areas.iter().enumerate() {
            matcher.codes.entry(area.code.as_str()).or_insert(index);
            for name in area.names.iter().filter(|name| !name.trim().is_empty()) {
                add(&mut matcher.names, comparison_key(name), index);
                add(&mut matcher.folded, fold(name), index);
            }
        }
        matcher
    }

    /// The area of a label's key, by index. What the crosswalk says is final: an operator who left the code of a label empty there
    /// does not want the label to be matched in another way.
    pub(crate) fn find(&self, label: &str) -> Result<(usize, MatchedBy), Miss> {
        match self.find_whole(label) {
            Err(Miss::Unknown) => {}
            found => return found,
        }
        if let Some(index) = self.restored(label) {
            return Ok((index, MatchedBy::Restored));
        }
        let found = self.split.iter().map(|split| self.areas_of_parts(label, split)).find(|found| !found.is_empty());
        match found.as_deref() {
            Some([index]) => Ok((*index, MatchedBy::Part)),
            Some(several) => Err(Miss::PartsDiffer(several.to_vec())),
            None => Err(Miss::Unknown),
        }
    }

    /// The area that a part of a label alone is, and the sign by which it is taken apart.
    pub(crate) fn by_usual_parts(&self, label: &str) -> Option<(usize, LabelSplit)> {
        label_parts::usual().into_iter().find_map(|split| match self.areas_of_parts(label, &split)[..] {
            [index] => Some((index, split)),
            _ => None,
        })
    }

    /// The widths by which the parts of a label are a code without signs between them: 2 and 3 for `1+3` and the code `01003`.
    pub(crate) fn by_widths(&self, label: &str, lengths: &[usize]) -> Option<(usize, [usize; 2])> {
        let (first, second) = label.split_once('+')?;
        let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        if !is_number(first) || !is_number(second) {
            return None;
        }
        let widths = lengths.iter().flat_map(|length| (first.len()..*length).map(move |width| [width, length - width]));
        let mut fitting = widths.filter(|[_, rest]| second.len() <= *rest);
        fitting.find_map(|[a, b]| Some((*self.codes.get(format!("{first:0>a$}{second:0>b$}").as_str())?, [a, b])))
    }

    /// The different areas that the parts of a label are. What stands beside a code counts only where a code is found.
    fn areas_of_parts(&self, label: &str, split: &LabelSplit) -> Vec<usize> {
        let (mut found, mut beside) = (Vec::new(), Vec::new());
        for part in label_parts::parts(label, split) {
            let (text, list) = match part {
                LabelPart::Name(text) | LabelPart::Code(text) => (text, &mut found),
                LabelPart::BesideCode(text) => (text, &mut beside),
            };
            match self.find_whole(text) {
                Ok((index, by)) if by == MatchedBy::Code || !matches!(part, LabelPart::Code(_)) => list.push(index),
                _ => {}
            }
        }
        if !found.is_empty() {
            found.extend(beside);
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The area of a text as a whole.
    fn find_whole(&self, label: &str) -> Result<(usize, MatchedBy), Miss> {
        if let Some(code) = self.crosswalk.and_then(|crosswalk| crosswalk.code(label)) {
            return match (code, self.codes.get(code)) {
                ("", _) => Err(Miss::Blank),
                (_, Some(index)) => Ok((*index, MatchedBy::Crosswalk)),
                (_, None) => Err(Miss::CodeNotInSet(code.to_owned())),
            };
        }
        if let Some(index) = self.codes.get(label) {
            return Ok((*index, MatchedBy::Code));
        }
        for (found, by) in [(self.names.get(label), MatchedBy::Name), (self.folded.get(&fold(label)), MatchedBy::FoldedName)]
        {
            match found.map(Vec::as_slice) {
                Some([index]) => return Ok((*index, by)),
                Some(several) => return Err(Miss::Ambiguous(several.to_vec())),
                None => {}
            }
        }
        Err(Miss::Unknown)
    }

    /// The area whose code was spoilt to this label: by the first rule of the mapping that gives any, if it gives one area alone.
    fn restored(&self, label: &str) -> Option<usize> {
        self.restore.iter().find_map(|rule| {
            let forms = spoilt_codes::forms(label, *rule);
            let mut found = forms.iter().filter_map(|form| self.by_code(form));
            let first = found.next()?;
            found.all(|other| other == first).then_some(first)
        })
    }

    fn by_code(&self, form: &str) -> Option<usize> {
        let code = self.crosswalk.and_then(|crosswalk| crosswalk.code(form)).unwrap_or(form);
        self.codes.get(code).copied()
    }
}

/// Whether a label would find an area, for [`propose`](fn@crate::statistics::propose).
pub fn knows<'a>(areas: &'a [KnownArea], crosswalk: Option<&'a Crosswalk>) -> impl Fn(&str) -> bool + use<'a> {
    let matcher = Matcher::new(areas, crosswalk, &[], &[]);
    move |label| matcher.find(&comparison_key(label)).is_ok()
}

fn add(map: &mut FxHashMap<String, Vec<usize>>, name: String, index: usize) {
    let list = map.entry(name).or_default();
    if !list.contains(&index) {
        list.push(index);
    }
}
