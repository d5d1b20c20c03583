//! Every statistics file of the real data, each through the program: boundaries, import, publish, serve. How many labels find
//! their area, which do not, and some figures, looked up in the file by hand, as the server tells them.
//!
//! `arctic_od_flows.csv` is left out: it has two areas a row, and a table of flows is no map yet.

mod code_tables;
mod expected;
mod page;
mod refused;
mod sdmx;

use crate::{
    harness::{Server, Workspace, real_data},
    real,
};
pub use expected::Set;
use expected::{FILES, Figure, File};
use std::{collections::BTreeSet, path::Path};

/// The folder of mappings, crosswalks, indicators and code lists.
fn fixtures() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/data"))
}

/// A workspace that knows the indicators of all files.
pub fn workspace() -> Workspace {
    let workspace = Workspace::new(&std::fs::read_to_string(fixtures().join("indicators.toml")).unwrap());
    std::fs::create_dir_all(workspace.path("code_lists")).unwrap();
    for list in std::fs::read_dir(fixtures().join("code_lists")).unwrap() {
        let list = list.unwrap();
        std::fs::copy(list.path(), workspace.path("code_lists").join(list.file_name())).unwrap();
    }
    workspace
}

pub fn import_set(workspace: &Workspace, data: &Path, set: Set) {
    workspace.configure(&format!("[boundary_sets.{}]\ngrids = [\"WebMercatorQuad\"]", set.id()));
    let file = data.join(set.file()).display().to_string();
    let crosswalk = data.join("russia_adm1/region_codes.csv").display().to_string() + ":name_click_that_hood=iso_3166_2";
    let mut arguments = vec!["import", "boundaries", &file, "--set", set.id(), "--vintage", set.vintage()];
    arguments.extend(set.options());
    if set == Set::Subjects {
        arguments.extend(["--crosswalk", &crosswalk]);
    }
    workspace.ok(&arguments);
}

/// The join report; the import goes on without what it lists.
fn import(workspace: &Workspace, data: &Path, file: &File) -> serde_json::Value {
    let table = data.join(file.name).display().to_string();
    let mapping = fixtures().join(file.mapping).display().to_string();
    let crosswalk = file.crosswalk.map(|crosswalk| data.join(crosswalk).display().to_string());
    let mut arguments = vec!["import", "observations", &table, "--set", file.set.id(), "--mapping", &mapping];
    arguments.extend(["--json", "--skip-rejects"]);
    if let Some(crosswalk) = &crosswalk {
        arguments.extend(["--crosswalk", crosswalk]);
    }
    serde_json::from_str(&workspace.ok(&arguments)).unwrap()
}

fn check(file: &File) {
    let Some(data) = real_data() else { return };
    let workspace = workspace();
    import_set(&workspace, &data, file.set);
    let report = import(&workspace, &data, file);
    let list = |name: &str| report[name].as_array().unwrap().clone();
    let misses: BTreeSet<String> = list("unmatched").iter().map(|miss| miss["label"].as_str().unwrap().to_owned()).collect();
    assert_eq!(misses, file.misses.iter().map(|miss| (*miss).to_owned()).collect(), "{}", file.name);
    let restored = list("matched").iter().filter(|matched| matched["by"] == "restored").count();
    let joined = (list("matched").len(), restored, list("joints").len());
    assert_eq!(joined, (file.matched, file.restored, file.joint), "{}: {:#}", file.name, report["notes"]);
    assert_eq!(report["observations"], file.observations, "{}", file.name);
    assert_eq!(report["rejects"]["by_code"], serde_json::json!({}), "{}: {:#}", file.name, report["rejects"]);
    assert_eq!(list("conflicts"), Vec::<serde_json::Value>::new(), "{}", file.name);
    workspace.ok(&["publish"]);
    let server = workspace.serve();
    for figure in file.figures {
        check_figure(&server, file, figure);
    }
}

/// The figure in the CSV of its selection.
fn check_figure(server: &Server, file: &File, figure: &Figure) {
    let Figure { indicator, code, period, value } = figure;
    let path = format!("/values/{}.csv?indicator={indicator}&period={period}", file.set.id());
    let reply = server.get(&path);
    assert_eq!(reply.status, 200, "{path}: {}", reply.text());
    let mut reader = csv::Reader::from_reader(reply.body.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&reply.body));
    let rows: Vec<std::collections::BTreeMap<String, String>> = reader.deserialize().map(Result::unwrap).collect();
    let row = rows.iter().find(|row| row["code"] == *code).unwrap_or_else(|| panic!("{path}: no {code}"));
    assert_eq!(row[*period].parse::<f64>().ok(), *value, "{path} {code}: {row:?}");
    assert_eq!(row[&format!("{period}_state")], if value.is_some() { "" } else { "missing" }, "{path} {code}");
}

/// Class counts, labels, differences and circles of counts by month, recomputed from the CSV in decimals.
#[test]
fn what_is_said_of_a_real_table_is_what_its_figures_are() {
    let Some(data) = real_data() else { return };
    let workspace = workspace();
    import_set(&workspace, &data, expected::KAZAKHSTAN_2024.set);
    import(&workspace, &data, &expected::KAZAKHSTAN_2024);
    workspace.ok(&["publish"]);
    let server = workspace.serve();
    real::run_client("recompute.py", &[&server.url, expected::KAZAKHSTAN_2024.set.id()]);
}

/// One test a file: the test's name and the file's expectations.
macro_rules! files {
    ($($test:ident: $file:ident;)*) => {
        $(#[test]
        fn $test() {
            check(&expected::$file);
        })*
    };
}

files! {
    all_subjects_of_the_migration_rate_find_their_polygon: EMISS_RATE;
    all_subjects_of_the_population_find_their_polygon: EMISS_POPULATION;
    all_subjects_of_the_natural_increase_find_their_polygon: EMISS_NATURAL_INCREASE;
    all_regions_of_the_ministry_join_and_the_row_of_two_subjects_is_on_neither: MVD_REGIONS;
    all_countries_of_the_ministry_but_nineteen_territories_join: MVD_COUNTRIES;
    all_municipalities_of_the_arctic_but_two_without_polygon_join: ARCTIC_INDICATORS;
    all_regions_of_kazakhstan_join_in_2022: KAZAKHSTAN_2022;
    all_regions_of_kazakhstan_join_in_2023: KAZAKHSTAN_2023;
    all_regions_of_kazakhstan_join_in_every_month_of_2024: KAZAKHSTAN_2024;
    codes_turned_into_dates_come_back_in_the_net_migration: NUTS_NET_MIGRATION;
    codes_turned_into_dates_come_back_in_the_natural_change: NUTS_NATURAL_CHANGE;
    codes_turned_into_dates_come_back_in_the_population_change: NUTS_POPULATION_CHANGE;
    all_regions_of_internal_migration_join_at_level_2: UK_INTERNAL_2;
    all_regions_of_internal_migration_join_at_level_3: UK_INTERNAL_3;
    all_regions_of_international_migration_join_at_level_2: UK_INTERNATIONAL_2;
    all_regions_of_international_migration_join_at_level_3: UK_INTERNATIONAL_3;
}
