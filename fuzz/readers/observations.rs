//! A mapping and a table that fits it or not: every cell is read or rejected, never both, never lost.
//! The input is the mapping, a line with four hyphens, and the table.

use choro_intake::{
    definitions,
    join::{KnownArea, join},
    statistics::{self, Intake, Mapping},
};
use choro_model::{AreaCode, Indicator};
use std::{collections::HashSet, sync::LazyLock};

const INDICATORS: &str = r#"
[[indicator]]
id = "arrivals"
kind = "count"
decimals = 0
persons = false
source = "made up"
licence = "CC0"
name = { en = "Arrivals" }
unit = { id = "persons", name = { en = "persons" } }
dimensions = [{ id = "sex", code_list = "sex", total = "_T" }]
"#;

/// What is measured.
pub static DEFINED: LazyLock<Vec<Indicator>> = LazyLock::new(|| {
    let list = |_: &str| Ok("code,name_en\n_T,Total\nF,Women\nM,Men\n".to_owned());
    definitions::parse(INDICATORS, "indicators.toml", list).expect("a valid definition")
});

/// Reads made-up input.
pub fn read(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let Some((mapping, table)) = text.split_once("\n----\n") else { return };
    let Ok(mapping) = Mapping::parse(mapping, "mapping.toml") else { return };
    let Ok(table) = statistics::file::parse("file.csv", table.as_bytes().to_vec(), &mapping.table_options()) else {
        return;
    };
    let Ok(intake) = statistics::read(&table, &mapping, &DEFINED) else { return };
    let rows = intake.rows + intake.rejects.total() + intake.blank_rows + intake.left_out;
    assert!(intake.cells.is_empty() || rows > 0, "cells without rows");
    joined(intake);
}

/// No area and selection comes twice, and the report counts what comes.
fn joined(intake: Intake) {
    let area = |code: &str| {
        let (code, names, parent) = (AreaCode::new(code).expect("a code"), Vec::new(), Vec::new());
        KnownArea { code, names, parent, has_polygon: true }
    };
    let areas = ["A", "B", "northland", "Northland", "N", "S"].map(area);
    let joined = join(intake, &areas, None).expect("room for the cells");
    let all: Vec<_> = joined.observations().collect::<Result<_, _>>().expect("cells that can be read again");
    assert_eq!(joined.report.observations, all.len() as u64);
    let mut seen = HashSet::new();
    for of in &all {
        assert!(seen.insert((&of.area, &of.indicator, of.period, &of.codes)), "{of:?} comes twice");
    }
}
