//! The first phase: what the sources have given for a group.

use super::{
    geography::{Geography, Set},
    links::Linked,
    tables::{Collected, DraftTable},
};
use crate::error::WorkbenchError;
use choro_figures::restate::DraftColumn;
use choro_model::{AreaCode, Code, Indicator, Observation, Period, SetId};
use choro_store::{Snapshot, Store};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// Reads the figures of a group, each on the borders that its source gave them on.
pub(super) async fn collect<'a>(
    store: &Store,
    geography: &'a Geography,
    linked: Linked<'a>,
) -> Result<Collected<'a>, WorkbenchError> {
    // One state of the store: no import comes between two tables.
    let mut snapshot = store.snapshot().await?;
    let mut tables = Vec::new();
    for (id, set) in &geography.sets {
        for indicator in &linked.indicators {
            tables.extend(own(&mut snapshot, id, set, indicator, linked.period).await?);
        }
    }
    Ok(Collected { indicators: linked.indicators, tables, last_import: snapshot.last_import() })
}

/// The figures that the source of a set gave, if it gave any.
async fn own<'a>(
    snapshot: &mut Snapshot,
    id: &'a SetId,
    set: &'a Set,
    indicator: &'a Indicator,
    period: Period,
) -> Result<Option<DraftTable<'a>>, WorkbenchError> {
    let vintage = set.on.get(&(indicator.id.clone(), period));
    let Some((vintage, areas)) = vintage.and_then(|vintage| set.vintages.get_key_value(vintage)) else { return Ok(None) };
    let observations = snapshot.observations(id, &indicator.id, period).await?;
    let columns = columns(&observations, &areas.codes);
    let has_figures = !columns.is_empty();
    Ok(has_figures.then_some(DraftTable { set: id, vintage, indicator, period, columns, origin: None }))
}

/// One column for each combination of codes that has observations; an area without one is missing.
fn columns(observations: &[Observation], areas: &[AreaCode]) -> BTreeMap<Vec<Code>, DraftColumn> {
    let rows: FxHashMap<&AreaCode, usize> = areas.iter().zip(0..).collect();
    let mut by_codes: BTreeMap<Vec<Code>, DraftColumn> = BTreeMap::new();
    for observation in observations {
        let Some(row) = rows.get(&observation.area) else { continue };
        let column = by_codes.entry(observation.codes.clone()).or_insert_with(|| DraftColumn::missing(areas.len()));
        column.put(*row, observation.figure());
    }
    by_codes
}
