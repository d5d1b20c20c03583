//! Correspondences between two vintages of a set.

use super::sets::{PutOutcome, must_find};
use crate::{
    db::{now, query, query_scalar, read},
    error::StoreError,
    store::Store,
};
use choro_model::{Correspondence, SetId};

impl Store {
    /// Stores a correspondence; another one between the same vintages is replaced. Both vintages must be stored, and there must
    /// be none in the opposite direction, since one table serves both.
    pub async fn put_correspondence(
        &self,
        table: &Correspondence,
        file_name: &str,
        file_sha256: &str,
    ) -> Result<PutOutcome, StoreError> {
        let mut db = self.pool.begin_write().await?;
        for vintage in [table.from(), table.to()] {
            must_find(&mut db, table.set(), vintage).await?;
        }
        let (set, from, to) = (table.set().as_str(), table.from().as_str(), table.to().as_str());
        let find = "SELECT definition FROM correspondence WHERE set_code = $1 AND from_vintage = $2 AND to_vintage = $3";
        let reverse = query_scalar::<String>(find).bind(set).bind(to).bind(from).fetch_optional(&mut db).await?;
        if reverse.is_some() {
            return Err(StoreError::ReverseCorrespondence { set: set.to_owned(), from: from.to_owned(), to: to.to_owned() });
        }
        let definition = read(|| format!("correspondence {from} to {to}"), serde_json::to_string(table))?;
        let stored: Option<String> = query_scalar(find).bind(set).bind(from).bind(to).fetch_optional(&mut db).await?;
        let outcome = match stored {
            Some(stored) if stored == definition => return Ok(PutOutcome::AlreadyThere),
            Some(_) => PutOutcome::Replaced,
            None => PutOutcome::Inserted,
        };
        query(
            "INSERT INTO correspondence (set_code, from_vintage, to_vintage, definition, file_name, file_sha256, imported_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (set_code, from_vintage, to_vintage) DO UPDATE SET \
             definition = excluded.definition, file_name = excluded.file_name, file_sha256 = excluded.file_sha256, \
             imported_at = excluded.imported_at",
        )
        .bind(set)
        .bind(from)
        .bind(to)
        .bind(definition)
        .bind(file_name)
        .bind(file_sha256)
        .bind(now())
        .execute(&mut db)
        .await?;
        db.commit().await?;
        Ok(outcome)
    }

    /// The correspondences of a set, by their vintages.
    pub async fn correspondences(&self, set: &SetId) -> Result<Vec<Correspondence>, StoreError> {
        let mut db = self.pool.begin_read().await?;
        let query = query_scalar("SELECT definition FROM correspondence WHERE set_code = $1");
        let rows: Vec<String> = query.bind(set.as_str()).fetch_all(&mut db).await?;
        let place = || format!("a correspondence of boundary set {set}");
        let tables = rows.iter().map(|json| read(place, serde_json::from_str(json)));
        let mut tables = tables.collect::<Result<Vec<Correspondence>, _>>()?;
        tables.sort_by(|a, b| (a.from(), a.to()).cmp(&(b.from(), b.to())));
        Ok(tables)
    }
}
