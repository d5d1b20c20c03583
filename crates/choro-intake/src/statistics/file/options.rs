//! How a statistics file is to be read, as the operator says it.

use serde::Deserialize;

/// How to read a file. What is left out is found by content and told in [`CellTable::notes`](super::table::CellTable::notes).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TableOptions {
    /// The sheet of a workbook; default the first.
    pub sheet: Option<SheetRef>,
    /// The encoding of a text file by its WHATWG label, e.g. `windows-1251`.
    pub encoding: Option<String>,
    /// The delimiter of a text file.
    pub delimiter: Option<char>,
    /// Whether quotes hold cells of a text file together. Default: they do, but between tabs only within a line.
    pub quotes: Option<bool>,
}

/// A sheet by its number from 1, or by its name.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum SheetRef {
    /// From 1.
    Number(u32),
    /// As on its tab.
    Name(String),
}
