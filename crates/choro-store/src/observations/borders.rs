//! On which borders the figures of a period are.

use super::{record::ImportId, superseded};
use crate::{
    db::{Db, query, query_as, read, row},
    error::StoreError,
    store::Store,
};
use choro_model::{IndicatorId, PairSet, Period, SetId, VintageId};
use std::collections::{BTreeMap, BTreeSet};

/// The vintage on whose borders each indicator's figures of a period are.
pub type PeriodVintages = BTreeMap<(IndicatorId, Period), VintageId>;

row! {
    struct BordersRow { indicator: String, period: String, vintage: String }
}

row! {
    /// What tells an observation from every other.
    struct Key { series_id: i64, area_id: i64 }
}

impl Store {
    /// On which borders the figures of a set are.
    pub async fn period_vintages(&self, set: &SetId) -> Result<PeriodVintages, StoreError> {
        let mut db = self.pool.begin_read().await?;
        stored(&mut db, set).await
    }
}

async fn stored(db: &mut Db, set: &SetId) -> Result<PeriodVintages, StoreError> {
    let query = query_as::<BordersRow>("SELECT indicator, period, vintage FROM period_vintage WHERE set_code = $1");
    let rows = query.bind(set.as_str()).fetch_all(db).await?;
    let entry = |BordersRow { indicator, period, vintage }: BordersRow| {
        let place = || format!("borders of {indicator} {period}");
        let key = (read(place, IndicatorId::new(&indicator))?, read(place, period.parse())?);
        Ok((key, read(place, VintageId::new(&vintage))?))
    };
    rows.into_iter().map(entry).collect()
}

/// Where an import belongs.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Borders<'a> {
    pub set: &'a SetId,
    pub vintage: &'a VintageId,
    /// The row of the vintage.
    pub id: i64,
    /// The import.
    pub import: ImportId,
}

/// Notes on which borders the observations are. Figures of one indicator and period are all on the same borders: an import on
/// others must bring all of them anew, and what those borders do not have goes. `keys`: what the import was about, `given`: which
/// observations it brought.
pub(crate) async fn note(
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
        enter(db, borders, key).await?;
    }
    Ok(())
}

/// Enters on which borders the figures of a period are from this import on.
async fn enter(db: &mut Db, borders: Borders<'_>, (indicator, period): &(IndicatorId, Period)) -> Result<(), StoreError> {
    let now = query(
        "INSERT INTO period_vintage (set_code, indicator, period, vintage) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (set_code, indicator, period) DO UPDATE SET vintage = excluded.vintage",
    );
    let (set, period, vintage) = (borders.set.as_str(), period.to_string(), borders.vintage.as_str());
    now.bind(set).bind(indicator.as_str()).bind(period.clone()).bind(vintage).execute(db).await?;
    let revision = query(
        "INSERT INTO period_vintage_revision (set_code, indicator, period, vintage, import_id) VALUES ($1, $2, $3, $4, $5)",
    );
    revision.bind(set).bind(indicator.as_str()).bind(period).bind(vintage).bind(borders.import.0).execute(db).await
}

/// Makes sure that no figure of the borders before is left beside those of the new ones.
async fn move_to(
    db: &mut Db,
    borders: Borders<'_>,
    key: &(IndicatorId, Period),
    before: &VintageId,
    given: &PairSet,
) -> Result<(), StoreError> {
    let (indicator, period) = key;
    let there = query_as::<Key>(
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
    let left = there.iter().filter(|key| !given.contains(key.series_id, key.area_id)).count();
    if left > 0 {
        return Err(StoreError::OtherBorders {
            place: format!("{indicator} {period}"),
            stored: before.to_string(),
            given: borders.vintage.to_string(),
            left,
        });
    }
    superseded::take_away(db, borders.set, key, borders.id, borders.import).await
}
