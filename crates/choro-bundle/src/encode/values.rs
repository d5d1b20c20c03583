//! Values without geometry as JSON: one column a period, so that a client recolours a map without fetching geometry again.

use super::{codes::Codes, context::Context, error::EncodeError, number, origin::OriginMembers};
use crate::format::column::Column;
use choro_model::{
    AreaCode, Cell, Indicator, IndicatorId, ObsStatus, Period, ReleaseId, Reliability, Selection, SetId, State, VintageId,
};
use serde::{Serialize, Serializer};
use utoipa::ToSchema;

/// Values by area. `values`, `states` and `statuses` hold one entry for each period.
#[derive(Debug, Serialize, ToSchema)]
pub struct Values<'a> {
    /// The release.
    release: &'a ReleaseId,
    /// The boundary set.
    set: &'a SetId,
    /// Its vintage.
    borders: &'a VintageId,
    /// The indicator.
    indicator: &'a IndicatorId,
    /// The code of each dimension.
    selection: Codes,
    /// The periods.
    periods: Vec<Period>,
    /// Who is to be named.
    #[schema(example = "Rosstat")]
    attribution: &'a str,
    /// The codes of all areas, in the order of every column.
    areas: Vec<&'a AreaCode>,
    /// For each period a number for each area; `null` where there is a state instead.
    #[schema(value_type = Vec<Vec<Option<f64>>>, example = json!([[120.35, null]]))]
    values: Vec<Numbers<'a>>,
    /// For each period the rows of each state that occurs.
    states: Vec<RowsByState>,
    /// For each period the rows of each observation flag that occurs.
    statuses: Vec<RowsByStatus>,
    /// For each period the rows whose values are not to be relied on; left out where there are none in any period.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    reliability: Option<Vec<RowsByReliability>>,
    /// For each period whose figures the column was made of, `null` for the source's own; left out where all are the source's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    origins: Option<Vec<Option<OriginMembers<'a>>>>,
}

/// The numbers of a column.
#[derive(Debug)]
struct Numbers<'a>(&'a Column);

impl Serialize for Numbers<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.cells().map(Cell::number))
    }
}

/// The rows without a value, by the reason why. Rows are counted from 0.
#[derive(Debug, Serialize, ToSchema)]
pub struct RowsByState {
    /// Not collected, not reported, not yet known.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    missing: Vec<usize>,
    /// Withheld for confidentiality.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    secrecy: Vec<usize>,
    /// Cannot occur.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    invalid: Vec<usize>,
}

impl RowsByState {
    fn of(column: &Column) -> Self {
        let rows = |state: State| -> Vec<usize> {
            column.cells().enumerate().filter(|(_, cell)| *cell == Cell::State(state)).map(|(row, _)| row).collect()
        };
        Self { missing: rows(State::Missing), secrecy: rows(State::Secrecy), invalid: rows(State::Invalid) }
    }
}

/// The rows whose values are not to be relied on, by the reason why. Rows are counted from 0.
#[derive(Debug, Serialize, ToSchema)]
pub struct RowsByReliability {
    /// Their base is smaller than the indicator asks for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    small_base: Vec<usize>,
    /// Their base is missing, withheld, or not broken down as far.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    unknown_base: Vec<usize>,
}

impl RowsByReliability {
    fn of(column: &Column) -> Self {
        let rows = |reliability| (0..column.rows()).filter(|row| column.reliability(*row) == Some(reliability)).collect();
        Self { small_base: rows(Reliability::SmallBase), unknown_base: rows(Reliability::UnknownBase) }
    }
}

/// The rows of each observation flag, in the order in which flags occur first. Rows are counted from 0.
#[derive(Debug, ToSchema)]
#[schema(value_type = BTreeMap<String, Vec<usize>>, example = json!({"P": [0, 17]}))]
pub struct RowsByStatus(Vec<(ObsStatus, Vec<usize>)>);

impl RowsByStatus {
    fn of(column: &Column) -> Self {
        let mut found: Vec<(ObsStatus, Vec<usize>)> = Vec::new();
        for row in 0..column.rows() {
            let Some(status) = column.status(row) else { continue };
            match found.iter_mut().find(|(known, _)| *known == status) {
                Some((_, rows)) => rows.push(row),
                None => found.push((status, vec![row])),
            }
        }
        Self(found)
    }
}

impl Serialize for RowsByStatus {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(status, rows)| (status, rows)))
    }
}

/// The values of some selections of an indicator that differ in their period alone.
pub fn json(context: &Context<'_>, indicator: &Indicator, columns: &[(Selection, &Column)]) -> Result<Vec<u8>, EncodeError> {
    for (_, column) in columns {
        context.check("the column", column.rows())?;
    }
    let of_each = || columns.iter().map(|(_, column)| *column);
    let is_own = of_each().all(|column| column.origin().is_none());
    let has_unreliable = of_each().any(Column::has_unreliable);
    let origins = || of_each().map(|column| column.origin().map(|origin| OriginMembers::of(Some(origin)))).collect();
    let document = Values {
        release: context.release,
        set: context.set,
        borders: context.vintage,
        indicator: &indicator.id,
        selection: columns.first().map(|(selection, _)| Codes::of(indicator, selection)).unwrap_or_default(),
        periods: columns.iter().map(|(selection, _)| selection.period).collect(),
        attribution: context.attribution,
        areas: context.areas.rows().iter().map(|row| &row.code).collect(),
        values: of_each().map(Numbers).collect(),
        states: of_each().map(RowsByState::of).collect(),
        statuses: of_each().map(RowsByStatus::of).collect(),
        reliability: has_unreliable.then(|| of_each().map(RowsByReliability::of).collect()),
        origins: (!is_own).then(origins),
    };
    let mut out = Vec::new();
    number::json(&mut out, &document)?;
    out.push(b'\n');
    Ok(out)
}
