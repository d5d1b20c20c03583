//! Importing observations: compared with what is stored, only what is new or differs is written, so that importing the same
//! file again writes nothing but its own record.
//!
//! They come in parts of any size and need memory for one block of them at a time, and a bit each to tell repeated ones.

use super::{
    borders::{self, Borders},
    copy,
    figure::FigureColumns,
    numbered::Numbered,
    record::{self, ImportId, ImportRecord},
    series::{SeriesIds, place},
    superseded,
    upsert::upsert,
};
use crate::{
    boundaries::{area_numbers, must_find},
    codes::join_codes,
    db::{Db, query_as, row},
    error::StoreError,
    indicators::{self, dimension_ids},
    store::Store,
};
use choro_model::{Cell, Figure, Indicator, IndicatorId, Observation, PairSet, Period, ReadObservation, SetId, VintageId};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeSet;

/// What an import changed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ImportSummary {
    /// Observations that were not there.
    pub inserted: u64,
    /// Observations whose value, state or status differed.
    pub replaced: u64,
    /// Observations that were there as given.
    pub unchanged: u64,
}

/// Observations that are sorted, compared and written together.
const BLOCK: usize = 1 << 17;
row! {
    /// An observation of a known series.
    struct StoredRow { area_id: i64, value: Option<f64>, state: Option<String>, status: Option<String> }
}

/// An import under way, in a transaction that holds the right to write. Dropped before [`ObservationWriter::finish`], it leaves
/// nothing behind.
pub struct ObservationWriter {
    db: Db,
    import: ImportId,
    place: (SetId, VintageId),
    /// The row of the vintage.
    vintage: i64,
    indicators: FxHashMap<IndicatorId, Indicator>,
    areas: FxHashMap<String, i64>,
    series: SeriesIds,
    /// The pairs of series and area given so far.
    seen: PairSet,
    /// The series given so far, and what they are about.
    given: FxHashSet<i64>,
    keys: BTreeSet<(IndicatorId, Period)>,
    summary: ImportSummary,
}

impl Store {
    /// Stores observations of a boundary set, all or none. They replace stored ones of the same indicator, period, codes and
    /// area. Every area must be one of the vintage's, every code one of the indicator's, and none may occur twice.
    pub async fn put_observations(
        &self,
        set: &SetId,
        vintage: &VintageId,
        import: &ImportRecord,
        observations: &[Observation],
    ) -> Result<ImportSummary, StoreError> {
        let mut writer = self.write_observations(set, vintage, import).await?;
        for block in observations.chunks(BLOCK) {
            let block: Vec<ReadObservation> = block.iter().cloned().map(ReadObservation::from).collect();
            writer.add(&block).await?;
        }
        writer.finish().await
    }

    /// Begins an import whose observations come in parts. Nothing is stored before [`ObservationWriter::finish`].
    pub async fn write_observations(
        &self,
        set: &SetId,
        vintage: &VintageId,
        import: &ImportRecord,
    ) -> Result<ObservationWriter, StoreError> {
        let mut db = self.pool.begin_write().await?;
        let found = must_find(&mut db, set, vintage).await?;
        let indicators = indicators::all(&mut db).await?;
        Ok(ObservationWriter {
            import: record::insert(&mut db, set, vintage, import).await?,
            place: (set.clone(), vintage.clone()),
            vintage: found.id,
            indicators: indicators.into_iter().map(|indicator| (indicator.id.clone(), indicator)).collect(),
            areas: area_numbers::areas_of(&mut db, found.id).await?,
            series: SeriesIds::load(&mut db, set.as_str()).await?,
            seen: PairSet::default(),
            given: FxHashSet::default(),
            keys: BTreeSet::new(),
            summary: ImportSummary::default(),
            db,
        })
    }
}

impl ObservationWriter {
    /// Takes more observations. After an error the import is lost: drop it.
    pub async fn add(&mut self, observations: &[ReadObservation]) -> Result<(), StoreError> {
        for block in observations.chunks(BLOCK) {
            self.check_codes(block)?;
            let rows = self.number(block).await?;
            self.check_seen(block, &rows)?;
            let (new, changed) = self.compare(rows).await?;
            match &mut self.db {
                Db::Postgres(tx, limit) => copy::observations(tx, *limit, &new, self.import).await?,
                Db::Sqlite(_) => upsert(&mut self.db, &new, self.import).await?,
            }
            superseded::keep(&mut self.db, &changed, self.import).await?;
            upsert(&mut self.db, &changed, self.import).await?;
        }
        Ok(())
    }

    /// Makes all of it lasting.
    pub async fn finish(mut self) -> Result<ImportSummary, StoreError> {
        let (set, vintage) = &self.place;
        let borders = Borders { set, vintage, id: self.vintage, import: self.import };
        borders::note(&mut self.db, borders, &self.keys, &self.seen).await?;
        record::finish(&mut self.db, self.import).await?;
        self.db.commit().await?;
        Ok(self.summary)
    }

    fn check_codes(&self, observations: &[ReadObservation]) -> Result<(), StoreError> {
        for of in observations.iter().map(|read| &read.observation) {
            let Some(indicator) = self.indicators.get(&of.indicator) else {
                return Err(StoreError::UnknownIndicator { place: place(of), indicator: of.indicator.to_string() });
            };
            let dimensions = &indicator.dimensions;
            let known = dimensions.iter().zip(&of.codes).all(|(d, code)| d.code_list.items.iter().any(|i| i.code == *code));
            if !known || dimensions.len() != of.codes.len() {
                let expected = dimension_ids(dimensions);
                return Err(StoreError::WrongCodes { place: place(of), expected, got: join_codes(&of.codes) });
            }
            if matches!(of.cell, Cell::Value(number) if !number.is_finite()) {
                return Err(StoreError::NotFinite { place: place(of), area: of.area.to_string() });
            }
        }
        Ok(())
    }

    /// Observations by number, sorted, so that they are written in the order in which they lie; each with its index.
    async fn number(&mut self, observations: &[ReadObservation]) -> Result<Vec<(Numbered, usize)>, StoreError> {
        let (set, vintage) = &self.place;
        let mut rows = Vec::with_capacity(observations.len());
        for (index, ReadObservation { observation: of, at }) in observations.iter().enumerate() {
            let Some(&area) = self.areas.get(of.area.as_str()) else {
                return Err(StoreError::UnknownArea {
                    place: place(of),
                    set: set.to_string(),
                    vintage: vintage.to_string(),
                    area: of.area.to_string(),
                });
            };
            let series = self.series.id(&mut self.db, set.as_str(), of).await?;
            if self.given.insert(series) {
                self.keys.insert((of.indicator.clone(), of.period));
            }
            rows.push((Numbered { series, area, figure: of.figure(), at: *at }, index));
        }
        rows.sort_unstable_by_key(|(row, _)| (row.series, row.area));
        Ok(rows)
    }

    fn check_seen(&mut self, observations: &[ReadObservation], rows: &[(Numbered, usize)]) -> Result<(), StoreError> {
        let twice = rows.iter().find(|(row, _)| !self.seen.insert(row.series, row.area));
        match twice.and_then(|(_, index)| observations.get(*index)) {
            None => Ok(()),
            Some(ReadObservation { observation: of, .. }) => {
                Err(StoreError::DuplicateObservation { place: place(of), area: of.area.to_string() })
            }
        }
    }

    /// The rows that are new, and those that differ from what is stored; counts all.
    async fn compare(&mut self, rows: Vec<(Numbered, usize)>) -> Result<(Vec<Numbered>, Vec<Numbered>), StoreError> {
        let (mut new, mut changed) = (Vec::new(), Vec::new());
        let mut rows: Vec<Numbered> = rows.into_iter().map(|(row, _)| row).collect();
        while let Some(first) = rows.last() {
            // From the back, one series at a time.
            let series = first.series;
            let of_series = rows.split_off(rows.partition_point(|row| row.series < series));
            let stored = if self.series.is_new(series) { FxHashMap::default() } else { self.stored(&of_series).await? };
            for row in of_series {
                match stored.get(&row.area) {
                    None => new.push(row),
                    Some(figure) if *figure == row.figure => self.summary.unchanged += 1,
                    Some(_) => changed.push(row),
                }
            }
        }
        self.summary.inserted += new.len() as u64;
        self.summary.replaced += changed.len() as u64;
        Ok((new, changed))
    }

    /// What is stored of a series between the first and the last area of `rows`, by area.
    async fn stored(&mut self, rows: &[Numbered]) -> Result<FxHashMap<i64, Figure>, StoreError> {
        let (Some(first), Some(last)) = (rows.first(), rows.last()) else { return Ok(FxHashMap::default()) };
        let stored: Vec<StoredRow> = query_as(
            "SELECT area_id, value, state, status FROM observation \
             WHERE series_id = $1 AND area_id BETWEEN $2 AND $3",
        )
        .bind(first.series)
        .bind(first.area)
        .bind(last.area)
        .fetch_all(&mut self.db)
        .await?;
        let entry = |StoredRow { area_id, value, state, status }: StoredRow| {
            let place = || format!("observation of series {}", first.series);
            let columns = FigureColumns { value, state: state.as_deref(), status: status.as_deref() };
            Ok((area_id, columns.read(place)?))
        };
        stored.into_iter().map(entry).collect()
    }
}
