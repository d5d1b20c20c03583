//! Writing observations, with those that are there already replaced.

use super::{figure::FigureColumns, file_place, numbered::Numbered, record::ImportId};
use crate::{
    db::{Db, query},
    error::StoreError,
};
use sqlx::AssertSqlSafe;

/// Rows of one `INSERT`. Larger ones are slower: SQLite looks each `$n` up among all of them (400,000 rows took 26 s by 1,000).
const BATCH: usize = 26;

/// Writes rows of an import.
pub(super) async fn upsert(db: &mut Db, rows: &[Numbered], import: ImportId) -> Result<(), StoreError> {
    for batch in rows.chunks(BATCH) {
        let sql = upsert_sql(batch.len());
        // Made of placeholders only; whatever came from a file is bound.
        let mut statement = query(AssertSqlSafe(sql)).persistent(batch.len() == BATCH).bind(import.0);
        for row in batch {
            let FigureColumns { value, state, status } = FigureColumns::of(row.figure);
            statement = statement.bind(row.series).bind(row.area).bind(value).bind(state).bind(status);
            statement = statement.bind(row.at.map(file_place::number));
        }
        statement.execute(db).await?;
    }
    Ok(())
}

/// `$1` is the import, then follow six placeholders for each of `rows` rows.
fn upsert_sql(rows: usize) -> String {
    let row = |r: usize| {
        let [a, b, c, d, e, f] = [2, 3, 4, 5, 6, 7].map(|column| r * 6 + column);
        format!("(${a}, ${b}, ${c}, ${d}, ${e}, ${f}, $1)")
    };
    let rows: Vec<_> = (0..rows).map(row).collect();
    format!(
        "INSERT INTO observation (series_id, area_id, value, state, status, file_place, import_id) VALUES {} \
         ON CONFLICT (series_id, area_id) DO UPDATE SET value = excluded.value, state = excluded.state, \
         status = excluded.status, file_place = excluded.file_place, import_id = excluded.import_id",
        rows.join(", ")
    )
}
