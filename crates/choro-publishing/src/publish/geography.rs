//! All vintages of all sets, what stands above them, and the ways between them: what publishing values needs.

use crate::{error::WorkbenchError, workbench::Workbench};
use choro_figures::restate::{self, Plan, Step, Way};
use choro_model::{AreaCode, Correspondence, SetId, VintageId};
use choro_store::{BoundarySetInfo, PeriodVintages};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// Areas whose parent the parent set does not have.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Orphans {
    /// The boundary set.
    pub set: String,
    /// Its vintage.
    pub vintage: String,
    /// The parent set.
    pub parent_set: String,
    /// The codes of the areas.
    pub areas: Vec<String>,
}

/// The areas of a vintage in the order of its table.
#[derive(Debug)]
pub(super) struct Areas {
    pub codes: Arc<[AreaCode]>,
    /// For each area the code of the one above.
    pub parents: Vec<Option<AreaCode>>,
    /// The vintage of the parent set that has the areas above.
    pub above: Option<VintageId>,
}

/// A boundary set.
#[derive(Debug)]
pub(super) struct Set {
    pub vintages: BTreeMap<VintageId, Areas>,
    /// The set of the areas above.
    pub parent: Option<SetId>,
    /// On which borders the figures are.
    pub on: PeriodVintages,
    /// The ways between vintages.
    pub ways: BTreeMap<(VintageId, VintageId), Way>,
}

/// A vintage that lies above another, and for each area of that one the row of the area above.
#[derive(Debug)]
pub(super) struct Above<'a> {
    pub set: &'a SetId,
    pub vintage: &'a VintageId,
    pub up: Vec<Option<usize>>,
}

/// All sets.
#[derive(Debug)]
pub(super) struct Geography {
    pub sets: BTreeMap<SetId, Set>,
}

impl Geography {
    /// The set at the top of those above a set; itself where there is none above.
    pub(super) fn top<'a>(&'a self, set: &'a SetId) -> &'a SetId {
        let above = |id: &&'a SetId| self.sets.get(*id)?.parent.as_ref().filter(|parent| self.sets.contains_key(*parent));
        std::iter::successors(Some(set), above).last().unwrap_or(set)
    }

    pub(super) async fn load(workbench: &Workbench, infos: &[BoundarySetInfo]) -> Result<Self, WorkbenchError> {
        let mut sets: BTreeMap<SetId, Set> = BTreeMap::new();
        for info in infos {
            let areas = workbench.store.areas(&info.set, &info.vintage).await?;
            let (codes, parents): (Vec<_>, _) = areas.into_iter().map(|area| (area.code, area.parent)).unzip();
            let set = sets.entry(info.set.clone()).or_insert_with(|| Set {
                vintages: BTreeMap::new(),
                parent: workbench.config.boundary_set(&info.set).parent_set,
                on: PeriodVintages::new(),
                ways: BTreeMap::new(),
            });
            set.vintages.insert(info.vintage.clone(), Areas { codes: codes.into(), parents, above: None });
        }
        for (id, set) in &mut sets {
            set.on = workbench.store.period_vintages(id).await?;
            set.ways = ways(id, set, &workbench.store.correspondences(id).await?)?;
        }
        let mut geography = Self { sets };
        geography.find_above()?;
        Ok(geography)
    }

    /// The sets whose areas lie below those of a set.
    pub(super) fn below<'a>(&'a self, id: &'a SetId) -> impl Iterator<Item = (&'a SetId, &'a Set)> {
        self.sets.iter().filter(move |(_, set)| set.parent.as_ref() == Some(id))
    }

    /// The vintage itself and those above it, with the row there of each of its areas.
    pub(super) fn above<'a>(&'a self, set: &'a SetId, vintage: &'a VintageId) -> Vec<Above<'a>> {
        let areas = self.areas(set, vintage);
        let rows = areas.map_or(0, |areas| areas.codes.len());
        let mut found = vec![Above { set, vintage, up: (0..rows).map(Some).collect() }];
        while let Some(next) = found.last().and_then(|last| self.step(last)) {
            found.push(next);
        }
        found
    }

    fn step<'a>(&'a self, from: &Above<'a>) -> Option<Above<'a>> {
        let areas = self.areas(from.set, from.vintage)?;
        let (set, vintage) = (self.sets.get(from.set)?.parent.as_ref()?, areas.above.as_ref()?);
        let rows: BTreeMap<&AreaCode, usize> = self.areas(set, vintage)?.codes.iter().zip(0..).collect();
        let parent = |row: usize| areas.parents.get(row)?.as_ref().and_then(|code| rows.get(code).copied());
        Some(Above { set, vintage, up: from.up.iter().map(|row| row.and_then(parent)).collect() })
    }

    pub(super) fn areas(&self, set: &SetId, vintage: &VintageId) -> Option<&Areas> {
        self.sets.get(set)?.vintages.get(vintage)
    }

    /// The codes of the areas of a vintage, in the order of its table.
    pub(super) fn codes(&self, set: &SetId, vintage: &VintageId) -> Arc<[AreaCode]> {
        self.areas(set, vintage).map(|areas| Arc::clone(&areas.codes)).unwrap_or_default()
    }

    /// The set that lies above all others above a set.
    pub(super) fn root<'a>(&'a self, id: &'a SetId) -> &'a SetId {
        self.parent(id).map_or(id, |parent| self.root(parent))
    }

    /// How many sets lie above one.
    pub(super) fn depth(&self, id: &SetId) -> usize {
        self.parent(id).map_or(0, |parent| 1 + self.depth(parent))
    }

    fn parent(&self, id: &SetId) -> Option<&SetId> {
        self.sets.get(id)?.parent.as_ref()
    }

    /// For each vintage the vintage of the parent set that has most of its parents, of equal ones the newest.
    fn find_above(&mut self) -> Result<(), WorkbenchError> {
        let known = self.sets.keys().map(SetId::as_str).collect::<Vec<_>>().join(", ");
        let mut found = Vec::new();
        for (id, set) in &self.sets {
            let Some(parent) = &set.parent else { continue };
            let above = self.sets.get(parent).ok_or_else(|| WorkbenchError::NoParentSet {
                set: id.to_string(),
                parent: parent.to_string(),
                known: known.clone(),
            })?;
            for (vintage, areas) in &set.vintages {
                let orphans = |above: &Areas| orphans(areas, above).count();
                let best = above.vintages.iter().rev().min_by_key(|(_, above)| orphans(above));
                found.push((id.clone(), vintage.clone(), best.map(|(id, _)| id.clone())));
            }
        }
        for (set, vintage, above) in found {
            if let Some(areas) = self.sets.get_mut(&set).and_then(|set| set.vintages.get_mut(&vintage)) {
                areas.above = above;
            }
        }
        Ok(())
    }

    /// The areas that have a parent which is not there.
    pub(super) fn orphans(&self) -> Vec<Orphans> {
        let of_set = |(id, set): (&SetId, &Set)| {
            let parent = set.parent.clone()?;
            let above = self.sets.get(&parent)?;
            let of_vintage = |(vintage, areas): (&VintageId, &Areas)| {
                let above = above.vintages.get(areas.above.as_ref()?)?;
                let codes: Vec<String> = orphans(areas, above).map(ToString::to_string).collect();
                let names = (id.to_string(), vintage.to_string(), parent.to_string());
                let (set, vintage, parent_set) = names;
                (!codes.is_empty()).then_some(Orphans { set, vintage, parent_set, areas: codes })
            };
            Some(set.vintages.iter().filter_map(of_vintage).collect::<Vec<_>>())
        };
        self.sets.iter().filter_map(of_set).flatten().collect()
    }
}

/// The areas whose parent is not among `above`.
fn orphans<'a>(areas: &'a Areas, above: &Areas) -> impl Iterator<Item = &'a AreaCode> {
    let known: BTreeSet<AreaCode> = above.codes.iter().cloned().collect();
    let pairs = areas.codes.iter().zip(&areas.parents);
    pairs.filter(move |(_, parent)| parent.as_ref().is_some_and(|code| !known.contains(code))).map(|(code, _)| code)
}

/// The ways between the vintages of a set.
fn ways(id: &SetId, set: &Set, tables: &[Correspondence]) -> Result<BTreeMap<(VintageId, VintageId), Way>, WorkbenchError> {
    let codes = |vintage: &VintageId| set.vintages.get(vintage).map(|areas| &*areas.codes);
    let all = |vintage| codes(vintage).unwrap_or_default().iter().cloned().collect::<BTreeSet<_>>();
    for table in tables {
        if !table.fits(&all(table.from()), &all(table.to())) {
            let (from, to) = (table.from().to_string(), table.to().to_string());
            return Err(WorkbenchError::StaleCorrespondence { set: id.to_string(), from, to });
        }
    }
    let plan = |step: Step<'_>| {
        let (source, target) = (codes(step.source())?, codes(step.target())?);
        let plan = Plan::of(step.table, step.direction, source, target);
        Some(((step.source().clone(), step.target().clone()), Arc::new(plan)))
    };
    let plans: BTreeMap<(VintageId, VintageId), Arc<Plan>> = restate::steps(tables).filter_map(plan).collect();
    let mut ways = BTreeMap::new();
    for native in set.vintages.keys() {
        for (target, steps) in restate::paths(tables, native) {
            let plan = |step: &Step<'_>| plans.get(&(step.source().clone(), step.target().clone())).cloned();
            let way = steps.iter().map(plan).collect::<Option<Vec<_>>>().map(Way::new);
            ways.extend(way.map(|way| ((native.clone(), target.clone()), way)));
        }
    }
    Ok(ways)
}
