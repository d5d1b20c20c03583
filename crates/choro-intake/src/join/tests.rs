use super::*;
use crate::crosswalk_file;
use crate::statistics::{
    self, Intake, Mapping,
    tests::{csv, fixture, indicators, mapping, real},
};
use choro_model::{AreaCode, Cell, CrosswalkTable, Observation, State};
use proptest::prelude::*;

fn area(code: &str, names: &[&str]) -> KnownArea {
    KnownArea {
        code: AreaCode::new(code).unwrap(),
        names: names.iter().map(|n| (*n).to_owned()).collect(),
        parent: Vec::new(),
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
    let table = statistics::file::read(&file, &mapping.table_options()).unwrap();
    let intake = statistics::read(&table, &mapping, &indicators()).unwrap();
    let codes = crosswalk_file::read(&codes).unwrap();
    let walk = mapping.area.crosswalk.as_ref().unwrap();
    let walk = Crosswalk::from_table(&codes, &walk.from.to_vec(), &walk.to).unwrap();
    Some(joined(intake, &subjects(&codes), crosswalk.then_some(&walk)))
}

fn joined(intake: Intake, areas: &[KnownArea], crosswalk: Option<&Crosswalk>) -> (Vec<Observation>, JoinReport) {
    let joined = join(intake, areas, crosswalk).unwrap();
    let observations = joined.observations().collect::<Result<Vec<_>, _>>().unwrap();
    assert_eq!(joined.report.observations, observations.len() as u64);
    (observations, joined.report)
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

const WIDE: &str = "
indicator = { value = 'arrivals' }
period = { header_row = 1 }
value = { columns = ['2012:'] }
";

fn join_csv(text: &str, areas: &[KnownArea], crosswalk: Option<&Crosswalk>) -> (Vec<Observation>, JoinReport) {
    join_mapped(text, "area = { column = 1 }", areas, crosswalk)
}

fn join_mapped(
    text: &str,
    area: &str,
    areas: &[KnownArea],
    crosswalk: Option<&Crosswalk>,
) -> (Vec<Observation>, JoinReport) {
    let intake = statistics::read(&csv(text), &mapping(&format!("{area}\n{WIDE}")), &indicators()).unwrap();
    joined(intake, areas, crosswalk)
}

fn towns() -> Vec<KnownArea> {
    vec![
        area("01000000", &["Орёл", "Oryol"]),
        area("02000000", &["Усть-Кут"]),
        area("XX-PER", &["Пермь"]),
        area("XX-1", &["Springfield"]),
        area("XX-2", &["springfield"]),
    ]
}

fn walk(text: &str) -> Crosswalk {
    let table = crosswalk_file::parse(text.as_bytes().to_vec(), "c.csv").unwrap();
    Crosswalk::from_table(&table, &["label".to_owned()], "code").unwrap()
}

#[test]
fn a_label_is_matched_by_the_first_exact_step_and_only_so() {
    let crosswalk = walk("label,code\nThe eagle,01000000\nПермь,\nOryol,XX-9\n");
    let text =
        "area,2012\n The  eagle ,1\n02000000,2\nXX-PER,3\nПермь,4\nOryol,5\nSpringfield,6\nSPRINGFIELD,7\nУсть Кут,2\n";
    let (observations, report) = join_csv(text, &towns(), Some(&crosswalk));
    let matched: Vec<_> = report.matched.iter().map(|m| (m.label.as_str(), m.code.as_str(), m.by)).collect();
    assert_eq!(
        matched,
        [
            ("The eagle", "01000000", MatchedBy::Crosswalk),
            ("02000000", "02000000", MatchedBy::Code),
            ("XX-PER", "XX-PER", MatchedBy::Code),
            ("Springfield", "XX-1", MatchedBy::Name),
            ("Усть Кут", "02000000", MatchedBy::FoldedName),
        ]
    );
    let unmatched: Vec<_> = report.unmatched.iter().map(|u| (u.label.as_str(), &u.why)).collect();
    assert_eq!(unmatched[0], ("Пермь", &WhyUnmatched::BlankInCrosswalk));
    assert_eq!(unmatched[1], ("Oryol", &WhyUnmatched::CodeNotInSet { code: "XX-9".to_owned() }));
    assert_eq!(unmatched[2], ("SPRINGFIELD", &WhyUnmatched::Ambiguous));
    assert_eq!((observations.len(), report.repeated), (4, 1));
}

#[test]
fn near_misses_become_candidates_with_their_reason_and_never_matches() {
    for (label, code, why) in [
        ("1000000", "01000000", "leading zeros lost"),
        ("ХX-РЕR", "XX-PER", "look-alike letters"),
        ("Opёл", "01000000", "look-alike letters"),
        ("Пер\u{200b}мь", "XX-PER", "look-alike letters"),
        ("Пермь\u{202e}", "XX-PER", "look-alike letters"),
        ("Усть-Кутт", "02000000", "near name"),
        ("город Пермь областного значения", "XX-PER", "near name"),
        ("02000001", "02000000", "near code"),
    ] {
        let (observations, report) = join_csv(&format!("area,2012\n{label},1\n"), &towns(), None);
        assert!(observations.is_empty(), "{label}");
        let candidate = &report.unmatched[0].candidates[0];
        assert_eq!((candidate.code.as_str(), candidate.why.as_str()), (code, why), "{label}");
        assert!(report.to_text().contains(why), "{}", report.to_text());
    }
}

#[test]
fn contradicting_cells_are_left_out_and_named_and_repeated_ones_count_once() {
    let (observations, report) = join_csv("area,2012,2013\nOryol,1,2\nОрёл,1,3\n", &towns(), None);
    assert_eq!(observations.len(), 1);
    assert_eq!(report.repeated, 1);
    let [conflict] = &report.conflicts[..] else { panic!("{report:?}") };
    let cells: Vec<_> = conflict.cells.iter().map(|c| (c.row, c.column, c.content.as_str())).collect();
    assert_eq!((conflict.period.as_str(), cells), ("2013", vec![(2, 3, "2"), (3, 3, "3")]));
    assert!(report.to_text().contains("the import is refused") && !report.is_clean());
}

#[test]
fn an_area_takes_the_row_without_its_parts_even_where_that_row_is_empty_or_absent() {
    let part = "area = { column = 1, part = [{ row = 'Орёл (без Усть-Кута)', of = 'Орёл' }] }";
    let (observations, report) = join_mapped("area,2012,2013\nОрёл,10,20\nОрёл (без Усть-Кута),7,\n", part, &towns(), None);
    assert_eq!(cell(&observations, "01000000", "2012"), Some(Cell::Value(7.0)));
    assert_eq!(cell(&observations, "01000000", "2013"), Some(Cell::State(State::Missing)));
    assert_eq!((report.parts[0].replaced, report.parts[0].missing), (2, 1));

    let long =
        format!("{part}\nindicator = {{ value = 'arrivals' }}\nperiod = {{ column = 2 }}\nvalue = {{ column = 3 }}\n");
    let table = csv("area,year,v\nОрёл,2012,10\nОрёл,2013,20\nОрёл (без Усть-Кута),2012,7\n");
    let (observations, report) = joined(statistics::read(&table, &mapping(&long), &indicators()).unwrap(), &towns(), None);
    assert_eq!(cell(&observations, "01000000", "2012"), Some(Cell::Value(7.0)));
    assert_eq!(cell(&observations, "01000000", "2013"), Some(Cell::State(State::Missing)));
    assert_eq!((report.parts[0].replaced, report.parts[0].missing), (2, 1));
}

#[test]
fn spoilt_codes_are_candidates_until_a_rule_restores_them_and_each_restored_one_is_listed() {
    let areas = [area("DEC01", &["Town"]), area("DEC02", &["Other"]), area("DEC2", &["Third"]), area("00700", &["Seven"])];
    let text = "area,2012\nDec-01,1\n2-Dec,2\n700,3\n";
    let (observations, report) = join_csv(text, &areas, None);
    assert!(observations.is_empty());
    let first = |n: usize| (report.unmatched[n].candidates[0].code.as_str(), report.unmatched[n].candidates[0].why.as_str());
    assert_eq!((first(0), first(2)), (("DEC01", "code turned into a date"), ("00700", "leading zeros lost")));
    let rules =
        "codes were turned into dates and lost their leading zeros: area.restore = [\"month-names\", \"leading-zeros:5\"]";
    assert!(report.to_text().contains(rules), "{}", report.to_text());
    let rules = "area = { column = 1, restore = ['month-names', 'leading-zeros:5'] }";
    let (observations, report) = join_mapped(text, rules, &areas, None);
    let matched: Vec<_> = report.matched.iter().map(|m| (m.label.as_str(), m.code.as_str(), m.by)).collect();
    assert_eq!(matched, [("Dec-01", "DEC01", MatchedBy::Restored), ("700", "00700", MatchedBy::Restored)]);
    // Two areas may have been meant, so neither is taken.
    assert_eq!((report.unmatched[0].label.as_str(), observations.len()), ("2-Dec", 2));
    assert!(report.to_text().contains("restored codes: 2\n  row 2: \"Dec-01\" is DEC01"), "{}", report.to_text());
}

#[test]
fn a_restored_code_goes_through_the_crosswalk() {
    let crosswalk = walk("label,code\n0007,XX-PER\n");
    let rules = "area = { column = 1, restore = ['leading-zeros:4'] }";
    let (_, report) = join_mapped("area,2012\n7,1\n", rules, &towns(), Some(&crosswalk));
    assert_eq!((report.matched[0].code.as_str(), report.matched[0].by), ("XX-PER", MatchedBy::Restored));
}

#[test]
fn areas_that_share_a_row_are_missing_there_unless_they_have_their_own() {
    let joint = "area = { column = 1, joint = [{ row = 'Both', of = ['XX-1', 'XX-PER'] }] }";
    let (observations, report) = join_mapped("area,2012,2013\nBoth,10,\nПермь,3,4\n", joint, &towns(), None);
    assert_eq!(cell(&observations, "XX-1", "2012"), Some(Cell::State(State::Missing)));
    assert_eq!(cell(&observations, "XX-PER", "2012"), Some(Cell::Value(3.0)));
    assert_eq!((report.joints[0].codes.len(), report.joints[0].values), (2, 1));
    assert!(report.is_clean() && report.to_text().contains("those of XX-1, XX-PER together"), "{}", report.to_text());
    let table = crosswalk_file::parse(b"label,code\nBoth,XX-1\nBoth,XX-PER\nOne,XX-2\n".to_vec(), "c.csv").unwrap();
    let walk = Crosswalk::without(&table, &["label".to_owned()], "code", &["Both".to_owned()]).unwrap();
    assert_eq!((walk.len(), walk.code("One")), (1, Some("XX-2")));
}

#[test]
fn the_report_is_json_with_stable_names() {
    let (_, report) = join_csv("area,2012\nOryol,1\nOrjol,2\n", &towns(), None);
    let json = serde_json::to_value(&report).unwrap();
    assert_eq!(json["matched"][0]["by"], "name");
    assert_eq!(json["unmatched"][0]["why"], "unknown");
    assert_eq!(json["unmatched"][0]["candidates"][0]["why"], "near_name");
    assert_eq!(json["areas_without_value"][0]["gap"], "no_row");
    assert_eq!(json["by_period"][0]["values"], 1);
}

#[test]
fn the_corrected_csv_is_a_whole_crosswalk() {
    let text = "area,2012\nOryol,1\n=cmd|' /C calc'!A0,2\n";
    let (_, report) = join_csv(text, &towns(), None);
    let corrected = report.correction_csv().replace("A0,,", "A0,XX-PER,");
    assert!(corrected.contains("'=cmd"), "{corrected}");
    let (observations, report) = join_csv(text, &towns(), Some(&walk(&corrected)));
    assert_eq!((observations.len(), report.matched_by(MatchedBy::Crosswalk)), (2, 2));
}

#[test]
fn a_label_with_two_codes_in_the_crosswalk_is_refused_with_its_row() {
    let table = crosswalk_file::parse(b"label,code\nA,1\n A ,1\nA,2\n".to_vec(), "c.csv").unwrap();
    let message = Crosswalk::from_table(&table, &["label".to_owned()], "code").unwrap_err().to_string();
    assert!(message.starts_with("c.csv: row 4") && message.contains("keep one"), "{message}");
}

proptest! {
    #[test]
    fn the_correction_csv_brings_every_label_back(labels in prop::collection::btree_set("[=+@'\"\\-,;\t\ra-cЁ ]{1,6}", 1..8)) {
        let keys: std::collections::BTreeSet<String> = labels.iter().map(|l| statistics::comparison_key(l)).filter(|k| !k.is_empty()).collect();
        let report = JoinReport {
            matched: keys
                .iter()
                .map(|key| MatchedLabel { label: key.clone(), row: 1, code: format!("'{key}"), by: MatchedBy::Name })
                .collect(),
            ..JoinReport::default()
        };
        let crosswalk = walk(&report.correction_csv());
        prop_assert_eq!(crosswalk.len(), keys.len());
        for key in &keys {
            let code = format!("'{key}");
            prop_assert_eq!(crosswalk.code(key), Some(code.trim()));
        }
    }

    #[test]
    fn no_area_and_selection_ever_has_two_observations(rows in prop::collection::vec((0_usize..6, 0_u8..3, 0_u8..3), 1..30)) {
        let labels = ["Oryol", "Орёл", "01000000", "Пермь", "XX-PER", "nowhere"];
        let lines = rows.iter().map(|(label, a, b)| format!("{},{a},{b}\n", labels[*label]));
        let (observations, report) = join_csv(&format!("area,2012,2013\n{}", lines.collect::<String>()), &towns(), None);
        // The values of every area and year, as they come.
        let mut values: std::collections::BTreeMap<(&str, &str), Vec<f64>> = std::collections::BTreeMap::new();
        for (label, a, b) in &rows {
            if let Some(code) = ["01000000", "01000000", "01000000", "XX-PER", "XX-PER"].get(*label) {
                values.entry((code, "2012")).or_default().push(f64::from(*a));
                values.entry((code, "2013")).or_default().push(f64::from(*b));
            }
        }
        let equal = |list: &[f64]| list.iter().filter(|value| **value == list[0]).count();
        let agreeing = values.iter().filter(|(_, list)| equal(list) == list.len());
        let expected: Vec<_> =
            agreeing.map(|((code, year), list)| ((*code).to_owned(), (*year).to_owned(), Some(list[0]))).collect();
        let mut found: Vec<_> =
            observations.iter().map(|o| (o.area.to_string(), o.period.to_string(), o.cell.number())).collect();
        found.sort_by(|a, b| (&a.0, &a.1).cmp(&(&b.0, &b.1)));
        prop_assert_eq!(found, expected);
        prop_assert_eq!(report.contradictions as usize, values.len() - observations.len());
        prop_assert_eq!(report.conflicts.len() as u64, report.contradictions);
        prop_assert_eq!(report.repeated as usize, values.values().map(|list| equal(list) - 1).sum::<usize>());
    }
}
