//! What an operator writes: indicators, code lists, crosswalks, mappings. An error says what is wrong; nothing panics.

use choro_intake::{crosswalk_file, definitions, statistics::Mapping};
use choro_model::CrosswalkSpec;

/// Reads made-up input.
pub fn read(data: &[u8]) {
    let _table = crosswalk_file::parse(data.to_vec(), "crosswalk.csv");
    let Ok(text) = std::str::from_utf8(data) else { return };
    let _spec = CrosswalkSpec::parse(text);
    let _mapping = Mapping::parse(text, "mapping.toml");
    let (indicators, list) = text.split_once("\n----\n").unwrap_or((text, ""));
    let _indicators = definitions::parse(indicators, "indicators.toml", |_| Ok(list.to_owned()));
}
