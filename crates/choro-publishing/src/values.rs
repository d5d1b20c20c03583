//! Publishes the values of all sets: the source's own on their borders, then restated on the others, then summed to the areas
//! above.

use super::{
    Workbench, WorkbenchError,
    geography::{Areas, Geography, Set},
    restating,
};
use choro_bundle::{Build, CatalogGap, Origin, Unavailable, ValuesInput};
use choro_figures::{
    disclosure::{self, Column, PublishedColumn, Refusal},
    restate::{Draft, Plan, Rule, restate},
};
use choro_model::{AreaCode, Cell, Code, Indicator, Observation, Period, SetId, VintageId};
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};

/// Where a refused sum or restated table is reported to the public: never with the cells that were refused.
const SMALL: &str = "it would hold cells of 1 to 4, and the indicator counts persons";
const TOLD: &str = "it would tell a withheld cell by subtraction";

/// How many columns of values were published.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Counts {
    pub own: usize,
    pub restated: usize,
    pub aggregated: usize,
}

/// One indicator and period on the borders of one vintage, not yet decided upon.
#[derive(Debug, Clone)]
pub(super) struct Table {
    pub vintage: VintageId,
    pub by_codes: BTreeMap<Vec<Code>, Draft>,
    /// `None`: the source's own.
    pub origin: Option<Origin>,
}

/// Publishes values.
pub(super) struct Values<'a> {
    pub workbench: &'a Workbench,
    pub geography: &'a Geography,
    pub indicators: &'a [Indicator],
}

/// Whose values.
#[derive(Clone, Copy)]
pub(super) struct Of<'a> {
    pub set: &'a SetId,
    pub indicator: &'a Indicator,
    pub period: Period,
}

impl Values<'_> {
    /// Adds all that may be published.
    pub async fn add(&self, build: &mut Build) -> Result<Counts, WorkbenchError> {
        let mut counts = Counts::default();
        self.check_levels().await?;
        for (id, set) in &self.geography.sets {
            for indicator in self.indicators {
                for period in self.periods(id, set, indicator) {
                    self.add_period(build, set, Of { set: id, indicator, period }, &mut counts).await?;
                }
            }
        }
        Ok(counts)
    }

    /// The periods of an indicator in a set and in all sets below it.
    fn periods(&self, id: &SetId, set: &Set, indicator: &Indicator) -> BTreeSet<Period> {
        let own = set.on.keys().filter(|(of, _)| *of == indicator.id).map(|(_, period)| *period);
        let below = self.geography.below(id).flat_map(|(id, set)| self.periods(id, set, indicator));
        own.chain(below).collect()
    }

    async fn add_period(&self, build: &mut Build, set: &Set, of: Of<'_>, counts: &mut Counts) -> Result<(), WorkbenchError> {
        let Some(table) = self.table(build, of).await? else { return Ok(()) };
        let Some(areas) = set.vintages.get(&table.vintage) else { return Ok(()) };
        if table.origin.is_some() {
            counts.aggregated += tokio::task::block_in_place(|| add_derived(build, of, areas, &table))?;
            return Ok(());
        }
        let columns = publish(of, areas, &table).map_err(|refusal| WorkbenchError::Disclosure(Box::new(refusal)))?;
        counts.own += columns.len();
        tokio::task::block_in_place(|| write(build, of, areas, &table, &columns, &[]))?;
        for (vintage, areas) in set.vintages.iter().filter(|(vintage, _)| **vintage != table.vintage) {
            match set.ways.get(&(table.vintage.clone(), vintage.clone())) {
                None => unavailable(build, of, vintage, (of.set, &table.vintage), "no correspondence leads there"),
                Some(way) => {
                    let restated = restating::table(self, of, &table, way, vintage).await?;
                    counts.restated += tokio::task::block_in_place(|| add_derived(build, of, areas, &restated))?;
                }
            }
        }
        Ok(())
    }

    /// The figures of the source, else the sums of the areas below.
    async fn table(&self, build: &mut Build, of: Of<'_>) -> Result<Option<Table>, WorkbenchError> {
        if let Some(own) = self.own(of).await? {
            return Ok(Some(own));
        }
        for (below, _) in self.geography.below(of.set) {
            let Some(table) = Box::pin(self.table(build, Of { set: below, ..of })).await? else { continue };
            if let Some(sums) = self.sums(build, of, below, &table) {
                return Ok(Some(sums));
            }
        }
        Ok(None)
    }

    /// The figures of the source on their own borders.
    pub async fn own(&self, of: Of<'_>) -> Result<Option<Table>, WorkbenchError> {
        let set = self.geography.sets.get(of.set);
        let vintage = set.and_then(|set| set.on.get(&(of.indicator.id.clone(), of.period)));
        let Some((vintage, areas)) = vintage.and_then(|v| Some((v, set?.vintages.get(v)?))) else { return Ok(None) };
        let observations = self.workbench.store.observations(of.set, &of.indicator.id, of.period).await?;
        let by_codes = drafts(&observations, &areas.codes);
        Ok((!by_codes.is_empty()).then(|| Table { vintage: vintage.clone(), by_codes, origin: None }))
    }

    /// The sums of a table below, on the vintage that lies above its own.
    fn sums(&self, build: &mut Build, of: Of<'_>, below: &SetId, table: &Table) -> Option<Table> {
        let areas = self.geography.sets.get(below)?.vintages.get(&table.vintage)?;
        let vintage = areas.above.as_ref()?;
        let above = self.geography.sets.get(of.set)?.vintages.get(vintage)?;
        if !of.indicator.additive {
            let reason = "the indicator is not declared additive, so the areas below are not summed";
            unavailable(build, of, vintage, (below, &table.vintage), reason);
            return None;
        }
        let plan = Plan::of_parents(&areas.parents, &above.codes);
        let sum = |draft: &Draft| restate(&plan, draft, Rule::Sum);
        Some(Table {
            vintage: vintage.clone(),
            by_codes: table.by_codes.iter().map(|(codes, draft)| (codes.clone(), sum(draft))).collect(),
            origin: Some(Origin::Aggregated { set: below.clone(), vintage: table.vintage.clone() }),
        })
    }
}

/// Publishes restated or summed values: all columns, or none and the reason. Leaving one out would let the others tell it.
fn add_derived(build: &mut Build, of: Of<'_>, areas: &Areas, table: &Table) -> Result<usize, WorkbenchError> {
    let Some(Origin::Restated { set, vintage } | Origin::Aggregated { set, vintage }) = &table.origin else {
        return Ok(0);
    };
    let gaps = restating::gaps(table, &areas.codes);
    if !table.by_codes.values().any(Draft::tells) {
        let reason = gaps.first().map_or("there are no areas", |gap| gap.reason.as_str());
        unavailable(build, of, &table.vintage, (set, vintage), reason);
        return Ok(0);
    }
    let columns = match publish(of, areas, table) {
        Ok(columns) => columns,
        Err(refusal) => {
            let reason = if matches!(refusal, Refusal::Small { .. }) { SMALL } else { TOLD };
            unavailable(build, of, &table.vintage, (set, vintage), reason);
            return Ok(0);
        }
    };
    write(build, of, areas, table, &columns, &gaps)?;
    Ok(columns.len())
}

fn unavailable(build: &mut Build, of: Of<'_>, vintage: &VintageId, from: (&SetId, &VintageId), reason: &str) {
    build.unavailable(Unavailable { set: of.set, vintage, from, indicator: of.indicator, period: of.period, reason });
}

fn write(
    build: &mut Build,
    of: Of<'_>,
    areas: &Areas,
    table: &Table,
    columns: &[PublishedColumn],
    gaps: &[CatalogGap],
) -> Result<(), WorkbenchError> {
    let codes: Vec<&str> = areas.codes.iter().map(AreaCode::as_str).collect();
    Ok(build.add_values(ValuesInput {
        set: of.set,
        vintage: &table.vintage,
        indicator: of.indicator,
        period: of.period,
        areas: &codes,
        columns,
        origin: table.origin.as_ref(),
        gaps,
    })?)
}

/// The columns that may be published: all of the table's, or the refusal.
fn publish(of: Of<'_>, areas: &Areas, table: &Table) -> Result<Vec<PublishedColumn>, Refusal> {
    let area = |row: usize| areas.codes.get(row).map_or("", AreaCode::as_str);
    disclosure::publish_table(of.indicator, of.period, &columns(&table.by_codes), area)
}

/// Drafts as disclosure takes them.
pub(super) fn columns(by_codes: &BTreeMap<Vec<Code>, Draft>) -> Vec<Column<'_>> {
    by_codes.iter().map(|(codes, draft)| Column { codes, cells: &draft.cells, statuses: &draft.statuses }).collect()
}

/// One draft for each combination of codes that has observations; an area without one is missing.
fn drafts(observations: &[Observation], areas: &[AreaCode]) -> BTreeMap<Vec<Code>, Draft> {
    let rows: FxHashMap<&AreaCode, usize> = areas.iter().zip(0..).collect();
    let mut by_codes: BTreeMap<Vec<Code>, Draft> = BTreeMap::new();
    for observation in observations {
        let Some(row) = rows.get(&observation.area) else { continue };
        let draft = by_codes.entry(observation.codes.clone()).or_insert_with(|| Draft::missing(areas.len()));
        put(draft, *row, observation.cell, observation);
    }
    by_codes
}

fn put(draft: &mut Draft, row: usize, cell: Cell, of: &Observation) {
    if let (Some(slot), Some(status)) = (draft.cells.get_mut(row), draft.statuses.get_mut(row)) {
        *slot = cell;
        *status = of.status;
    }
}
