//! Whole files: real ones where they are at hand, invented ones otherwise.

use super::*;
use crate::model::Indicator;
use std::path::PathBuf;

/// A real file, which cannot be part of the repository. `None`, said aloud, where it is absent; in CI that is a failure.
pub(crate) fn real(path: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("CHORO_TEST_DATA")
        .map_or_else(|| PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data")), PathBuf::from);
    let file = folder.join(path);
    if file.exists() {
        return Some(file);
    }
    assert!(std::env::var_os("CI").is_none(), "{} is absent: set CHORO_TEST_DATA", file.display());
    #[expect(clippy::print_stderr, reason = "a test that did not run must say so")]
    {
        eprintln!("NOT RUN: {} is absent; set CHORO_TEST_DATA to the folder of the real data", file.display());
    }
    None
}

/// A file of the repository.
pub(crate) fn fixture(path: &str) -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures")).join(path)
}

/// Indicators without further dimensions, and `arrivals_by_sex` with one.
pub(crate) fn indicators() -> Vec<Indicator> {
    let entry = |id: &str, kind: &str, rest: &str| {
        format!(
            "[[indicator]]\nid = '{id}'\nname = {{ en = '{id}' }}\nunit = {{ id = 'U' }}\nkind = '{kind}'\ndecimals = 1\n\
             source = 'invented'\nlicence = 'CC0-1.0'\n{rest}\n"
        )
    };
    let sex = "dimensions = [{ id = 'sex', code_list = 'sex', total = '_T' }]";
    let text = entry("net_migration_rate", "rate", "")
        + &entry("population", "count", "")
        + &entry("arrivals", "count", "")
        + &entry("departures", "count", "")
        + &entry("arrivals_by_sex", "count", sex);
    indicators::parse(&text, "indicators.toml", |_| Ok("code\n_T\nF\nM\n".to_owned())).expect("valid")
}

pub(crate) fn csv(text: &str) -> Table {
    table::parse("t.csv", text.as_bytes().to_vec(), &TableOptions::default()).expect("a table")
}

pub(crate) fn mapping(text: &str) -> Mapping {
    Mapping::parse(text, "m.toml").expect("a mapping")
}

/// Indicators whose names stand in the titles of the real files.
fn titled() -> Vec<Indicator> {
    let mut indicators = indicators();
    for (indicator, name) in indicators.iter_mut().zip(["Коэффициент миграционного прироста", "Численность населения"])
    {
        indicator.name.0.insert(crate::model::Lang::new("ru").unwrap(), name.to_owned());
    }
    indicators
}

fn proposal(path: &str) -> Option<(Table, Proposal)> {
    let table = table::read(&real(path)?, &TableOptions::default()).unwrap();
    let proposal = propose(&table, &titled(), &|label| label.contains("область") || label.contains("край"));
    Some((table, proposal))
}

#[test]
fn the_proposals_for_real_files_work_as_they_are() {
    for (path, rows, cells, first) in [
        ("russia_stats/emiss_migration_rate_2012_2017.xls", 98, 98 * 6, ("net_migration_rate", "2012", 20.59)),
        ("russia_stats/emiss_population_2012_2017.xls", 98, 98 * 6, ("population", "2012", 143_056_383.0)),
        ("eaeu/kazakhstan_internal_migration_2022.csv", 20, 20 * 2, ("arrivals", "2022", 15905.0)),
    ] {
        let Some((table, proposal)) = proposal(path) else { continue };
        assert_eq!(proposal.open, Vec::<String>::new(), "{path}: {}", proposal.toml);
        eprintln!("{}", proposal.toml);
        let intake = read(&table, &proposal.mapping.unwrap(), &titled()).unwrap();
        assert!(intake.rejects.is_empty(), "{path}: {:?}", intake.rejects.list);
        assert_eq!((intake.rows, intake.cells.len()), (rows, cells), "{path}: {}", proposal.toml);
        let cell = intake.cells[0];
        let selection = &intake.selections[cell.selection as usize];
        assert_eq!((selection.indicator.as_str(), selection.period.to_string().as_str()), (first.0, first.1));
        assert_eq!(cell.cell.number(), Some(first.2));
    }
}
