//! What a correspondence says: which areas are linked, and what happened to them.

use crate::id::{AreaCode, SetId, VintageId};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeSet, fmt};

/// What happened to the areas of a link, and to all that are linked with them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Change {
    /// One area stays as it is, under its code.
    Same,
    /// One area stays as it is, under another code.
    Rename,
    /// Several areas become one.
    Merge,
    /// One area becomes several.
    Split,
    /// Several areas exchange parts.
    Transfer,
}

impl Change {
    /// All changes in the order of their names' list in messages.
    pub const ALL: [Self; 5] = [Self::Same, Self::Rename, Self::Merge, Self::Split, Self::Transfer];

    /// The word as it stands in files.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Rename => "rename",
            Self::Merge => "merge",
            Self::Split => "split",
            Self::Transfer => "transfer",
        }
    }

    /// The change of a word, the inverse of [`Self::as_str`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|change| change.as_str() == text)
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// An area of the older vintage and one of the newer that share something.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Link {
    /// Code in the older vintage.
    pub from: AreaCode,
    /// Code in the newer vintage.
    pub to: AreaCode,
    /// The part of `from` that is in `to`, 0 to 1; `None`: not known.
    pub weight: Option<f64>,
    /// The part of `to` that comes from `from`, 0 to 1; `None`: not known.
    pub back: Option<f64>,
    /// What happened.
    pub change: Change,
}

/// A checked table between two vintages of a boundary set. Every area of both is in a link, or is known to have no partner.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Correspondence {
    pub(super) set: SetId,
    pub(super) from: VintageId,
    pub(super) to: VintageId,
    pub(super) links: Vec<Link>,
    pub(super) gone: Vec<AreaCode>,
    pub(super) new: Vec<AreaCode>,
}

/// Between which vintages a correspondence stands, and their area codes.
#[derive(Debug, Clone, Copy)]
pub struct Vintages<'a> {
    /// The boundary set.
    pub set: &'a SetId,
    /// The older vintage.
    pub from: &'a VintageId,
    /// The newer vintage.
    pub to: &'a VintageId,
    /// The codes of the older vintage.
    pub from_codes: &'a BTreeSet<AreaCode>,
    /// The codes of the newer vintage.
    pub to_codes: &'a BTreeSet<AreaCode>,
}

impl Correspondence {
    /// The boundary set.
    #[must_use]
    pub fn set(&self) -> &SetId {
        &self.set
    }

    /// The older vintage.
    #[must_use]
    pub fn from(&self) -> &VintageId {
        &self.from
    }

    /// The newer vintage.
    #[must_use]
    pub fn to(&self) -> &VintageId {
        &self.to
    }

    /// The links in the order of their codes, unchanged areas included.
    #[must_use]
    pub fn links(&self) -> &[Link] {
        &self.links
    }

    /// Areas of the older vintage without a successor.
    #[must_use]
    pub fn gone(&self) -> &[AreaCode] {
        &self.gone
    }

    /// Areas of the newer vintage without a predecessor.
    #[must_use]
    pub fn new_areas(&self) -> &[AreaCode] {
        &self.new
    }

    /// How many links there are of each change that occurs.
    #[must_use]
    pub fn counts(&self) -> Vec<(Change, usize)> {
        let count = |change| self.links.iter().filter(|link| link.change == change).count();
        Change::ALL.into_iter().map(|change| (change, count(change))).filter(|(_, n)| *n > 0).collect()
    }

    /// Whether the areas are still those of two vintages; a vintage that no release uses may have been replaced.
    #[must_use]
    pub fn fits(&self, from_codes: &BTreeSet<AreaCode>, to_codes: &BTreeSet<AreaCode>) -> bool {
        let from: BTreeSet<_> = self.links.iter().map(|link| &link.from).chain(&self.gone).collect();
        let to: BTreeSet<_> = self.links.iter().map(|link| &link.to).chain(&self.new).collect();
        from.into_iter().eq(from_codes) && to.into_iter().eq(to_codes)
    }
}
