//! Reading observations as they are now.

use super::{
    figure::FigureColumns,
    record::{self, ImportId},
};
use crate::{
    codes::split_codes,
    db::{Db, query_as, read, row},
    error::StoreError,
    store::Store,
};
use choro_model::{AreaCode, IndicatorId, Observation, Period, SetId};

row! {
    /// An observation of a known indicator and period.
    struct ObservationRow {
        codes: String,
        area: String,
        value: Option<f64>,
        state: Option<String>,
        status: Option<String>,
    }
}

impl Store {
    /// The observations of an indicator at a period, by codes and area.
    pub async fn observations(
        &self,
        set: &SetId,
        indicator: &IndicatorId,
        period: Period,
    ) -> Result<Vec<Observation>, StoreError> {
        self.snapshot().await?.observations(set, indicator, period).await
    }

    /// The store as it is now, whatever is imported meanwhile.
    pub async fn snapshot(&self) -> Result<Snapshot, StoreError> {
        let mut db = self.pool.begin_read().await?;
        Ok(Snapshot { last_import: record::last(&mut db).await?, db })
    }
}

/// The store as it was at one moment. It holds a connection: take what is needed and drop it.
pub struct Snapshot {
    db: Db,
    last_import: ImportId,
}

impl Snapshot {
    /// The last import that it holds.
    #[must_use]
    pub fn last_import(&self) -> ImportId {
        self.last_import
    }

    /// The observations of an indicator at a period, by codes and area.
    pub async fn observations(
        &mut self,
        set: &SetId,
        indicator: &IndicatorId,
        period: Period,
    ) -> Result<Vec<Observation>, StoreError> {
        let rows: Vec<ObservationRow> = query_as(
            "SELECT s.codes, a.code AS area, o.value, o.state, o.status FROM series s JOIN observation o ON o.series_id = s.id \
             JOIN area_code a ON a.id = o.area_id WHERE s.set_code = $1 AND s.indicator = $2 AND s.period = $3",
        )
        .bind(set.as_str())
        .bind(indicator.as_str())
        .bind(period.to_string())
        .fetch_all(&mut self.db)
        .await?;
        let observation = |row: ObservationRow| {
            let ObservationRow { codes, area, value, state, status } = row;
            let place = || format!("observation {indicator} {period} {codes} {area}");
            let figure = FigureColumns { value, state: state.as_deref(), status: status.as_deref() }.read(place)?;
            let codes = read(place, split_codes(&codes))?;
            let area = read(place, AreaCode::new(&area))?;
            Ok(Observation { indicator: indicator.clone(), period, codes, area, cell: figure.cell, status: figure.status })
        };
        let mut all = rows.into_iter().map(observation).collect::<Result<Vec<_>, StoreError>>()?;
        all.sort_by(|a, b| (&a.codes, &a.area).cmp(&(&b.codes, &b.area)));
        Ok(all)
    }
}
