//! The second phase: the figures of a group on all other borders, and of the areas above.

use super::{
    breakdown,
    geography::{Geography, Set},
    tables::{Absent, Collected, DraftTable, Group},
};
use choro_bundle::Origin;
use choro_figures::restate::{DraftColumn, Plan, Rule, Way, restate as restate_column};
use choro_model::{Code, Indicator, IndicatorId, SetId, VintageId};
use std::collections::BTreeMap;

/// Restates the figures of sources on the other vintages of their set, and sums them to the areas above that have none of their
/// own. Each level is made of figures of sources, never of what was made for another vintage.
pub(super) fn restate<'a>(geography: &'a Geography, collected: Collected<'a>) -> Group<'a> {
    let own: Vec<usize> = (0..collected.tables.len()).collect();
    let figures = collected.tables.iter().map(|table| (table.set, &table.indicator.id)).zip(own.iter().copied().map(Some));
    let mut levels = Levels {
        geography,
        figures: figures.collect(),
        group: Group {
            indicators: collected.indicators,
            tables: collected.tables,
            absent: Vec::new(),
            last_import: collected.last_import,
        },
    };
    for place in own {
        levels.restate(place);
    }
    for indicator in levels.group.indicators.clone() {
        for set in geography.sets.keys() {
            levels.figures(set, indicator);
        }
    }
    levels.group
}

/// A group to which the tables of further borders and levels are added.
struct Levels<'a> {
    geography: &'a Geography,
    /// Which table has the figures of a set, on the borders that they were given on; `None`: it has none.
    figures: BTreeMap<(&'a SetId, &'a IndicatorId), Option<usize>>,
    group: Group<'a>,
}

impl<'a> Levels<'a> {
    /// Adds what a source's figures are on all other borders.
    fn restate(&mut self, place: usize) {
        let Some((table, set)) = self.table(place) else { return };
        let (mut made, mut absent) = (Vec::new(), Vec::new());
        for vintage in set.vintages.keys().filter(|vintage| *vintage != table.vintage) {
            match set.ways.get(&(table.vintage.clone(), vintage.clone())) {
                Some(way) => made.push(restated(table, self.weights(table), way, vintage)),
                None => absent.push(absence(table.set, vintage, table, "no correspondence leads there")),
            }
        }
        self.group.tables.extend(made);
        self.group.absent.extend(absent);
    }

    fn table(&self, place: usize) -> Option<(&DraftTable<'a>, &'a Set)> {
        let table = self.group.tables.get(place)?;
        Some((table, self.geography.sets.get(table.set)?))
    }

    /// The figures by which a table is weighted, if they are on the same borders.
    fn weights(&self, table: &DraftTable<'a>) -> Option<&DraftTable<'a>> {
        let by = table.indicator.weighted_by.as_ref()?;
        let place = self.figures.get(&(table.set, by)).copied().flatten()?;
        self.group.tables.get(place).filter(|weights| weights.origin.is_none() && weights.vintage == table.vintage)
    }

    /// Where the figures of a set stand: those of its source, else the sums of the areas below, which are added now.
    fn figures(&mut self, set: &'a SetId, indicator: &'a Indicator) -> Option<usize> {
        if let Some(known) = self.figures.get(&(set, &indicator.id)) {
            return *known;
        }
        let geography = self.geography;
        let found = geography.below(set).find_map(|(below, _)| self.sum(set, below, indicator));
        self.figures.insert((set, &indicator.id), found);
        found
    }

    /// Adds the sums of the areas of the set below, on the vintage that lies above its own.
    fn sum(&mut self, set: &'a SetId, below: &'a SetId, indicator: &'a Indicator) -> Option<usize> {
        let place = self.figures(below, indicator)?;
        let table = self.group.tables.get(place)?;
        let areas = self.geography.areas(below, table.vintage)?;
        let (vintage, above) = self.geography.sets.get(set)?.vintages.get_key_value(areas.above.as_ref()?)?;
        if !indicator.additive {
            let reason = "the indicator is not declared additive, so the areas below are not summed";
            self.group.absent.push(absence(set, vintage, table, reason));
            return None;
        }
        let plan = Plan::of_parents(&areas.parents, &above.codes);
        let sum = |(codes, column): (&Vec<Code>, &DraftColumn)| (codes.clone(), restate_column(&plan, column, Rule::Sum));
        let origin = Origin::Aggregated { set: below.clone(), vintage: table.vintage.clone() };
        let columns = table.columns.iter().map(sum).collect();
        self.group.tables.push(DraftTable { set, vintage, indicator, period: table.period, columns, origin: Some(origin) });
        Some(self.group.tables.len() - 1)
    }
}

/// Says that a table of a vintage is not made of the figures of another.
fn absence<'a>(set: &'a SetId, vintage: &'a VintageId, from: &DraftTable<'a>, reason: &str) -> Absent<'a> {
    Absent {
        set,
        vintage,
        indicator: from.indicator,
        period: from.period,
        from: (from.set.clone(), from.vintage.clone()),
        reason: reason.to_owned(),
    }
}

/// The values of a table at the end of the way, on the borders of `vintage`.
fn restated<'a>(
    table: &DraftTable<'a>,
    weights: Option<&DraftTable<'a>>,
    way: &Way,
    vintage: &'a VintageId,
) -> DraftTable<'a> {
    let restated = |(codes, column): (&Vec<Code>, &DraftColumn)| {
        let rule = match weights.and_then(|weights| weight(weights, table.indicator, codes)) {
            _ if table.indicator.additive => Rule::Sum,
            Some(weights) => Rule::Mean(weights),
            None => Rule::Carry,
        };
        (codes.clone(), way.follow(column, rule))
    };
    DraftTable {
        vintage,
        columns: table.columns.iter().map(restated).collect(),
        origin: Some(Origin::Restated { set: table.set.clone(), vintage: table.vintage.clone() }),
        ..*table
    }
}

/// The weights of a breakdown; `None` where they are not broken down as far, or were not given.
fn weight<'t>(weights: &'t DraftTable<'_>, indicator: &Indicator, codes: &[Code]) -> Option<&'t DraftColumn> {
    weights.columns.get(&breakdown::codes_of(weights.indicator, indicator, codes)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// An indicator with these dimensions, each with the codes `_T`, `F` and `M`.
    fn indicator(dimensions: &[&str]) -> Indicator {
        let item = |code: &str| json!({"code": code, "name": {}});
        let list = json!({"id": "list", "items": [item("_T"), item("F"), item("M")]});
        let dimension = |id: &&str| json!({"id": id, "name": {}, "total": "_T", "code_list": list});
        serde_json::from_value(json!({
            "id": "x", "name": {}, "note": {}, "unit": {"id": "PS", "name": {}}, "kind": "count", "decimals": 0,
            "dimensions": dimensions.iter().map(dimension).collect::<Vec<_>>(), "diverging": false, "persons": false,
            "declared_public": false, "source": "s", "licence": "l",
        }))
        .unwrap()
    }

    fn codes(text: &str) -> Vec<Code> {
        text.split_whitespace().map(|code| Code::new(code).unwrap()).collect()
    }

    #[test]
    fn a_breakdown_is_weighted_by_the_same_breakdown_or_not_at_all() {
        let (set, vintage) = ("areas".parse().unwrap(), "1".parse().unwrap());
        for (rate, breakdown, weights, given, expected) in [
            (&["sex"][..], "F", &["sex"][..], "F", true),
            (&["sex"], "F", &["sex"], "_T", false),
            (&["sex"], "F", &[], "", false),
            (&["sex"], "_T", &[], "", true),
            (&[], "", &["sex", "age"], "_T _T", true),
            (&["sex"], "M", &["age", "sex"], "_T M", true),
            (&["sex"], "M", &["age", "sex"], "M _T", false),
        ] {
            let weights = DraftTable {
                set: &set,
                vintage: &vintage,
                indicator: &indicator(weights),
                period: "2022".parse().unwrap(),
                columns: BTreeMap::from([(codes(given), DraftColumn::missing(1))]),
                origin: None,
            };
            let found = weight(&weights, &indicator(rate), &codes(breakdown)).is_some();
            assert_eq!(found, expected, "{rate:?} {breakdown} by {given}");
        }
    }
}
