//! The fifth phase: which values are not to be relied on, since their base is small or not known.
//!
//! ```text
//! people     A 5,000   B 11   C withheld
//! rate       A 2.1     B 90.9 C 3.0        reliable_from = { base = "people", value = 1000 }
//! rate says  A         B small_base  C unknown_base
//! ```
//!
//! It comes after `protect` and sees only what is published: a flag must not tell how large a withheld base is.

use super::{
    breakdown,
    tables::{Protected, ProtectedTable},
};
use choro_bundle::ColumnReliability;
use choro_figures::disclosure::PublishedColumn;
use choro_model::{Code, Indicator, Reliability, ReliableFrom};

/// The group, each of its tables with the values that are not to be relied on.
pub(super) fn qualify(mut protected: Protected<'_>) -> Protected<'_> {
    let all = &protected.tables;
    let found: Vec<Vec<ColumnReliability>> = all.iter().map(|table| reliability(table, all)).collect();
    for (table, reliability) in protected.tables.iter_mut().zip(found) {
        table.reliability = reliability;
    }
    protected
}

/// What is said of the values of each column of a table; nothing where its indicator does not say how large a base must be.
fn reliability(table: &ProtectedTable<'_>, group: &[ProtectedTable<'_>]) -> Vec<ColumnReliability> {
    let Some(from) = &table.indicator.reliable_from else { return Vec::new() };
    // The tables of a group are of one period.
    let is_base = |other: &&ProtectedTable<'_>| {
        let (own, other) = (&table.table, &other.table);
        *other.indicator() == from.base && other.set() == own.set() && other.vintage() == own.vintage()
    };
    let base = group.iter().find(is_base);
    let of_column = |column: &PublishedColumn| {
        let base = base.and_then(|base| column_of(base, table.indicator, column.codes()));
        marks(column, base, from)
    };
    table.table.columns().iter().map(of_column).collect()
}

/// The column of the base that is of the same people.
fn column_of<'t>(base: &'t ProtectedTable<'_>, indicator: &Indicator, codes: &[Code]) -> Option<&'t PublishedColumn> {
    let codes = breakdown::codes_of(base.indicator, indicator, codes)?;
    base.table.columns().iter().find(|column| column.codes() == codes)
}

fn marks(column: &PublishedColumn, base: Option<&PublishedColumn>, from: &ReliableFrom) -> ColumnReliability {
    let size = |row: usize| base?.figures().get(row)?.cell.number();
    let mark = |row: usize| match size(row) {
        Some(size) if size >= from.value.get() => None,
        Some(_) => Some(Reliability::SmallBase),
        None => Some(Reliability::UnknownBase),
    };
    // An area without a value has nothing to rely on.
    let cells = column.figures().iter().map(|figure| figure.cell);
    cells.enumerate().map(|(row, cell)| cell.number().and_then(|_| mark(row))).collect()
}
