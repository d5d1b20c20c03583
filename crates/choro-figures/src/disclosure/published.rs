//! Tables that may be published.

use super::unprotected::UnprotectedTable;
use choro_model::{AreaCode, Code, Figure, IndicatorId, Period, Selection, SetId, VintageId};
use std::sync::Arc;

/// A whole table that may be published: an indicator at a period, for every area of a vintage. Only [`super::protect`] makes one.
#[derive(Debug, Clone, PartialEq)]
pub struct PublishedTable {
    set: SetId,
    vintage: VintageId,
    indicator: IndicatorId,
    period: Period,
    areas: Arc<[AreaCode]>,
    columns: Vec<PublishedColumn>,
}

/// One column of a table that may be published.
#[derive(Debug, Clone, PartialEq)]
pub struct PublishedColumn {
    selection: Selection,
    figures: Vec<Figure>,
}

impl PublishedTable {
    /// The table as it is. Whoever calls this has decided that it may be published.
    pub(super) fn of(table: UnprotectedTable<'_>) -> Self {
        let UnprotectedTable { set, vintage, indicator, period, areas, columns } = table;
        let selection = |codes| Selection { indicator: indicator.id.clone(), period, codes };
        let columns = columns
            .into_iter()
            .map(|column| PublishedColumn { selection: selection(column.codes), figures: column.figures })
            .collect();
        Self { set: set.clone(), vintage: vintage.clone(), indicator: indicator.id.clone(), period, areas, columns }
    }

    /// The boundary set.
    #[must_use]
    pub fn set(&self) -> &SetId {
        &self.set
    }

    /// Its vintage.
    #[must_use]
    pub fn vintage(&self) -> &VintageId {
        &self.vintage
    }

    /// What is measured.
    #[must_use]
    pub fn indicator(&self) -> &IndicatorId {
        &self.indicator
    }

    /// When.
    #[must_use]
    pub fn period(&self) -> Period {
        self.period
    }

    /// The codes of the areas, in the order of the rows.
    #[must_use]
    pub fn areas(&self) -> &[AreaCode] {
        &self.areas
    }

    /// The columns, each with a figure for every area.
    #[must_use]
    pub fn columns(&self) -> &[PublishedColumn] {
        &self.columns
    }
}

impl PublishedColumn {
    /// Which column it is.
    #[must_use]
    pub fn selection(&self) -> &Selection {
        &self.selection
    }

    /// One code for each dimension of the indicator.
    #[must_use]
    pub fn codes(&self) -> &[Code] {
        &self.selection.codes
    }

    /// A figure for every area.
    #[must_use]
    pub fn figures(&self) -> &[Figure] {
        &self.figures
    }
}
