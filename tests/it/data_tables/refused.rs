//! Files of the real data that do not reach a map, one row each; and that no file is without a test.

use super::{FILES, real_data};
use crate::{data_boundaries, harness::Workspace};
use std::{collections::BTreeSet, path::Path};

/// File, exit code of `choro import observations FILE --dry-run`, and the words that say why and what to do.
pub type Refused = (&'static str, i32, &'static [&'static str]);

const SDMX_JSON: &[&str] = &["is an SDMX-JSON message, not a table", "download the data once more as SDMX-CSV"];
const SDMX_ML: &[&str] = &["is an SDMX-ML message, not a table", "download the data once more as SDMX-CSV"];
/// SDMX-CSV whose codes of areas the map does not have.
const CODES: &[&str] = &["\"RU_OKATO_45\": no such code or name", "hand it back as --crosswalk"];
const NO_FIGURES: &[&str] = &["no row with a label and a number was found", "is it the right file and sheet?"];
/// Tables for tests of disclosure control: their figures belong to no indicator.
const NO_INDICATOR: &[&str] = &["Nothing was imported: there was no --mapping", "which indicator this is, one of"];

pub const REFUSED: &[Refused] = &[
    ("sdmx_fixtures/data_1.0.json", 1, SDMX_JSON),
    ("sdmx_fixtures/data_2.0.json", 1, SDMX_JSON),
    ("sdmx_fixtures/data_3.0.xml", 1, SDMX_ML),
    ("sdmx_fixtures/data_csv_1.0.csv", 4, CODES),
    ("sdmx_fixtures/data_csv_2.0.csv", 4, CODES),
    ("sdmx_fixtures/data_draft.json", 1, SDMX_JSON),
    ("sdmx_fixtures/data_generic_2.1.xml", 1, SDMX_ML),
    ("sdmx_fixtures/data_ss_2.1.xml", 1, SDMX_ML),
    ("sdmx_fixtures/structure_2.0.json", 1, SDMX_JSON),
    ("sdmx_fixtures/structure_2.1.xml", 1, SDMX_ML),
    ("sdmx_fixtures/structure_3.0.xml", 1, SDMX_ML),
    ("disclosure_golden/in_d2s.csv", 3, NO_INDICATOR),
    ("disclosure_golden/in_d53_census.csv", 3, NO_INDICATOR),
    ("disclosure_golden/in_example1.csv", 3, NO_INDICATOR),
    ("disclosure_golden/in_linked_example.csv", 3, NO_INDICATOR),
    ("disclosure_golden/in_magnitude1.csv", 3, NO_INDICATOR),
    ("disclosure_golden/in_mun_accidents.csv", 3, NO_INDICATOR),
    ("disclosure_golden/in_my_km2.csv", 3, NO_INDICATOR),
    ("disclosure_golden/in_sprt_emp_withEU.csv", 3, NO_INDICATOR),
    ("disclosure_golden/in_z1.csv", 3, NO_INDICATOR),
    ("disclosure_golden/in_z2.csv", 3, NO_INDICATOR),
    ("disclosure_golden/out_d53_census_global_maxN3_nosingleton.csv", 3, NO_INDICATOR),
    ("disclosure_golden/out_linked_consistent_t1.csv", 3, NO_INDICATOR),
    ("disclosure_golden/out_linked_consistent_t2.csv", 3, NO_INDICATOR),
    ("disclosure_golden/out_linked_local_t1.csv", 3, NO_INDICATOR),
    ("disclosure_golden/out_linked_local_t2.csv", 3, NO_INDICATOR),
    ("disclosure_golden/out_linked_super-consistent_t1.csv", 3, NO_INDICATOR),
    ("disclosure_golden/out_linked_super-consistent_t2.csv", 3, NO_INDICATOR),
    ("disclosure_golden/out_z1_maxN3_default.csv", 3, NO_INDICATOR),
    ("disclosure_golden/out_z2_PLSrounding_base5_inner.csv", 3, NO_INDICATOR),
    ("disclosure_golden/out_z2_PLSrounding_base5_publish.csv", 3, NO_INDICATOR),
    ("disclosure_golden/out_z2_hier_maxN2_zerosPublished_anySum.csv", 3, NO_INDICATOR),
    ("disclosure_golden/out_z2_hier_maxN2_zerosPublished_nosingleton.csv", 3, NO_INDICATOR),
    ("disclosure_golden/out_z2_hier_maxN3_protectZeros_anySum_intervals.csv", 3, NO_INDICATOR),
    ("disclosure_golden/ptable_freq.txt", 3, NO_FIGURES),
    ("disclosure_golden/ptable_szenario_5a.txt", 3, NO_FIGURES),
    ("disclosure_golden/ptable_tau_testW.txt", 3, NO_FIGURES),
    ("russia_stats/arctic_municipal_indicators_meta.csv", 3, NO_FIGURES),
];

/// Files that neither a map nor a refusal is expected of, and why.
const OTHERWISE: [(&str, &str); 4] = [
    ("russia_stats/arctic_od_flows.csv", "a table of flows, two areas a row"),
    ("russia_adm1/region_codes.csv", "a crosswalk: all subjects are imported through it"),
    ("russia_adm1/region_info_cp1251.csv", "a crosswalk: code_tables"),
    ("russia_adm2/municipality_oktmo.csv", "a crosswalk: code_tables"),
];

#[test]
fn what_does_not_reach_a_map_is_told_with_its_reason_and_remedy() {
    let Some(data) = real_data() else { return };
    let workspace = Workspace::invented();
    for (file, code, words) in REFUSED {
        let path = data.join(file).display().to_string();
        let said = workspace.fails(&["import", "observations", &path, "--set", "areas", "--dry-run"], *code);
        for word in *words {
            assert!(said.contains(word), "{file}: {word}\n{said}");
        }
    }
}

#[test]
fn every_file_of_the_data_has_a_case() {
    let Some(data) = real_data() else { return };
    let mut known: BTreeSet<String> = data_boundaries::files().map(str::to_owned).collect();
    known.extend(FILES.iter().map(|file| file.name.to_owned()));
    known.extend(REFUSED.iter().map(|(file, ..)| (*file).to_owned()));
    known.extend(OTHERWISE.iter().map(|(file, _)| (*file).to_owned()));
    let found = files_below(&data, &data);
    assert_eq!(found.difference(&known).collect::<Vec<_>>(), [""; 0], "files without a case");
    assert_eq!(known.difference(&found).collect::<Vec<_>>(), [""; 0], "cases without a file");
}

/// All but the pages that describe the data.
fn files_below(root: &Path, folder: &Path) -> BTreeSet<String> {
    let paths = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let below = paths.flat_map(|path| {
        if path.is_dir() {
            return files_below(root, &path);
        }
        BTreeSet::from([path.strip_prefix(root).unwrap().display().to_string()])
    });
    below.filter(|file| !file.ends_with("README.md") && !file.ends_with("README.txt")).collect()
}
