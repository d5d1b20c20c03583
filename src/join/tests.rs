use super::*;
use crate::{
    intake::{
        self, Mapping,
        tests::{csv, fixture, indicators, mapping, real},
    },
    model::{AreaCode, Cell, CrosswalkTable, Observation, State},
};
use proptest::prelude::*;

fn area(code: &str, names: &[&str]) -> KnownArea {
    KnownArea {
        code: AreaCode::new(code).unwrap(),
        names: names.iter().map(|n| (*n).to_owned()).collect(),
        has_polygon: true,
    }
}

/// The subjects of the code table, with a polygon where the boundary file names one.
fn subjects(table: &CrosswalkTable) -> Vec<KnownArea> {
    let [iso, name, polygon] = ["iso_3166_2", "name_ru", "name_click_that_hood"].map(|name| table.column(name).unwrap());
    let subjects = table.rows().iter().filter(|row| !row[iso].is_empty());
    subjects.map(|row| KnownArea { has_polygon: !row[polygon].is_empty(), ..area(&row[iso], &[&row[name]]) }).collect()
}

fn emiss(crosswalk: bool) -> Option<(Vec<Observation>, JoinReport)> {
    let (file, codes) = (real("russia_stats/emiss_migration_rate_2012_2017.xls")?, real("russia_adm1/region_codes.csv")?);
    let mapping = Mapping::read(&fixture("emiss_migration_rate.toml")).unwrap();
    let table = intake::table::read(&file, &mapping.table_options()).unwrap();
    let intake = intake::read(&table, &mapping, &indicators()).unwrap();
    let codes = CrosswalkTable::read(&codes).unwrap();
    let walk = mapping.area.crosswalk.as_ref().unwrap();
    let walk = Crosswalk::from_table(&codes, &walk.from.to_vec(), &walk.to).unwrap();
    Some(join(intake, &subjects(&codes), crosswalk.then_some(&walk)))
}

fn cell(observations: &[Observation], area: &str, period: &str) -> Option<Cell> {
    let mut found = observations.iter().filter(|o| o.area.as_str() == area && o.period.to_string() == period);
    let cell = found.next().map(|o| o.cell);
    assert!(found.next().is_none(), "{area} {period} twice");
    cell
}

#[test]
fn all_subjects_of_the_emiss_file_find_their_area_through_the_crosswalk() {
    let Some((observations, report)) = emiss(true) else { return };
    assert_eq!((report.rows, report.matched.len(), report.unmatched.len()), (98, 85, 0), "{}", report.to_text());
    assert_eq!((report.groups.len(), report.parts.len()), (11, 2));
    assert_eq!(observations.len(), 85 * 6);
    assert!(report.is_clean(), "{}", report.to_text());
    // Crimea and Sevastopol: the boundary file has no polygon for them.
    assert_eq!((report.areas_without_polygon.len(), report.areas_without_value.len()), (2, 0));
}

#[test]
fn arkhangelsk_and_tyumen_take_the_rows_without_their_okrugs_and_are_missing_where_these_are_empty() {
    let Some((observations, report)) = emiss(true) else { return };
    for code in ["RU-ARK", "RU-TYU"] {
        for year in ["2012", "2017"] {
            assert_eq!(cell(&observations, code, year), Some(Cell::State(State::Missing)), "{code} {year}");
        }
        for year in ["2013", "2014", "2015", "2016"] {
            assert!(cell(&observations, code, year).unwrap().number().is_some(), "{code} {year}");
        }
    }
    assert!(report.parts.iter().all(|part| part.replaced == 6 && part.missing == 2), "{:?}", report.parts);
    for area in &report.areas_without_polygon {
        assert_eq!(cell(&observations, &area.code, "2013"), Some(Cell::State(State::Missing)), "{area:?}");
    }
}

#[test]
fn by_the_bare_names_74_of_85_subjects_are_found_and_the_others_have_candidates() {
    let Some((_, report)) = emiss(false) else { return };
    assert_eq!(report.matched_by(MatchedBy::Name), 74, "{}", report.to_text());
    assert_eq!(report.matched.len() + report.unmatched.len(), 85);
    assert!(report.unmatched.iter().all(|unmatched| !unmatched.candidates.is_empty()), "{}", report.to_text());
    let capital = report.unmatched.iter().find(|unmatched| unmatched.label.contains("столица")).unwrap();
    assert_eq!(capital.candidates[0].code, "RU-MOW");
}
