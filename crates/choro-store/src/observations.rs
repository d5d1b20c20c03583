//! Observations as they are stored: one row each, of small numbers.

use super::import::ImportRecord;
use super::series::split_codes;
use super::{Store, StoreError, query_as, read};
use choro_model::{AreaCode, Cell, IndicatorId, ObsStatus, Observation, Period, SetId, State};

/// What is stored of an observation besides its key.
pub(super) type Content = (Cell, Option<ObsStatus>);

/// Codes, area code, value, state and status, as columns.
type KeyedColumns = (String, String, Option<f64>, Option<String>, Option<String>);

impl Store {
    /// The observations of an indicator at a period, by codes and area.
    pub async fn observations(
        &self,
        set: &SetId,
        indicator: &IndicatorId,
        period: Period,
    ) -> Result<Vec<Observation>, StoreError> {
        let rows: Vec<KeyedColumns> = query_as(
            "SELECT s.codes, a.code, o.value, o.state, o.status FROM series s JOIN observation o ON o.series_id = s.id \
             JOIN area_code a ON a.id = o.area_id WHERE s.set_code = $1 AND s.indicator = $2 AND s.period = $3",
        )
        .bind(set.as_str())
        .bind(indicator.as_str())
        .bind(period.to_string())
        .fetch_all(&mut self.pool.begin_read().await?)
        .await?;
        let observation = |(codes, area, value, state, status): KeyedColumns| {
            let place = || format!("observation {indicator} {period} {codes} {area}");
            let (cell, status) = content(place, value, state.as_deref(), status.as_deref())?;
            let codes = read(place, split_codes(&codes))?;
            let area = read(place, AreaCode::new(&area))?;
            Ok(Observation { indicator: indicator.clone(), period, codes, area, cell, status })
        };
        let mut all = rows.into_iter().map(observation).collect::<Result<Vec<_>, StoreError>>()?;
        all.sort_by(|a, b| (&a.codes, &a.area).cmp(&(&b.codes, &b.area)));
        Ok(all)
    }

    /// The last imports of a set's observations, the newest first.
    pub async fn last_imports(&self, set: &SetId, most: u32) -> Result<Vec<ImportRecord>, StoreError> {
        let query = query_as(
            "SELECT file_name, file_sha256, mapping, report FROM observation_import WHERE set_code = $1 ORDER BY id DESC LIMIT $2",
        );
        let rows: Vec<(String, String, String, String)> =
            query.bind(set.as_str()).bind(i64::from(most)).fetch_all(&mut self.pool.begin_read().await?).await?;
        Ok(rows.into_iter().map(record).collect())
    }

    /// The imports of a set's observations, oldest first.
    pub async fn imports(&self, set: &SetId) -> Result<Vec<ImportRecord>, StoreError> {
        let query = query_as(
            "SELECT file_name, file_sha256, mapping, report FROM observation_import WHERE set_code = $1 ORDER BY id",
        );
        let rows: Vec<(String, String, String, String)> =
            query.bind(set.as_str()).fetch_all(&mut self.pool.begin_read().await?).await?;
        Ok(rows.into_iter().map(record).collect())
    }
}

fn record((file_name, file_sha256, mapping, report_json): (String, String, String, String)) -> ImportRecord {
    ImportRecord { file_name, file_sha256, mapping, report_json }
}

/// Columns as an observation's content.
pub(super) fn content(
    place: impl Fn() -> String,
    value: Option<f64>,
    state: Option<&str>,
    status: Option<&str>,
) -> Result<Content, StoreError> {
    let damaged = |what: String| StoreError::Damaged { place: place(), what };
    let cell = match (value.and_then(Cell::value), state.and_then(State::parse)) {
        (Some(value), None) => value,
        (None, Some(state)) => Cell::State(state),
        _ => return Err(damaged(format!("expected a value or a state, got {value:?} and {state:?}"))),
    };
    let known = |text: &str| ObsStatus::parse(text).ok_or_else(|| damaged(format!("unknown status {text:?}")));
    Ok((cell, status.map(known).transpose()?))
}
