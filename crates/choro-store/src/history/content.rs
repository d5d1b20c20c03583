//! What a published table holds.

use choro_model::{AreaCode, Code, Figure};
use std::fmt;

/// What tells a content from every other: SHA-256, hexadecimal.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContentHash(pub(super) String);

impl fmt::Display for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A table as it was published.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TableContent {
    /// The codes of the areas.
    pub areas: Vec<AreaCode>,
    /// The columns.
    pub columns: Vec<ColumnContent>,
}

/// A column as it was published.
#[derive(Debug, Clone, PartialEq)]
pub struct ColumnContent {
    /// One code for each dimension of the indicator.
    pub codes: Vec<Code>,
    /// A figure for every area.
    pub figures: Vec<Figure>,
}

impl TableContent {
    /// The figure of a selection for an area, if the table has it.
    #[must_use]
    pub fn figure(&self, codes: &[Code], area: &AreaCode) -> Option<Figure> {
        let row = self.areas.iter().position(|known| known == area)?;
        self.columns.iter().find(|column| column.codes == codes)?.figures.get(row).copied()
    }
}
