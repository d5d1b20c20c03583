//! Whole files: real ones where they are at hand, invented ones otherwise.

mod files;
mod irregular;
mod mappings;
mod proposals;

use super::*;
use choro_model::{Code, CodeItem, CodeList, Dimension, DimensionId, Indicator, IndicatorId, Kind, Lang, Names, Unit};
use std::{path::PathBuf, sync::Arc};

/// A real file, which cannot be part of the repository. `None`, said aloud, where it is absent; in CI that is a failure.
pub(crate) fn real(path: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("CHORO_TEST_DATA")
        .map_or_else(|| PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data")), PathBuf::from);
    let file = folder.join(path);
    if file.exists() {
        return Some(file);
    }
    assert!(std::env::var_os("CI").is_none(), "{} is absent: set CHORO_TEST_DATA", file.display());
    {
        eprintln!("NOT RUN: {} is absent; set CHORO_TEST_DATA to the folder of the real data", file.display());
    }
    None
}

/// A file of the repository.
pub(crate) fn fixture(path: &str) -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/fixtures")).join(path)
}

/// Indicators without further dimensions, and `arrivals_by_sex` with one.
pub(crate) fn indicators() -> Vec<Indicator> {
    let code = |code: &str| Code::new(code).unwrap();
    let items = ["_T", "F", "M"].map(|text| CodeItem { code: code(text), name: Names::default(), parent: None }).to_vec();
    let sex = Dimension {
        id: DimensionId::new("sex").unwrap(),
        name: Names::default(),
        code_list: Arc::new(CodeList { id: "sex".to_owned(), items }),
        total: code("_T"),
    };
    vec![
        indicator("net_migration_rate", Kind::Rate, vec![]),
        indicator("population", Kind::Count, vec![]),
        indicator("arrivals", Kind::Count, vec![]),
        indicator("departures", Kind::Count, vec![]),
        indicator("arrivals_by_sex", Kind::Count, vec![sex]),
    ]
}

fn indicator(id: &str, kind: Kind, dimensions: Vec<Dimension>) -> Indicator {
    let (note, theme, keywords, weighted_by, reliable_from) = Default::default();
    Indicator {
        id: IndicatorId::new(id).unwrap(),
        name: Names([(Lang::new("en").unwrap(), id.to_owned())].into()),
        note,
        theme,
        keywords,
        unit: Unit { id: "U".to_owned(), name: Names::default() },
        kind,
        decimals: 1,
        dimensions,
        diverging: false,
        additive: false,
        weighted_by,
        reliable_from,
        persons: kind == Kind::Count,
        declared_public: false,
        source: "invented".to_owned(),
        licence: "CC0-1.0".to_owned(),
    }
}

pub(crate) fn csv(text: &str) -> CellTable {
    file::parse("t.csv", text.as_bytes().to_vec(), &TableOptions::default()).expect("a table")
}

pub(crate) fn mapping(text: &str) -> Mapping {
    Mapping::parse(text, "m.toml").expect("a mapping")
}
