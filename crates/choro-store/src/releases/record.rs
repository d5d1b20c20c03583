//! The list of releases. Their files are bundles; here stands which boundaries they have fixed for ever, and what they have published.

use crate::{
    boundaries::must_find,
    db::{Db, query, query_as, query_scalar, read, row},
    error::StoreError,
    history::{self, ContentHash, TableRecord},
    store::Store,
};
use choro_model::{ReleaseId, SetId, VintageId};
use std::io;

/// A release as recorded when its bundle was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReleaseRecord {
    /// Its id.
    pub id: ReleaseId,
    /// When it was made (RFC 3339, as in its manifest).
    pub created: String,
    /// SHA-256 of its manifest.
    pub manifest_hash: String,
    /// The boundary sets that it uses, each in its vintage.
    pub sets: Vec<(SetId, VintageId)>,
}

impl Store {
    /// Records a release and fixes its boundary sets: from now on they cannot be replaced. Recording the same release again
    /// (same id and manifest) changes nothing. `sequence` is its number.
    ///
    /// `tables` is all that it publishes. `deflated` gives the bytes of a content ([`PackedTable::deflated`]), and is asked for those
    /// that are not stored yet.
    ///
    /// [`PackedTable::deflated`]: crate::PackedTable::deflated
    pub async fn put_release(
        &self,
        release: &ReleaseRecord,
        sequence: u64,
        tables: &[TableRecord],
        deflated: impl Fn(&ContentHash) -> io::Result<Vec<u8>>,
    ) -> Result<(), StoreError> {
        let mut tx = self.pool.begin_write().await?;
        match manifest_hash(&mut tx, release).await? {
            Some(hash) if hash == release.manifest_hash => return Ok(()),
            Some(_) => return Err(StoreError::ReleaseExists { id: release.id.to_string() }),
            None => insert(&mut tx, release, sequence).await?,
        }
        for table in tables {
            let content = || deflated(&table.content).map_err(StoreError::Content);
            history::insert(&mut tx, &release.id, table, content).await?;
        }
        tx.commit().await
    }

    /// The greatest number of a release that was ever recorded: what is published next has a greater one, also where its folder was
    /// emptied.
    pub async fn last_sequence(&self) -> Result<u64, StoreError> {
        let mut db = self.pool.begin_read().await?;
        let last: i64 = query_scalar("SELECT COALESCE(MAX(ordinal), 0) FROM release").fetch_one(&mut db).await?;
        Ok(u64::try_from(last).unwrap_or_default())
    }

    /// All releases, oldest first.
    pub async fn releases(&self) -> Result<Vec<ReleaseRecord>, StoreError> {
        let mut db = self.pool.begin_read().await?;
        let rows: Vec<ReleaseRow> =
            query_as("SELECT id, created, manifest_hash FROM release ORDER BY ordinal").fetch_all(&mut db).await?;
        let uses: Vec<UsedVintage> = query_as(
            "SELECT r.release_id, s.set_code, s.vintage FROM release_boundary_set r \
             JOIN boundary_set s ON s.id = r.boundary_set_id",
        )
        .fetch_all(&mut db)
        .await?;
        rows.into_iter().map(|row| record(row, &uses)).collect()
    }
}

row! {
    struct ReleaseRow { id: String, created: String, manifest_hash: String }
}

row! {
    /// A vintage that a release uses.
    struct UsedVintage { release_id: String, set_code: String, vintage: String }
}

async fn manifest_hash(db: &mut Db, release: &ReleaseRecord) -> Result<Option<String>, StoreError> {
    let query = query_scalar("SELECT manifest_hash FROM release WHERE id = $1");
    query.bind(release.id.as_str()).fetch_optional(db).await
}

async fn insert(db: &mut Db, release: &ReleaseRecord, sequence: u64) -> Result<(), StoreError> {
    // The number itself, unless another folder publishes out of this database too.
    query(
        "INSERT INTO release (id, ordinal, created, manifest_hash) \
         SELECT $1, CASE WHEN COALESCE(MAX(ordinal), 0) < $4 THEN $4 ELSE MAX(ordinal) + 1 END, $2, $3 FROM release",
    )
    .bind(release.id.as_str())
    .bind(&release.created)
    .bind(&release.manifest_hash)
    .bind(i64::try_from(sequence).unwrap_or(i64::MAX))
    .execute(db)
    .await?;
    for (set, vintage) in &release.sets {
        let found = must_find(db, set, vintage).await?;
        let link = query("INSERT INTO release_boundary_set (release_id, boundary_set_id) VALUES ($1, $2)");
        link.bind(release.id.as_str()).bind(found.id).execute(db).await?;
        query("UPDATE boundary_set SET published = TRUE WHERE id = $1").bind(found.id).execute(db).await?;
    }
    Ok(())
}

fn record(row: ReleaseRow, uses: &[UsedVintage]) -> Result<ReleaseRecord, StoreError> {
    let ReleaseRow { id, created, manifest_hash } = row;
    let place = || format!("release {id}");
    let of_this = uses.iter().filter(|used| used.release_id == id);
    let sets =
        of_this.map(|used| Ok((read(place, SetId::new(&used.set_code))?, read(place, VintageId::new(&used.vintage))?)));
    // Sorted here, since the two databases sort texts differently.
    let mut sets = sets.collect::<Result<Vec<_>, StoreError>>()?;
    sets.sort();
    Ok(ReleaseRecord { sets, id: read(place, ReleaseId::new(&id))?, created, manifest_hash })
}
