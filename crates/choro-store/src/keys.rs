//! Small numbers for long keys: an observation refers to its series and area by number, given here.

use super::{Db, StoreError, query, query_as, query_scalar};
use rustc_hash::FxHashMap;

/// The numbers of the area codes of a set, of all its vintages.
pub(super) async fn area_ids(db: &mut Db, set: &str) -> Result<FxHashMap<String, i64>, StoreError> {
    let rows: Vec<(String, i64)> =
        query_as("SELECT code, id FROM area_code WHERE set_code = $1").bind(set).fetch_all(db).await?;
    Ok(rows.into_iter().collect())
}

/// Gives a number to each of `codes` that has none yet, and returns those of the whole set.
pub(super) async fn ensure_areas<'a>(
    db: &mut Db,
    set: &str,
    codes: impl Iterator<Item = &'a str>,
) -> Result<FxHashMap<String, i64>, StoreError> {
    let mut ids = area_ids(db, set).await?;
    let mut next: i64 = query_scalar("SELECT COALESCE(MAX(id), 0) FROM area_code").fetch_one(db).await?;
    for code in codes {
        if ids.contains_key(code) {
            continue;
        }
        next += 1;
        let insert = query("INSERT INTO area_code (id, set_code, code) VALUES ($1, $2, $3)");
        insert.bind(next).bind(set).bind(code).execute(db).await?;
        ids.insert(code.to_owned(), next);
    }
    Ok(ids)
}
