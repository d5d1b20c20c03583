//! Imports: where observations come from.

use crate::{
    db::{Db, now, query, query_as, query_scalar, row},
    error::StoreError,
    store::Store,
};
use choro_model::{SetId, VintageId};

/// Where observations come from; kept for good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportRecord {
    /// The file's name, without its folder.
    pub file_name: String,
    /// SHA-256 of its bytes, in hexadecimal digits.
    pub file_sha256: String,
    /// The mapping as used, as TOML.
    pub mapping: String,
    /// The join report, as JSON.
    pub report_json: String,
}

row! {
    /// An import as it is stored.
    struct ImportRow { file_name: String, file_sha256: String, mapping: String, report: String }
}

impl Store {
    /// The last imports of a set's observations, the newest first.
    pub async fn last_imports(&self, set: &SetId, most: u32) -> Result<Vec<ImportRecord>, StoreError> {
        let query = query_as::<ImportRow>(
            "SELECT file_name, file_sha256, mapping, report FROM observation_import WHERE set_code = $1 ORDER BY id DESC LIMIT $2",
        );
        let mut db = self.pool.begin_read().await?;
        let rows = query.bind(set.as_str()).bind(i64::from(most)).fetch_all(&mut db).await?;
        Ok(rows.into_iter().map(record).collect())
    }

    /// The imports of a set's observations, oldest first.
    pub async fn imports(&self, set: &SetId) -> Result<Vec<ImportRecord>, StoreError> {
        let query = query_as::<ImportRow>(
            "SELECT file_name, file_sha256, mapping, report FROM observation_import WHERE set_code = $1 ORDER BY id",
        );
        let rows = query.bind(set.as_str()).fetch_all(&mut self.pool.begin_read().await?).await?;
        Ok(rows.into_iter().map(record).collect())
    }
}

fn record(row: ImportRow) -> ImportRecord {
    let ImportRow { file_name, file_sha256, mapping, report } = row;
    ImportRecord { file_name, file_sha256, mapping, report_json: report }
}

/// Enters an import, and gives it the next number: of two imports the greater one came later.
pub(super) async fn insert(db: &mut Db, set: &SetId, vintage: &VintageId, import: &ImportRecord) -> Result<i64, StoreError> {
    let id: i64 = query_scalar("SELECT COALESCE(MAX(id), 0) + 1 FROM observation_import").fetch_one(db).await?;
    query(
        "INSERT INTO observation_import (id, set_code, vintage, file_name, file_sha256, mapping, report, imported_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(id)
    .bind(set.as_str())
    .bind(vintage.as_str())
    .bind(&import.file_name)
    .bind(&import.file_sha256)
    .bind(&import.mapping)
    .bind(&import.report_json)
    .bind(now())
    .execute(db)
    .await?;
    Ok(id)
}
