//! Correspondences, and on which borders the figures of a period are.

use super::{Db, PutOutcome, Store, StoreError, boundaries::must_find, now, query, query_as, query_scalar, read};
use choro_model::{Correspondence, IndicatorId, PairSet, Period, SetId, VintageId};
use std::collections::{BTreeMap, BTreeSet};

/// The vintage on whose borders each indicator's figures of a period are.
pub type PeriodVintages = BTreeMap<(IndicatorId, Period), VintageId>;

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

    /// On which borders the figures of a set are.
    pub async fn period_vintages(&self, set: &SetId) -> Result<PeriodVintages, StoreError> {
        let mut db = self.pool.begin_read().await?;
        stored(&mut db, set).await
    }
}

async fn stored(db: &mut Db, set: &SetId) -> Result<PeriodVintages, StoreError> {
    let query = query_as("SELECT indicator, period, vintage FROM period_vintage WHERE set_code = $1");
    let rows: Vec<(String, String, String)> = query.bind(set.as_str()).fetch_all(db).await?;
    let entry = |(indicator, period, vintage): (String, String, String)| {
        let place = || format!("borders of {indicator} {period}");
        let key = (read(place, IndicatorId::new(&indicator))?, read(place, period.parse())?);
        Ok((key, read(place, VintageId::new(&vintage))?))
    };
    rows.into_iter().map(entry).collect()
}

/// Where an import belongs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Borders<'a> {
    pub set: &'a SetId,
    pub vintage: &'a VintageId,
    /// The row of the vintage.
    pub id: i64,
}

/// Notes on which borders the observations are. Figures of one indicator and period are all on the same borders: an import on
/// others must bring all of them anew, and what those borders do not have goes. `keys`: what the import was about, `given`: which
/// observations it brought.
pub(super) async fn note(
    db: &mut Db,
    borders: Borders<'_>,
    keys: &BTreeSet<(IndicatorId, Period)>,
    given: &PairSet,
) -> Result<(), StoreError> {
    let known = stored(db, borders.set).await?;
    for key in keys.iter().filter(|key| known.get(*key) != Some(borders.vintage)) {
        if let Some(before) = known.get(key) {
            move_to(db, borders, key, before, given).await?;
        }
        query(
            "INSERT INTO period_vintage (set_code, indicator, period, vintage) VALUES ($1, $2, $3, $4) \
             ON CONFLICT (set_code, indicator, period) DO UPDATE SET vintage = excluded.vintage",
        )
        .bind(borders.set.as_str())
        .bind(key.0.as_str())
        .bind(key.1.to_string())
        .bind(borders.vintage.as_str())
        .execute(db)
        .await?;
    }
    Ok(())
}

/// Makes sure that no figure of the borders before is left beside those of the new ones.
async fn move_to(
    db: &mut Db,
    borders: Borders<'_>,
    (indicator, period): &(IndicatorId, Period),
    before: &VintageId,
    given: &PairSet,
) -> Result<(), StoreError> {
    let there: Vec<(i64, i64)> = query_as(
        "SELECT o.series_id, o.area_id FROM series s JOIN observation o ON o.series_id = s.id \
         JOIN area a ON a.area_id = o.area_id AND a.boundary_set_id = $1 \
         WHERE s.set_code = $2 AND s.indicator = $3 AND s.period = $4",
    )
    .bind(borders.id)
    .bind(borders.set.as_str())
    .bind(indicator.as_str())
    .bind(period.to_string())
    .fetch_all(db)
    .await?;
    let left = there.iter().filter(|key| !given.contains(key.0, key.1)).count();
    if left > 0 {
        return Err(StoreError::OtherBorders {
            place: format!("{indicator} {period}"),
            stored: before.to_string(),
            given: borders.vintage.to_string(),
            left,
        });
    }
    query(
        "DELETE FROM observation WHERE series_id IN \
         (SELECT id FROM series WHERE set_code = $1 AND indicator = $2 AND period = $3) \
         AND area_id NOT IN (SELECT area_id FROM area WHERE boundary_set_id = $4)",
    )
    .bind(borders.set.as_str())
    .bind(indicator.as_str())
    .bind(period.to_string())
    .bind(borders.id)
    .execute(db)
    .await?;
    Ok(())
}
