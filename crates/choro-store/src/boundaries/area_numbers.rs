//! Small numbers for area codes: an observation refers to its area by number, given here.

use crate::{
    db::{Db, query, query_as, query_scalar, row},
    error::StoreError,
};
use rustc_hash::FxHashMap;

row! {
    /// The number of an area code.
    struct AreaNumber { code: String, id: i64 }
}

/// The numbers of the area codes of a set, of all its vintages.
async fn area_ids(db: &mut Db, set: &str) -> Result<FxHashMap<String, i64>, StoreError> {
    let rows = query_as::<AreaNumber>("SELECT code, id FROM area_code WHERE set_code = $1").bind(set).fetch_all(db).await?;
    Ok(rows.into_iter().map(|row| (row.code, row.id)).collect())
}

/// The numbers of the areas of one vintage.
pub(crate) async fn areas_of(db: &mut Db, boundary_set: i64) -> Result<FxHashMap<String, i64>, StoreError> {
    let query = query_as::<AreaNumber>(
        "SELECT c.code, c.id FROM area a JOIN area_code c ON c.id = a.area_id WHERE a.boundary_set_id = $1",
    );
    let rows = query.bind(boundary_set).fetch_all(db).await?;
    Ok(rows.into_iter().map(|row| (row.code, row.id)).collect())
}

/// Gives a number to each of `codes` that has none yet, and returns those of the whole set.
pub(crate) async fn ensure_areas<'a>(
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
