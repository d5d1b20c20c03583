//! What a mapping takes from a file: labels, selections, cells and rejects.

use super::{cells::LabelledCells, reject::Rejects};
use crate::statistics::{
    doubt::Doubt,
    mapping::{LabelSplit, Restore},
    scrutiny::unread_columns::UnreadColumn,
};
use choro_model::Selection;

/// What a mapping takes from a file. Cells point to labels and selections, which stand once each.
#[derive(Debug, Default)]
pub struct Intake {
    /// The file, as it stands in messages.
    pub file: String,
    /// What was found rather than declared, and patterns that fit no row.
    pub notes: Vec<String>,
    /// The doubts about the file by itself.
    pub doubts: Vec<Doubt>,
    /// The columns that are not read.
    pub unread: Vec<UnreadColumn>,
    /// Every label once, in the order of the file.
    pub labels: Vec<FileLabel>,
    /// Every combination of indicator, period and codes once.
    pub selections: Vec<Selection>,
    /// The cells of areas and parts; those of totals and groups are left out.
    pub cells: LabelledCells,
    /// What could not be taken.
    pub rejects: Rejects,
    /// Rows with a label.
    pub rows: u64,
    /// Rows that were rejected as a whole.
    pub rejected_rows: u64,
    /// Rows without label and values.
    pub blank_rows: u64,
    /// Rows that `only` leaves out.
    pub left_out: u64,
    /// How codes that a spreadsheet spoilt may be restored.
    pub restore: Vec<Restore>,
    /// What stands between several names of one area in its label, or between its code and its name.
    pub split: Vec<LabelSplit>,
    /// The sheets, where there are several.
    pub sheets: Vec<String>,
}

/// One label of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileLabel {
    /// As in the file.
    pub text: String,
    /// For comparison: see [`comparison_key`](crate::statistics::comparison_key).
    pub key: String,
    /// Area, part, or total and group.
    pub kind: LabelKind,
    /// The first row that bears it, from 1.
    pub row: u32,
    /// How many rows bear it.
    pub rows: u32,
}

/// What a row is, by the mapping.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LabelKind {
    /// An area, as far as the mapping knows.
    Area,
    /// The row whose values the area with the label `of` takes, since that area's polygon excludes its parts.
    Part {
        /// The label of the area.
        of: String,
    },
    /// A row that several areas share, so that none of them has a value of its own there.
    Joint {
        /// The labels of the areas.
        of: Vec<String>,
    },
    /// A total or a group of areas.
    Group,
}
