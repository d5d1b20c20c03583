//! What a map shows, in words: for those who do not see it, for links and for the caption of the table.

use super::{flags::Flagged, number::NumberForm};
use choro_model::words::{Words, words};
use choro_model::{Cell, Decimal, State};

/// How many areas of one value are named.
const NAMED: usize = 2;

/// What a summary is made of.
#[derive(Debug, Clone, Copy)]
pub struct Summary<'a> {
    /// The values, one for each area.
    pub cells: &'a [Cell],
    /// The names of the areas, in the same order.
    pub names: &'a [&'a str],
    /// What is to be known of them.
    pub flagged: Flagged<'a>,
    /// How values are printed, and the language.
    pub form: NumberForm<'a>,
}

/// How many areas have values, the lowest and the highest with their areas, the median, and how many have none and why.
///
/// All of it is about the areas that have a value, each counting as one, however large it is. Where fewer than half of the areas have
/// one there is no median, and it is said.
#[must_use]
pub fn summary(input: &Summary<'_>) -> String {
    let words = words(input.form.lang);
    let rows = input.cells.iter().zip(input.names).enumerate();
    let mut values: Vec<(f64, String)> =
        rows.filter_map(|(row, (cell, name))| Some((cell.number()?, named(input, row, name)))).collect();
    values.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut sentences = vec![words.summary_with_data(values.len(), input.cells.len())];
    if let (Some((low, _)), Some((high, _))) = (values.first(), values.last()) {
        sentences.push(words.summary_lowest(&input.form.print(*low), &areas(&values, *low, words)));
        sentences.push(words.summary_highest(&input.form.print(*high), &areas(&values, *high, words)));
        sentences.push(match values.len() * 2 < input.cells.len() {
            true => words.summary_no_median.clone(),
            false => words.summary_median(&input.form.print(median(&values))),
        });
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

/// The names of the areas that have a value; of many only some, and how many there are more.
fn areas(values: &[(f64, String)], of: f64, words: &Words) -> String {
    let names: Vec<&str> = values.iter().filter(|(value, _)| *value == of).map(|(_, name)| name.as_str()).collect();
    match names.get(NAMED..) {
        Some(more) if !more.is_empty() => {
            words.more_areas(&names.iter().take(NAMED).copied().collect::<Vec<_>>().join(", "), more.len())
        }
        _ => names.join(", "),
    }
}

/// The middle value of ascending ones, or the mean of the two in the middle, in decimals.
fn median(sorted: &[(f64, String)]) -> f64 {
    let at = |index: usize| sorted.get(index).map_or(0.0, |(value, _)| *value);
    let half = sorted.len() / 2;
    if !sorted.len().is_multiple_of(2) {
        return at(half);
    }
    let two = [at(half.saturating_sub(1)), at(half), 0.5].map(|number| Decimal::of(number).unwrap_or_default());
    let [a, b, part] = two;
    ((a + b) * part).to_f64()
}
