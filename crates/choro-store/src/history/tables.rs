//! Published tables and numbers, as the store tells of them.

use super::{content::ContentHash, revisions::Revision};
use crate::observations::ImportId;
use choro_model::{Figure, IndicatorId, Period, ReleaseId, SetId, VintageId};

/// Which table of a release.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TableKey {
    /// The boundary set.
    pub set: SetId,
    /// Its vintage.
    pub vintage: VintageId,
    /// What is measured.
    pub indicator: IndicatorId,
    /// When.
    pub period: Period,
}

/// Whose figures a table was made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MadeOf {
    /// How.
    pub making: Making,
    /// The boundary set of the figures.
    pub set: SetId,
    /// Its vintage.
    pub vintage: VintageId,
}

/// How a table was made of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Making {
    /// From other borders of the same set.
    Restated,
    /// As sums of the areas of a set below.
    Aggregated,
}

impl Making {
    pub(super) const ALL: [Self; 2] = [Self::Restated, Self::Aggregated];

    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Restated => "restated",
            Self::Aggregated => "aggregated",
        }
    }
}

/// A table that a release publishes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableRecord {
    /// Which one.
    pub key: TableKey,
    /// Whose figures it was made of; `None`: it is the source's own.
    pub made_of: Option<MadeOf>,
    /// It was made of what was stored by this import and those before it.
    pub last_import: ImportId,
    /// What it holds.
    pub content: ContentHash,
}

/// A table as one release has published it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedEdition {
    /// The release.
    pub release: ReleaseId,
    /// When it was made, RFC 3339.
    pub created: String,
    /// The table.
    pub table: TableRecord,
}

/// How a published number came about.
#[derive(Debug, Clone, PartialEq)]
pub struct PublishedCell {
    /// What was published.
    pub figure: Figure,
    /// The table that it stands in.
    pub edition: PublishedEdition,
    /// The revision of the observation that it was, where the table is the source's own. Of a table that was made of others, ask for
    /// the revisions of the areas that [`MadeOf`] leads to, by [`TableRecord::last_import`].
    pub revision: Option<Revision>,
}
