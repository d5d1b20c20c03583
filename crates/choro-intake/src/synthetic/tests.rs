use super::{chance, secrecy, sex_age_table::*, *};
use choro_model::{Cell, CodeItem, CodeList, Dimension, Kind, Names, State};
use proptest::prelude::*;
use std::{collections::HashMap, sync::Arc};

/// Rows of a code list file.
fn list(id: &str) -> CodeList {
    let mut reader = csv::Reader::from_reader(code_list(id).unwrap().as_bytes());
    let items = reader.records().map(|row| {
        let row = row.unwrap();
        let parent = Some(&row[1]).filter(|p| !p.is_empty()).map(|p| Code::new(p).unwrap());
        assert!(!row[2].is_empty() && !row[3].is_empty(), "{row:?} lacks a name");
        CodeItem { code: Code::new(&row[0]).unwrap(), name: Names::default(), parent }
    });
    CodeList { id: id.to_owned(), items: items.collect() }
}

/// The demo's indicators; the tests read the file by themselves, since the parser is another module's.
fn indicators() -> Vec<Indicator> {
    let file: toml::Table = indicators_toml().parse().unwrap();
    let items = file["indicator"].as_array().unwrap();
    let flag = |item: &toml::Value, key: &str| item[key].as_bool().unwrap();
    let indicator = |item: &toml::Value| Indicator {
        id: item["id"].as_str().unwrap().parse().unwrap(),
        name: item["name"].clone().try_into().unwrap(),
        note: item["note"].clone().try_into().unwrap(),
        theme: item["theme"].clone().try_into().unwrap(),
        keywords: item["keywords"].clone().try_into().unwrap(),
        unit: item["unit"].clone().try_into().unwrap(),
        kind: item["kind"].clone().try_into().unwrap(),
        decimals: u8::try_from(item["decimals"].as_integer().unwrap()).unwrap(),
        dimensions: item["dimensions"].as_array().unwrap().iter().map(dimension).collect(),
        diverging: flag(item, "diverging"),
        additive: false,
        weighted_by: None,
        reliable_from: None,
        persons: flag(item, "persons"),
        declared_public: flag(item, "declared_public"),
        source: item["source"].as_str().unwrap().to_owned(),
        licence: item["licence"].as_str().unwrap().to_owned(),
    };
    items.iter().map(indicator).collect()
}

fn dimension(value: &toml::Value) -> Dimension {
    Dimension {
        id: value["id"].as_str().unwrap().parse().unwrap(),
        name: value["name"].clone().try_into().unwrap(),
        code_list: Arc::new(list(value["code_list"].as_str().unwrap())),
        total: Code::new(value["total"].as_str().unwrap()).unwrap(),
    }
}

/// 120 areas of four countries on a lattice that runs over the antimeridian, the last one tiny.
fn areas() -> Vec<SyntheticArea> {
    let area = |i: u32| SyntheticArea {
        code: AreaCode::new(&format!("C{}-{i:03}", i % 4)).unwrap(),
        lon: 30.0 + f64::from(i % 20) * 8.0,
        lat: 42.0 + f64::from(i / 20) * 5.0,
        area_km2: if i == 119 { 5.0 } else { 3_000.0 * f64::from(i + 1) },
        country: AreaCode::new(&format!("C{}", i % 4)).unwrap(),
    };
    (0..120).map(area).collect()
}

type Key = (String, String, u16, Vec<String>);

/// The demo's values by indicator, area, year and codes.
fn cells() -> HashMap<Key, Cell> {
    let key = |o: &Observation| {
        let codes = o.codes.iter().map(ToString::to_string).collect();
        (o.indicator.to_string(), o.area.to_string(), o.period.calendar_year(), codes)
    };
    observations(&areas(), &indicators()).iter().map(|o| (key(o), o.cell)).collect()
}

fn at(key: &Key, indicator: &str, codes: &[&str]) -> Key {
    (indicator.to_owned(), key.1.clone(), key.2, codes.iter().map(|c| (*c).to_owned()).collect())
}

#[test]
fn twelve_indicators_of_every_kind_say_in_both_languages_that_they_are_synthetic() {
    let indicators = indicators();
    assert_eq!(indicators.len(), 12);
    for kind in [Kind::Count, Kind::Rate, Kind::Share, Kind::Index] {
        assert!(indicators.iter().any(|i| i.kind == kind), "{kind:?}");
    }
    assert!(indicators.iter().filter(|i| i.diverging).count() >= 2);
    for indicator in &indicators {
        let (en, ru) = (indicator.name.pick(&"en".parse().unwrap(), ""), indicator.name.pick(&"ru".parse().unwrap(), ""));
        assert!(
            en.contains("synthetic") && ru.contains("синтетические") && indicator.source.contains("ynthetic"),
            "{en} {ru}"
        );
        assert!(Measure::of(indicator.id.as_str()).is_some(), "{} has no formula", indicator.id);
    }
}

#[test]
fn the_code_lists_are_those_that_the_tables_know() {
    let codes = |id: &str| list(id).items.iter().map(|i| i.code.to_string()).collect::<Vec<_>>();
    assert_eq!(codes("sex"), SEX);
    assert_eq!(codes("age"), AGE);
    assert!(code_list("../sex").is_none());
}

#[test]
fn values_depend_on_neither_the_order_nor_the_number_of_times_an_area_is_given() {
    let (indicators, areas) = (indicators(), areas());
    let mut other = areas.clone();
    other.reverse();
    other.extend_from_slice(&areas[..7]);
    assert_eq!(observations(&areas, &indicators), observations(&other, &indicators));
}

#[test]
fn values_are_the_same_on_every_machine_and_for_ever() {
    // A change here changes every picture of the demo: it must be meant.
    let all = observations(&areas(), &indicators());
    let text: String = all
        .iter()
        .map(|o| format!("{}{}{:?}{}{:?}{:?}\n", o.indicator, o.period, o.codes, o.area, o.cell, o.status))
        .collect();
    assert_eq!((all.len(), xxhash_rust::xxh3::xxh3_64(text.as_bytes())), (264_000, FINGERPRINT));
}
const FINGERPRINT: u64 = 10_038_604_853_196_008_145;

#[test]
fn counts_add_up_over_sex_and_over_age_wherever_all_parts_are_given() {
    let cells = cells();
    let mut checked = 0;
    for (key, cell) in
        cells.iter().filter(|(key, _)| ["population", "arrivals", "departures", "net_migration"].contains(&&*key.0))
    {
        let Some(total) = cell.number() else { continue };
        let parts = |codes: Vec<[&str; 2]>| codes.iter().map(|c| cells[&at(key, &key.0, c)].number()).sum::<Option<f64>>();
        let (sex, age) = (key.3[0].as_str(), key.3[1].as_str());
        let over_sex = (sex == "_T").then(|| parts(SEX[1..].iter().map(|s| [*s, age]).collect())).flatten();
        let over_age = (age == "_T").then(|| parts(AGE[1..].iter().map(|a| [sex, *a]).collect())).flatten();
        for sum in [over_sex, over_age].into_iter().flatten() {
            assert_eq!(sum, total, "{key:?}");
            checked += 1;
        }
    }
    assert!(checked > 40_000, "{checked}");
}

#[test]
fn balances_rates_and_shares_follow_from_the_published_counts() {
    let cells = cells();
    for (key, cell) in &cells {
        let Some(value) = cell.number() else { continue };
        let codes: Vec<&str> = key.3.iter().map(String::as_str).collect();
        let count = |id: &str| cells[&at(key, id, &codes)].number().unwrap();
        let (expected, within) = match key.0.as_str() {
            "net_migration" => (count("arrivals") - count("departures"), 0.0),
            "arrival_rate" => (count("arrivals") / count("population") * 1e3, 0.0051),
            "net_migration_rate" => (count("net_migration") / count("population") * 1e3, 0.0051),
            "migration_effectiveness" => (count("net_migration") / (count("arrivals") + count("departures")) * 1e2, 0.051),
            "international_arrival_share" | "foreign_citizen_share" | "working_age_share" => (50.0, 50.0),
            "arrival_sex_ratio" => (125.0, 125.0),
            _ => (value, 0.0),
        };
        assert!((value - expected).abs() <= within, "{key:?}: {value}, expected {expected}");
    }
}

#[test]
fn no_count_of_persons_from_1_to_4_is_left_and_none_can_be_found_by_subtraction() {
    let cells = cells();
    for (key, cell) in cells.iter().filter(|(key, _)| ["population", "arrivals", "departures"].contains(&&*key.0)) {
        assert!(cell.number().is_none_or(|n| n == 0.0 || n > 4.0), "{key:?} {cell:?}");
        let secret = |codes: [&str; 2]| cells[&at(key, &key.0, &codes)] == Cell::State(State::Secrecy);
        let (sex, age) = (key.3[0].as_str(), key.3[1].as_str());
        let of_sex = AGE.iter().filter(|a| secret([sex, a])).count();
        let of_age = SEX.iter().filter(|s| secret([s, age])).count();
        assert!(of_sex != 1 && of_age != 1, "{key:?} stands in a line with one withheld cell");
    }
}

#[test]
fn some_values_are_missing_some_withheld_some_zero_and_most_are_there() {
    let cells = cells();
    let share = |found: &dyn Fn(&Cell) -> bool| cells.values().filter(|c| found(c)).count() as f64 / cells.len() as f64;
    let [missing, secret, zero] = [
        share(&|c| *c == Cell::State(State::Missing)),
        share(&|c| *c == Cell::State(State::Secrecy)),
        share(&|c| *c == Cell::Value(0.0)),
    ];
    assert!((0.02..0.08).contains(&missing), "{missing} missing");
    assert!((0.008..0.04).contains(&secret), "{secret} withheld");
    assert!((0.001..0.05).contains(&zero), "{zero} zero");
}

#[test]
fn sizes_are_plausible() {
    let cells = cells();
    let total = |id: &str| -> f64 {
        let wanted = cells.iter().filter(|(key, _)| key.0 == id && key.2 == 2019 && key.3.iter().all(|c| c == "_T"));
        wanted.filter_map(|(_, cell)| cell.number()).sum()
    };
    let population = total("population");
    assert!((3e7..3e8).contains(&population), "{population}");
    for id in ["arrivals", "departures"] {
        let rate = total(id) / population * 1e3;
        assert!((10.0..50.0).contains(&rate), "{id}: {rate} per 1,000");
    }
}

#[test]
fn an_unknown_indicator_an_empty_set_and_positions_that_are_no_numbers_break_nothing() {
    let mut indicators = indicators();
    assert!(observations(&[], &indicators).is_empty());
    let mut broken = areas();
    broken.truncate(3);
    (broken[0].lon, broken[1].lat, broken[2].area_km2) = (f64::NAN, f64::INFINITY, -1.0);
    assert!(!observations(&broken, &indicators).is_empty());
    indicators.truncate(1);
    indicators[0].id = "something_else".parse().unwrap();
    assert!(observations(&areas(), &indicators).is_empty());
}

#[test]
fn powers_of_two_are_near_enough_and_chance_is_even() {
    for x in [-5.5_f64, -1.0, 0.0, 0.3, 0.5, 0.9, 3.7] {
        assert!((chance::exp2(x) / x.exp2() - 1.0).abs() < 0.004, "{x}");
    }
    let drawn: Vec<f64> = (0..4_000).map(|i| chance::normal("A", &i.to_string())).collect();
    let mean = drawn.iter().sum::<f64>() / 4_000.0;
    let spread = drawn.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / 4_000.0;
    assert!(mean.abs() < 0.05 && (spread - 1.0).abs() < 0.1, "{mean} {spread}");
}

proptest! {
    #[test]
    fn no_line_of_any_table_has_exactly_one_withheld_cell(cells in proptest::array::uniform12(0_u32..12)) {
        let mut table = SexAgeTable::default();
        for (i, count) in cells.into_iter().enumerate() {
            let (sex, age) = (1 + i / 6, 1 + i % 6);
            for (sex, age) in [(sex, age), (0, age), (sex, 0), (0, 0)] {
                table[sex][age] += count;
            }
        }
        let mask = secrecy::withheld(&table);
        for sex in 0..3 {
            prop_assert_ne!(mask[sex].iter().filter(|m| **m).count(), 1);
            for age in 0..7 {
                prop_assert!(mask[sex][age] || !(1..=4).contains(&table[sex][age]));
                prop_assert!(!mask[sex][age] || table[sex][age] > 0);
            }
        }
        for age in 0..7 {
            prop_assert_ne!(mask.iter().filter(|row| row[age]).count(), 1);
        }
    }
}
