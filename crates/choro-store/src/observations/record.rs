//! Imports: where observations come from.

use crate::{
    db::{Db, now, query, query_as, query_scalar, read, row},
    error::StoreError,
    store::Store,
};
use choro_model::{SetId, VintageId};
use std::fmt;

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
    /// The names of its sheets, where it has several.
    pub sheets: Vec<String>,
}

/// The number of an import: of two imports the one with the greater number came later. By default it is that of no import, before all.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ImportId(pub(crate) i64);

impl fmt::Display for ImportId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

row! {
    /// An import as it is stored.
    struct ImportRow { file_name: String, file_sha256: String, mapping: String, report: String, sheets: Option<String> }
}

impl Store {
    /// The last imports of a set's observations, the newest first.
    pub async fn last_imports(&self, set: &SetId, most: u32) -> Result<Vec<ImportRecord>, StoreError> {
        let query = query_as::<ImportRow>(
            "SELECT file_name, file_sha256, mapping, report, sheets FROM observation_import WHERE set_code = $1 \
             ORDER BY id DESC LIMIT $2",
        );
        let mut db = self.pool.begin_read().await?;
        let rows = query.bind(set.as_str()).bind(i64::from(most)).fetch_all(&mut db).await?;
        rows.into_iter().map(record).collect()
    }
}

fn record(row: ImportRow) -> Result<ImportRecord, StoreError> {
    let ImportRow { file_name, file_sha256, mapping, report, sheets } = row;
    let sheets = read_sheets(&file_name, sheets.as_deref())?;
    Ok(ImportRecord { file_name, file_sha256, mapping, report_json: report, sheets })
}

/// The names of the sheets of a file; none where it has one or none, or was imported before they were kept.
pub(crate) fn read_sheets(file_name: &str, sheets: Option<&str>) -> Result<Vec<String>, StoreError> {
    let list = |json| read(|| format!("the sheets of {file_name}"), serde_json::from_str(json));
    sheets.map(list).transpose().map(Option::unwrap_or_default)
}

/// Enters an import, and gives it the next number.
pub(super) async fn insert(
    db: &mut Db,
    set: &SetId,
    vintage: &VintageId,
    import: &ImportRecord,
) -> Result<ImportId, StoreError> {
    let id: i64 = query_scalar("SELECT COALESCE(MAX(id), 0) + 1 FROM observation_import").fetch_one(db).await?;
    let sheets = || read(|| format!("the sheets of {}", import.file_name), serde_json::to_string(&import.sheets));
    let sheets = (!import.sheets.is_empty()).then(sheets).transpose()?;
    query(
        "INSERT INTO observation_import (id, set_code, vintage, file_name, file_sha256, mapping, report, imported_at, sheets) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(id)
    .bind(set.as_str())
    .bind(vintage.as_str())
    .bind(&import.file_name)
    .bind(&import.file_sha256)
    .bind(&import.mapping)
    .bind(&import.report_json)
    .bind(now())
    .bind(sheets.as_deref())
    .execute(db)
    .await?;
    Ok(ImportId(id))
}

/// Sets the time of an import to that of its end: before, nobody could know what it brings.
pub(super) async fn finish(db: &mut Db, import: ImportId) -> Result<(), StoreError> {
    let update = query("UPDATE observation_import SET imported_at = $1 WHERE id = $2");
    update.bind(now()).bind(import.0).execute(db).await
}

/// The last import of all; nothing is imported where there is none.
pub(crate) async fn last(db: &mut Db) -> Result<ImportId, StoreError> {
    Ok(ImportId(query_scalar("SELECT COALESCE(MAX(id), 0) FROM observation_import").fetch_one(db).await?))
}
