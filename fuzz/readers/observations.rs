//! A mapping and a table that fits it or not: every cell is read or rejected, never both, never lost.
//! The input is the mapping, a line with four hyphens, and the table.

use choro::{
    intake::{self, Mapping},
    model::Indicator,
};
use std::sync::LazyLock;

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

static DEFINED: LazyLock<Vec<Indicator>> = LazyLock::new(|| {
    let list = |_: &str| Ok("code,name_en\n_T,Total\nF,Women\nM,Men\n".to_owned());
    intake::indicators::parse(INDICATORS, "indicators.toml", list).expect("a valid definition")
});

/// Reads made-up input.
pub fn read(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let Some((mapping, table)) = text.split_once("\n----\n") else { return };
    let Ok(mapping) = Mapping::parse(mapping, "mapping.toml") else { return };
    let Ok(table) = intake::table::parse("file.csv", table.as_bytes().to_vec(), &mapping.table_options()) else { return };
    let _read = intake::read(&table, &mapping, &DEFINED);
}
