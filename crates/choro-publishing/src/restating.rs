//! Restates a table on the borders of another vintage, and tells where that gave nothing.

use super::{
    WorkbenchError,
    values::{Of, Table, Values},
};
use choro_bundle::{CatalogGap, Origin};
use choro_figures::restate::{Draft, Gap, Rule, Way};
use choro_model::{AreaCode, Code, Indicator, VintageId};
use std::collections::BTreeMap;

/// The values of `table` at the end of the way, on the borders of `vintage`.
pub(super) async fn table(
    values: &Values<'_>,
    of: Of<'_>,
    table: &Table,
    way: &Way,
    vintage: &VintageId,
) -> Result<Table, WorkbenchError> {
    let weights = weights(values, of, table).await?;
    let restated = |(codes, draft): (&Vec<Code>, &Draft)| {
        let rule = match weights.as_ref().and_then(|weights| weights.of(of.indicator, codes)) {
            _ if of.indicator.additive => Rule::Sum,
            Some(weights) => Rule::Mean(weights),
            None => Rule::Carry,
        };
        (codes.clone(), way.follow(draft, rule))
    };
    Ok(Table {
        vintage: vintage.clone(),
        by_codes: table.by_codes.iter().map(restated).collect(),
        origin: Some(Origin::Restated { set: of.set.clone(), vintage: table.vintage.clone() }),
    })
}

/// The figures by which an indicator is weighted.
struct Weights<'a> {
    indicator: &'a Indicator,
    by_codes: BTreeMap<Vec<Code>, Draft>,
}

/// The weights of the same period, if they are on the same borders.
async fn weights<'a>(values: &Values<'a>, of: Of<'_>, table: &Table) -> Result<Option<Weights<'a>>, WorkbenchError> {
    let by = of.indicator.weighted_by.as_ref();
    let Some(indicator) = by.and_then(|id| values.indicators.iter().find(|other| other.id == *id)) else { return Ok(None) };
    let own = values.own(Of { indicator, ..of }).await?.filter(|own| own.vintage == table.vintage);
    Ok(own.map(|own| Weights { indicator, by_codes: own.by_codes }))
}

impl Weights<'_> {
    /// The weights of a breakdown: each dimension of the weights takes the code of the same dimension, or its total where there is
    /// no such dimension. `None` where the weights are not broken down as far, or were not given.
    fn of(&self, indicator: &Indicator, codes: &[Code]) -> Option<&Draft> {
        let code = |id: &_| indicator.dimensions.iter().zip(codes).find(|(dimension, _)| dimension.id == *id);
        let known = |(dimension, code): (&choro_model::Dimension, &Code)| {
            *code == dimension.total || self.indicator.dimensions.iter().any(|own| own.id == dimension.id)
        };
        if !indicator.dimensions.iter().zip(codes).all(known) {
            return None;
        }
        let taken = self.indicator.dimensions.iter().map(|own| match code(&own.id) {
            Some((dimension, code)) if *code != dimension.total => code.clone(),
            _ => own.total.clone(),
        });
        self.by_codes.get(&taken.collect::<Vec<_>>())
    }
}

/// The areas without a value by the reason, of all columns together.
pub(super) fn gaps(table: &Table, codes: &[AreaCode]) -> Vec<CatalogGap> {
    let mut by_gap: BTreeMap<Gap, Vec<AreaCode>> = BTreeMap::new();
    for (row, code) in codes.iter().enumerate() {
        let gap = table.by_codes.values().find_map(|draft| draft.gaps.get(row).copied().flatten());
        gap.into_iter().for_each(|gap| by_gap.entry(gap).or_default().push(code.clone()));
    }
    by_gap.into_iter().map(|(gap, areas)| CatalogGap { reason: gap.to_string(), areas }).collect()
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
        for (rate, breakdown, weights, given, expected) in [
            (&["sex"][..], "F", &["sex"][..], "F", true),
            (&["sex"], "F", &["sex"], "_T", false),
            (&["sex"], "F", &[], "", false),
            (&["sex"], "_T", &[], "", true),
            (&[], "", &["sex", "age"], "_T _T", true),
            (&["sex"], "M", &["age", "sex"], "_T M", true),
            (&["sex"], "M", &["age", "sex"], "M _T", false),
        ] {
            let weights = indicator(weights);
            let by_codes = BTreeMap::from([(codes(given), Draft::missing(1))]);
            let found = Weights { indicator: &weights, by_codes }.of(&indicator(rate), &codes(breakdown)).is_some();
            assert_eq!(found, expected, "{rate:?} {breakdown} by {given}");
        }
    }
}
