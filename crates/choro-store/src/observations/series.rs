//! Series: one indicator at one period with one code for each dimension, for every area of a set. A column of a release.

use crate::{
    codes::{join_codes, split_codes},
    db::{Db, query, query_as, query_scalar, read, row},
    error::StoreError,
    store::Store,
};
use choro_model::{Code, IndicatorId, Observation, Period, SetId};
use rustc_hash::FxHashMap;

/// A series that has observations.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct SeriesInfo {
    /// What is measured.
    pub indicator: IndicatorId,
    /// When.
    pub period: Period,
    /// One code for each dimension of the indicator, in the order of its definition.
    pub codes: Vec<Code>,
}

impl Store {
    /// The series of a set that have observations, by indicator, period and codes.
    pub async fn columns(&self, set: &SetId) -> Result<Vec<SeriesInfo>, StoreError> {
        let rows = all(&mut self.pool.begin_read().await?, set.as_str()).await?;
        let mut series = rows.iter().map(SeriesRow::info).collect::<Result<Vec<_>, _>>()?;
        series.sort_by(|a, b| (&a.indicator, a.period, &a.codes).cmp(&(&b.indicator, b.period, &b.codes)));
        Ok(series)
    }
}

row! {
    struct SeriesRow { indicator: String, period: String, codes: String, id: i64 }
}

impl SeriesRow {
    fn info(&self) -> Result<SeriesInfo, StoreError> {
        let Self { indicator, period, codes, .. } = self;
        let place = || format!("series {indicator} {period} {codes}");
        Ok(SeriesInfo {
            indicator: read(place, IndicatorId::new(indicator))?,
            period: read(place, period.parse())?,
            codes: read(place, split_codes(codes))?,
        })
    }
}

async fn all(db: &mut Db, set: &str) -> Result<Vec<SeriesRow>, StoreError> {
    let query = query_as("SELECT indicator, period, codes, id FROM series WHERE set_code = $1");
    query.bind(set).fetch_all(db).await
}

/// Where an observation belongs, for messages: `net_rate 2014 F`.
pub(crate) fn place(of: &Observation) -> String {
    format!("{} {} {}", of.indicator, of.period, join_codes(&of.codes)).trim_end().to_owned()
}

/// The numbers of a set's series, and how to give new ones.
pub(crate) struct SeriesIds {
    ids: FxHashMap<SeriesInfo, i64>,
    next: i64,
    /// Above this number a series is new in this transaction and has no observations yet.
    known: i64,
}

impl SeriesIds {
    pub(crate) async fn load(db: &mut Db, set: &str) -> Result<Self, StoreError> {
        let rows = all(db, set).await?;
        let ids = rows.iter().map(|row| Ok((row.info()?, row.id))).collect::<Result<_, StoreError>>()?;
        let next: i64 = query_scalar("SELECT COALESCE(MAX(id), 0) FROM series").fetch_one(db).await?;
        Ok(Self { ids, next, known: next })
    }

    /// The number of an observation's series, given now if it has none.
    pub(crate) async fn id(&mut self, db: &mut Db, set: &str, of: &Observation) -> Result<i64, StoreError> {
        let key = SeriesInfo { indicator: of.indicator.clone(), period: of.period, codes: of.codes.clone() };
        if let Some(&id) = self.ids.get(&key) {
            return Ok(id);
        }
        self.next += 1;
        query("INSERT INTO series (id, set_code, indicator, period, codes) VALUES ($1, $2, $3, $4, $5)")
            .bind(self.next)
            .bind(set)
            .bind(of.indicator.as_str())
            .bind(of.period.to_string())
            .bind(join_codes(&of.codes))
            .execute(db)
            .await?;
        self.ids.insert(key, self.next);
        Ok(self.next)
    }

    pub(crate) fn is_new(&self, id: i64) -> bool {
        id > self.known
    }
}
