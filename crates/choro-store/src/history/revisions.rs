//! What was known: observations as they are now and as they were.

use crate::{
    codes::{join_codes, split_codes},
    db::{Db, query_as, query_scalar, read, row},
    error::StoreError,
    observations::{ImportId, figure::FigureColumns, file_place, record::read_sheets},
    store::Store,
};
use choro_model::{AreaCode, Code, Figure, IndicatorId, Observation, Period, SetId, VintageId};

/// An observation as it was at one time.
#[derive(Debug, Clone, PartialEq)]
pub struct Revision {
    /// What it said.
    pub figure: Figure,
    /// The file that it comes from.
    pub source: SourceFile,
    /// The import that replaced it or took it away; `None`: it is what is stored now.
    pub until: Option<ImportId>,
}

/// Where an observation was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// The import.
    pub import: ImportId,
    /// When it was finished, seconds since 1970, UTC.
    pub imported_at: i64,
    /// The vintage on whose borders it was imported.
    pub vintage: VintageId,
    /// The file's name, without its folder.
    pub file_name: String,
    /// SHA-256 of its bytes, hexadecimal.
    pub file_sha256: String,
    /// The sheet, where the file has several.
    pub sheet: Option<String>,
    /// The row from 1; `None`: imported before rows were kept, or from no file.
    pub row: Option<u32>,
}

/// The figures of an indicator and period as they were known at one time.
#[derive(Debug, Clone, PartialEq)]
pub struct Known {
    /// The vintage on whose borders they were.
    pub vintage: VintageId,
    /// The observations, by codes and area.
    pub observations: Vec<Observation>,
}

row! {
    struct RevisionRow {
        value: Option<f64>,
        state: Option<String>,
        status: Option<String>,
        file_place: Option<i64>,
        until_import: Option<i64>,
        import_id: i64,
        imported_at: i64,
        vintage: String,
        file_name: String,
        file_sha256: String,
        sheets: Option<String>,
    }
}

row! {
    struct KnownRow { codes: String, area: String, value: Option<f64>, state: Option<String>, status: Option<String> }
}

impl Store {
    /// The last import that was finished by a time, in seconds since 1970, UTC; `None`: there was none.
    pub async fn import_at(&self, time: i64) -> Result<Option<ImportId>, StoreError> {
        let query = query_scalar("SELECT COALESCE(MAX(id), 0) FROM observation_import WHERE imported_at <= $1");
        let id: i64 = query.bind(time).fetch_one(&mut self.pool.begin_read().await?).await?;
        Ok((id > 0).then_some(ImportId(id)))
    }

    /// All revisions of an observation, oldest first.
    pub async fn revisions(
        &self,
        set: &SetId,
        (indicator, period, codes): (&IndicatorId, Period, &[Code]),
        area: &AreaCode,
    ) -> Result<Vec<Revision>, StoreError> {
        of_observation(&mut self.pool.begin_read().await?, set, (indicator, period, codes), area).await
    }

    /// What was known of an indicator and period after an import; `None`: nothing.
    pub async fn known_after(
        &self,
        import: ImportId,
        set: &SetId,
        indicator: &IndicatorId,
        period: Period,
    ) -> Result<Option<Known>, StoreError> {
        let mut db = self.pool.begin_read().await?;
        let Some(vintage) = vintage_after(&mut db, import, set, indicator, period).await? else { return Ok(None) };
        let rows: Vec<KnownRow> = query_as(
            "SELECT s.codes, a.code AS area, o.value, o.state, o.status FROM series s JOIN observation o ON o.series_id = s.id \
             JOIN area_code a ON a.id = o.area_id \
             WHERE s.set_code = $1 AND s.indicator = $2 AND s.period = $3 AND o.import_id <= $4 \
             UNION ALL SELECT s.codes, a.code AS area, o.value, o.state, o.status \
             FROM series s JOIN observation_revision o ON o.series_id = s.id JOIN area_code a ON a.id = o.area_id \
             WHERE s.set_code = $1 AND s.indicator = $2 AND s.period = $3 AND o.import_id <= $4 AND o.until_import > $4",
        )
        .bind(set.as_str())
        .bind(indicator.as_str())
        .bind(period.to_string())
        .bind(import.0)
        .fetch_all(&mut db)
        .await?;
        if rows.is_empty() {
            return Ok(None);
        }
        let observation = |row: KnownRow| {
            let KnownRow { codes, area, value, state, status } = row;
            let place = || format!("observation {indicator} {period} {codes} {area}");
            let figure = FigureColumns { value, state: state.as_deref(), status: status.as_deref() }.read(place)?;
            let (codes, area) = (read(place, split_codes(&codes))?, read(place, AreaCode::new(&area))?);
            Ok(Observation { indicator: indicator.clone(), period, codes, area, cell: figure.cell, status: figure.status })
        };
        let mut observations = rows.into_iter().map(observation).collect::<Result<Vec<_>, StoreError>>()?;
        observations.sort_by(|a, b| (&a.codes, &a.area).cmp(&(&b.codes, &b.area)));
        Ok(Some(Known { vintage, observations }))
    }
}

/// The borders that the figures of a period were on after an import.
async fn vintage_after(
    db: &mut Db,
    import: ImportId,
    set: &SetId,
    indicator: &IndicatorId,
    period: Period,
) -> Result<Option<VintageId>, StoreError> {
    let query = query_scalar::<String>(
        "SELECT vintage FROM period_vintage_revision WHERE set_code = $1 AND indicator = $2 AND period = $3 \
         AND import_id <= $4 ORDER BY import_id DESC LIMIT 1",
    );
    let query = query.bind(set.as_str()).bind(indicator.as_str()).bind(period.to_string()).bind(import.0);
    let found = query.fetch_optional(db).await?;
    found.map(|vintage| read(|| format!("borders of {indicator} {period}"), VintageId::new(&vintage))).transpose()
}

/// All revisions of an observation, oldest first.
pub(super) async fn of_observation(
    db: &mut Db,
    set: &SetId,
    (indicator, period, codes): (&IndicatorId, Period, &[Code]),
    area: &AreaCode,
) -> Result<Vec<Revision>, StoreError> {
    let mut rows: Vec<RevisionRow> = query_as(
        "WITH wanted AS (SELECT s.id AS series_id, a.id AS area_id FROM series s JOIN area_code a ON a.set_code = s.set_code \
         WHERE s.set_code = $1 AND s.indicator = $2 AND s.period = $3 AND s.codes = $4 AND a.code = $5), \
         kept AS (SELECT o.import_id, o.value, o.state, o.status, o.file_place, NULL AS until_import \
         FROM wanted w JOIN observation o ON o.series_id = w.series_id AND o.area_id = w.area_id \
         UNION ALL SELECT r.import_id, r.value, r.state, r.status, r.file_place, r.until_import \
         FROM wanted w JOIN observation_revision r ON r.series_id = w.series_id AND r.area_id = w.area_id) \
         SELECT k.value, k.state, k.status, k.file_place, k.until_import, k.import_id, i.imported_at, i.vintage, i.file_name, \
         i.file_sha256, i.sheets FROM kept k JOIN observation_import i ON i.id = k.import_id",
    )
    .bind(set.as_str())
    .bind(indicator.as_str())
    .bind(period.to_string())
    .bind(join_codes(codes))
    .bind(area.as_str())
    .fetch_all(db)
    .await?;
    rows.sort_by_key(|row| row.import_id);
    rows.into_iter().map(|row| revision(row, || format!("observation {indicator} {period} {area}"))).collect()
}

fn revision(row: RevisionRow, place: impl Fn() -> String) -> Result<Revision, StoreError> {
    let columns = FigureColumns { value: row.value, state: row.state.as_deref(), status: row.status.as_deref() };
    let at = row.file_place.and_then(file_place::place);
    let sheets = read_sheets(&row.file_name, row.sheets.as_deref())?;
    Ok(Revision {
        figure: columns.read(&place)?,
        source: SourceFile {
            import: ImportId(row.import_id),
            imported_at: row.imported_at,
            vintage: read(place, VintageId::new(&row.vintage))?,
            sheet: at.and_then(|at| sheets.into_iter().nth(usize::from(at.sheet))),
            row: at.map(|at| at.row),
            file_name: row.file_name,
            file_sha256: row.file_sha256,
        },
        until: row.until_import.map(ImportId),
    })
}
