//! Series: one indicator at one period with one code for each dimension, for every area of a set. A column of a release.

use super::{Db, Store, StoreError, query, query_as, query_scalar, read};
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
        let query = query_as("SELECT indicator, period, codes FROM series WHERE set_code = $1");
        let rows: Vec<(String, String, String)> =
            query.bind(set.as_str()).fetch_all(&mut self.pool.begin_read().await?).await?;
        let mut series = rows.iter().map(|(i, p, c)| info(i, p, c)).collect::<Result<Vec<_>, _>>()?;
        series.sort_by(|a, b| (&a.indicator, a.period, &a.codes).cmp(&(&b.indicator, b.period, &b.codes)));
        Ok(series)
    }
}

fn info(indicator: &str, period: &str, codes: &str) -> Result<SeriesInfo, StoreError> {
    let place = || format!("series {indicator} {period} {codes}");
    Ok(SeriesInfo {
        indicator: read(place, IndicatorId::new(indicator))?,
        period: read(place, period.parse())?,
        codes: read(place, split_codes(codes))?,
    })
}

/// Codes as stored: a code has no comma (`model::Code`).
pub(super) fn join_codes(codes: &[Code]) -> String {
    codes.iter().map(Code::as_str).collect::<Vec<_>>().join(",")
}

/// The inverse of [`join_codes`].
pub(super) fn split_codes(text: &str) -> Result<Vec<Code>, choro_model::IdError> {
    text.split(',').filter(|code| !code.is_empty()).map(Code::new).collect()
}

/// Where an observation belongs, for messages: `net_rate 2014 F`.
pub(super) fn place(of: &Observation) -> String {
    format!("{} {} {}", of.indicator, of.period, join_codes(&of.codes)).trim_end().to_owned()
}

/// What tells a series from another of its set.
pub(super) type Key = (IndicatorId, Period, Vec<Code>);

/// The numbers of a set's series, and how to give new ones.
pub(super) struct SeriesIds {
    ids: FxHashMap<Key, i64>,
    next: i64,
    /// Above this number a series is new in this transaction and has no observations yet.
    known: i64,
}

impl SeriesIds {
    pub(super) async fn load(db: &mut Db, set: &str) -> Result<Self, StoreError> {
        let query = query_as("SELECT indicator, period, codes, id FROM series WHERE set_code = $1");
        let rows: Vec<(String, String, String, i64)> = query.bind(set).fetch_all(db).await?;
        let key = |(indicator, period, codes, id): (String, String, String, i64)| {
            info(&indicator, &period, &codes).map(|s| ((s.indicator, s.period, s.codes), id))
        };
        let ids = rows.into_iter().map(key).collect::<Result<_, _>>()?;
        let next: i64 = query_scalar("SELECT COALESCE(MAX(id), 0) FROM series").fetch_one(db).await?;
        Ok(Self { ids, next, known: next })
    }

    /// The number of an observation's series, given now if it has none.
    pub(super) async fn id(&mut self, db: &mut Db, set: &str, of: &Observation) -> Result<i64, StoreError> {
        let key = (of.indicator.clone(), of.period, of.codes.clone());
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

    pub(super) fn is_new(&self, id: i64) -> bool {
        id > self.known
    }
}
