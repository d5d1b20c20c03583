//! The phases by themselves, without a database: areas A and B in a region R; C, which A and B became later, lies in it too.

use super::{
    derive::derive,
    geography::{Areas, Geography, Set},
    links::groups,
    protect::protect,
    qualify::qualify,
    restate::restate,
    tables::{Collected, DraftTable, Group, ProtectedTable},
};
use choro_bundle::Origin;
use choro_figures::{
    disclosure::Refusal,
    restate::{DraftColumn, Plan, Way},
};
use choro_model::{Cell, Code, Figure, Indicator, Period, Reliability, ReliableFrom, SetId, State, VintageId};
use choro_store::ImportId;
use serde_json::json;
use std::{collections::BTreeMap, sync::Arc};

fn indicator(id: &str, weighted_by: Option<&str>) -> Indicator {
    serde_json::from_value(json!({
        "id": id, "name": {}, "note": {}, "unit": {"id": "PS", "name": {}}, "kind": "count", "decimals": 0, "dimensions": [],
        "diverging": false, "additive": weighted_by.is_none(), "weighted_by": weighted_by, "persons": true,
        "declared_public": false, "source": "s", "licence": "l",
    }))
    .unwrap()
}

fn areas(codes: &[&str], parents: &[&str], above: Option<&str>) -> Areas {
    Areas {
        codes: codes.iter().map(|code| code.parse().unwrap()).collect(),
        parents: if parents.is_empty() {
            vec![None; codes.len()]
        } else {
            parents.iter().map(|code| code.parse().ok()).collect()
        },
        above: above.map(|vintage| vintage.parse().unwrap()),
    }
}

/// The vintages 1 (A, B) and 2 (C) of the set `areas`, with a way from the first to the second; the region R of the set `regions`.
/// `figures`: indicators and periods that `areas` has on vintage 1.
fn geography(figures: &[(&str, &str)]) -> Geography {
    let vintage = |text: &str| text.parse::<VintageId>().unwrap();
    let merge = Way::new(vec![Arc::new(Plan::of_parents(&[Some("C"), Some("C")], &["C"]))]);
    let below = Set {
        vintages: [("1", areas(&["A", "B"], &["R", "R"], Some("9"))), ("2", areas(&["C"], &["R"], Some("9")))]
            .map(|(id, areas)| (vintage(id), areas))
            .into(),
        parent: Some("regions".parse().unwrap()),
        on: figures.iter().map(|(id, period)| ((id.parse().unwrap(), period.parse().unwrap()), vintage("1"))).collect(),
        ways: BTreeMap::from([((vintage("1"), vintage("2")), merge)]),
    };
    let above = Set {
        vintages: BTreeMap::from([(vintage("9"), areas(&["R"], &[], None))]),
        parent: None,
        on: BTreeMap::new(),
        ways: BTreeMap::new(),
    };
    Geography { sets: [("areas", below), ("regions", above)].map(|(id, set)| (id.parse().unwrap(), set)).into() }
}

/// A column of words: `c` is withheld, `-` missing.
fn column(words: &str) -> DraftColumn {
    let cell = |word: &str| match word {
        "c" => Cell::State(State::Secrecy),
        "-" => Cell::State(State::Missing),
        number => Cell::value(number.parse().unwrap()).unwrap(),
    };
    DraftColumn::stored(words.split_whitespace().map(|word| Figure { cell: cell(word), status: None }))
}

fn table<'a>(geography: &'a Geography, set: &str, indicator: &'a Indicator, words: &str) -> DraftTable<'a> {
    let (set, known) = geography.sets.get_key_value(&set.parse::<SetId>().unwrap()).unwrap();
    let vintage = known.vintages.keys().next().unwrap();
    let columns = BTreeMap::from([(Vec::<Code>::new(), column(words))]);
    DraftTable { set, vintage, indicator, period: "2001".parse::<Period>().unwrap(), columns, origin: None }
}

fn collected<'a>(geography: &'a Geography, indicator: &'a Indicator, given: &[(&str, &str)]) -> Collected<'a> {
    let tables = given.iter().map(|(set, words)| table(geography, set, indicator, words)).collect();
    Collected { indicators: vec![indicator], tables, last_import: ImportId::default() }
}

/// `areas 2: 30`, with the letter of its origin where it is not the source's own.
fn shown(group: &Group<'_>) -> Vec<String> {
    let cell = |figure: Figure| figure.cell.number().map_or_else(|| "c".to_owned(), |number| number.to_string());
    let one = |table: &DraftTable<'_>| {
        let cells: Vec<String> = table.columns.values().flat_map(|column| column.figures().map(cell)).collect();
        let origin = match &table.origin {
            None => "",
            Some(Origin::Restated { .. }) => " restated",
            Some(Origin::Aggregated { .. }) => " summed",
        };
        format!("{} {}{origin}: {}", table.set, table.vintage, cells.join(" "))
    };
    group.tables.iter().map(one).collect()
}

#[test]
fn a_group_is_an_indicator_with_those_that_it_is_weighted_by_at_one_period() {
    let indicators = [
        indicator("rate", Some("people")),
        indicator("births", None),
        indicator("people", None),
        indicator("share", Some("people")),
        indicator("unused", None),
    ];
    let geography = geography(&[("births", "2002"), ("births", "2001"), ("people", "2001"), ("rate", "2003")]);
    let shown: Vec<String> = groups(&geography, &indicators)
        .iter()
        .map(|group| {
            let ids: Vec<&str> = group.indicators.iter().map(|indicator| indicator.id.as_str()).collect();
            format!("{} {}", group.period, ids.join(" "))
        })
        .collect();
    assert_eq!(shown, ["2001 rate people share", "2003 rate people share", "2001 births", "2002 births"]);
}

#[test]
fn figures_are_restated_on_every_vintage_and_summed_where_the_source_has_none() {
    let (geography, people) = (geography(&[]), indicator("people", None));
    let group = derive(restate(&geography, collected(&geography, &people, &[("areas", "10 20")])));
    assert_eq!(shown(&group), ["areas 1: 10 20", "areas 2 restated: 30", "regions 9 summed: 30"]);
    let given = [("areas", "10 20"), ("regions", "31")];
    let group = restate(&geography, collected(&geography, &people, &given));
    assert_eq!(shown(&group), ["areas 1: 10 20", "regions 9: 31", "areas 2 restated: 30"]);
}

#[test]
fn what_is_not_additive_is_not_summed_and_the_catalogue_is_told_why() {
    let (geography, rate) = (geography(&[]), indicator("rate", Some("people")));
    let group = restate(&geography, collected(&geography, &rate, &[("areas", "10 20")]));
    let absent: Vec<String> = group.absent.iter().map(|absent| format!("{} {}", absent.set, absent.reason)).collect();
    assert_eq!(absent, ["regions the indicator is not declared additive, so the areas below are not summed"]);
}

#[test]
fn what_one_table_of_a_group_tells_of_another_refuses_the_whole_group() {
    let (geography, people) = (geography(&[]), indicator("people", None));
    let decide = |given: &[(&str, &str)]| protect(&geography, restate(&geography, collected(&geography, &people, given)));
    let refusal = decide(&[("areas", "10 c"), ("regions", "30")]).unwrap_err();
    let Refusal::Told { named, .. } = refusal else { panic!("{refusal}") };
    assert_eq!(named, "C by areas 2 C = regions 9 R", "C is A and B, of which B is withheld");
    let protected = decide(&[("areas", "10 c"), ("regions", "c")]).unwrap();
    assert_eq!(protected.tables.len(), 3);
}

#[test]
fn small_counts_of_a_source_refuse_the_group_and_those_of_a_made_table_are_left_out() {
    let (geography, people) = (geography(&[]), indicator("people", None));
    let decide = |words: &str| protect(&geography, restate(&geography, collected(&geography, &people, &[("areas", words)])));
    assert!(matches!(decide("3 20"), Err(Refusal::Small { .. })));
    // 10 - 7 = 3 people in C and in R, as nobody counts but a correction may.
    let protected = decide("10 -7").unwrap();
    let sets: Vec<String> = protected.tables.iter().map(|table| table.table.set().to_string()).collect();
    assert_eq!(sets, ["areas"]);
    let absent: Vec<String> =
        protected.absent.iter().map(|absent| format!("{} {}: {}", absent.set, absent.vintage, absent.reason)).collect();
    let why = "it would hold cells of 1 to 4, and the indicator counts persons";
    assert_eq!(absent, [format!("areas 2: {why}"), format!("regions 9: {why}")]);
}

#[test]
fn a_table_that_tells_nothing_is_absent_for_the_reason_of_its_areas() {
    let (geography, rate) = (geography(&[]), indicator("rate", Some("people")));
    let group = restate(&geography, collected(&geography, &rate, &[("areas", "10 20")]));
    let protected = protect(&geography, group).unwrap();
    let reasons: Vec<&str> = protected.absent.iter().map(|absent| absent.reason.as_str()).collect();
    assert!(reasons.iter().any(|reason| reason.starts_with("several areas became one")), "{reasons:?}");
}

#[test]
fn values_of_a_small_base_are_marked_and_where_the_base_is_withheld_or_missing_it_is_not_guessed() {
    let (geography, people) = (geography(&[]), indicator("people", None));
    let from = ReliableFrom { base: people.id.clone(), value: 15.0.try_into().unwrap() };
    let rate = Indicator { reliable_from: Some(from), persons: false, ..indicator("rate", Some("people")) };
    let marked = |given: &[(&Indicator, &str)]| -> Vec<String> {
        let tables = given.iter().map(|(indicator, words)| table(&geography, "areas", indicator, words)).collect();
        let collected = Collected { indicators: vec![&people, &rate], tables, last_import: ImportId::default() };
        let protected = qualify(protect(&geography, restate(&geography, collected)).unwrap());
        let people_are_unmarked =
            |table: &ProtectedTable<'_>| table.indicator.id != people.id || table.reliability.is_empty();
        assert!(protected.tables.iter().all(people_are_unmarked), "they say nothing of a base");
        let rates = protected.tables.iter().filter(|table| table.indicator.id == rate.id);
        let shown = |table: &ProtectedTable<'_>| {
            let marks = table.reliability.iter().flatten().map(|mark| mark.map_or("ok", Reliability::as_str));
            format!("{} {}: {}", table.table.set(), table.table.vintage(), marks.collect::<Vec<_>>().join(" "))
        };
        rates.map(shown).collect()
    };
    for (given, expected) in [
        // C is A and B: 30 people. The limit itself is reliable.
        (&[(&people, "10 20"), (&rate, "1.5 2.5")][..], &["areas 1: small_base ok", "areas 2: ok"][..]),
        (&[(&people, "15 20"), (&rate, "1.5 2.5")], &["areas 1: ok ok", "areas 2: ok"]),
        // That B is withheld makes the rate of C withheld, and there is nothing to rely on.
        (&[(&people, "20 c"), (&rate, "1.5 2.5")], &["areas 1: ok unknown_base", "areas 2: ok"]),
        (&[(&people, "- 20"), (&rate, "1.5 -")], &["areas 1: unknown_base ok", "areas 2: ok"]),
        (&[(&rate, "1.5 2.5")], &["areas 1: unknown_base unknown_base"]),
    ] {
        assert_eq!(marked(given), expected, "{given:?}");
    }
}

#[test]
fn a_rate_and_the_base_that_it_is_reliable_from_are_one_group() {
    let from = ReliableFrom { base: "people".parse().unwrap(), value: 15.0.try_into().unwrap() };
    let indicators = [
        Indicator { reliable_from: Some(from), ..indicator("rate", None) },
        indicator("births", None),
        indicator("people", None),
    ];
    let geography = geography(&[("births", "2001"), ("people", "2001"), ("rate", "2003")]);
    let sizes: Vec<usize> = groups(&geography, &indicators).iter().map(|group| group.indicators.len()).collect();
    assert_eq!(sizes, [2, 2, 1]);
}
