//! Observations: one row each, of small numbers, in the order of series and area.
//!
//! An import compares with what is stored, and writes only what is new or differs: importing the same file again writes
//! nothing but its own record.

use super::boundaries::must_find;
use super::indicators::dimension_ids;
use super::series::{SeriesIds, join_codes, place, split_codes};
use super::{Store, StoreError, indicators, now, read};
use crate::model::{AreaCode, Cell, Indicator, IndicatorId, ObsStatus, Observation, Period, SetId, State, VintageId};
use rustc_hash::FxHashMap;
use sqlx::{AssertSqlSafe, SqliteConnection};

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

/// Rows of one `INSERT`. Larger ones are slower: SQLite looks each `$n` up among all of them (400,000 rows took 26 s by 1,000).
const BATCH: usize = 32;

/// What is stored of an observation besides its key.
type Content = (Cell, Option<ObsStatus>);

/// Codes, area code, value, state and status, as columns.
type KeyedColumns = (String, String, Option<f64>, Option<String>, Option<String>);

/// Area number, value, state and status, as columns.
type AreaColumns = (i64, Option<f64>, Option<String>, Option<String>);

/// An observation by the numbers of its series and area.
struct Row {
    series: i64,
    area: i64,
    content: Content,
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
        let mut tx = self.begin_write().await?;
        let found = must_find(&mut tx, set, vintage).await?;
        check_codes(&indicators::all(&mut tx).await?, observations)?;
        let areas = areas_of(&mut tx, found.id).await?;
        let mut series = SeriesIds::load(&mut tx, set.as_str()).await?;
        let rows = number(&mut tx, (set, vintage), observations, &areas, &mut series).await?;
        let import_id = insert_import(&mut tx, set, vintage, import).await?;
        let (changed, summary) = compare(&mut tx, rows, &series).await?;
        upsert(&mut tx, &changed, import_id).await?;
        tx.commit().await?;
        Ok(summary)
    }

    /// The observations of an indicator at a period, by codes and area.
    pub async fn observations(
        &self,
        set: &SetId,
        indicator: &IndicatorId,
        period: Period,
    ) -> Result<Vec<Observation>, StoreError> {
        let rows: Vec<KeyedColumns> = sqlx::query_as(
            "SELECT s.codes, a.code, o.value, o.state, o.status FROM series s JOIN observation o ON o.series_id = s.id \
             JOIN area_code a ON a.id = o.area_id WHERE s.set_code = $1 AND s.indicator = $2 AND s.period = $3",
        )
        .bind(set.as_str())
        .bind(indicator.as_str())
        .bind(period.to_string())
        .fetch_all(&self.pool)
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

    /// The imports of a set's observations, oldest first.
    pub async fn imports(&self, set: &SetId) -> Result<Vec<ImportRecord>, StoreError> {
        let query = sqlx::query_as(
            "SELECT file_name, file_sha256, mapping, report FROM observation_import WHERE set_code = $1 ORDER BY id",
        );
        let rows: Vec<(String, String, String, String)> = query.bind(set.as_str()).fetch_all(&self.pool).await?;
        let record =
            |(file_name, file_sha256, mapping, report_json)| ImportRecord { file_name, file_sha256, mapping, report_json };
        Ok(rows.into_iter().map(record).collect())
    }
}

fn check_codes(indicators: &[Indicator], observations: &[Observation]) -> Result<(), StoreError> {
    let by_id: FxHashMap<_, _> = indicators.iter().map(|indicator| (&indicator.id, indicator)).collect();
    for of in observations {
        let Some(indicator) = by_id.get(&of.indicator) else {
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

/// The numbers of the areas of one vintage.
async fn areas_of(db: &mut SqliteConnection, boundary_set: i64) -> Result<FxHashMap<String, i64>, StoreError> {
    let query =
        sqlx::query_as("SELECT c.code, c.id FROM area a JOIN area_code c ON c.id = a.area_id WHERE a.boundary_set_id = $1");
    let rows: Vec<(String, i64)> = query.bind(boundary_set).fetch_all(db).await?;
    Ok(rows.into_iter().collect())
}

/// Observations by number, sorted, so that they are written in the order in which they lie.
async fn number(
    db: &mut SqliteConnection,
    (set, vintage): (&SetId, &VintageId),
    observations: &[Observation],
    areas: &FxHashMap<String, i64>,
    series: &mut SeriesIds,
) -> Result<Vec<Row>, StoreError> {
    let mut rows = Vec::with_capacity(observations.len());
    for (index, of) in observations.iter().enumerate() {
        let Some(&area) = areas.get(of.area.as_str()) else {
            return Err(StoreError::UnknownArea {
                place: place(of),
                set: set.to_string(),
                vintage: vintage.to_string(),
                area: of.area.to_string(),
            });
        };
        rows.push((Row { series: series.id(db, set.as_str(), of).await?, area, content: (of.cell, of.status) }, index));
    }
    rows.sort_unstable_by_key(|(row, _)| (row.series, row.area));
    let twice = rows.windows(2).find(|w| matches!(w, [(a, _), (b, _)] if (a.series, a.area) == (b.series, b.area)));
    if let Some(of) = twice.and_then(|w| observations.get(w.first()?.1)) {
        return Err(StoreError::DuplicateObservation { place: place(of), area: of.area.to_string() });
    }
    Ok(rows.into_iter().map(|(row, _)| row).collect())
}

async fn insert_import(
    db: &mut SqliteConnection,
    set: &SetId,
    vintage: &VintageId,
    import: &ImportRecord,
) -> Result<i64, StoreError> {
    let id: i64 = sqlx::query_scalar("SELECT COALESCE(MAX(id), 0) + 1 FROM observation_import").fetch_one(&mut *db).await?;
    sqlx::query(
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

/// Drops the rows that are stored as they are, and counts.
async fn compare(
    db: &mut SqliteConnection,
    rows: Vec<Row>,
    series: &SeriesIds,
) -> Result<(Vec<Row>, ImportSummary), StoreError> {
    let mut summary = ImportSummary::default();
    let mut changed = Vec::with_capacity(rows.len());
    let (mut current, mut stored) = (0, FxHashMap::default());
    for row in rows {
        if row.series != current {
            current = row.series;
            stored = if series.is_new(current) { FxHashMap::default() } else { stored_of(db, current).await? };
        }
        let counter = match stored.get(&row.area) {
            None => &mut summary.inserted,
            Some(content) if *content == row.content => &mut summary.unchanged,
            Some(_) => &mut summary.replaced,
        };
        *counter += 1;
        if stored.get(&row.area) != Some(&row.content) {
            changed.push(row);
        }
    }
    Ok((changed, summary))
}

/// What is stored of a series, by area.
async fn stored_of(db: &mut SqliteConnection, series: i64) -> Result<FxHashMap<i64, Content>, StoreError> {
    let query = sqlx::query_as("SELECT area_id, value, state, status FROM observation WHERE series_id = $1");
    let rows: Vec<AreaColumns> = query.bind(series).fetch_all(db).await?;
    let entry = |(area, value, state, status): AreaColumns| {
        Ok((area, content(|| format!("observation of series {series}"), value, state.as_deref(), status.as_deref())?))
    };
    rows.into_iter().map(entry).collect()
}

fn content(
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

async fn upsert(db: &mut SqliteConnection, rows: &[Row], import_id: i64) -> Result<(), StoreError> {
    for batch in rows.chunks(BATCH) {
        let sql = upsert_sql(batch.len());
        // Made of placeholders only; whatever came from a file is bound.
        let mut query = sqlx::query(AssertSqlSafe(sql)).persistent(batch.len() == BATCH).bind(import_id);
        for row in batch {
            let (cell, status) = row.content;
            let state = if let Cell::State(state) = cell { Some(state.as_str()) } else { None };
            query = query.bind(row.series).bind(row.area).bind(cell.number()).bind(state);
            query = query.bind(status.map(ObsStatus::as_str));
        }
        query.execute(&mut *db).await?;
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
