//! What releases have published.

use super::{
    content::{ContentHash, TableContent},
    revisions::{Revision, of_observation},
    tables::{MadeOf, Making, PublishedCell, PublishedEdition, TableKey, TableRecord},
    unpack::unpack,
};
use crate::{
    db::{Db, query, query_as, query_scalar, read, row},
    error::StoreError,
    observations::ImportId,
    store::Store,
};
use choro_model::{AreaCode, Code, ReleaseId, SetId, VintageId};

row! {
    struct EditionRow {
        release_id: String,
        created: String,
        content_hash: String,
        origin: Option<String>,
        origin_set: Option<String>,
        origin_vintage: Option<String>,
        last_import: i64,
    }
}

impl Store {
    /// Whether a content is stored.
    pub async fn has_content(&self, content: &ContentHash) -> Result<bool, StoreError> {
        has(&mut self.pool.begin_read().await?, content).await
    }

    /// What all releases have published of a table, oldest first, withdrawn and deleted releases too.
    pub async fn editions(&self, key: &TableKey) -> Result<Vec<PublishedEdition>, StoreError> {
        editions(&mut self.pool.begin_read().await?, key).await
    }

    /// A content; `None`: it is not stored.
    pub async fn content(&self, content: &ContentHash) -> Result<Option<TableContent>, StoreError> {
        read_content(&mut self.pool.begin_read().await?, content).await
    }

    /// How a number of a release came about; `None`: the release has no such number, or was published before this was kept.
    pub async fn published_cell(
        &self,
        release: &ReleaseId,
        key: &TableKey,
        codes: &[Code],
        area: &AreaCode,
    ) -> Result<Option<PublishedCell>, StoreError> {
        let mut db = self.pool.begin_read().await?;
        let editions = editions(&mut db, key).await?;
        let Some(edition) = editions.into_iter().find(|edition| edition.release == *release) else { return Ok(None) };
        let content = read_content(&mut db, &edition.table.content).await?;
        let Some(figure) = content.and_then(|content| content.figure(codes, area)) else { return Ok(None) };
        let selection = (&key.indicator, key.period, codes);
        let revisions = match edition.table.made_of {
            None => of_observation(&mut db, &key.set, selection, area).await?,
            Some(_) => Vec::new(),
        };
        let last = edition.table.last_import;
        let known = |revision: &Revision| revision.source.import <= last && revision.until.is_none_or(|until| until > last);
        Ok(Some(PublishedCell { figure, revision: revisions.into_iter().find(known), edition }))
    }
}

async fn has(db: &mut Db, content: &ContentHash) -> Result<bool, StoreError> {
    let query = query_scalar::<i64>("SELECT COUNT(*) FROM published_content WHERE hash = $1");
    Ok(query.bind(content.0.as_str()).fetch_one(db).await? > 0)
}

async fn editions(db: &mut Db, key: &TableKey) -> Result<Vec<PublishedEdition>, StoreError> {
    let rows: Vec<EditionRow> = query_as(
        "SELECT t.release_id, r.created, t.content_hash, t.origin, t.origin_set, t.origin_vintage, t.last_import \
         FROM published_table t JOIN release r ON r.id = t.release_id \
         WHERE t.set_code = $1 AND t.vintage = $2 AND t.indicator = $3 AND t.period = $4 ORDER BY r.ordinal",
    )
    .bind(key.set.as_str())
    .bind(key.vintage.as_str())
    .bind(key.indicator.as_str())
    .bind(key.period.to_string())
    .fetch_all(db)
    .await?;
    rows.into_iter().map(|row| edition(key, row)).collect()
}

fn edition(key: &TableKey, row: EditionRow) -> Result<PublishedEdition, StoreError> {
    let place = || format!("a table of release {}", row.release_id);
    let unknown = |what: &str| StoreError::Damaged { place: place(), what: format!("unknown origin {what:?}") };
    let made_of = match (&row.origin, &row.origin_set, &row.origin_vintage) {
        (None, ..) => None,
        (Some(origin), Some(set), Some(vintage)) => Some(MadeOf {
            making: Making::ALL.into_iter().find(|making| making.as_str() == origin).ok_or_else(|| unknown(origin))?,
            set: read(place, SetId::new(set))?,
            vintage: read(place, VintageId::new(vintage))?,
        }),
        (Some(origin), ..) => return Err(unknown(origin)),
    };
    Ok(PublishedEdition {
        release: read(place, ReleaseId::new(&row.release_id))?,
        table: TableRecord {
            key: key.clone(),
            made_of,
            last_import: ImportId(row.last_import),
            content: ContentHash(row.content_hash),
        },
        created: row.created,
    })
}

async fn read_content(db: &mut Db, content: &ContentHash) -> Result<Option<TableContent>, StoreError> {
    let query = query_scalar::<Vec<u8>>("SELECT bytes FROM published_content WHERE hash = $1");
    let bytes = query.bind(content.0.as_str()).fetch_optional(db).await?;
    bytes.map(|bytes| unpack(content, &bytes)).transpose()
}

/// Enters a table of a release. `deflated` gives its content, and is asked only where that is not stored yet.
pub(crate) async fn insert(
    db: &mut Db,
    release: &ReleaseId,
    table: &TableRecord,
    deflated: impl FnOnce() -> Result<Vec<u8>, StoreError>,
) -> Result<(), StoreError> {
    if !has(db, &table.content).await? {
        let insert = query("INSERT INTO published_content (hash, bytes) VALUES ($1, $2)");
        insert.bind(table.content.0.as_str()).bind(deflated()?).execute(db).await?;
    }
    let TableRecord { key, made_of, last_import, content } = table;
    query(
        "INSERT INTO published_table (release_id, set_code, vintage, indicator, period, content_hash, origin, origin_set, \
         origin_vintage, last_import) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(release.as_str())
    .bind(key.set.as_str())
    .bind(key.vintage.as_str())
    .bind(key.indicator.as_str())
    .bind(key.period.to_string())
    .bind(content.0.as_str())
    .bind(made_of.as_ref().map(|made_of| made_of.making.as_str()))
    .bind(made_of.as_ref().map(|made_of| made_of.set.as_str()))
    .bind(made_of.as_ref().map(|made_of| made_of.vintage.as_str()))
    .bind(last_import.0)
    .execute(db)
    .await
}
