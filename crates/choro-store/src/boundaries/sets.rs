//! Boundary sets: written whole, read whole or without their geometry.

use super::areas;
use crate::{
    db::{Db, now, query, query_as, query_scalar, read, row},
    error::StoreError,
    store::Store,
};
use choro_model::{BoundarySet, Names, SetId, VintageId};
use std::collections::BTreeSet;

/// What became of boundaries that were given to the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PutOutcome {
    /// They are new.
    Inserted,
    /// Boundaries of this content hash were there already; nothing was written.
    AlreadyThere,
    /// They took the place of others under the same vintage.
    Replaced,
}

/// A stored boundary set, without its areas.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoundarySetInfo {
    /// Its id.
    pub set: SetId,
    /// Its vintage.
    pub vintage: VintageId,
    /// Its name by language.
    pub names: Names,
    /// Who made the boundaries.
    pub source: String,
    /// Under which licence.
    pub licence: String,
    /// How many areas it has.
    pub areas: usize,
    /// How many of them have a polygon.
    pub with_polygon: usize,
    /// Hash of its content, as given when it was stored.
    pub content_hash: String,
    /// Whether a release uses it.
    pub published: bool,
}

impl Store {
    /// Stores a boundary set. `content_hash` identifies its content, `report_json` is the import report kept beside it.
    ///
    /// A vintage never changes: under the same set and vintage, the same hash is [`PutOutcome::AlreadyThere`], another one an
    /// error, unless `replace` is set and no release uses the vintage.
    pub async fn put_boundary_set(
        &self,
        set: &BoundarySet,
        content_hash: &str,
        report_json: &str,
        replace: bool,
    ) -> Result<PutOutcome, StoreError> {
        check_codes(set)?;
        let mut tx = self.pool.begin_write().await?;
        let outcome = match find(&mut tx, &set.id, &set.vintage).await? {
            None => PutOutcome::Inserted,
            Some(found) if found.content_hash == content_hash => return Ok(PutOutcome::AlreadyThere),
            Some(found) => {
                may_replace(set, &found, content_hash, replace)?;
                query("DELETE FROM boundary_set WHERE id = $1").bind(found.id).execute(&mut tx).await?;
                PutOutcome::Replaced
            }
        };
        let id = insert_set(&mut tx, set, content_hash, report_json).await?;
        areas::insert(&mut tx, id, set).await?;
        tx.commit().await?;
        Ok(outcome)
    }

    /// Every vintage of every boundary set, by set and vintage.
    pub async fn boundary_sets(&self) -> Result<Vec<BoundarySetInfo>, StoreError> {
        let mut sets = all_sets(&mut self.pool.begin_read().await?).await?;
        sets.sort_by(|a, b| (&a.set, &a.vintage).cmp(&(&b.set, &b.vintage)));
        Ok(sets)
    }

    /// A whole boundary set, its areas in the order of their codes, or `None` if it is not stored.
    pub async fn boundary_set(&self, set: &SetId, vintage: &VintageId) -> Result<Option<BoundarySet>, StoreError> {
        // One transaction, so that a replacement between the reads cannot mix two editions.
        let mut tx = self.pool.begin_read().await?;
        let Some(found) = find(&mut tx, set, vintage).await? else { return Ok(None) };
        let head: HeadRow = query_as("SELECT names, source, licence FROM boundary_set WHERE id = $1")
            .bind(found.id)
            .fetch_one(&mut tx)
            .await?;
        let names = read(|| format!("boundary set {set}"), serde_json::from_str(&head.names))?;
        let areas = areas::read_all(&mut tx, found.id, set).await?;
        let HeadRow { source, licence, .. } = head;
        Ok(Some(BoundarySet { id: set.clone(), vintage: vintage.clone(), names, source, licence, areas }))
    }

    /// The import report of a stored boundary set, as given to [`Store::put_boundary_set`].
    pub async fn boundary_report(&self, set: &SetId, vintage: &VintageId) -> Result<Option<String>, StoreError> {
        let query = query_scalar("SELECT report FROM boundary_set WHERE set_code = $1 AND vintage = $2");
        query.bind(set.as_str()).bind(vintage.as_str()).fetch_optional(&mut self.pool.begin_read().await?).await
    }
}

/// Refuses a code that occurs twice, which is an error of the importer: the database would say it in words of its own.
fn check_codes(set: &BoundarySet) -> Result<(), StoreError> {
    let mut seen = BTreeSet::new();
    match set.areas.iter().find(|area| !seen.insert(&area.code)) {
        None => Ok(()),
        Some(area) => Err(StoreError::DuplicateArea { set: set.id.to_string(), code: area.code.to_string() }),
    }
}

fn may_replace(set: &BoundarySet, found: &Found, given: &str, replace: bool) -> Result<(), StoreError> {
    let (set, vintage) = (set.id.to_string(), set.vintage.to_string());
    match (replace, found.published) {
        (true, false) => Ok(()),
        (true, true) => Err(StoreError::Published { set, vintage }),
        (false, _) => {
            Err(StoreError::OtherContent { set, vintage, stored: found.content_hash.clone(), given: given.to_owned() })
        }
    }
}

/// The row of a boundary set.
pub(crate) struct Found {
    pub(crate) id: i64,
    content_hash: String,
    published: bool,
}

pub(crate) async fn find(db: &mut Db, set: &SetId, vintage: &VintageId) -> Result<Option<Found>, StoreError> {
    let row: Option<FoundRow> =
        query_as("SELECT id, content_hash, published FROM boundary_set WHERE set_code = $1 AND vintage = $2")
            .bind(set.as_str())
            .bind(vintage.as_str())
            .fetch_optional(db)
            .await?;
    Ok(row.map(|FoundRow { id, content_hash, published }| Found { id, content_hash, published }))
}

/// As [`find`], but an error that lists what is stored where there is none.
pub(crate) async fn must_find(db: &mut Db, set: &SetId, vintage: &VintageId) -> Result<Found, StoreError> {
    if let Some(found) = find(db, set, vintage).await? {
        return Ok(found);
    }
    let query = query_scalar("SELECT vintage FROM boundary_set WHERE set_code = $1");
    let mut known: Vec<String> = query.bind(set.as_str()).fetch_all(db).await?;
    known.sort();
    let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
    Err(StoreError::UnknownBoundaries { set: set.to_string(), vintage: vintage.to_string(), known })
}

async fn insert_set(db: &mut Db, set: &BoundarySet, content_hash: &str, report_json: &str) -> Result<i64, StoreError> {
    let id: i64 = query_scalar("SELECT COALESCE(MAX(id), 0) + 1 FROM boundary_set").fetch_one(db).await?;
    query(
        "INSERT INTO boundary_set \
         (id, set_code, vintage, names, source, licence, content_hash, report, published, imported_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, FALSE, $9)",
    )
    .bind(id)
    .bind(set.id.as_str())
    .bind(set.vintage.as_str())
    .bind(areas::names_json(&set.names)?)
    .bind(&set.source)
    .bind(&set.licence)
    .bind(content_hash)
    .bind(report_json)
    .bind(now())
    .execute(db)
    .await?;
    Ok(id)
}

row! {
    /// A boundary set with the counts of its areas.
    struct SetRow {
        set_code: String,
        vintage: String,
        names: String,
        source: String,
        licence: String,
        content_hash: String,
        published: bool,
        areas: i64,
        with_polygon: i64,
    }
}

row! {
    /// What a boundary set says of itself.
    struct HeadRow { names: String, source: String, licence: String }
}

row! {
    struct FoundRow { id: i64, content_hash: String, published: bool }
}

async fn all_sets(db: &mut Db) -> Result<Vec<BoundarySetInfo>, StoreError> {
    let rows: Vec<SetRow> = query_as(
        "SELECT s.set_code, s.vintage, s.names, s.source, s.licence, s.content_hash, s.published, \
         COUNT(a.area_id) AS areas, COALESCE(SUM(CASE WHEN a.has_polygon THEN 1 ELSE 0 END), 0) AS with_polygon \
         FROM boundary_set s LEFT JOIN area a ON a.boundary_set_id = s.id \
         GROUP BY s.id, s.set_code, s.vintage, s.names, s.source, s.licence, s.content_hash, s.published",
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(set_info).collect()
}

fn set_info(row: SetRow) -> Result<BoundarySetInfo, StoreError> {
    let SetRow { set_code, vintage, names, source, licence, content_hash, published, areas, with_polygon } = row;
    let place = || format!("boundary set {set_code}, vintage {vintage}");
    Ok(BoundarySetInfo {
        names: read(place, serde_json::from_str(&names))?,
        areas: read(place, usize::try_from(areas))?,
        with_polygon: read(place, usize::try_from(with_polygon))?,
        set: read(place, SetId::new(&set_code))?,
        vintage: read(place, VintageId::new(&vintage))?,
        source,
        licence,
        content_hash,
        published,
    })
}
