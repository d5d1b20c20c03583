//! Where the areas stand, and what their rows are.

use super::scalars::{ColumnRef, OneOrMany};
use choro_model::CrosswalkSpec;
use serde::Deserialize;
use std::path::{Path, PathBuf};

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
        let from = AreaFrom::Columns(vec![column]);
        Self { from, indent, groups, part, joint, fill: false, restore, crosswalk: None }
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
    crosswalk: Option<CrosswalkMapping>,
}

impl TryFrom<AreaKeys> for AreaMapping {
    type Error = &'static str;

    fn try_from(keys: AreaKeys) -> Result<Self, &'static str> {
        let AreaKeys { column, header_row, indent, groups, part, joint, fill, restore, crosswalk } = keys;
        let from = match (column, header_row) {
            (Some(columns), None) => AreaFrom::Columns(columns.to_vec()),
            (None, Some(row)) => AreaFrom::HeaderRow(row),
            _ => return Err("give exactly one of column and header_row"),
        };
        Ok(Self { from, indent, groups, part, joint, fill, restore, crosswalk })
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
    /// `leading-zeros:8`: a number of fewer digits gets its zeros back, up to this width.
    LeadingZeros(u8),
    /// `month-names`: `Dec-01`, `1-Dec` or a date was `DEC01`, `DEC1` or `DEC-01`.
    MonthNames,
}

impl TryFrom<String> for Restore {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let width = text.strip_prefix("leading-zeros:").and_then(|width| width.parse().ok());
        match (text.as_str(), width) {
            ("month-names", _) => Ok(Self::MonthNames),
            (_, Some(width @ 1..=32)) => Ok(Self::LeadingZeros(width)),
            _ => {
                Err(format!("area.restore {text:?} is not valid: expected \"month-names\" or \"leading-zeros:N\", N digits"))
            }
        }
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
