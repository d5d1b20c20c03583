//! Writing observations, with those that are there already replaced.

use super::{figure::FigureColumns, numbered::Numbered};
use crate::{
    db::{Db, query},
    error::StoreError,
};
use sqlx::AssertSqlSafe;

/// Rows of one `INSERT`. Larger ones are slower: SQLite looks each `$n` up among all of them (400,000 rows took 26 s by 1,000).
const BATCH: usize = 32;

/// Writes rows of an import.
pub(super) async fn upsert(db: &mut Db, rows: &[Numbered], import_id: i64) -> Result<(), StoreError> {
    for batch in rows.chunks(BATCH) {
        let sql = upsert_sql(batch.len());
        // Made of placeholders only; whatever came from a file is bound.
        let mut statement = query(AssertSqlSafe(sql)).persistent(batch.len() == BATCH).bind(import_id);
        for row in batch {
            let FigureColumns { value, state, status } = FigureColumns::of(row.figure);
            statement = statement.bind(row.series).bind(row.area).bind(value).bind(state).bind(status);
        }
        statement.execute(db).await?;
    }
    Ok(())
}

/// `$1` is the import, then follow five placeholders for each of `rows` rows.
fn upsert_sql(rows: usize) -> String {
    let row = |r: usize| {
        let [a, b, c, d, e] = [2, 3, 4, 5, 6].map(|column| r * 5 + column);
        format!("(${a}, ${b}, ${c}, ${d}, ${e}, $1)")
    };
    let rows: Vec<_> = (0..rows).map(row).collect();
    format!(
        "INSERT INTO observation (series_id, area_id, value, state, status, import_id) VALUES {} \
         ON CONFLICT (series_id, area_id) DO UPDATE SET value = excluded.value, state = excluded.state, \
         status = excluded.status, import_id = excluded.import_id",
        rows.join(", ")
    )
}
