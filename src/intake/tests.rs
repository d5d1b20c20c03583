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
