//! Where the areas stand, and what their rows are.

use super::scalars::{ColumnRef, OneOrMany};
use choro_model::CrosswalkSpec;
use serde::Deserialize;
use std::{
    fmt,
    path::{Path, PathBuf},
};

/// Most digits of a code.
const MAX_WIDTH: u8 = 32;

/// Where the areas stand, and which rows are none.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "AreaKeys")]
pub struct AreaMapping {
    /// Where their names or codes stand.
    pub from: AreaFrom,
    /// What leading blanks of a label say.
    pub indent: Vec<Indent>,
    /// Labels, or patterns with `*` and `?`, of rows that are totals or groups of areas.
    pub groups: Vec<String>,
    /// Areas whose polygon excludes some of their parts.
    pub part: Vec<PartMapping>,
    /// Rows that several areas share.
    pub joint: Vec<JointMapping>,
    /// Whether an empty cell takes the one above, or an empty heading the one to its left (merged cells).
    pub fill: bool,
    /// How codes that a spreadsheet spoilt are restored, in this order.
    pub restore: Vec<Restore>,
    /// What stands between several names of one area in its label, or between its code and its name.
    pub split: Vec<LabelSplit>,
    /// Of a label of several columns of digits: how many digits each has in the code, which has no sign between them. Empty: the texts
    /// are joined by `+`.
    pub widths: Vec<u8>,
    /// Which code each label stands for.
    pub crosswalk: Option<CrosswalkMapping>,
}

/// Where the names or codes of areas stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AreaFrom {
    /// In columns of the row of the values; the texts of several are joined by `+`.
    Columns(Vec<ColumnRef>),
    /// In this row of headings, from 1, above each column of values.
    HeaderRow(u32),
}

impl AreaMapping {
    /// Areas in one column, and nothing else.
    #[must_use]
    pub fn of_column(column: ColumnRef) -> Self {
        let (indent, groups, part, joint, restore) = Default::default();
        let (from, split, widths) = (AreaFrom::Columns(vec![column]), Vec::new(), Vec::new());
        Self { from, indent, groups, part, joint, fill: false, restore, split, widths, crosswalk: None }
    }
}

/// The keys as they stand in the file: see [`AreaMapping`].
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AreaKeys {
    column: Option<OneOrMany<ColumnRef>>,
    header_row: Option<u32>,
    #[serde(default)]
    indent: Vec<Indent>,
    #[serde(default)]
    groups: Vec<String>,
    #[serde(default)]
    part: Vec<PartMapping>,
    #[serde(default)]
    joint: Vec<JointMapping>,
    #[serde(default)]
    fill: bool,
    #[serde(default)]
    restore: Vec<Restore>,
    #[serde(default)]
    split: Vec<LabelSplit>,
    #[serde(default)]
    widths: Vec<u8>,
    crosswalk: Option<CrosswalkMapping>,
}

impl TryFrom<AreaKeys> for AreaMapping {
    type Error = &'static str;

    fn try_from(keys: AreaKeys) -> Result<Self, &'static str> {
        let AreaKeys { column, header_row, indent, groups, part, joint, fill, restore, split, widths, crosswalk } = keys;
        let from = match (column, header_row) {
            (Some(columns), None) => AreaFrom::Columns(columns.to_vec()),
            (None, Some(row)) => AreaFrom::HeaderRow(row),
            _ => return Err("give exactly one of column and header_row"),
        };
        let columns = if let AreaFrom::Columns(columns) = &from { columns.len() } else { 0 };
        if !widths.is_empty() && (widths.len() != columns || widths.iter().any(|width| !(1..=MAX_WIDTH).contains(width))) {
            return Err("widths must have a number of digits from 1 to 32 for each column of area.column");
        }
        Ok(Self { from, indent, groups, part, joint, fill, restore, split, widths, crosswalk })
    }
}

/// The polygon of the area `of` does not include its parts. So the area takes the values of the row `row`, and has none where that
/// row is empty.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartMapping {
    /// The label of the row without the parts.
    pub row: String,
    /// The label of the area.
    pub of: String,
}

/// The row `row` counts the areas `of` together, so that none of them has a value of its own there.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JointMapping {
    /// The label of the row.
    pub row: String,
    /// The labels, or codes, of the areas.
    pub of: Vec<String>,
}

/// What leading blanks of a label say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Indent {
    /// A row with deeper rows below it is their total, and no area.
    Totals,
    /// A label gets that of the row under which it stands, and `+`, before its own. This is for names that occur under several.
    Parent,
}

/// How codes that a spreadsheet spoilt are restored. Only a form that is the code of one area counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum Restore {
    /// `leading-zeros:8`: a number of fewer digits gets its zeros back, up to this width, also one such as `4729000.0`.
    LeadingZeros(u8),
    /// `whole-numbers`: `1001.0` and `1.001E+03` were `1001`.
    WholeNumbers,
    /// `month-names`: `Dec-01`, `1-Dec` or a date was `DEC01`, `DEC1` or `DEC-01`.
    MonthNames,
}

impl TryFrom<String> for Restore {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let width = text.strip_prefix("leading-zeros:").and_then(|width| width.parse().ok());
        match (text.as_str(), width) {
            ("month-names", _) => Ok(Self::MonthNames),
            ("whole-numbers", _) => Ok(Self::WholeNumbers),
            (_, Some(width @ 1..=MAX_WIDTH)) => Ok(Self::LeadingZeros(width)),
            _ => Err(format!(
                "area.restore {text:?} is not valid: expected \"month-names\", \"whole-numbers\" or \"leading-zeros:N\", N digits"
            )),
        }
    }
}

/// What stands between several names of one area in its label, or between its code and its name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(try_from = "String")]
pub enum LabelSplit {
    /// A sign: `Northland / Нортланд`. A hyphen counts only with blanks beside it.
    Sign(String),
    /// `()`: the code stands in brackets before or behind the name, as in `Hamburg (02000)`.
    Brackets,
    /// A blank: the first or the last word is a code, as in `01001 Flensburg`.
    Blank,
}

impl TryFrom<String> for LabelSplit {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        match text.trim() {
            "()" => Ok(Self::Brackets),
            "" if text.contains(' ') => Ok(Self::Blank),
            sign if (1..=3).contains(&sign.chars().count()) && !sign.contains(char::is_alphanumeric) => {
                Ok(Self::Sign(sign.to_owned()))
            }
            _ => Err(format!("area.split {text:?} is not valid: expected a sign such as \"/\", or \"()\", or \" \"")),
        }
    }
}

impl fmt::Display for LabelSplit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Sign(sign) => sign,
            Self::Brackets => "()",
            Self::Blank => " ",
        })
    }
}

/// A crosswalk by file and columns.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CrosswalkMapping {
    /// The CSV, relative to the mapping file.
    pub file: PathBuf,
    /// The columns of labels, joined by `+`.
    pub from: OneOrMany<String>,
    /// The column of area codes.
    pub to: String,
}

impl CrosswalkMapping {
    /// The crosswalk with its file resolved beside the mapping file in `folder`.
    #[must_use]
    pub fn spec(&self, folder: &Path) -> CrosswalkSpec {
        CrosswalkSpec { path: folder.join(&self.file), from: self.from.to_vec(), to: self.to.clone() }
    }
}
