//! Decides about all linked tables together.

use super::{
    over_areas::{self, CommonSums},
    over_codes,
    published::PublishedTable,
    refusal::Refusal,
    small_counts,
    unprotected::UnprotectedTable,
};

/// All tables of which one may tell what another withholds.
#[derive(Debug, Clone, Default)]
pub struct LinkedTables<'a> {
    /// The tables.
    pub tables: Vec<UnprotectedTable<'a>>,
    /// Which of them add up to the same areas.
    pub common_sums: Vec<CommonSums>,
}

/// Takes each table as it is, if it may be published: all its columns, or its refusal, since the other columns would tell one
/// that is left out. An error says that no table of the group may be published. The order is that of the tables given.
pub fn protect(group: LinkedTables<'_>) -> Result<Vec<Result<PublishedTable, Refusal>>, Refusal> {
    let LinkedTables { tables, common_sums } = group;
    common_sums.iter().try_for_each(|common| over_areas::check(&tables, common))?;
    Ok(tables.into_iter().map(protect_alone).collect())
}

/// Takes a table that is linked to no other one as it is, if it may be published.
pub fn protect_alone(table: UnprotectedTable<'_>) -> Result<PublishedTable, Refusal> {
    check_shape(&table)?;
    let told = over_codes::told(&table);
    if !told.is_empty() {
        return Err(Refusal::told(table.indicator, table.period, &told));
    }
    small_counts::check(&table)?;
    Ok(PublishedTable::of(table))
}

/// A row that is missing or too many would put figures beside the wrong areas.
fn check_shape(table: &UnprotectedTable<'_>) -> Result<(), Refusal> {
    let areas = table.areas.len();
    match table.columns.iter().find(|column| column.figures.len() != areas) {
        None => Ok(()),
        Some(column) => Err(Refusal::shape(table, column.figures.len())),
    }
}
