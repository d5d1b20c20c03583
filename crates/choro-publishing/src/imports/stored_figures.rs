//! What the store has of the indicators of a file: the kinds of their periods, and figures to compare with.

use crate::{error::WorkbenchError, workbench::Workbench};
use choro_intake::{
    join::{KnownArea, StoredFigures},
    statistics::{Doubt, DoubtKind},
};
use choro_model::{IndicatorId, Period, PeriodKind, Selection, SetId};
use choro_store::SeriesInfo;
use std::collections::{BTreeMap, BTreeSet};

/// Most figures that are read for comparison, and most of one period.
const MAX_READ: (usize, usize) = (2_000_000, 300_000);

/// The series of a set that the store has.
pub(super) struct StoredSeries {
    series: Vec<SeriesInfo>,
}

impl StoredSeries {
    /// Those of a set.
    pub(super) async fn of(workbench: &Workbench, set: &SetId) -> Result<Self, WorkbenchError> {
        Ok(Self { series: workbench.store.columns(set).await? })
    }

    /// The doubts about periods of a kind that an indicator did not have before.
    pub(super) fn doubts(&self, selections: &[Selection]) -> Vec<Doubt> {
        let before = kinds(self.series.iter().map(|series| (&series.indicator, series.period)));
        let now = kinds(selections.iter().map(|selection| (&selection.indicator, selection.period)));
        let doubt = |(indicator, kinds): (&IndicatorId, BTreeMap<PeriodKind, Period>)| {
            let before = before.get(indicator)?;
            let (kind, example) = kinds.into_iter().find(|(kind, _)| !before.contains_key(kind))?;
            let known = before.iter().map(|(kind, example)| format!("{kind} ({example})")).collect::<Vec<_>>().join(", ");
            let what =
                format!("{indicator} has {kind} in this file ({example}), and has {known} so far; correct the period");
            Some(Doubt::new(DoubtKind::OtherPeriods, what))
        };
        now.into_iter().filter_map(doubt).collect()
    }

    /// Stored figures of the indicators of a file: of the periods that it has too, and of those before and after these.
    pub(super) async fn figures(
        &self,
        workbench: &Workbench,
        set: &SetId,
        areas: &[KnownArea],
        selections: &[Selection],
    ) -> Result<StoredFigures, WorkbenchError> {
        let mut figures = StoredFigures::of(areas);
        let mut series: BTreeMap<(&IndicatorId, Period), usize> = BTreeMap::new();
        self.series.iter().for_each(|s| *series.entry((&s.indicator, s.period)).or_default() += 1);
        let (mut room, most) = MAX_READ;
        let mut store = workbench.store.snapshot().await?;
        for (indicator, period) in self.near(selections) {
            let columns = series.get(&(&indicator, period)).copied().unwrap_or_default();
            let count = columns.saturating_mul(areas.len());
            if let Some(left) = room.checked_sub(count).filter(|_| count <= most) {
                room = left;
                figures.add(&store.observations(set, &indicator, period).await?);
            } else {
                figures.leave_out(columns);
            }
        }
        Ok(figures)
    }

    /// The stored periods that are the same as those of a file, or the nearest ones outside of them.
    fn near(&self, selections: &[Selection]) -> Vec<(IndicatorId, Period)> {
        let mut periods: BTreeMap<&IndicatorId, BTreeSet<Period>> = BTreeMap::new();
        for selection in selections {
            periods.entry(&selection.indicator).or_default().insert(selection.period);
        }
        let mut near = BTreeSet::new();
        for (indicator, of_file) in periods {
            let stored = self.series.iter().filter(|series| series.indicator == *indicator).map(|series| series.period);
            let stored: BTreeSet<Period> = stored.collect();
            let (Some(first), Some(last)) = (of_file.first(), of_file.last()) else { continue };
            let around = stored.range(..*first).next_back().into_iter().chain(stored.range(*last..).find(|p| *p > last));
            near.extend(around.chain(stored.intersection(&of_file)).map(|period| (indicator.clone(), *period)));
        }
        near.into_iter().collect()
    }
}

/// The kinds of period of each indicator, with an example.
fn kinds<'a>(
    periods: impl Iterator<Item = (&'a IndicatorId, Period)>,
) -> BTreeMap<&'a IndicatorId, BTreeMap<PeriodKind, Period>> {
    let mut kinds: BTreeMap<&IndicatorId, BTreeMap<PeriodKind, Period>> = BTreeMap::new();
    for (indicator, period) in periods {
        kinds.entry(indicator).or_default().entry(period.kind()).or_insert(period);
    }
    kinds
}
