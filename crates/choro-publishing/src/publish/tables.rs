//! What goes from one phase to the next.

use choro_bundle::{CatalogGap, ColumnReliability, Origin};
use choro_figures::{disclosure::PublishedTable, restate::DraftColumn};
use choro_model::{Code, Indicator, Period, Reliability, SetId, VintageId};
use choro_store::ImportId;
use std::collections::BTreeMap;

/// One indicator at one period on the borders of one vintage, not yet decided upon.
#[derive(Debug, Clone)]
pub(super) struct DraftTable<'a> {
    pub set: &'a SetId,
    pub vintage: &'a VintageId,
    pub indicator: &'a Indicator,
    pub period: Period,
    pub columns: BTreeMap<Vec<Code>, DraftColumn>,
    /// Whose figures it was made of; `None`: it is the source's own.
    pub origin: Option<Origin>,
}

/// A table that could not be made, or may not be published, and why.
#[derive(Debug, Clone)]
pub(super) struct Absent<'a> {
    pub set: &'a SetId,
    pub vintage: &'a VintageId,
    pub indicator: &'a Indicator,
    pub period: Period,
    /// The set and vintage that have figures.
    pub from: (SetId, VintageId),
    /// For the public: never with the cells that were refused.
    pub reason: String,
}

/// The figures of the sources for a group, as they are stored.
#[derive(Debug)]
pub(super) struct Collected<'a> {
    /// The indicators of the group.
    pub indicators: Vec<&'a Indicator>,
    /// By set, then as the indicators are.
    pub tables: Vec<DraftTable<'a>>,
    /// They are what was stored by this import and those before it.
    pub last_import: ImportId,
}

/// All tables of a group: those of the sources first, then what was made of them.
#[derive(Debug)]
pub(super) struct Group<'a> {
    /// The indicators of the group.
    pub indicators: Vec<&'a Indicator>,
    pub tables: Vec<DraftTable<'a>>,
    pub absent: Vec<Absent<'a>>,
    pub last_import: ImportId,
}

/// A table that may be published.
#[derive(Debug)]
pub(super) struct ProtectedTable<'a> {
    pub table: PublishedTable,
    pub indicator: &'a Indicator,
    pub origin: Option<Origin>,
    /// Areas that have no value although the figures were there.
    pub gaps: Vec<CatalogGap>,
    /// For each column which values are not to be relied on: nothing, until `qualify` has looked.
    pub reliability: Vec<ColumnReliability>,
}

/// What may be published of a group. Made by `protect` alone, out of the whole group.
#[derive(Debug)]
pub(super) struct Protected<'a> {
    pub tables: Vec<ProtectedTable<'a>>,
    pub absent: Vec<Absent<'a>>,
    pub last_import: ImportId,
}

/// What was written of a group.
#[derive(Debug)]
pub(super) struct Written<'a> {
    pub tables: Vec<ProtectedTable<'a>>,
    pub last_import: ImportId,
}

/// How many columns of values were published, and how many values that are not to be relied on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Counts {
    /// As their sources gave them.
    pub own: usize,
    /// Restated on other borders.
    pub restated: usize,
    /// Summed from the areas below.
    pub aggregated: usize,
    /// Values of a base smaller than the indicator asks for.
    pub small_base: usize,
    /// Values of a base that is not known.
    pub unknown_base: usize,
}

impl DraftTable<'_> {
    /// Whether an area has a value, or the state of the figures that its value is made of.
    pub fn tells(&self) -> bool {
        self.columns.values().any(DraftColumn::tells)
    }

    /// Whether a cell is withheld.
    pub fn withholds(&self) -> bool {
        self.columns.values().any(DraftColumn::withholds)
    }
}

impl Counts {
    /// Counts the columns of a table, and its values that are not to be relied on.
    pub fn add(&mut self, table: &ProtectedTable<'_>) {
        let count = match table.origin {
            None => &mut self.own,
            Some(Origin::Restated { .. }) => &mut self.restated,
            Some(Origin::Aggregated { .. }) => &mut self.aggregated,
        };
        *count += table.table.columns().len();
        for mark in table.reliability.iter().flatten().flatten() {
            match mark {
                Reliability::SmallBase => self.small_base += 1,
                Reliability::UnknownBase => self.unknown_base += 1,
            }
        }
    }
}
