//! What a map shows, in words: for those who do not see it, for links and for the caption of the table.

use super::{flags::Flagged, number::number};
use choro_model::words::words;
use choro_model::{Cell, Indicator, Lang, State};

/// What a summary is made of.
#[derive(Debug, Clone, Copy)]
pub struct Summary<'a> {
    /// What is measured.
    pub indicator: &'a Indicator,
    /// The values, one for each area.
    pub cells: &'a [Cell],
    /// The names of the areas, in the same order.
    pub names: &'a [&'a str],
    /// What is to be known of them.
    pub flagged: Flagged<'a>,
    /// Whether a plus sign stands before values above zero.
    pub signed: bool,
    /// The language.
    pub lang: &'a Lang,
}

/// How many areas have values, the lowest and the highest with their areas, the median, and how many have none and why.
#[must_use]
pub fn summary(input: &Summary<'_>) -> String {
    let words = words(input.lang);
    let rows = input.cells.iter().zip(input.names).enumerate();
    let mut values: Vec<(f64, String)> =
        rows.filter_map(|(row, (cell, name))| Some((cell.number()?, named(input, row, name)))).collect();
    values.sort_by(|a, b| a.0.total_cmp(&b.0));
    let print = |value: f64| {
        let plus = if input.signed && value > 0.0 { "+" } else { "" };
        format!("{plus}{}", number(value, input.indicator.decimals, input.lang))
    };
    let mut sentences = vec![words.summary_with_data(values.len())];
    if let (Some((low, lowest)), Some((high, highest))) = (values.first(), values.last()) {
        sentences.push(words.summary_lowest(&print(*low), lowest));
        sentences.push(words.summary_highest(&print(*high), highest));
        sentences.push(words.summary_median(&print(median(&values))));
    }
    for state in State::ALL {
        let count = input.cells.iter().filter(|cell| **cell == Cell::State(state)).count();
        if count > 0 {
            sentences.push(words.summary_state(state, count));
        }
    }
    for entry in input.flagged.entries() {
        sentences.push(words.summary_flagged(&entry.label, entry.count));
    }
    sentences.join(" ")
}

/// The name of an area, and whether its value is to be relied on: the highest and the lowest are what readers take away.
fn named(input: &Summary<'_>, row: usize, name: &str) -> String {
    let doubt = input.flagged.doubt(row);
    if doubt.is_empty() { name.to_owned() } else { format!("{name}; {doubt}") }
}

fn median(sorted: &[(f64, String)]) -> f64 {
    let at = |index: usize| sorted.get(index).map_or(0.0, |(value, _)| *value);
    let half = sorted.len() / 2;
    if sorted.len().is_multiple_of(2) { f64::midpoint(at(half.saturating_sub(1)), at(half)) } else { at(half) }
}
