//! Which dimension of an indicator a column holds that is not read, and how a mapping reads it.

use super::unread_columns::UnreadColumn;
use crate::statistics::{
    toml_text::{toml_pairs, toml_text},
    vocabulary::{categories::breakdown, folded::folded},
};
use choro_model::{CodeItem, Dimension};

/// The dimension that a column holds: by its heading, or by texts that are all codes of it.
pub fn dimension_of<'a>(column: &UnreadColumn, left_out: &[&'a Dimension]) -> Option<&'a Dimension> {
    let heading = folded(&column.heading);
    let kind = breakdown(&column.heading);
    let is_called = |dimension: &&&Dimension| {
        let names = std::iter::once(dimension.id.as_str()).chain(dimension.name.0.values().map(String::as_str));
        names.clone().any(|name| folded(name) == heading) || (kind.is_some() && names.map(breakdown).any(|k| k == kind))
    };
    let has_codes = |dimension: &&&Dimension| {
        let known = column.texts.iter().all(|text| code(dimension, text).is_some());
        // One letter may be a code of anything.
        known && (column.texts.len() > 1 || column.texts.iter().any(|text| text.chars().count() > 2))
    };
    left_out.iter().find(is_called).or_else(|| left_out.iter().find(has_codes)).copied()
}

/// The code of a dimension that a text is, or that it is the name of.
pub fn code<'a>(dimension: &'a Dimension, text: &str) -> Option<&'a str> {
    let key = folded(text);
    let items = &dimension.code_list.items;
    let by_name = |item: &&CodeItem| item.name.0.values().any(|name| folded(name) == key);
    let found = items.iter().find(|item| item.code.as_str() == text).or_else(|| items.iter().find(by_name));
    found.map(|item| item.code.as_str())
}

/// Whether a text is the total of a dimension.
pub fn is_total_of(dimension: &Dimension, text: &str) -> bool {
    code(dimension, text) == Some(dimension.total.as_str())
}

/// How a mapping reads a column as a dimension.
pub fn read_by(column: &UnreadColumn, dimension: &Dimension) -> String {
    read_from(column, dimension, &format!("column = {}", toml_text(&column.letters)))
}

/// How a mapping reads texts as a dimension from the place that a key names.
pub fn read_from(column: &UnreadColumn, dimension: &Dimension, place: &str) -> String {
    let id = &dimension.id;
    if column.texts.iter().all(|text| dimension.code_list.items.iter().any(|item| item.code.as_str() == text)) {
        return format!("read it by dimensions.{id} = {{ {place} }}");
    }
    let codes: Option<Vec<(&str, String)>> =
        column.texts.iter().map(|text| Some((text.as_str(), code(dimension, text)?.to_owned()))).collect();
    match codes.and_then(|codes| toml_pairs(codes.into_iter())) {
        Some(values) => format!("read it by dimensions.{id} = {{ {place}, values = {values} }}"),
        None => {
            format!("read it by dimensions.{id} with {place}, and say in its values which code each text stands for")
        }
    }
}

/// How a mapping keeps the rows of one text.
pub fn only(column: &UnreadColumn, text: &str) -> String {
    format!("only = [{{ column = {}, values = [{}] }}]", toml_text(&column.letters), toml_text(text))
}
