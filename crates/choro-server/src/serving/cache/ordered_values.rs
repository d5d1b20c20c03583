//! The values that classes are made of, sorted and kept while there is room. A request with its own breaks then reads and sorts
//! nothing.

use super::{columns::ColumnCache, key};
use crate::serving::{error::ServeError, select::map_subject::MapSubject};
use choro_figures::classify::{Ascending, Scope};
use choro_model::{Cell, Period, Selection, VintageId};
use moka::future::Cache;
use std::{collections::HashSet, sync::Arc};

/// How many values a classification may use.
const MAX_VALUES: usize = 4_000_000;
/// Bytes that an entry takes besides the values and its name.
const OVERHEAD: usize = 256;

/// A cache of sorted values, limited in bytes. However many requests wait for an entry, it is made once.
#[derive(Debug)]
pub(crate) struct OrderedValues(Cache<String, Arc<Ascending>>);

impl OrderedValues {
    pub fn new(bytes: u64) -> Self {
        let weight = |name: &String, values: &Arc<Ascending>| {
            u32::try_from(values.size() + name.len() + OVERHEAD).unwrap_or(u32::MAX)
        };
        Self(Cache::builder().max_capacity(bytes).weigher(weight).build())
    }

    /// The values that the breaks of a selection are found from: those of all its periods of one kind, or of its own period alone.
    pub async fn get(
        &self,
        columns: &ColumnCache,
        subject: &MapSubject,
        scope: Scope,
    ) -> Result<Arc<Ascending>, ServeError> {
        let make = async {
            let values = values(columns, subject, scope).await?;
            Ascending::new(&values).map(Arc::new).map_err(ServeError::from)
        };
        self.0.try_get_with(name(subject, scope), make).await.map_err(|error| ServeError::clone(&error))
    }

    #[cfg(test)]
    pub async fn kept(&self) -> u64 {
        self.0.run_pending_tasks().await;
        self.0.entry_count()
    }
}

fn name(subject: &MapSubject, scope: Scope) -> String {
    let (held, selection) = (&subject.held, &subject.selection);
    let borders = if subject.fixed || scope == Scope::Period { held.vintage.as_str() } else { "" };
    let period = match scope {
        Scope::Period => selection.period.to_string(),
        Scope::All => format!("all {}", selection.period.kind()),
    };
    let ids = [held.release.id().as_str(), held.set.as_str(), borders, selection.indicator.as_str(), &period];
    let codes = selection.codes.iter().map(|code| code.as_str());
    key::name(&ids.into_iter().chain(codes).collect::<Vec<_>>())
}

async fn values(columns: &ColumnCache, subject: &MapSubject, scope: Scope) -> Result<Vec<f64>, ServeError> {
    let mut values = Vec::new();
    for (period, vintage) in periods(subject, scope) {
        let selection = Selection { period, ..subject.selection.clone() };
        let column = match columns.get(&subject.held.release, subject.key_of(vintage), &selection).await {
            Err(ServeError::NotFound(_)) => continue,
            column => column?,
        };
        values.extend(column.cells().filter_map(Cell::number));
        if values.len() > MAX_VALUES {
            let what =
                format!("there are more than {MAX_VALUES} values in all periods: classify one period by scope=period");
            return Err(ServeError::parameter("scope", what));
        }
    }
    Ok(values)
}

/// The periods whose values the breaks are found from, each with the vintage that it is shown on. Those of all periods are of the
/// kind of the subject's: the count of a year is no measure for that of a month.
fn periods(subject: &MapSubject, scope: Scope) -> Vec<(Period, &VintageId)> {
    if scope == Scope::Period {
        return vec![(subject.selection.period, &subject.held.vintage)];
    }
    let mut periods = all_periods(subject);
    periods.retain(|(period, _)| period.kind() == subject.selection.period.kind());
    periods
}

/// Whether there are periods of another kind, whose values the breaks of all periods are not found from.
pub(crate) fn leaves_out_periods(subject: &MapSubject) -> bool {
    all_periods(subject).iter().any(|(period, _)| period.kind() != subject.selection.period.kind())
}

/// All periods of a subject, each with the vintage that it is shown on. Where the request names the borders, that is the same vintage
/// for all.
fn all_periods(subject: &MapSubject) -> Vec<(Period, &VintageId)> {
    let entry = subject.held.release.indicator(subject.indicator.id.as_str());
    let entries = entry.map(|entry| entry.boundary_sets.as_slice()).unwrap_or_default();
    let here = entries.iter().filter(|entry| entry.id == subject.held.set);
    let shown = here.filter(|entry| !subject.fixed || entry.vintage == subject.held.vintage);
    let mut seen = HashSet::new();
    shown
        .flat_map(|entry| {
            let periods = if subject.fixed { entry.all() } else { entry.periods.clone() };
            periods.into_iter().map(|period| (period, &entry.vintage))
        })
        .filter(|(period, _)| seen.insert(*period))
        .collect()
}
