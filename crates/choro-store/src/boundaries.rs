//! Boundary sets: written whole, read whole or without their geometry.

use super::{Db, Store, StoreError, geometry, keys, now, query, query_as, query_scalar, read};
use choro_model::{Area, AreaCode, BoundarySet, Names, SetId, VintageId};
use std::collections::BTreeSet;

/// What became of boundaries that were given to the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PutOutcome {
    /// They are new.
    Inserted,
    /// The same boundaries, by content hash, were there already; nothing was written.
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

/// A stored area, without its geometry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AreaInfo {
    /// Its code.
    pub code: AreaCode,
    /// Its names by language.
    pub names: Names,
    /// The code of the area that contains it.
    pub parent: Option<AreaCode>,
    /// Whether its polygon is known.
    pub has_polygon: bool,
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
        insert_areas(&mut tx, id, set).await?;
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
        let head: (String, String, String) = query_as("SELECT names, source, licence FROM boundary_set WHERE id = $1")
            .bind(found.id)
            .fetch_one(&mut tx)
            .await?;
        let names = read(|| format!("boundary set {set}"), serde_json::from_str(&head.0))?;
        let areas = read_areas(&mut tx, found.id, set).await?;
        Ok(Some(BoundarySet { id: set.clone(), vintage: vintage.clone(), names, source: head.1, licence: head.2, areas }))
    }

    /// The import report of a stored boundary set, as given to [`Store::put_boundary_set`].
    pub async fn boundary_report(&self, set: &SetId, vintage: &VintageId) -> Result<Option<String>, StoreError> {
        let query = query_scalar("SELECT report FROM boundary_set WHERE set_code = $1 AND vintage = $2");
        query.bind(set.as_str()).bind(vintage.as_str()).fetch_optional(&mut self.pool.begin_read().await?).await
    }

    /// The areas of a boundary set in the order of their codes, without reading geometry; empty if it is not stored.
    pub async fn areas(&self, set: &SetId, vintage: &VintageId) -> Result<Vec<AreaInfo>, StoreError> {
        let rows: Vec<AreaRow> = query_as(
            "SELECT c.code, a.names, a.parent, a.has_polygon FROM boundary_set s \
             JOIN area a ON a.boundary_set_id = s.id JOIN area_code c ON c.id = a.area_id \
             WHERE s.set_code = $1 AND s.vintage = $2 ORDER BY a.ordinal",
        )
        .bind(set.as_str())
        .bind(vintage.as_str())
        .fetch_all(&mut self.pool.begin_read().await?)
        .await?;
        rows.into_iter().map(|row| area_info(set, &row)).collect()
    }
}

/// The same code twice is an error of the importer that must not reach the database's own wording.
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
pub(super) struct Found {
    pub(super) id: i64,
    content_hash: String,
    published: bool,
}

pub(super) async fn find(db: &mut Db, set: &SetId, vintage: &VintageId) -> Result<Option<Found>, StoreError> {
    let row: Option<(i64, String, bool)> =
        query_as("SELECT id, content_hash, published FROM boundary_set WHERE set_code = $1 AND vintage = $2")
            .bind(set.as_str())
            .bind(vintage.as_str())
            .fetch_optional(db)
            .await?;
    Ok(row.map(|(id, content_hash, published)| Found { id, content_hash, published }))
}

/// As [`find`], but an error that lists what is stored where there is none.
pub(super) async fn must_find(db: &mut Db, set: &SetId, vintage: &VintageId) -> Result<Found, StoreError> {
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
    .bind(json(&set.names)?)
    .bind(&set.source)
    .bind(&set.licence)
    .bind(content_hash)
    .bind(report_json)
    .bind(now())
    .execute(db)
    .await?;
    Ok(id)
}

async fn insert_areas(db: &mut Db, set_id: i64, set: &BoundarySet) -> Result<(), StoreError> {
    let ids = keys::ensure_areas(db, set.id.as_str(), set.areas.iter().map(|area| area.code.as_str())).await?;
    let mut areas: Vec<&Area> = set.areas.iter().collect();
    areas.sort_by(|a, b| a.code.cmp(&b.code));
    for (ordinal, area) in (0_i64..).zip(areas) {
        let Some(&area_id) = ids.get(area.code.as_str()) else { continue };
        query(
            "INSERT INTO area (boundary_set_id, area_id, ordinal, names, parent, has_polygon) VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(set_id)
        .bind(area_id)
        .bind(ordinal)
        .bind(json(&area.names)?)
        .bind(area.parent.as_ref().map(AreaCode::as_str))
        .bind(area.geometry.is_some())
        .execute(db)
        .await?;
        if let Some(polygons) = &area.geometry {
            let wkb = read(|| format!("geometry of area {}", area.code), geometry::write(polygons))?;
            let insert = query("INSERT INTO area_geometry (boundary_set_id, area_id, wkb) VALUES ($1, $2, $3)");
            insert.bind(set_id).bind(area_id).bind(wkb).execute(db).await?;
        }
    }
    Ok(())
}

fn json(names: &Names) -> Result<String, StoreError> {
    read(|| "a name".to_owned(), serde_json::to_string(names))
}

/// Code, names, parent and whether there is a polygon, as columns.
type AreaRow = (String, String, Option<String>, bool);

/// An [`AreaRow`] with its geometry.
type GeometryRow = (String, String, Option<String>, bool, Option<Vec<u8>>);

/// The fields of [`BoundarySetInfo`] as columns: texts, published, areas, with polygon.
type SetRow = (String, String, String, String, String, String, bool, i64, i64);

async fn all_sets(db: &mut Db) -> Result<Vec<BoundarySetInfo>, StoreError> {
    let rows: Vec<SetRow> = query_as(
        "SELECT s.set_code, s.vintage, s.names, s.source, s.licence, s.content_hash, s.published, COUNT(a.area_id), \
         COALESCE(SUM(CASE WHEN a.has_polygon THEN 1 ELSE 0 END), 0) \
         FROM boundary_set s LEFT JOIN area a ON a.boundary_set_id = s.id \
         GROUP BY s.id, s.set_code, s.vintage, s.names, s.source, s.licence, s.content_hash, s.published",
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(set_info).collect()
}

fn set_info(row: SetRow) -> Result<BoundarySetInfo, StoreError> {
    let (set, vintage, names, source, licence, content_hash, published, areas, with_polygon) = row;
    let place = || format!("boundary set {set}, vintage {vintage}");
    Ok(BoundarySetInfo {
        names: read(place, serde_json::from_str(&names))?,
        areas: read(place, usize::try_from(areas))?,
        with_polygon: read(place, usize::try_from(with_polygon))?,
        set: read(place, SetId::new(&set))?,
        vintage: read(place, VintageId::new(&vintage))?,
        source,
        licence,
        content_hash,
        published,
    })
}

fn area_info(set: &SetId, row: &AreaRow) -> Result<AreaInfo, StoreError> {
    let (code, names, parent, has_polygon) = row;
    let place = || format!("area {code} of boundary set {set}");
    Ok(AreaInfo {
        code: read(place, AreaCode::new(code))?,
        names: read(place, serde_json::from_str(names))?,
        parent: parent.as_deref().map(|p| read(place, AreaCode::new(p))).transpose()?,
        has_polygon: *has_polygon,
    })
}

async fn read_areas(db: &mut Db, set_id: i64, set: &SetId) -> Result<Vec<Area>, StoreError> {
    let rows: Vec<GeometryRow> = query_as(
        "SELECT c.code, a.names, a.parent, a.has_polygon, g.wkb FROM area a JOIN area_code c ON c.id = a.area_id \
         LEFT JOIN area_geometry g ON g.boundary_set_id = a.boundary_set_id AND g.area_id = a.area_id \
         WHERE a.boundary_set_id = $1 ORDER BY a.ordinal",
    )
    .bind(set_id)
    .fetch_all(db)
    .await?;
    let area = |(code, names, parent, has_polygon, wkb): GeometryRow| {
        let place = format!("geometry of area {code} of boundary set {set}");
        let info = area_info(set, &(code, names, parent, has_polygon))?;
        let geometry = wkb.map(|wkb| read(|| place, geometry::read(&wkb))).transpose()?;
        Ok(Area { code: info.code, names: info.names, parent: info.parent, geometry })
    };
    rows.into_iter().map(area).collect()
}
