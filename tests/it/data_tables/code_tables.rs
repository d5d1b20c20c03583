//! The code tables of the real data as crosswalks: `region_codes.csv` serves all subjects in `expected`, here are the others.

use super::{Set, fixtures, import_set, real_data, workspace};

/// Windows-1251, and some names with other dashes than the file's.
#[test]
fn a_code_table_in_a_legacy_encoding_is_a_crosswalk() {
    let Some(data) = real_data() else { return };
    let workspace = workspace();
    import_set(&workspace, &data, Set::Subjects);
    let file = data.join("russia_stats/emiss_migration_rate_2012_2017.xls").display().to_string();
    let mapping = fixtures().join("../emiss_migration_rate.toml").display().to_string();
    let table = data.join("russia_adm1/region_info_cp1251.csv").display().to_string();
    let crosswalk = format!("{table}:reg_alias_the_constitutional_name=reg_alias_iso_code");
    let import = ["import", "observations", &file, "--set", "ru-subjects", "--mapping", &mapping, "--crosswalk", &crosswalk];
    let output = workspace.run(&[&import[..], &["--json", "--dry-run"]].concat());
    assert_eq!(output.status.code(), Some(3), "some labels are unmatched");
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let misses: Vec<&str> =
        report["unmatched"].as_array().unwrap().iter().map(|miss| miss["label"].as_str().unwrap()).collect();
    assert_eq!(report["matched"].as_array().unwrap().len(), 85 - MISSES.len());
    assert_eq!(misses, MISSES);
}

/// The table has these under other names; nothing fuzzy is taken.
const MISSES: [&str; 8] = [
    "Город Москва столица Российской Федерации город федерального значения",
    "Ненецкий автономный округ (Архангельская область)",
    "Город Санкт-Петербург город федерального значения",
    "Республика Северная Осетия-Алания",
    "Чувашская Республика - Чувашия",
    "Ханты-Мансийский автономный округ - Югра (Тюменская область)",
    "Ямало-Ненецкий автономный округ (Тюменская область)",
    "Кемеровская область - Кузбасс",
];

/// OKTMO codes -> the names that are the codes of a set; the table writes all eight digits.
#[test]
fn a_table_of_municipal_codes_is_a_crosswalk_to_names() {
    let Some(data) = real_data() else { return };
    let workspace = workspace();
    workspace.configure("[boundary_sets.chukotka]\ngrids = [\"WebMercatorQuad\"]");
    let file = data.join("russia_adm2/chukotka_municipalities.geojson").display().to_string();
    workspace.ok(&["import", "boundaries", &file, "--set", "chukotka", "--vintage", "2021", "--code", "district"]);
    let mapping = std::fs::read_to_string(fixtures().join("arctic_indicators.toml")).unwrap();
    let chukotka = "[[only]]\ncolumn = \"Субъект РФ\"\nvalues = [\"Чукотский АО\"]\n\n[area]";
    workspace.write("mapping.toml", mapping.replacen("[area]", chukotka, 1));
    let file = data.join("russia_stats/arctic_municipal_indicators_1939_2022.csv").display().to_string();
    let crosswalk = data.join("russia_adm2/municipality_oktmo.csv").display().to_string() + ":oktmo=name";
    let import = ["import", "observations", &file, "--set", "chukotka", "--mapping", "mapping.toml"];
    let report = workspace.ok(&[&import[..], &["--crosswalk", &crosswalk]].concat());
    assert!(report.contains("matched: 7 of 7 labels of areas\n  7 by the crosswalk"), "{report}");
}
