//! Columns that say what the mapping says anyway, so that it is no loss that they are not read.

use super::unread_columns::UnreadColumn;
use crate::statistics::vocabulary::folded::folded;
use choro_model::Indicator;

/// Marks columns that say nothing but what the mapping says anyway: the indicators, words in their names, or their units.
pub fn settle(columns: &mut [UnreadColumn], indicators: &[&Indicator]) {
    let is_said = |text: &String| is_unit(text, indicators) || is_of_indicator(text, indicators);
    for column in columns {
        column.is_settled = column.texts.iter().all(is_said);
    }
}

/// Whether the name of an indicator has all words of the text, as that of arrivals of women has `women`.
pub fn is_of_indicator(text: &str, indicators: &[&Indicator]) -> bool {
    let words = |text: &str| -> Vec<String> {
        folded(text).split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
    };
    let sought = words(text);
    let says = |indicator: &&Indicator| {
        let names = indicator.name.0.values().map(String::as_str);
        std::iter::once(indicator.id.as_str())
            .chain(names)
            .map(words)
            .any(|name| sought.iter().all(|word| name.contains(word)))
    };
    !sought.is_empty() && indicators.iter().any(says)
}

/// Whether a text is the unit of an indicator.
fn is_unit(text: &str, indicators: &[&Indicator]) -> bool {
    let key = folded(text);
    let is = |indicator: &&Indicator| {
        let names = indicator.unit.name.0.values().map(String::as_str);
        std::iter::once(indicator.unit.id.as_str()).chain(names).any(|name| folded(name) == key)
    };
    indicators.iter().any(is)
}
