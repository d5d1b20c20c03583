//! Importing observations: compared with what is stored, only what is new or differs is written, so that importing the same
//! file again writes nothing but its own record.
//!
//! They come in parts of any size and need memory for one block of them at a time, and a bit each to tell repeated ones.

use super::boundaries::must_find;
use super::correspondences::{self, Borders};
use super::indicators::dimension_ids;
use super::observations::{Content, content};
use super::series::{SeriesIds, join_codes, place};
use super::{Db, Store, StoreError, copy, indicators, now, query, query_as, query_scalar};
use choro_model::{Cell, Indicator, IndicatorId, ObsStatus, Observation, PairSet, Period, SetId, VintageId};
use rustc_hash::{FxHashMap, FxHashSet};
use sqlx::AssertSqlSafe;
use std::collections::BTreeSet;

/// Where observations come from; kept for good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportRecord {
    /// The file's name, without its folder.
    pub file_name: String,
    /// SHA-256 of its bytes, in hexadecimal digits.
    pub file_sha256: String,
    /// The mapping as used, as TOML.
    pub mapping: String,
    /// The join report, as JSON.
    pub report_json: String,
}

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
/// Rows of one `INSERT`. Larger ones are slower: SQLite looks each `$n` up among all of them (400,000 rows took 26 s by 1,000).
const BATCH: usize = 32;

/// Area number, value, state and status, as columns.
type AreaColumns = (i64, Option<f64>, Option<String>, Option<String>);

/// An observation by the numbers of its series and area.
pub(super) struct Row {
    pub(super) series: i64,
    pub(super) area: i64,
    pub(super) content: Content,
}

/// An import under way, in a transaction that holds the right to write. Dropped before [`ObservationWriter::finish`], it leaves
/// nothing behind.
pub struct ObservationWriter {
    db: Db,
    import: i64,
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
        writer.add(observations).await?;
        writer.finish().await
    }

    /// The same for observations that come in parts. Nothing is stored before [`ObservationWriter::finish`].
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
            import: insert_import(&mut db, set, vintage, import).await?,
            place: (set.clone(), vintage.clone()),
            vintage: found.id,
            indicators: indicators.into_iter().map(|indicator| (indicator.id.clone(), indicator)).collect(),
            areas: areas_of(&mut db, found.id).await?,
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
    pub async fn add(&mut self, observations: &[Observation]) -> Result<(), StoreError> {
        for block in observations.chunks(BLOCK) {
            self.check_codes(block)?;
            let rows = self.number(block).await?;
            self.check_seen(block, &rows)?;
            let (new, changed) = self.compare(rows).await?;
            match &mut self.db {
                Db::Postgres(tx, limit) => copy::observations(tx, *limit, &new, self.import).await?,
                Db::Sqlite(_) => upsert(&mut self.db, &new, self.import).await?,
            }
            upsert(&mut self.db, &changed, self.import).await?;
        }
        Ok(())
    }

    /// Makes all of it lasting.
    pub async fn finish(mut self) -> Result<ImportSummary, StoreError> {
        let (set, vintage) = &self.place;
        let borders = Borders { set, vintage, id: self.vintage };
        correspondences::note(&mut self.db, borders, &self.keys, &self.seen).await?;
        self.db.commit().await?;
        Ok(self.summary)
    }

    fn check_codes(&self, observations: &[Observation]) -> Result<(), StoreError> {
        for of in observations {
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
    async fn number(&mut self, observations: &[Observation]) -> Result<Vec<(Row, usize)>, StoreError> {
        let (set, vintage) = &self.place;
        let mut rows = Vec::with_capacity(observations.len());
        for (index, of) in observations.iter().enumerate() {
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
            rows.push((Row { series, area, content: (of.cell, of.status) }, index));
        }
        rows.sort_unstable_by_key(|(row, _)| (row.series, row.area));
        Ok(rows)
    }

    fn check_seen(&mut self, observations: &[Observation], rows: &[(Row, usize)]) -> Result<(), StoreError> {
        let twice = rows.iter().find(|(row, _)| !self.seen.insert(row.series, row.area));
        match twice.and_then(|(_, index)| observations.get(*index)) {
            None => Ok(()),
            Some(of) => Err(StoreError::DuplicateObservation { place: place(of), area: of.area.to_string() }),
        }
    }

    /// The rows that are new, and those that differ from what is stored; counts all.
    async fn compare(&mut self, rows: Vec<(Row, usize)>) -> Result<(Vec<Row>, Vec<Row>), StoreError> {
        let (mut new, mut changed) = (Vec::new(), Vec::new());
        let mut rows: Vec<Row> = rows.into_iter().map(|(row, _)| row).collect();
        while let Some(first) = rows.last() {
            // From the back, one series at a time.
            let series = first.series;
            let of_series = rows.split_off(rows.partition_point(|row| row.series < series));
            let stored = if self.series.is_new(series) { FxHashMap::default() } else { self.stored(&of_series).await? };
            for row in of_series {
                match stored.get(&row.area) {
                    None => new.push(row),
                    Some(content) if *content == row.content => self.summary.unchanged += 1,
                    Some(_) => changed.push(row),
                }
            }
        }
        self.summary.inserted += new.len() as u64;
        self.summary.replaced += changed.len() as u64;
        Ok((new, changed))
    }

    /// What is stored of a series between the first and the last area of `rows`, by area.
    async fn stored(&mut self, rows: &[Row]) -> Result<FxHashMap<i64, Content>, StoreError> {
        let (Some(first), Some(last)) = (rows.first(), rows.last()) else { return Ok(FxHashMap::default()) };
        let stored: Vec<AreaColumns> = query_as(
            "SELECT area_id, value, state, status FROM observation \
             WHERE series_id = $1 AND area_id BETWEEN $2 AND $3",
        )
        .bind(first.series)
        .bind(first.area)
        .bind(last.area)
        .fetch_all(&mut self.db)
        .await?;
        let entry = |(area, value, state, status): AreaColumns| {
            let place = || format!("observation of series {}", first.series);
            Ok((area, content(place, value, state.as_deref(), status.as_deref())?))
        };
        stored.into_iter().map(entry).collect()
    }
}

/// The numbers of the areas of one vintage.
async fn areas_of(db: &mut Db, boundary_set: i64) -> Result<FxHashMap<String, i64>, StoreError> {
    let query =
        query_as("SELECT c.code, c.id FROM area a JOIN area_code c ON c.id = a.area_id WHERE a.boundary_set_id = $1");
    let rows: Vec<(String, i64)> = query.bind(boundary_set).fetch_all(db).await?;
    Ok(rows.into_iter().collect())
}

async fn insert_import(db: &mut Db, set: &SetId, vintage: &VintageId, import: &ImportRecord) -> Result<i64, StoreError> {
    let id: i64 = query_scalar("SELECT COALESCE(MAX(id), 0) + 1 FROM observation_import").fetch_one(db).await?;
    query(
        "INSERT INTO observation_import (id, set_code, vintage, file_name, file_sha256, mapping, report, imported_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(id)
    .bind(set.as_str())
    .bind(vintage.as_str())
    .bind(&import.file_name)
    .bind(&import.file_sha256)
    .bind(&import.mapping)
    .bind(&import.report_json)
    .bind(now())
    .execute(db)
    .await?;
    Ok(id)
}

async fn upsert(db: &mut Db, rows: &[Row], import_id: i64) -> Result<(), StoreError> {
    for batch in rows.chunks(BATCH) {
        let sql = upsert_sql(batch.len());
        // Made of placeholders only; whatever came from a file is bound.
        let mut statement = query(AssertSqlSafe(sql)).persistent(batch.len() == BATCH).bind(import_id);
        for row in batch {
            let (cell, status) = row.content;
            let state = if let Cell::State(state) = cell { Some(state.as_str()) } else { None };
            statement = statement.bind(row.series).bind(row.area).bind(cell.number()).bind(state);
            statement = statement.bind(status.map(ObsStatus::as_str));
        }
        statement.execute(db).await?;
    }
    Ok(())
}

/// `$1` is the import, then follow five placeholders for each of `rows` rows.
fn upsert_sql(rows: usize) -> String {
    let row = |r: usize| {
        let [a, b, c, d, e] = [2, 3, 4, 5, 6].map(|column| r * 5 + column);
        format!("(${a}, ${b}, ${c}, ${d}, ${e}, $1)")
    };
    let rows: Vec<_> = (0..rows).map(row).collect();
    format!(
        "INSERT INTO observation (series_id, area_id, value, state, status, import_id) VALUES {} \
         ON CONFLICT (series_id, area_id) DO UPDATE SET value = excluded.value, state = excluded.state, \
         status = excluded.status, import_id = excluded.import_id",
        rows.join(", ")
    )
}
