//! What an import replaces or takes away is kept as a revision, with the import that brought it and the one that ended it.

use super::{numbered::Numbered, record::ImportId};
use crate::{
    db::{Db, query},
    error::StoreError,
};
use choro_model::{IndicatorId, Period, SetId};
use sqlx::AssertSqlSafe;

/// Observations that are kept by one statement.
const BATCH: usize = 64;

/// The columns of a revision as they stand in the table of observations; `$1` is the import that ends it.
const COPY: &str = "INSERT INTO observation_revision \
     (series_id, area_id, import_id, value, state, status, file_place, until_import) \
     SELECT series_id, area_id, import_id, value, state, status, file_place, $1 FROM observation";

/// Keeps the observations that `rows` are about to replace.
pub(super) async fn keep(db: &mut Db, rows: &[Numbered], until: ImportId) -> Result<(), StoreError> {
    for batch in rows.chunks(BATCH) {
        let keys: Vec<_> = (0..batch.len()).map(|row| format!("(${}, ${})", 2 * row + 2, 2 * row + 3)).collect();
        let sql = format!("{COPY} WHERE (series_id, area_id) IN (VALUES {})", keys.join(", "));
        // Made of placeholders only.
        let mut statement = query(AssertSqlSafe(sql)).persistent(batch.len() == BATCH).bind(until.0);
        for row in batch {
            statement = statement.bind(row.series).bind(row.area);
        }
        statement.execute(db).await?;
    }
    Ok(())
}

/// Takes away the observations of an indicator and period whose areas a vintage does not have, and keeps them.
pub(super) async fn take_away(
    db: &mut Db,
    set: &SetId,
    (indicator, period): &(IndicatorId, Period),
    vintage: i64,
    until: ImportId,
) -> Result<(), StoreError> {
    const GONE: &str = " WHERE series_id IN (SELECT id FROM series WHERE set_code = $2 AND indicator = $3 AND period = $4) \
         AND area_id NOT IN (SELECT area_id FROM area WHERE boundary_set_id = $5)";
    for sql in [format!("{COPY}{GONE}"), format!("DELETE FROM observation{GONE} AND import_id < $1")] {
        // Made of the texts above only.
        query(AssertSqlSafe(sql))
            .bind(until.0)
            .bind(set.as_str())
            .bind(indicator.as_str())
            .bind(period.to_string())
            .bind(vintage)
            .execute(db)
            .await?;
    }
    Ok(())
}
