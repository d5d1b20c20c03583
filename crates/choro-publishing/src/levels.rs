//! Figures of several sources for one indicator and period, each on areas that lie below or above the others': what one withholds,
//! the sums of another must not tell.
//!
//! ```text
//! regions R = 30, districts A = 10, B withheld (both in R): B is R less A, and nothing is published
//! ```
//!
//! What is restated or summed is made of what its source published, and tells no more than that does; so each source is compared
//! with each other one, on all borders that it can be restated on.

use super::{
    WorkbenchError,
    values::{Of, Values, columns},
};
use choro_figures::{
    disclosure::{self, Side},
    restate::{Draft, Rule},
};
use choro_model::{AreaCode, Cell, Code, Indicator, Period, SetId, State, VintageId};
use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

/// The figures of a set on one of its vintages.
struct Version<'a> {
    set: &'a SetId,
    vintage: &'a VintageId,
    by_codes: BTreeMap<Vec<Code>, Draft>,
}

impl Values<'_> {
    /// Refuses figures of which some tell withheld ones of others.
    pub(super) async fn check_levels(&self) -> Result<(), WorkbenchError> {
        for indicator in self.indicators.iter().filter(|indicator| indicator.additive) {
            for period in self.geography.sets.values().flat_map(|set| periods(&set.on, indicator)).collect::<BTreeSet<_>>() {
                let versions = self.versions(indicator, period).await?;
                self.check_versions(indicator, period, &versions)?;
            }
        }
        Ok(())
    }

    /// All figures of sets that lie above one another, or below the same; none where nothing is withheld.
    async fn versions<'a>(&'a self, indicator: &'a Indicator, period: Period) -> Result<Vec<Version<'a>>, WorkbenchError> {
        let sources = self.geography.sets.iter().filter(|(_, set)| set.on.contains_key(&(indicator.id.clone(), period)));
        let mut by_root: BTreeMap<&SetId, Vec<&SetId>> = BTreeMap::new();
        sources.for_each(|(id, _)| by_root.entry(self.root(id)).or_default().push(id));
        let mut versions = Vec::new();
        for id in by_root.into_values().filter(|family| family.len() > 1).flatten() {
            versions.extend(self.versions_of(Of { set: id, indicator, period }).await?);
        }
        let withheld = |cells: &[Cell]| cells.contains(&Cell::State(State::Secrecy));
        let any = versions.iter().any(|version| version.by_codes.values().any(|draft| withheld(&draft.cells)));
        Ok(if any { versions } else { Vec::new() })
    }

    fn root<'a>(&'a self, id: &'a SetId) -> &'a SetId {
        let parent = self.geography.sets.get(id).and_then(|set| set.parent.as_ref());
        parent.map_or(id, |parent| self.root(parent))
    }

    /// How many sets lie above one.
    fn depth(&self, id: &SetId) -> usize {
        let parent = self.geography.sets.get(id).and_then(|set| set.parent.as_ref());
        parent.map_or(0, |parent| 1 + self.depth(parent))
    }

    /// The figures of a set on their own borders and on those that ways lead to.
    async fn versions_of<'a>(&'a self, of: Of<'a>) -> Result<Vec<Version<'a>>, WorkbenchError> {
        let Some((set, own)) = self.geography.sets.get(of.set).zip(self.own(of).await?) else { return Ok(Vec::new()) };
        let restated = set.ways.iter().filter(|((from, _), _)| *from == own.vintage).map(|((_, to), way)| {
            let follow = |(codes, draft): (&Vec<Code>, &Draft)| (codes.clone(), way.follow(draft, Rule::Sum));
            Version { set: of.set, vintage: to, by_codes: own.by_codes.iter().map(follow).collect() }
        });
        let mut versions: Vec<_> = restated.collect();
        let vintage = set.vintages.keys().find(|vintage| **vintage == own.vintage);
        versions.extend(vintage.map(|vintage| Version { set: of.set, vintage, by_codes: own.by_codes }));
        Ok(versions)
    }

    /// Compares all that can be added up to the same areas.
    fn check_versions(&self, indicator: &Indicator, period: Period, versions: &[Version<'_>]) -> Result<(), WorkbenchError> {
        // The lowest areas first: their sums are the shortest.
        type Place<'a> = (Reverse<usize>, &'a SetId, &'a VintageId);
        let mut by_place: BTreeMap<Place<'_>, Vec<(&SetId, Side<'_>)>> = BTreeMap::new();
        for version in versions {
            let Some(areas) = self.geography.areas(version.set, version.vintage) else { continue };
            for above in self.geography.above(version.set, version.vintage) {
                let side = Side {
                    name: format!("{} {}", version.set, version.vintage),
                    areas: areas.codes.iter().map(AreaCode::as_str).collect(),
                    columns: columns(&version.by_codes),
                    up: above.up,
                };
                by_place
                    .entry((Reverse(self.depth(above.set)), above.set, above.vintage))
                    .or_default()
                    .push((version.set, side));
            }
        }
        for ((_, set, vintage), sides) in &by_place {
            let rows = self.geography.areas(set, vintage).map_or(0, |areas| areas.codes.len());
            for (index, (of_left, left)) in sides.iter().enumerate() {
                for (_, right) in sides.iter().skip(index + 1).filter(|(of_right, _)| of_right != of_left) {
                    let told = disclosure::levels(indicator, period, rows, [left, right]);
                    told.map_err(|refusal| WorkbenchError::Disclosure(Box::new(refusal)))?;
                }
            }
        }
        Ok(())
    }
}

fn periods<'a>(on: &'a choro_store::PeriodVintages, indicator: &'a Indicator) -> impl Iterator<Item = Period> + 'a {
    on.keys().filter(|(of, _)| *of == indicator.id).map(|(_, period)| *period)
}
