//! What a release is built out of.

use crate::{
    files::values::ColumnReliability,
    format::catalog::{CatalogGap, Origin},
};
use choro_figures::disclosure::PublishedTable;
use choro_model::{Indicator, Lang, Names, Period, SetId, VintageId, grid::Grid};

/// First and last zoom of a set's tiles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ZoomRange {
    /// First zoom.
    pub min: u8,
    /// Last zoom, at most [`choro_tiles::skeleton::MAX_BUILD_ZOOM`].
    pub max: u8,
}

/// A vintage of a boundary set to be published.
#[derive(Debug, Clone, Copy)]
pub struct BoundaryInput<'a> {
    /// The set.
    pub set: &'a SetId,
    /// The vintage.
    pub vintage: &'a VintageId,
    /// The set's names.
    pub names: &'a Names,
    /// Hash of the areas with their geometry: equal means that nothing is built anew.
    pub content_hash: &'a str,
    /// The grids to cut tiles for.
    pub grids: &'a [&'a Grid],
    /// The zooms of the tiles.
    pub zooms: ZoomRange,
    /// The language of `name` in the tiles.
    pub lang: &'a Lang,
    /// The share of its areas that a grid may leave out or cut, from 0 to 1.
    pub most_outside: f64,
    /// Whether tiles are built as MapLibre Tiles too.
    pub mlt: bool,
}

/// A table to write.
#[derive(Debug, Clone, Copy)]
pub struct ValuesInput<'a> {
    /// The table.
    pub table: &'a PublishedTable,
    /// Its indicator.
    pub indicator: &'a Indicator,
    /// Whose figures it was made of; `None`: they are the source's own.
    pub origin: Option<&'a Origin>,
    /// Areas that have no value although the figures were there.
    pub gaps: &'a [CatalogGap],
    /// For each column of the table, why the value of each area is not to be relied on. Empty where the indicator does not say how
    /// large a base must be.
    pub reliability: &'a [ColumnReliability],
}

/// Values that could not be made.
#[derive(Debug, Clone, Copy)]
pub struct Unavailable<'a> {
    /// The set.
    pub set: &'a SetId,
    /// The vintage that has no values.
    pub vintage: &'a VintageId,
    /// The set and vintage that have them.
    pub from: (&'a SetId, &'a VintageId),
    /// The indicator.
    pub indicator: &'a Indicator,
    /// The period.
    pub period: Period,
    /// Why.
    pub reason: &'a str,
}
